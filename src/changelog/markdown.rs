//! Differences as Markdown for a merge request: a table of counts, a list a record, long parts
//! folded, bounded in length, and nothing in it that acts (see [`super::inert`]).

use std::fmt::Write;

use crate::changelog::inert::{cell, fence, html, inline, span};
use crate::changelog::words::{
    colon, empty, file, formatting_only, hidden, others, reordered, rewritten, say, section, what,
};
use crate::changelog::{Differences, FieldTold, RecordTold, Side, ValueChangeTold, ValueTold};
use crate::diagnostic::Language;
use crate::format::quoted;
use crate::history::{Passage, Piece, TextChange, What};

/// GitHub refuses a comment of more than 65,536 characters, GitLab one of more than a million. This
/// is in bytes, which are never fewer than characters.
const LONGEST: usize = 60_000;
/// What the report's own closing words need at most.
const RESERVE: usize = 2_000;
/// Characters of one value.
const LONGEST_VALUE: usize = 200;
/// Fields of one record, and items of one list.
const MOST: usize = 30;
/// A list of more lines than this is folded.
const FOLDED_BEYOND: usize = 25;
/// Bytes of one text's passages.
const LONGEST_TEXT: usize = 4_000;

impl Differences {
    /// The report as Markdown, at most 60,000 bytes.
    pub fn markdown(&self) -> String {
        self.markdown_within(LONGEST, usize::MAX)
    }

    /// The same in so many bytes, with so many records or files in each list.
    pub(super) fn markdown_within(&self, longest: usize, rows: usize) -> String {
        let mut page = Page {
            out: String::new(),
            language: self.language,
            longest,
            rows,
        };
        page.opening(self);
        for (what, fr, en) in [
            (What::Changed, "Fiches modifiées", "Changed records"),
            (What::Added, "Fiches ajoutées", "Added records"),
            (What::Removed, "Fiches retirées", "Removed records"),
        ] {
            let items: Vec<String> = self
                .that_were(what)
                .map(|record| page.record(record))
                .collect();
            page.list(say(self.language, fr, en), &items);
        }
        let files = self.told_files().into_iter().map(|changed| {
            let path = span(&changed.path, LONGEST_VALUE);
            let word = file(changed.what, self.language);
            format!("- {path}{}{word}\n", colon(self.language))
        });
        let files: Vec<String> = files.collect();
        page.list(say(self.language, "Fichiers", "Files"), &files);
        page.texts(self);
        page.closing(self);
        page.out
    }
}

/// The report as far as it is written.
struct Page {
    out: String,
    language: Language,
    /// Bytes it may have.
    longest: usize,
    /// Items that one list may have.
    rows: usize,
}

impl Page {
    fn fits(&self, more: usize) -> bool {
        self.out.len() + more + RESERVE <= self.longest
    }

    fn opening(&mut self, report: &Differences) {
        let language = self.language;
        let (from, to) = (self.side(&report.from), self.side(&report.to));
        let heading = say(
            language,
            "Ce qui change dans le parc",
            "What changes in the estate",
        );
        let _ = writeln!(self.out, "## {heading}\n\n{from} → {to}");
        if let Some(url) = &report.url {
            let word = say(language, "Comparer les fichiers", "Compare the files");
            let _ = writeln!(self.out, "\n[{word}](<{url}>)");
        }
        if report.is_empty() {
            let nothing = say(language, "Rien ne diffère.", "Nothing differs.");
            let _ = writeln!(self.out, "\n{nothing}");
        }
        if report.kinds.is_empty() {
            return;
        }
        let head = say(
            language,
            "| Genre | Modifiées | Ajoutées | Retirées |",
            "| Kind | Changed | Added | Removed |",
        );
        let _ = writeln!(self.out, "\n{head}\n| --- | ---: | ---: | ---: |");
        for kind in &report.kinds {
            let label = cell(&kind.label, LONGEST_VALUE);
            let _ = writeln!(
                self.out,
                "| {label} | {} | {} | {} |",
                kind.changed, kind.added, kind.removed
            );
        }
    }

    fn side(&self, side: &Side) -> String {
        let short = side.commit.as_deref().and_then(|id| id.get(..8));
        match (&side.name, short) {
            (None, _) => say(self.language, "fichiers du dossier", "working tree").to_owned(),
            (Some(name), Some(short)) if !name.starts_with(short) && !short.starts_with(name) => {
                format!("{} (`{short}`)", span(name, LONGEST_VALUE))
            }
            (Some(name), _) => span(name, LONGEST_VALUE),
        }
    }

    /// A heading and a list, folded when it is long, cut where the page is full.
    fn list(&mut self, heading: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let number = items.len();
        let _ = writeln!(self.out, "\n### {heading} ({number})\n");
        let lines: usize = items.iter().map(|item| item.lines().count()).sum();
        let folded = lines > FOLDED_BEYOND;
        if folded {
            let show = say(self.language, "Tout montrer", "Show all");
            let _ = writeln!(self.out, "<details>\n<summary>{show}</summary>\n");
        }
        let mut shown = 0;
        for item in items.iter().take(self.rows) {
            if !self.fits(item.len()) {
                break;
            }
            self.out.push_str(item);
            shown += 1;
        }
        if shown < number {
            let _ = writeln!(self.out, "- {}", others(number - shown, self.language));
        }
        if folded {
            self.out.push_str("\n</details>\n");
        }
    }

    /// A record with its fields, as an item with a list in it.
    fn record(&self, record: &RecordTold) -> String {
        let language = self.language;
        let name = span(&record.name(), LONGEST_VALUE);
        let mut out = match &record.title {
            Some(title) => format!("- **{}** ({name})\n", inline(title, LONGEST_VALUE)),
            None => format!("- {name}\n"),
        };
        let mut told = Vec::new();
        if let Some(id) = &record.renamed_from {
            let word = say(language, "ancien identifiant", "former id");
            told.push(format!(
                "{word}{}{}",
                colon(language),
                span(id, LONGEST_VALUE)
            ));
        }
        if let Some(path) = &record.moved_from {
            let (old, new) = (span(path, LONGEST_VALUE), span(&record.path, LONGEST_VALUE));
            let word = say(language, "fichier", "file");
            told.push(format!("{word}{}{old} → {new}", colon(language)));
        }
        for field in &record.fields {
            told.extend(self.parts(field));
            told.extend(self.field(field));
        }
        if let Some(body) = &record.body {
            told.push(self.sections(say(language, "Texte", "Text"), body));
        }
        for line in told.iter().take(MOST) {
            let _ = writeln!(out, "  - {line}");
        }
        if told.len() > MOST {
            let _ = writeln!(out, "  - {}", others(told.len() - MOST, language));
        }
        out
    }

    /// The items that changed in part, a line each part.
    fn parts(&self, field: &FieldTold) -> Vec<String> {
        let ValueChangeTold::Items { alike, .. } = &field.change else {
            return Vec::new();
        };
        let side = |text: Option<&String>| match text {
            Some(text) => span(text, LONGEST_VALUE),
            None => empty(self.language).to_owned(),
        };
        let parts = alike.iter().flat_map(|item| {
            item.parts.iter().map(|part| {
                let label = inline(&item.label(&field.label, part), LONGEST_VALUE);
                let (old, new) = (side(part.before.as_ref()), side(part.after.as_ref()));
                format!("{label}{}{old} → {new}", colon(self.language))
            })
        });
        parts.collect()
    }

    /// What else happened to a field; `None` where its items tell all.
    fn field(&self, field: &FieldTold) -> Option<String> {
        let language = self.language;
        let label = inline(&field.label, LONGEST_VALUE);
        let told = match &field.change {
            ValueChangeTold::Text(change) => return Some(self.sections(&label, change)),
            ValueChangeTold::Hidden => hidden(language).to_owned(),
            ValueChangeTold::Replaced {
                old: Some(old),
                new: Some(new),
            } if old.text == new.text => rewritten(&self.value(Some(new)), language),
            ValueChangeTold::Replaced { old, new } => {
                let (old, new) = (self.value(old.as_ref()), self.value(new.as_ref()));
                format!("{old} → {new}")
            }
            ValueChangeTold::Items { alike, .. } => {
                let [added, removed] = &field.change.whole_items();
                if !alike.is_empty() && added.is_empty() && removed.is_empty() {
                    return None;
                }
                let groups = [("ajouté", "added", added), ("retiré", "removed", removed)];
                let groups = groups.into_iter().filter(|(_, _, items)| !items.is_empty());
                let groups = groups.map(|(fr, en, items)| {
                    format!("{} {}", say(language, fr, en), self.items(items))
                });
                let groups: Vec<String> = groups.collect();
                if groups.is_empty() {
                    reordered(language).to_owned()
                } else {
                    groups.join(say(language, "\u{202f}; ", "; "))
                }
            }
        };
        Some(format!("{label}{}{told}", colon(language)))
    }

    fn items(&self, items: &[&ValueTold]) -> String {
        let shown = items.iter().take(MOST);
        let mut shown: Vec<String> = shown.map(|item| self.value(Some(item))).collect();
        if items.len() > MOST {
            shown.push(others(items.len() - MOST, self.language));
        }
        shown.join(", ")
    }

    fn value(&self, value: Option<&ValueTold>) -> String {
        let text = value.map(|value| span(&value.text, LONGEST_VALUE));
        let text = text.filter(|text| !text.is_empty());
        text.unwrap_or_else(|| empty(self.language).to_owned())
    }

    fn sections(&self, label: &str, change: &TextChange) -> String {
        let quote = |heading: &str| {
            let heading = inline(heading, LONGEST_VALUE);
            quoted(&heading, self.language)
        };
        let shown = change.sections.iter().take(MOST);
        let mut shown: Vec<String> = shown
            .map(|changed| section(changed, quote, self.language))
            .collect();
        if change.sections.len() > MOST {
            shown.push(others(change.sections.len() - MOST, self.language));
        }
        // A text without headings is one section: there is nothing to tell it from.
        if change
            .sections
            .iter()
            .all(|section| section.heading.is_empty())
        {
            shown = vec![what_of_text(self.language).to_owned()];
        }
        format!("{label}{}{}", colon(self.language), shown.join(", "))
    }

    /// The passages of each text that changed, folded one by one.
    fn texts(&mut self, report: &Differences) {
        let language = self.language;
        let mut texts: Vec<(&RecordTold, Option<&str>, &TextChange)> = Vec::new();
        for record in &report.records {
            for field in &record.fields {
                if let ValueChangeTold::Text(change) = &field.change {
                    texts.push((record, Some(&field.label), change));
                }
            }
            texts.extend(record.body.as_ref().map(|body| (record, None, body)));
        }
        texts.retain(|(_, _, change)| !change.passages.is_empty());
        if texts.is_empty() {
            return;
        }
        let heading = say(language, "Textes", "Texts");
        let _ = writeln!(self.out, "\n### {heading} ({})", texts.len());
        let mut left = texts.len();
        for (record, label, change) in texts {
            let label = label.map(|label| format!(" · {}", html(label, LONGEST_VALUE)));
            let block = format!(
                "\n<details>\n<summary>{}{}</summary>\n{}</details>\n",
                html(&record.name(), LONGEST_VALUE),
                label.unwrap_or_default(),
                fence(&passages(change), "diff")
            );
            if !self.fits(block.len()) {
                let _ = writeln!(self.out, "\n{}", others(left, language));
                break;
            }
            self.out.push_str(&block);
            left -= 1;
        }
    }

    fn closing(&mut self, report: &Differences) {
        let language = self.language;
        for (number, fr, en) in report.reformatted() {
            let _ = writeln!(self.out, "\n{}.", formatting_only(number, fr, en, language));
        }
    }
}

/// A text changed, and no more is known.
fn what_of_text(language: Language) -> &'static str {
    match language {
        Language::Fr => "modifié",
        Language::En | Language::Other(_) => what(What::Changed, language),
    }
}

/// The passages of a text as the lines of a diff.
fn passages(change: &TextChange) -> String {
    let mut out = String::new();
    let mut cut = change.cut;
    for passage in &change.passages {
        let lines = lines(passage);
        if out.len() + lines.len() > LONGEST_TEXT {
            cut = true;
            break;
        }
        if !out.is_empty() {
            out.push_str("@@\n");
        }
        out.push_str(&lines);
    }
    if cut {
        out.push_str("…\n");
    }
    out
}

/// A passage as lines: those in both versions once, the others before and after.
fn lines(passage: &Passage) -> String {
    let (mut old, mut new) = (String::new(), String::new());
    for piece in &passage.excerpt() {
        match piece {
            Piece::Same(text) => {
                old.push_str(text);
                new.push_str(text);
            }
            Piece::Removed(text) => old.push_str(text),
            Piece::Added(text) => new.push_str(text),
        }
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let shorter = old.len().min(new.len());
    let before = (0..shorter).take_while(|at| old[*at] == new[*at]).count();
    let after = (0..shorter - before)
        .take_while(|at| old[old.len() - 1 - at] == new[new.len() - 1 - at])
        .count();
    let mut out = String::new();
    let mut add = |sign: char, lines: &[&str]| {
        for line in lines {
            let _ = writeln!(out, "{sign}{line}");
        }
    };
    add(' ', &old[..before]);
    add('-', &old[before..old.len() - after]);
    add('+', &new[before..new.len() - after]);
    add(' ', &old[old.len() - after..]);
    out
}
