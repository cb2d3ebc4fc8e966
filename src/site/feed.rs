//! Atom feeds (RFC 4287): the newest commits with what they changed, for the site and for each kind.
//!
//! Authors are named, never addressed. Links are absolute where the site's address is known, else
//! relative to the feed's own, which RFC 3986 resolves without an `xml:base`.

use std::fmt::Write;

use crate::digest;
use crate::history::{Commit, visible};
use crate::schema::Kind;
use crate::site::context::{Alteration, FieldChange, Link, SiteChange};
use crate::site::diagrams::svg::escape;
use crate::site::log::commit::{Extent, site_change};
use crate::site::page::Page;

/// A feed has this many entries.
const ENTRIES: usize = 50;
/// What an entry tells.
const IN_FEED: Extent = Extent {
    memory: true,
    records: 20,
    folded: 0,
    fields: 8,
    names: 20,
    files: 10,
};

/// The address of a feed from the site's root.
pub(super) fn url(kind: Option<&Kind>) -> String {
    kind.map_or_else(String::new, |kind| format!("{}/", kind.folder)) + "feed.xml"
}

/// The feed of a page that lists the site's changes or those of a kind; none without a history.
pub(super) fn link(page: &Page<'_>, kind: Option<&Kind>) -> Option<Link> {
    let url = url(kind);
    let is_there = page.site.outputs.contains_key(&url);
    is_there.then(|| Link::new(title(page, kind), page.to(&url)))
}

fn title(page: &Page<'_>, kind: Option<&Kind>) -> String {
    let site = &page.estate().config.title;
    kind.map_or_else(
        || site.clone(),
        |kind| format!("{} · {site}", kind.plural.get(page.language)),
    )
}

/// The bytes of a feed. At least one commit has touched the project, which the plan sees to.
pub(super) fn feed(page: &Page<'_>, kind: Option<&Kind>) -> Vec<u8> {
    let name = kind.map(|kind| kind.name.as_str());
    let own = |commit: &&Commit| {
        let mut records = commit.changes.records.iter();
        name.is_none_or(|name| records.any(|change| change.record.kind == name))
    };
    let commits = page.estate().history.touching().filter(own);
    let commits: Vec<&Commit> = commits.take(ENTRIES).collect();
    // A kind that no commit is known to have touched is as old as the newest commit of all.
    let all = page.estate().history.touching().take(1);
    let dated = if commits.is_empty() {
        all.collect()
    } else {
        commits.clone()
    };
    let updated = dated.iter().map(|commit| commit.when.timestamp()).max();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let language = page.language.code();
    let _ = writeln!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">"
    );
    let own_url = url(kind);
    let base = page.estate().config.base_url.as_ref();
    let id = base.map_or_else(
        || {
            urn(&[
                "feed",
                &page.estate().config.title,
                name.unwrap_or_default(),
            ])
        },
        |base| format!("{base}/{own_url}"),
    );
    element(&mut out, "id", &id);
    element(&mut out, "title", &title(page, kind));
    let updated = updated.unwrap_or_default().to_string();
    element(&mut out, "updated", &updated);
    if base.is_some() {
        link_element(&mut out, "self", &address(page, &own_url));
    }
    let list = kind.map_or_else(|| "history/".to_owned(), |kind| format!("{}/", kind.folder));
    link_element(&mut out, "alternate", &address(page, &list));
    out.push_str("<generator>Carnet</generator>\n");
    for commit in commits {
        entry(&mut out, page, commit, name);
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

fn entry(out: &mut String, page: &Page<'_>, commit: &Commit, kind: Option<&str>) {
    let SiteChange {
        change, touched, ..
    } = site_change(page, commit, kind, IN_FEED);
    let short = &change.revision.text;
    out.push_str("<entry>\n");
    element(
        out,
        "id",
        &urn(&["entry", &commit.id, kind.unwrap_or_default()]),
    );
    let title = if change.message.is_empty() {
        short
    } else {
        &change.message
    };
    element(out, "title", title);
    element(out, "updated", &commit.when.timestamp().to_string());
    let author = if change.author.trim().is_empty() {
        "?"
    } else {
        &change.author
    };
    let _ = writeln!(out, "<author><name>{}</name></author>", text(author));
    // The script of the history's page shows this commit alone; without it the whole history opens.
    let commit_page = format!("{}?commits={short}", address(page, "history/"));
    link_element(out, "alternate", &commit_page);
    let mut html = String::new();
    for line in touched.records.iter().chain(&touched.folded) {
        let what = words(page, &line.what);
        let _ = write!(html, "<li><b>{}</b>{what}</li>", text(&line.link.text));
    }
    for list in &touched.lists {
        let names: Vec<String> = list.links.iter().map(|link| text(&link.text)).collect();
        let title = if list.title.is_empty() {
            String::new()
        } else {
            text(&(list.title.clone() + &page.word("colon") + " "))
        };
        let _ = write!(html, "<li>{title}{}", names.join(", "));
        if list.more > 0 {
            let _ = write!(html, ", {}", page.count("and-more", list.more));
        }
        html.push_str("</li>");
    }
    for file in &touched.files {
        let _ = write!(
            html,
            "<li><code>{}</code> {}</li>",
            text(&file.path),
            text(&file.what)
        );
    }
    if touched.more > 0 {
        let _ = write!(html, "<li>{}</li>", page.count("and-more", touched.more));
    }
    if !html.is_empty() {
        let _ = writeln!(
            out,
            "<summary type=\"html\">{}</summary>",
            text(&format!("<ul>{html}</ul>"))
        );
    }
    out.push_str("</entry>\n");
}

/// What happened to a record, as HTML in one line.
fn words(page: &Page<'_>, what: &Alteration) -> String {
    let colon = page.word("colon");
    let mut parts: Vec<String> = what.facts.iter().map(|fact| text(fact)).collect();
    parts.extend(what.fields.iter().map(|field| {
        let label = text(&field.label);
        format!("{label}{colon} {}", values(field))
    }));
    if what.more > 0 {
        parts.push(page.count("fields-more", what.more));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("{colon} {}", parts.join(" · "))
}

fn values(field: &FieldChange) -> String {
    let mut parts = Vec::new();
    match (&field.before, &field.after) {
        (Some(before), Some(after)) => parts.push(format!("{} → {}", text(before), text(after))),
        (None, Some(after)) => parts.push(format!("+ {}", text(after))),
        (Some(before), None) => parts.push(format!("− {}", text(before))),
        (None, None) => {}
    }
    parts.extend(field.removed.iter().map(|item| format!("− {}", text(item))));
    parts.extend(field.added.iter().map(|item| format!("+ {}", text(item))));
    parts.extend(field.note.iter().map(|note| text(note)));
    let sections = field.text.iter().flat_map(|text| &text.sections);
    parts.extend(sections.map(|section| text(section)));
    parts.join(", ")
}

pub(super) fn address(page: &Page<'_>, url: &str) -> String {
    match &page.estate().config.base_url {
        Some(base) => format!("{base}/{}", crate::site::address::encode(url)),
        None => page.to(url),
    }
}

/// A name that stays the same wherever the site is published: a UUID of version 8 (RFC 9562) from
/// the hash of what is named.
pub(super) fn urn(parts: &[&str]) -> String {
    let mut bytes = digest::sha256(parts.join("\n"));
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let groups = [0..4, 4..6, 6..8, 8..10, 10..16];
    let groups = groups.map(|group| digest::hex(&bytes[group]));
    format!("urn:uuid:{}", groups.join("-"))
}

pub(super) fn element(out: &mut String, name: &str, content: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", text(content));
}

pub(super) fn link_element(out: &mut String, rel: &str, url: &str) {
    let url = text(url);
    let _ = writeln!(out, "<link rel=\"{rel}\" href=\"{url}\"/>");
}

/// A text without the letters that XML 1.0 cannot hold, escaped.
pub(super) fn text(text: &str) -> String {
    let allowed = |letter: &char| {
        matches!(letter, '\t' | '\n')
            || *letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    escape(&visible(text).chars().filter(allowed).collect::<String>()).into_owned()
}
