//! The page at a former address: it leads on at once without a script, and by a link where that is turned off.
//! Written by hand like [`super::asset_tags`], as there may be thousands and none shows more than a line.

use crate::estate::Record;
use crate::site::diagrams::svg::escape;
use crate::site::page::Page;

/// Renders the way from the page's address to a record.
pub(in crate::site) fn redirect(page: &Page<'_>, record: &Record) -> Vec<u8> {
    let language = record.source.language.unwrap_or(page.language);
    let page = &Page { language, ..*page };
    let url = page.to(&record.url);
    let url = escape(&url);
    let canonical = match &page.estate().config.base_url {
        Some(base) => escape(&format!("{base}/{}", record.url)).into_owned(),
        None => url.clone().into_owned(),
    };
    let (code, moved) = (language.code(), page.word("moved-title"));
    let style = page.to(&format!("_carnet/{}", page.assets().style));
    let (moved, words) = (escape(&moved).into_owned(), page.word("moved"));
    let (words, title) = (escape(&words), escape(&record.title));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'\"><meta name=\"robots\" content=\"noindex\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{moved}</title><link rel=\"canonical\" href=\"{canonical}\"><meta http-equiv=\"refresh\" content=\"0; url={url}\"><link rel=\"stylesheet\" href=\"{style}\"></head><body class=\"tags\"><main><h1>{moved}</h1><p>{words} <a href=\"{url}\">{title}</a></p></main></body></html>\n"
    )
    .into_bytes()
}
