//! The rows of a list that is cut into pages, as data for the filter of the browser: `assets/_rows/1.json`.
//!
//! They hold what the table shows, and no more: texts, what they are sorted by, and where links lead. A reader who
//! neither filters nor sorts loads none of them.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use serde_json::{Value as Json, json};

use crate::site::context::{Badge, Column, Row, Value, WholeList};
use crate::site::page::Page;
use crate::site::pages::{self, accounts, deadlines};

/// A list of so many rows is one page: it is read, searched and printed as one.
const WHOLE: usize = 500;
/// A page of a longer list has this many rows: a telephone lays them out at once.
const ROWS: usize = 100;
/// A piece of the data has this many rows: 300 KiB at most over 100,000 invented records, a tenth of that on the line.
const PIECE: usize = 1000;

/// A list that may be longer than a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Long {
    /// The list of a kind.
    Kind(String),
    /// A list of accounts.
    Accounts(accounts::Selection),
    /// The deadlines.
    Deadlines,
}

impl Long {
    /// The folder of the list, without a slash at its end.
    pub fn folder(&self, page: &Page<'_>) -> String {
        let estate = page.estate();
        match self {
            Self::Kind(kind) => {
                let kind = estate.schema.kind(kind);
                kind.map_or_else(String::new, |kind| kind.folder.clone())
            }
            Self::Accounts(which) => accounts::folder(estate, *which),
            Self::Deadlines => deadlines::FOLDER.to_owned(),
        }
    }

    /// Some of its rows, from 0, with links as its first page has them.
    fn rows(&self, page: &Page<'_>, skip: usize, take: usize) -> Vec<Row> {
        let path = format!("{}/index.html", self.folder(page));
        let page = &Page::new(page.site, &path, page.language);
        match self {
            Self::Kind(kind) => pages::list::rows(page, kind, skip, take),
            Self::Accounts(which) => accounts::rows(page, *which, skip, take),
            Self::Deadlines => deadlines::rows(page, skip, take),
        }
    }
}

/// How many pages a list of so many rows has; at least one.
pub(super) fn parts(count: usize) -> usize {
    count.div_ceil(per_page(count)).max(1)
}

/// How many rows stand on a page of a list of so many.
pub(super) fn per_page(count: usize) -> usize {
    if count > WHOLE { ROWS } else { WHOLE }
}

/// The paths of the data of a list of so many rows in a folder; none where one page holds them all.
pub(super) fn paths(folder: &str, count: usize, offline: bool) -> Vec<String> {
    let ending = if offline { "json.js" } else { "json" };
    let path = |piece| format!("{folder}/_rows/{piece}.{ending}");
    (1..=pieces(count)).map(path).collect()
}

fn pieces(count: usize) -> usize {
    if count > WHOLE {
        count.div_ceil(PIECE)
    } else {
        0
    }
}

/// What the page of a list needs so that the whole is filtered there, with the values that its columns offer;
/// `None` where one page holds it all.
pub(super) fn whole(
    page: &Page<'_>,
    list: &Long,
    count: usize,
    columns: &[Column],
) -> Option<WholeList> {
    if count <= WHOLE {
        return None;
    }
    let folder = list.folder(page);
    let offered = page.site.offered(&folder);
    let values = offered.get_or_init(|| offered_values(page, list, count, columns));
    Some(WholeList {
        folder: page.to(&format!("{folder}/")),
        pieces: pieces(count),
        values: values.clone(),
        count,
    })
}

/// The values of each column that offers its values; nothing for the others.
fn offered_values(
    page: &Page<'_>,
    list: &Long,
    count: usize,
    columns: &[Column],
) -> Vec<Vec<String>> {
    let mut values: Vec<BTreeSet<String>> = vec![BTreeSet::new(); columns.len()];
    for start in (0..count).step_by(PIECE) {
        for row in list.rows(page, start, PIECE) {
            for ((column, cell), values) in columns.iter().zip(&row.cells).zip(&mut values) {
                if column.facet {
                    values.extend(single_values(page, cell));
                }
            }
        }
    }
    let sorted = values.into_iter().map(|it| it.into_iter().collect());
    sorted.collect()
}

/// What the script takes a cell's values to be: the items of a list, else all of its text; of « Siège › Salle serveurs »
/// the building too.
fn single_values(page: &Page<'_>, cell: &Value) -> Vec<String> {
    let texts = match cell {
        Value::List { items } => items.iter().map(|item| text(page, item)).collect(),
        cell => vec![text(page, cell)],
    };
    let flat = texts.iter().map(|text| flat(text));
    let whole = |text: String| {
        let building = text.split_once(" › ").map(|(whole, _)| whole.to_owned());
        building.into_iter().chain([text])
    };
    flat.filter(|text| !text.is_empty())
        .flat_map(whole)
        .collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bytes of a piece of a list, from 1: JSON, or a script that hands it over where no server is.
pub(super) fn piece(page: &Page<'_>, list: &Long, piece: usize) -> Vec<u8> {
    let rows = list.rows(page, (piece - 1) * PIECE, PIECE);
    let rows: Vec<Vec<Json>> = rows
        .iter()
        .map(|row| row.cells.iter().map(|it| cell(page, it)).collect())
        .collect();
    let text = json!({ "rows": rows }).to_string();
    if page.estate().config.offline {
        let text = Json::from(text);
        format!("carnetShard(\"{piece}.json\",{text})\n").into_bytes()
    } else {
        (text + "\n").into_bytes()
    }
}

/// A cell as `table.js` reads it: a text, or the letter of its type with what belongs to it.
fn cell(page: &Page<'_>, value: &Value) -> Json {
    let own = text(page, value);
    match value {
        Value::Code { .. } => json!(["c", own]),
        Value::Number { sort, .. } => json!(["n", own, sort]),
        Value::Date { date, badge: None } => json!(["d", own, date.iso]),
        Value::Date {
            date,
            badge: Some(Badge { text, tone }),
        } => json!(["d", date.text, date.iso, text, tone]),
        Value::Badge { badge } => json!(["b", own, badge.tone]),
        Value::Link { link, external } => {
            let kind = if *external { "x" } else { "l" };
            let url = link.url.as_deref().unwrap_or_default();
            match &link.hint {
                Some(hint) => json!([kind, own, url, hint]),
                None => json!([kind, own, url]),
            }
        }
        Value::List { items } => {
            let items = items.iter().map(|item| cell(page, item));
            Json::Array(std::iter::once(Json::from("v")).chain(items).collect())
        }
        _ => Json::from(own),
    }
}

/// What a cell says.
fn text(page: &Page<'_>, value: &Value) -> String {
    match value {
        Value::Text { text } => page.set(text),
        Value::Code { text } | Value::Number { text, .. } => text.clone(),
        Value::Date { date, badge: None } => date.text.clone(),
        Value::Date {
            date,
            badge: Some(badge),
        } => format!("{} {}", date.text, badge.text),
        Value::Boolean { value } => page.word(if *value { "yes" } else { "no" }),
        Value::Badge { badge } => badge.text.clone(),
        Value::Link { link, .. } => link.text.clone(),
        Value::Html { html } => words_of(&html.0),
        Value::List { items } => {
            let texts: Vec<String> = items.iter().map(|item| text(page, item)).collect();
            texts.join(", ")
        }
        Value::Empty | Value::Table { .. } => String::new(),
    }
}

/// The words of HTML that Carnet made: without its tags, with its signs as they are read.
fn words_of(html: &str) -> String {
    let pieces = html.split('<').enumerate().map(|(at, piece)| match at {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, after)| after),
    });
    let mut words: String = pieces.collect();
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    for (written, read) in signs {
        words = words.replace(written, read);
    }
    words
}

/// The values that the columns of a list offer, found once for all of its pages.
pub(super) type Offered = Arc<OnceLock<Vec<Vec<String>>>>;

/// How the parts of a list are called: from what they start with to what they end with (`ada–bru`), each as short as
/// tells it from its neighbours. `names` are those of all rows, in their order.
pub(super) fn ranges(names: &[&str]) -> Vec<String> {
    let rows = per_page(names.len());
    let starts = (0..names.len()).step_by(rows);
    let range = |start: usize| {
        let end = (start + rows).min(names.len()) - 1;
        let (first, last) = (names[start], names[end]);
        let before = start.checked_sub(1).map(|at| names[at]);
        let after = names.get(end + 1).copied();
        let first_short = short(first, [before, Some(last)]);
        let last_short = short(last, [after, Some(first)]);
        format!("{first_short}–{last_short}")
    };
    starts.map(range).collect()
}

/// The beginning of a name that its neighbours do not share: three letters or more, and no number cut in two.
fn short<'a>(name: &'a str, others: [Option<&str>; 2]) -> &'a str {
    let shared = |other: &str| {
        let pairs = name.chars().zip(other.chars());
        pairs.take_while(|(left, right)| left == right).count()
    };
    let shared = others.into_iter().flatten().map(shared).max().unwrap_or(0);
    let mut ends = name
        .char_indices()
        .map(|(at, letter)| (at + letter.len_utf8(), letter));
    let enough = ends.by_ref().nth(shared.max(2));
    let Some((mut end, mut letter)) = enough else {
        return name;
    };
    for (next_end, next) in ends {
        if !(letter.is_ascii_digit() && next.is_ascii_digit()) {
            break;
        }
        (end, letter) = (next_end, next);
    }
    let cut = name[..end].trim_end_matches(|letter: char| !letter.is_alphanumeric());
    if cut.is_empty() { &name[..end] } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_tell_parts_from_their_neighbours() {
        let names: Vec<String> = (0..540).map(|n| format!("pc-{n:04}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(
            ranges(&names),
            [
                "pc-0000–pc-0099",
                "pc-0100–pc-0199",
                "pc-0200–pc-0299",
                "pc-0300–pc-0399",
                "pc-0400–pc-0499",
                "pc-0500–pc-0539"
            ]
        );
        assert_eq!(short("ada-lovelace", [None, Some("bruno")]), "ada");
        assert_eq!(short("adam", [Some("adalbert"), None]), "adam");
        assert_eq!(short("été", [None, None]), "été");
        assert_eq!(short("a-", [None, None]), "a-");
    }

    #[test]
    fn the_words_of_html_are_read_without_tags() {
        let html = "<span class=\"dead-link\" title=\"a &gt; b\">x &lt; y &amp;&amp; z</span>";
        assert_eq!(words_of(html), "x < y && z");
    }

    #[test]
    fn a_list_on_one_page_has_no_data() {
        assert!(paths("assets", WHOLE, false).is_empty());
        let two = ["assets/_rows/1.json", "assets/_rows/2.json"];
        assert_eq!(paths("assets", 1001, false), two);
        assert_eq!(paths("assets", 501, true), ["assets/_rows/1.json.js"]);
        assert_eq!((parts(0), parts(500), parts(501)), (1, 1, 6));
    }
}
