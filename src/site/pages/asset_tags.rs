//! The page that the QR codes of some labels lead to, and that leads on to the record at once (`tags.js`); without
//! a script the asset stands out in the list. It is written by hand, a line an asset, and needs no template.

use std::fmt::Write as _;

use crate::estate::asset_tags;
use crate::site::diagrams::svg::escape;
use crate::site::page::Page;
use crate::site::pages::search;

/// Renders a sheet of tags. A tag that several assets bear leads to none of them by itself.
pub(in crate::site) fn sheet(page: &Page<'_>, sheet: &str) -> Vec<u8> {
    let estate = page.estate();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{}</title><link rel=\"stylesheet\" href=\"{}\"><script src=\"{}\" defer></script></head><body class=\"tags\">{}<main><h1>{}</h1><ul>",
        page.language.code(),
        escape(&page.word("label-sheet")),
        page.to(&format!("_carnet/{}", page.assets().style)),
        page.to(&format!("_carnet/{}", page.assets().tags)),
        header(page),
        escape(&page.word("label-sheet")),
    );
    for (tag, assets) in estate.asset_tags().of_sheet(sheet) {
        let (_, rest) = asset_tags::split(tag);
        let _ = write!(out, "\n<li id=\"{}\">{}", escape(rest), escape(tag));
        if assets.len() > 1 {
            let told = page.count("tag-shared", assets.len());
            let _ = write!(out, " <span>{}</span>", escape(&told));
        }
        for asset in assets.iter().map(|id| estate.record(*id)) {
            let _ = write!(
                out,
                " <a href=\"{}\">{}</a>",
                escape(&page.to(&asset.url)),
                escape(&asset.title)
            );
        }
        out.push_str("</li>");
    }
    out.push_str("\n</ul></main></body></html>\n");
    out.into_bytes()
}

/// The way home, and to the search, for who stays because the tag of a label is not known.
fn header(page: &Page<'_>) -> String {
    let config = &page.estate().config;
    format!(
        "<header class=\"site-header\"><a class=\"site-name\" href=\"{}\"><span>{}</span></a> <a class=\"search-button\" href=\"{}\">{}</a></header>",
        escape(&page.to(&config.folder_of(page.language))),
        escape(&config.title),
        escape(&page.to(&search::address(config, page.language))),
        escape(&page.word("search")),
    )
}
