//! A record's Markdown on a page: what its links mean becomes addresses, embeds become their text.
//!
//! The body keeps the anchors that a forge gives it. Those of a field's text and of what is embedded have a prefix with a
//! colon, which no heading's id has: whatever is written, no two anchors of a page are the same.

use std::cell::Cell;
use std::hash::Hash;

use crate::diagnostic::Language;
use crate::digest::Digesting;
use crate::estate::{Record, RecordId, Target, placeholders};
use crate::markdown::{Reference, ReferenceKind, Resolution, Resolve};
use crate::site::anchors;
use crate::site::page::Page;
use crate::site::translations::language_of;
use crate::text;
use crate::typography::plain;

/// Embeds within embeds stop here, should a circle hide in more than this many pages.
const DEEPEST: usize = 8;

/// The HTML of a field's text.
pub(super) fn field_html(page: &Page<'_>, record: &Record, document: usize) -> String {
    let resolver = Resolver {
        page,
        record,
        document,
        within: &[(record.id, None)],
        // A link to a heading means one of the body.
        is_whole: false,
        embedded: &Cell::new(0),
    };
    let part = format!("f:{document}");
    if page.is_sketch {
        return resolver.name(&part);
    }
    let html = record.source.documents[document].field_html(&resolver);
    anchors::apart(&html, &part)
}

/// The HTML of a document of a record.
fn html(page: &Page<'_>, record: &Record, document: usize) -> String {
    Resolver {
        page,
        record,
        document,
        within: &[(record.id, None)],
        is_whole: true,
        embedded: &Cell::new(0),
    }
    .html()
}

/// The HTML of a record's body; empty when it has none.
pub(super) fn body_html(page: &Page<'_>, record: &Record) -> String {
    record
        .source
        .body
        .map_or_else(String::new, |document| html(page, record, document))
}

struct Resolver<'a> {
    page: &'a Page<'a>,
    record: &'a Record,
    document: usize,
    /// The texts that are being shown, outermost first: records, or sections of them.
    within: &'a [(RecordId, Option<&'a str>)],
    /// All headings of the record's body are shown here: links to them stay here.
    is_whole: bool,
    /// How many texts are embedded so far.
    embedded: &'a Cell<usize>,
}

impl Resolver<'_> {
    fn html(&self) -> String {
        if self.page.is_sketch {
            return self.name("whole");
        }
        self.record.source.documents[self.document].html(self)
    }

    /// What stands for the text, or a part of it, on a sketch: the hash of all that its HTML is made from.
    fn name(&self, part: &str) -> String {
        let mut digesting = Digesting::default();
        part.hash(&mut digesting);
        self.record.source.documents[self.document].fingerprint(self, &mut digesting);
        digesting.hex()
    }

    fn embed(&self, reference: &Reference, id: RecordId, section: Option<&str>) -> Resolution {
        let record = self.page.estate().record(id);
        let path = &record.source.file.path;
        let Some(document) = record.source.body else {
            return self.link(reference, id, None);
        };
        let shown = (id, section);
        if self.within.contains(&shown) || self.within.len() >= DEEPEST {
            return Resolution::Dead {
                why: text!("`{path}` s’inclut lui-même", "`{path}` embeds itself"),
            };
        }
        let within = [self.within, &[shown]].concat();
        let inner = Resolver {
            page: self.page,
            record,
            document,
            within: &within,
            is_whole: reference.fragment.is_none(),
            embedded: self.embedded,
        };
        self.embedded.set(self.embedded.get() + 1);
        let part = format!("e:{}", self.embedded.get());
        if self.page.is_sketch {
            return Resolution::Html(inner.name(&part));
        }
        let text = &record.source.documents[document];
        match &reference.fragment {
            Some(fragment) => match text.section_html(fragment, &inner) {
                Some(html) => Resolution::Html(anchors::apart(&html, &part)),
                // It is there, but not a block of its own.
                None if text.block_id(fragment).is_some() => {
                    self.link(reference, id, text.block_id(fragment))
                }
                None => Resolution::Dead {
                    why: text!(
                        "`{path}` n’a pas de titre `#{fragment}`",
                        "`{path}` has no heading `#{fragment}`"
                    ),
                },
            },
            None => Resolution::Html(anchors::apart(&text.html(&inner), &part)),
        }
    }

    fn link(&self, reference: &Reference, id: RecordId, fragment: Option<&str>) -> Resolution {
        let record = self.page.estate().record(id);
        let mut url = if id == self.record.id && fragment.is_some() && self.is_whole {
            String::new()
        } else {
            let url = self.page.estate().address_in(record, self.page.language);
            self.page.to(&url)
        };
        if let Some(fragment) = fragment {
            url.push('#');
            url.push_str(fragment);
        }
        let written = reference.kind == ReferenceKind::Bare || reference.text.is_some();
        Resolution::Link {
            url,
            class: if record.source.body.is_some() {
                ""
            } else {
                "record"
            },
            label: (!written)
                .then(|| plain(&label(record, fragment), self.page.language).into_owned()),
            title: (reference.kind == ReferenceKind::Bare).then(|| record.title.clone()),
        }
    }
}

/// What a link without words of its own says: the page, and the heading it leads to.
fn label(record: &Record, fragment: Option<&str>) -> String {
    let body = record.source.body();
    match fragment
        .zip(body)
        .and_then(|(fragment, body)| body.heading(fragment))
    {
        Some(heading) => format!("{} › {}", record.title, heading.text),
        None => record.title.clone(),
    }
}

impl Resolve for Resolver<'_> {
    fn resolve(&self, index: usize, reference: &Reference) -> Resolution {
        let estate = self.page.estate();
        let name = &reference.target;
        match &self.record.mentions[self.document][index] {
            Target::Record { id, fragment } if reference.kind == ReferenceKind::Embed => {
                self.embed(reference, *id, fragment.as_deref())
            }
            Target::Record { id, fragment } => self.link(reference, *id, fragment.as_deref()),
            Target::DeadAnchor { id } => {
                let path = &estate.record(*id).source.file.path;
                let fragment = reference.fragment.as_deref().unwrap_or_default();
                Resolution::Dead {
                    why: text!(
                        "`{path}` n’a pas de titre `#{fragment}`",
                        "`{path}` has no heading `#{fragment}`"
                    ),
                }
            }
            Target::File(path) => {
                let url = self.page.to(path);
                match reference.kind {
                    ReferenceKind::Image | ReferenceKind::Embed if is_picture(path) => {
                        Resolution::Image { url }
                    }
                    _ => Resolution::Link {
                        url,
                        class: "file",
                        label: None,
                        title: None,
                    },
                }
            }
            Target::Page(address) => {
                let url = self.page.to(address.trim_end_matches("index.html"));
                Resolution::Link {
                    url,
                    class: "",
                    label: None,
                    title: None,
                }
            }
            Target::Ambiguous(_) => Resolution::Dead {
                why: text!(
                    "`{name}` peut désigner plusieurs fiches",
                    "`{name}` could be several records"
                ),
            },
            Target::Missing if estate.is_part => Resolution::Dead {
                why: text!("non disponible", "not available"),
            },
            Target::Missing => Resolution::Dead {
                why: text!("`{name}` n’existe pas", "`{name}` does not exist"),
            },
            Target::Word => Resolution::Plain,
        }
    }

    /// The text's own: the page around it may be in another, which nobody has translated it into.
    fn language(&self) -> Language {
        let outermost = self.within.first();
        outermost.map_or(self.page.language, |(id, _)| {
            language_of(self.page, self.page.estate().record(*id))
        })
    }

    fn typography(&self) -> Option<Language> {
        Some(self.language())
    }

    /// In procedures only: a text elsewhere may well show another program's templates.
    fn placeholder(&self, field: &str) -> Option<String> {
        if self.record.kind().name != placeholders::IN {
            return None;
        }
        let mut fields = placeholders::fields(self.page.estate());
        let field = fields.find(|known| known.key == field)?;
        // Quoted like this nobody takes the name for a value, and no shell for a file's.
        Some(format!("‹{}›", field.labels.get(self.page.language)))
    }
}

fn is_picture(path: &str) -> bool {
    let extension = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    matches!(
        extension.as_str(),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "bmp"
    )
}
