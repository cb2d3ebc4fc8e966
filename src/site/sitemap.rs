//! `sitemap.xml` (sitemaps.org 0.9): the pages of records and lists for an engine that indexes the intranet. It names
//! whole addresses, so that a site makes one only where it knows its own (`base_url`).
//!
//! A file holds at most 50,000 addresses; a larger site has an index of several files.

use std::fmt::Write as _;

use crate::site::feed::{address, text};
use crate::site::log;
use crate::site::output::Output;
use crate::site::page::Page;

/// The file that engines ask for.
pub(super) const FILE: &str = "sitemap.xml";
/// Addresses in one file, by the protocol.
const MOST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Whether a page is named: those of records, the lists of their kinds and the home pages.
pub(super) fn is_named(output: &Output) -> bool {
    matches!(
        output,
        Output::Home(_) | Output::List(..) | Output::Procedures(_) | Output::Record(_)
    )
}

/// The files of a site with so many pages to name: by their paths, each with its part, 0 for what engines ask for.
pub(super) fn files(pages: usize) -> Vec<(String, usize)> {
    let parts = if pages > MOST {
        pages.div_ceil(MOST)
    } else {
        0
    };
    (0..=parts).map(|part| (path(part), part)).collect()
}

fn path(part: usize) -> String {
    match part {
        0 => FILE.to_owned(),
        part => format!("sitemap-{part}.xml"),
    }
}

/// The bytes of a part, as [`files`] numbers them.
pub(super) fn sitemap(page: &Page<'_>, part: usize) -> Vec<u8> {
    let outputs = page.site.outputs.iter();
    let named: Vec<(&String, &Output)> = outputs.filter(|(_, output)| is_named(output)).collect();
    let files = files(named.len());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    if part == 0 && files.len() > 1 {
        let _ = writeln!(out, "<sitemapindex xmlns=\"{NAMESPACE}\">");
        for (path, _) in &files[1..] {
            let address = text(&address(page, path));
            let _ = writeln!(out, "<sitemap><loc>{address}</loc></sitemap>");
        }
        out.push_str("</sitemapindex>\n");
        return out.into_bytes();
    }
    let _ = writeln!(out, "<urlset xmlns=\"{NAMESPACE}\">");
    let first = part.saturating_sub(1) * MOST;
    for (path, output) in named.iter().skip(first).take(MOST) {
        let url = path.strip_suffix("index.html").unwrap_or(path);
        let _ = write!(out, "<url><loc>{}</loc>", text(&address(page, url)));
        if let Output::Record(id) = output
            && let Some(commit) = log::last(page, page.estate().record(*id))
        {
            let _ = write!(out, "<lastmod>{}</lastmod>", commit.when.date());
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_site_has_an_index_of_files() {
        let names = |pages| -> Vec<String> {
            let files = files(pages).into_iter();
            files.map(|(path, _)| path).collect()
        };
        assert_eq!(names(0), ["sitemap.xml"]);
        assert_eq!(names(50_000), ["sitemap.xml"]);
        assert_eq!(
            names(100_001),
            [
                "sitemap.xml",
                "sitemap-1.xml",
                "sitemap-2.xml",
                "sitemap-3.xml"
            ]
        );
    }
}
