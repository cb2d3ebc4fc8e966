//! The page that the QR code of a label leads to, and that leads on to the record at once. There is one an asset:
//! it is written by hand, in a few hundred bytes, and needs no template.

use std::fmt::Write as _;

use crate::estate::{Record, asset_tags};
use crate::site::diagrams::svg::escape;
use crate::site::page::Page;

/// Renders the page of the tag of an asset. A tag that several assets bear leads to none of them by itself.
pub(in crate::site) fn tag_page(page: &Page<'_>, asset: &Record) -> Vec<u8> {
    let estate = page.estate();
    let tag = asset_tags::tag(asset);
    let assets = estate.asset_tags().assets(&tag);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">",
        page.language.code()
    );
    if let [_] = assets {
        let url = page.to(&asset.url);
        let _ = write!(
            out,
            "<meta http-equiv=\"refresh\" content=\"0; url={}\">",
            escape(&url)
        );
    }
    let _ = write!(
        out,
        "<title>{}</title></head><body><main><h1>{}</h1>",
        escape(&tag),
        escape(&tag)
    );
    if assets.len() > 1 {
        let told = page.count("tag-shared", assets.len());
        let _ = write!(out, "<p>{}</p>", escape(&told));
    }
    out.push_str("<ul>");
    for asset in assets.iter().map(|id| estate.record(*id)) {
        let _ = write!(
            out,
            "<li><a href=\"{}\">{}</a> ({})</li>",
            escape(&page.to(&asset.url)),
            escape(&asset.title),
            escape(&asset.source.id)
        );
    }
    out.push_str("</ul></main></body></html>\n");
    out.into_bytes()
}
