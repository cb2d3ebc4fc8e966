//! The small things that pages are made of, as HTML: values, links, badges, moments and small tables. A page holds
//! a hundred of them and a large site a hundred thousand pages: written in Rust they take a fifth of the time that
//! components of templates took. They print what `site::context::value` holds, and escape all of it but HTML.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, Value, escape_html};

use crate::diagnostic::Language;
use crate::site::labels::Labels;
use crate::typography;

/// Makes the filters known: `{{ x | value }}`, `link`, `external_link`, `badge`, `moment`, `table`,
/// `kept` for a text whose identifiers no line parts, `sorting` for the attributes that a table is sorted by, and
/// `is_long`, which is true of cells that need room.
pub(super) fn register(tera: &mut Tera, labels: &Arc<Labels>) {
    let shown = Arc::new(Shown::new(labels));
    let filter = |print: fn(&Shown, &mut Vec<u8>, &Value)| {
        let shown = Arc::clone(&shown);
        move |value: &Value, _: Kwargs, _: &State| finished(|out| print(&shown, out, value))
    };
    tera.register_filter("value", filter(Shown::value));
    tera.register_filter("table", filter(Shown::table));
    tera.register_filter("badge", filter(|_, out, it| badge(out, it)));
    tera.register_filter("moment", filter(|_, out, it| moment(out, it)));
    tera.register_filter("kept", |it: &Value, _: Kwargs, _: &State| {
        finished(|out| set(out, it.as_str().unwrap_or_default()))
    });
    tera.register_filter("is_long", |it: &Value, _: Kwargs, _: &State| is_long(it));
    tera.register_filter("sorting", filter(|_, out, it| sorting(out, it)));
    tera.register_filter("link", filter(|shown, out, it| shown.link(out, it, false)));
    tera.register_filter(
        "external_link",
        filter(|shown, out, it| shown.link(out, it, true)),
    );
}

/// HTML that the engine prints as it is.
fn finished(print: impl FnOnce(&mut Vec<u8>)) -> Value {
    let mut out = Vec::with_capacity(128);
    print(&mut out);
    let html = String::from_utf8(out).expect("texts stay texts when they are escaped");
    Value::safe_string(&html)
}

/// The words that values need.
#[derive(Debug)]
struct Shown {
    language: Language,
    yes: String,
    no: String,
    empty: String,
}

impl Shown {
    fn new(labels: &Labels) -> Self {
        let word = |key: &str| labels.get(key).unwrap_or(key).to_owned();
        Self {
            language: labels.language(),
            yes: word("yes"),
            no: word("no"),
            empty: word("empty"),
        }
    }

    /// A value of a field, by its `type`.
    fn value(&self, out: &mut Vec<u8>, value: &Value) {
        match text(value, "type") {
            "text" => {
                let text = typography::plain(text(value, "text"), self.language);
                if text.contains('\n') {
                    raw(out, "<span class=\"text\">");
                    set(out, &text);
                    raw(out, "</span>");
                } else {
                    set(out, &text);
                }
            }
            "code" => within(out, "<code>", text(value, "text"), "</code>"),
            "number" => within(
                out,
                "<span class=\"number\">",
                text(value, "text"),
                "</span>",
            ),
            "date" => {
                each(value, "date", |date| moment(out, date));
                each(value, "badge", |it| {
                    out.push(b' ');
                    badge(out, it);
                });
            }
            "boolean" => {
                let is_true = is_set(value, "value");
                escape(out, if is_true { &self.yes } else { &self.no });
            }
            "badge" => each(value, "badge", |it| badge(out, it)),
            "link" => each(value, "link", |it| {
                self.link(out, it, is_set(value, "external"));
            }),
            "html" => {
                raw(out, "<div class=\"prose\">");
                raw(out, text(value, "html"));
                raw(out, "</div>");
            }
            "list" => {
                raw(out, "<ul class=\"values\">");
                for item in list(value, "items") {
                    raw(out, "<li>");
                    self.value(out, item);
                    raw(out, "</li>");
                }
                raw(out, "</ul>");
            }
            "table" => each(value, "table", |table| self.table(out, table)),
            _ => {
                let dash = "<span class=\"empty\"><span aria-hidden=\"true\">–</span><span class=\"visually-hidden\">";
                within(out, dash, &self.empty, "</span></span>");
            }
        }
    }

    /// A link, its words set as prose is: titles are typed on keyboards too.
    fn link(&self, out: &mut Vec<u8>, link: &Value, external: bool) {
        let words = typography::plain(text(link, "text"), self.language);
        let url = text(link, "url");
        if url.is_empty() {
            within(out, "<span class=\"no-target\">", &words, "</span>");
        } else {
            within(out, "<a href=\"", url, "\"");
            if external {
                raw(out, " class=\"external\" rel=\"noreferrer\"");
            }
            raw(out, ">");
            set(out, &words);
            raw(out, "</a>");
        }
        let hint = text(link, "hint");
        if !hint.is_empty() {
            within(out, " <span class=\"hint\">", hint, "</span>");
        }
    }

    /// A small table: nothing to sort. The first cell of a row heads it.
    fn table(&self, out: &mut Vec<u8>, table: &Value) {
        let caption = text(table, "caption");
        raw(
            out,
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"group\"",
        );
        if !caption.is_empty() {
            within(out, " aria-label=\"", caption, "\"");
        }
        raw(out, ">\n<table>");
        if !caption.is_empty() {
            within(out, "<caption>", caption, "</caption>");
        }
        raw(out, "<thead><tr>");
        for column in list(table, "columns") {
            let column = column.as_str().unwrap_or_default();
            within(out, "<th scope=\"col\">", column, "</th>");
        }
        raw(out, "</tr></thead>\n<tbody>");
        for row in list(table, "rows") {
            raw(out, "\n<tr>");
            for (at, cell) in row.as_array().unwrap_or_default().iter().enumerate() {
                let (start, end) = match at {
                    0 => ("<th scope=\"row\">", "</th>"),
                    _ if is_long(cell) => ("<td class=\"long\">", "</td>"),
                    _ => ("<td>", "</td>"),
                };
                raw(out, start);
                self.value(out, cell);
                raw(out, end);
            }
            raw(out, "</tr>");
        }
        raw(out, "\n</tbody></table></div>");
    }
}

/// A text that needs a wide column, else a row is a narrow tower of words.
fn is_long(cell: &Value) -> bool {
    text(cell, "type") == "text" && text(cell, "text").chars().count() > 60
}

/// A link, or its text alone where it leads nowhere; with its hint.
fn badge(out: &mut Vec<u8>, badge: &Value) {
    within(out, "<span class=\"badge ", text(badge, "tone"), "\">");
    within(out, "", text(badge, "text"), "</span>");
}

fn moment(out: &mut Vec<u8>, moment: &Value) {
    within(out, "<time datetime=\"", text(moment, "iso"), "\">");
    within(out, "", text(moment, "text"), "</time>");
}

/// What the browser's script sorts a cell by, where that is not what is read.
fn sorting(out: &mut Vec<u8>, value: &Value) {
    let (attribute, key) = match text(value, "type") {
        "number" => ("data-sort", text(value, "sort")),
        "date" => ("data-sort", of(value, "date", "iso")),
        "badge" => ("data-value", of(value, "badge", "text")),
        "link" => ("data-value", of(value, "link", "text")),
        "empty" => ("data-value", ""),
        _ => return,
    };
    raw(out, " ");
    raw(out, attribute);
    within(out, "=\"", key, "\"");
}

/// A part of a structure. Structures have a few parts: looking through them is faster than hashing.
fn part<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let mut parts = value.as_map()?.iter();
    let found = parts.find(|(own, _)| own.as_str() == Some(key));
    found
        .map(|(_, value)| value)
        .filter(|value| !value.is_none())
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    part(value, key).and_then(Value::as_str).unwrap_or_default()
}

fn of<'v>(value: &'v Value, key: &str, inner: &str) -> &'v str {
    part(value, key).map_or("", |it| text(it, inner))
}

fn is_set(value: &Value, key: &str) -> bool {
    part(value, key).and_then(Value::as_bool).unwrap_or(false)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    part(value, key)
        .and_then(Value::as_array)
        .unwrap_or_default()
}

fn each(value: &Value, key: &str, print: impl FnOnce(&Value)) {
    if let Some(part) = part(value, key) {
        print(part);
    }
}

/// A text between two pieces of HTML.
fn within(out: &mut Vec<u8>, start: &str, text: &str, end: &str) {
    raw(out, start);
    escape(out, text);
    raw(out, end);
}

fn raw(out: &mut Vec<u8>, html: &str) {
    out.extend_from_slice(html.as_bytes());
}

/// A text with what a line must not part in one piece.
fn set(out: &mut Vec<u8>, text: &str) {
    let [open, close] = typography::TAGS;
    let mut from = 0;
    for range in typography::kept(text) {
        escape(out, &text[from..range.start]);
        within(out, open, &text[range.clone()], close);
        from = range.end;
    }
    escape(out, &text[from..]);
}

fn escape(out: &mut Vec<u8>, text: &str) {
    escape_html(text, out).expect("memory takes every text");
}
