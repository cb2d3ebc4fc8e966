//! Links, images and embeds: judged here when they leave the site, left to the resolver otherwise.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Builder, Leads, Open};
use crate::markdown::destination::{Destination, classify, classify_wiki, is_picture};
use crate::markdown::rules::{REMOTE_IMAGE, UNSAFE_LINK};
use crate::markdown::tokens::Token;
use crate::markdown::{Part, Reference, ReferenceKind};
use crate::text;

/// Width and height as written.
type Size = Option<(Option<u32>, Option<u32>)>;

impl Builder<'_> {
    /// Opens a link.
    pub(super) fn start_link(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        let Tag::Link {
            link_type,
            dest_url,
            title,
            ..
        } = tag
        else {
            return;
        };
        if self.links > 0 {
            // Within the author's own `<a>`.
            self.open_link(Leads::Nowhere);
            return;
        }
        let wiki = is_wiki(*link_type);
        let url = if wiki {
            unescape_pipe(dest_url)
        } else {
            dest_url
        };
        let range = self.written(*link_type, place);
        if *link_type == LinkType::Email {
            self.external_link(&format!("mailto:{url}"), title);
            self.open_link(Leads::Out);
            return;
        }
        let kind = if wiki {
            ReferenceKind::Wiki
        } else {
            ReferenceKind::Link
        };
        let destination = if wiki {
            classify_wiki(url)
        } else {
            classify(url)
        };
        self.link_to(destination, url, title, (kind, range));
    }

    /// Opens a link whose destination was judged; also used for `<a href>`.
    pub(super) fn link_to(
        &mut self,
        destination: Destination,
        url: &str,
        title: &str,
        (kind, range): (ReferenceKind, Range<usize>),
    ) {
        match destination {
            Destination::External => {
                self.external_link(url, title);
                self.open_link(Leads::Out);
            }
            Destination::Unsafe { scheme } => {
                self.report_unsafe(&scheme, &range);
                self.open_link(Leads::Nowhere);
            }
            Destination::Internal { target, fragment } => {
                let reference = Reference {
                    kind,
                    target,
                    fragment,
                    text: None,
                    title: some(title),
                    size: None,
                    range: self.range(&range),
                };
                let index = self.document.references.len();
                self.document.references.push(reference);
                self.part(Part::Link(index));
                self.open_link(Leads::Hole(index));
            }
        }
    }

    fn open_link(&mut self, leads: Leads) {
        self.links += 1;
        let words = self.words.len();
        self.open.push(Open::Link { leads, words });
    }

    /// Closes a link; a reference learns what its author wrote.
    pub(super) fn end_link(&mut self, leads: Leads, words: usize) {
        self.links -= 1;
        let index = match leads {
            Leads::Out => {
                self.html.push_str("</a>");
                return;
            }
            Leads::Nowhere => return,
            Leads::Hole(index) => index,
        };
        self.part(Part::LinkEnd);
        let reference = &mut self.document.references[index];
        let written = self.words[words..].trim();
        let as_target = reference.kind == ReferenceKind::Wiki
            && written == wiki_text(&reference.target, reference.fragment.as_deref());
        if !as_target {
            reference.text = some(written);
        }
    }

    /// Handles an image or embed as a whole; returns the token after its end.
    pub(super) fn image(&mut self, tag: &Tag<'_>, tokens: &[Token<'_>], at: usize) -> usize {
        let Tag::Image {
            link_type,
            dest_url,
            title,
            ..
        } = tag
        else {
            return at + 1;
        };
        let place = &tokens[at].1;
        let wiki = is_wiki(*link_type);
        let url = if wiki {
            unescape_pipe(dest_url)
        } else {
            dest_url
        };
        let (alt, next) = alternative(tokens, at);
        let piped = !matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let (alt, size) = if piped {
            split_size(&alt, wiki)
        } else {
            (None, None)
        };
        let range = self.written(*link_type, place);
        let destination = if wiki {
            classify_wiki(url)
        } else {
            classify(url)
        };
        let Destination::Internal { target, fragment } = destination else {
            self.foreign_image(&destination, url, alt.as_deref(), &range);
            return next;
        };
        let kind = if wiki {
            ReferenceKind::Embed
        } else {
            ReferenceKind::Image
        };
        let reference = Reference {
            kind,
            target,
            fragment,
            text: alt,
            title: some(title),
            size,
            range: self.range(&range),
        };
        self.add_image(reference, tokens, next)
    }

    /// Adds the hole for an image; an embed of a text breaks its paragraph.
    fn add_image(&mut self, reference: Reference, tokens: &[Token<'_>], next: usize) -> usize {
        if let Some(alt) = &reference.text {
            self.words.push_str(alt);
        }
        let index = self.document.references.len();
        let block = reference.kind == ReferenceKind::Embed && !is_picture(&reference.target);
        let embed = reference.kind == ReferenceKind::Embed;
        self.document.references.push(reference);
        if !embed {
            self.part(Part::Image(index));
            return next;
        }
        let alone = block && matches!(self.open.last(), Some(Open::Paragraph { .. }));
        if !alone {
            self.part(Part::Embed {
                reference: index,
                alone: false,
            });
            return next;
        }
        self.html.truncate(self.html.trim_end().len());
        if self.html.ends_with("<p>") {
            self.html.truncate(self.html.len() - "<p>".len());
        } else {
            self.html.push_str("</p>\n");
        }
        self.part(Part::Embed {
            reference: index,
            alone: true,
        });
        let next = match tokens.get(next) {
            Some((Event::SoftBreak | Event::HardBreak, _)) => next + 1,
            _ => next,
        };
        if let Some((Event::End(TagEnd::Paragraph), _)) = tokens.get(next) {
            self.open.pop();
            self.end_words();
            self.end_block();
            return next + 1;
        }
        self.html.push_str("<p>");
        next
    }

    /// An image that is not of this site: a link to it, or its words alone.
    pub(super) fn foreign_image(
        &mut self,
        destination: &Destination,
        url: &str,
        alt: Option<&str>,
        place: &Range<usize>,
    ) {
        let words = alt.unwrap_or(url);
        if let Destination::Unsafe { scheme } = destination {
            self.report_unsafe(scheme, place);
            self.plain(words);
            return;
        }
        let message = text!(
            "l’image vient d’un autre site ; un lien la remplace",
            "the image comes from another site; a link stands in its place"
        );
        let help = text!(
            "copiez l’image dans le dépôt",
            "copy the image into the repository"
        );
        self.report(REMOTE_IMAGE, place, message, Some(help));
        if self.links > 0 {
            self.plain(words);
        } else {
            self.external_link(url, "");
            self.plain(words);
            self.html.push_str("</a>");
        }
    }

    fn report_unsafe(&mut self, scheme: &str, place: &Range<usize>) {
        let message = text!(
            "un lien ne peut pas commencer par `{scheme}:`",
            "a link can't start with `{scheme}:`"
        );
        let help = text!(
            "sont admis : `http`, `https`, `mailto`, `tel`, `ftp`, `ssh`, `rdp`, `sftp` et les chemins relatifs",
            "allowed are `http`, `https`, `mailto`, `tel`, `ftp`, `ssh`, `rdp`, `sftp` and relative paths"
        );
        self.report(UNSAFE_LINK, place, message, Some(help));
    }

    /// The destination within the bytes that the parser gave to a link.
    fn written(&self, link_type: LinkType, place: &Range<usize>) -> Range<usize> {
        let source = &self.body[place.clone()];
        let within = match link_type {
            LinkType::WikiLink { .. } => {
                let start = source.find("[[").map_or(0, |start| start + 2);
                let rest = &source[start..];
                let end = rest.find(['|', ']']).unwrap_or(rest.len());
                start..start + rest[..end].trim_end_matches('\\').len()
            }
            LinkType::Inline => inline_destination(source),
            LinkType::Autolink | LinkType::Email => 1..source.len() - 1,
            _ => 0..source.len(),
        };
        place.start + within.start..place.start + within.end
    }
}

/// The destination within `[text](destination "title")`: what follows the last `](` outside a title.
fn inline_destination(source: &str) -> Range<usize> {
    // A title comes last and may hold `](`; without one the last `](` is the link's own.
    let body = source.strip_suffix(')').unwrap_or(source).trim_end();
    let title = match body.chars().next_back() {
        Some(quote @ ('"' | '\'')) => body[..body.len() - 1].rfind(quote),
        _ => None,
    };
    let body = &body[..title.unwrap_or(body.len())];
    let Some(start) = body.rfind("](").map(|start| start + 2) else {
        return 0..source.len();
    };
    let rest = &body[start..];
    let skipped = rest.len() - rest.trim_start().len();
    let rest = rest.trim();
    let inner = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
    match inner {
        Some((inner, _)) => start + skipped + 1..start + skipped + 1 + inner.len(),
        None => start + skipped..start + skipped + rest.len(),
    }
}

fn is_wiki(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::WikiLink { .. })
}

/// In a table the `|` of a wiki link is written `\|`, and the backslash stays with the name.
fn unescape_pipe(name: &str) -> &str {
    name.strip_suffix('\\').unwrap_or(name)
}

fn wiki_text(target: &str, fragment: Option<&str>) -> String {
    match fragment {
        Some(fragment) => format!("{target}#{fragment}"),
        None => target.to_owned(),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The words within the image at `at`, and the token after its end.
fn alternative(tokens: &[Token<'_>], at: usize) -> (String, usize) {
    let mut alt = String::new();
    let mut depth = 0_usize;
    for (index, (event, _)) in tokens.iter().enumerate().skip(at + 1) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return (alt, index + 1),
            Event::End(_) => depth -= 1,
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    (alt, tokens.len())
}

/// Splits `alt|300x200`. In an embed, a size may stand alone (`![[x.png|300]]`).
fn split_size(alt: &str, wiki: bool) -> (Option<String>, Size) {
    let (before, last) = match alt.rsplit_once('|') {
        Some((before, last)) => (before, last),
        None if wiki => ("", alt),
        None => return (some(alt.trim()), None),
    };
    match size(last.trim()) {
        Some(size) => (some(before.trim_end_matches('\\').trim()), Some(size)),
        None => (some(alt.trim()), None),
    }
}

/// Reads `300`, `300x200` or `x200`.
fn size(text: &str) -> Size {
    let number = |text: &str| {
        text.parse::<u32>()
            .ok()
            .filter(|size| (1..10_000).contains(size))
    };
    match text.split_once('x') {
        None => Some((Some(number(text)?), None)),
        Some(("", height)) => Some((None, Some(number(height)?))),
        Some((width, height)) => Some((Some(number(width)?), Some(number(height)?))),
    }
}
