//! What happened to one record, in its reader's words: facts, fields, texts.
//!
//! A page has a budget, so values are shortened and the words of long texts are cut at a bound; the
//! commit itself is a click away. A value that today's schema does not know or calls secret is
//! never told, whatever the history holds.

use crate::estate::{alike_items, field_label, field_of, recorded};
use crate::history::{
    self, Passage, RecordChange, Recorded, SectionChange, ValueChange, What, visible,
};
use crate::schema::{Field, Kind, Type};
use crate::site::context::{Alteration, FieldChange, Piece, TextChange};
use crate::site::page::Page;

/// A value is shown up to this many letters.
const VALUE: usize = 120;
/// An item of a list is shown up to this many letters.
const ITEM: usize = 300;
/// Items of a list that are named; the others are counted.
const ITEMS: usize = 8;
/// Fields of a record that are told; the others are counted.
const FIELDS: usize = 16;
/// The same on the longest pages.
const FEW_FIELDS: usize = 4;
/// Sections of a text that are named.
const SECTIONS: usize = 6;

/// What a page still has room for, in bytes of HTML, roughly.
#[derive(Debug, Clone, Copy)]
pub(in crate::site) struct Room {
    all: usize,
    /// For the words of changed texts.
    words: usize,
    /// Fields of one record.
    fields: usize,
}

impl Room {
    /// The room of a record's page for its log: all of it, or a part where the rest of the page is
    /// long.
    pub(super) fn of_page(part: usize) -> Self {
        Self {
            all: 12_000 / part,
            words: 4_000 / part,
            // A first change is always told, so a long page names fewer of its fields.
            fields: if part >= 12 { FEW_FIELDS } else { FIELDS },
        }
    }

    /// The room of a line among many: a few fields, no words of texts.
    pub(in crate::site) fn of_line(fields: usize) -> Self {
        Self {
            all: usize::MAX,
            words: 0,
            fields,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.all == 0
    }

    pub(super) fn take(&mut self, bytes: usize) {
        self.all = self.all.saturating_sub(bytes);
    }
}

/// What happened to a record.
pub(in crate::site) fn alteration(
    page: &Page<'_>,
    change: &RecordChange,
    room: &mut Room,
) -> Alteration {
    // What surrounds an entry: its author, date, commit.
    room.take(330);
    let kind = page.estate().schema.kind(&change.record.kind);
    let kind = kind.map(AsRef::as_ref);
    let mut fields: Vec<FieldChange> = Vec::new();
    for field in change.fields.iter().take(room.fields) {
        let parts = parts(page, kind, field, room);
        let rest = field_change(page, kind, field, room);
        fields.extend(parts.into_iter().chain(rest));
    }
    let mut more = change.fields.len().saturating_sub(room.fields);
    if let Some(body) = &change.body {
        if fields.len() < room.fields {
            let text = text_change(page, body, room);
            fields.push(FieldChange {
                key: "body".to_owned(),
                label: page.word("log-text"),
                text: Some(text),
                ..FieldChange::default()
            });
        } else {
            more += 1;
        }
    }
    Alteration {
        facts: facts(page, change),
        fields,
        more,
    }
}

/// What is said of the record as a whole.
fn facts(page: &Page<'_>, change: &RecordChange) -> Vec<String> {
    let mut facts = Vec::new();
    match change.what {
        What::Added => facts.push(page.word("log-created")),
        What::Removed => facts.push(page.word("log-removed")),
        What::Reformatted => facts.push(page.word("log-reformatted")),
        What::Unreadable => facts.push(page.word("log-unreadable")),
        What::Changed => {}
    }
    if let Some(path) = &change.moved_from {
        facts.push(page.word("log-moved").replace("{path}", &visible(path)));
    }
    if let Some(id) = &change.renamed_from {
        facts.push(page.word("log-renamed").replace("{id}", &visible(id)));
    }
    facts
}

fn field_change(
    page: &Page<'_>,
    kind: Option<&Kind>,
    change: &history::FieldChange,
    room: &mut Room,
) -> Option<FieldChange> {
    let label = kind.map(|kind| field_label(kind, &change.key, page.language));
    let mut shown = FieldChange {
        key: change.key.clone(),
        label: visible(&label.unwrap_or_else(|| change.key.clone())),
        ..FieldChange::default()
    };
    let field = kind.and_then(|kind| field_of(kind, &change.key));
    match (field.filter(|field| !field.secret), &change.value) {
        (None, _) | (_, ValueChange::Hidden) => shown.note = Some(page.word("log-hidden")),
        (Some(field), ValueChange::Replaced { old, new }) => {
            replaced(page, field, [old.as_ref(), new.as_ref()], &mut shown);
        }
        (Some(field), ValueChange::Items { added, removed }) => {
            let alike = alike_items(page.estate(), field, [removed, added], page.language);
            let added = (0..).zip(added);
            let added = added.filter(|(at, _)| alike.iter().all(|item| item.added != *at));
            let removed = (0..).zip(removed);
            let removed = removed.filter(|(at, _)| alike.iter().all(|item| item.removed != *at));
            let added: Vec<&Recorded> = added.map(|(_, value)| value).collect();
            let removed: Vec<&Recorded> = removed.map(|(_, value)| value).collect();
            if !alike.is_empty() && added.is_empty() && removed.is_empty() {
                return None;
            }
            [shown.removed, shown.added] = items(page, field, [&removed, &added]);
            if shown.added.is_empty() && shown.removed.is_empty() {
                let is_order = added.is_empty() && removed.is_empty();
                let word = if is_order {
                    "log-reordered"
                } else {
                    "log-hidden"
                };
                shown.note = Some(page.word(word));
            }
        }
        (Some(_), ValueChange::Text(change)) => shown.text = Some(text_change(page, change, room)),
    }
    let values = shown.before.iter().chain(&shown.after);
    let listed = shown.added.iter().chain(&shown.removed);
    room.take(50 + shown.label.len());
    for value in values.chain(listed) {
        room.take(40 + value.len());
    }
    Some(shown)
}

/// Items that changed in part, as a field each part: `Tours › 20/11/2026 18:00 › Suppléant`.
fn parts(
    page: &Page<'_>,
    kind: Option<&Kind>,
    change: &history::FieldChange,
    room: &mut Room,
) -> Vec<FieldChange> {
    let field = kind.and_then(|kind| field_of(kind, &change.key));
    let field = field.filter(|field| !field.secret);
    let (Some(field), Some(kind), ValueChange::Items { added, removed }) =
        (field, kind, &change.value)
    else {
        return Vec::new();
    };
    let list = field_label(kind, &change.key, page.language);
    let mut shown = Vec::new();
    for item in alike_items(page.estate(), field, [removed, added], page.language) {
        for part in &item.parts {
            let label = visible(&item.label(&list, part));
            let sides = [&part.before, &part.after].map(Option::as_deref);
            let [before, after] = match sides {
                [Some(before), Some(after)] => apart(before, after, ITEM).map(Some),
                sides => sides.map(|side| side.map(|text| shorten(text, ITEM))),
            };
            let sides = [&before, &after].into_iter().flatten();
            room.take(50 + label.len() + sides.map(|text| 40 + text.len()).sum::<usize>());
            shown.push(FieldChange {
                key: change.key.clone(),
                label,
                before,
                after,
                ..FieldChange::default()
            });
        }
    }
    shown
}

/// One value in place of another. Two spellings that mean the same are shown as they were written.
fn replaced(
    page: &Page<'_>,
    field: &Field,
    [old, new]: [Option<&Recorded>; 2],
    shown: &mut FieldChange,
) {
    let read = |value| recorded(page.estate(), field, value, page.language);
    let (mut before, mut after) = (old.map(read), new.map(read));
    let is_reference = matches!(field.value, Type::Reference(_));
    if is_reference && before == after && before.as_ref().is_some_and(|text| !text.is_empty()) {
        // The title of a record in one version, its id in the other.
        shown.after = after.map(|text| shorten(&text, VALUE));
        shown.note = Some(page.word("log-reformatted"));
        return;
    }
    if before == after
        && let (Some(Recorded::Text(old)), Some(Recorded::Text(new))) = (old, new)
    {
        (before, after) = (Some(old.clone()), Some(new.clone()));
    }
    let written = |text: Option<String>| text.filter(|text| !text.is_empty());
    shown.before = written(before).map(|text| shorten(&text, VALUE));
    shown.after = written(after).map(|text| shorten(&text, VALUE));
    if shown.before == shown.after {
        // Both are silent, or differ only beyond what is shown.
        let (word, is_long) = match shown.before {
            Some(_) => ("log-end-changed", true),
            None => ("log-hidden", false),
        };
        shown.note = Some(page.word(word));
        shown.before = None;
        shown.after = shown.after.take().filter(|_| is_long);
    }
}

/// The items that went and came, as far as they are named; two that begin alike are cut around what
/// differs in them.
fn items(page: &Page<'_>, field: &Field, sides: [&[&Recorded]; 2]) -> [Vec<String>; 2] {
    let mut more = [0, 0];
    let mut at = 0;
    let [removed, added] = sides.map(|values| {
        let read = values
            .iter()
            .map(|value| recorded(page.estate(), field, value, page.language));
        let mut texts: Vec<String> = read.filter(|text| !text.is_empty()).collect();
        more[at] = texts.len().saturating_sub(ITEMS);
        at += 1;
        texts.truncate(ITEMS);
        texts
    });
    let mut shown = [&removed, &added].map(|texts| -> Vec<String> {
        let texts = texts.iter().map(|text| shorten(text, ITEM));
        texts.collect()
    });
    for (new, after) in added.iter().enumerate() {
        let old = shown[0].iter().position(|text| *text == shown[1][new]);
        if let Some(old) = old {
            [shown[0][old], shown[1][new]] = apart(&removed[old], after, ITEM);
        }
    }
    for (texts, more) in shown.iter_mut().zip(more) {
        if more > 0 {
            texts.push(page.count("and-more", more));
        }
    }
    shown
}

/// Two texts up to a number of letters, cut at the start where they would read the same.
fn apart(old: &str, new: &str, most: usize) -> [String; 2] {
    let whole = [old, new].map(|text| shorten(text, most));
    if whole[0] != whole[1] || old == new {
        return whole;
    }
    let same = old.chars().zip(new.chars());
    let same = same.take_while(|(old, new)| old == new).count();
    let start = same.saturating_sub(most / 4);
    [old, new].map(|text| {
        let rest: String = text.chars().skip(start).collect();
        format!("…{}", shorten(rest.trim_start(), most))
    })
}

/// Sections by name, then the words, as far as there is room for them.
fn text_change(page: &Page<'_>, change: &history::TextChange, room: &mut Room) -> TextChange {
    let section = |section: &SectionChange| {
        let key = match section.what {
            What::Added => "section-added",
            What::Removed => "section-removed",
            What::Changed | What::Reformatted | What::Unreadable => "section-changed",
        };
        if section.heading.is_empty() {
            let is_all = change.sections.len() == 1;
            page.word(if is_all {
                "text-changed"
            } else {
                "section-first"
            })
        } else {
            let heading = shorten(&section.heading, VALUE);
            page.word(key).replace("{s}", &heading)
        }
    };
    let named = change.sections.iter().take(SECTIONS).map(section);
    let mut sections: Vec<String> = named.collect();
    let more = change.sections.len() - sections.len();
    if more > 0 {
        sections.push(page.count("and-more", more));
    }
    room.take(sections.iter().map(|section| section.len() + 12).sum());
    let (passages, is_whole) = if room.words == 0 {
        (Vec::new(), true)
    } else {
        passages(&change.passages, room)
    };
    TextChange {
        sections,
        cut: change.cut && !passages.is_empty() || !is_whole,
        passages,
    }
}

/// The passages that there is room for, and whether these are all.
fn passages(all: &[Passage], room: &mut Room) -> (Vec<Vec<Piece>>, bool) {
    let mut shown = Vec::new();
    for passage in all {
        let mut pieces: Vec<Piece> = Vec::new();
        let excerpt = passage.excerpt();
        let last = excerpt.len().saturating_sub(1);
        for (place, piece) in excerpt.iter().enumerate() {
            let (kind, text) = match piece {
                history::Piece::Same(text) => ("same", text),
                history::Piece::Removed(text) => ("removed", text),
                history::Piece::Added(text) => ("added", text),
            };
            let tags = if kind == "same" { 0 } else { 70 };
            if room.words < tags + 40 {
                room.words = 0;
                shown.push(pieces);
                shown.retain(|pieces: &Vec<Piece>| !pieces.is_empty());
                return (shown, false);
            }
            let text = without_blank_lines(text, place == 0, place == last);
            let text = shorten(&text, room.words - tags);
            let bytes = tags + text.len();
            room.words = room.words.saturating_sub(bytes);
            room.take(bytes);
            pieces.push(Piece { kind, text });
        }
        shown.push(pieces);
    }
    (shown, true)
}

/// A text whose paragraphs follow each other; at the ends of a passage no line is empty either.
fn without_blank_lines(text: &str, is_first: bool, is_last: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| *letter != '\r') {
        if letter != '\n' || !out.ends_with('\n') {
            out.push(letter);
        }
    }
    let out = if is_first { out.trim_start() } else { &out };
    let out = if is_last { out.trim_end() } else { out };
    out.to_owned()
}

/// A text up to a number of letters, cut with an ellipsis; what would act in it is shown.
pub(in crate::site) fn shorten(text: &str, most: usize) -> String {
    let text = visible(text);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
