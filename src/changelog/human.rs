//! Reports for a terminal: one line a field, old and new side by side, colours only when asked for.
//!
//! Control characters of the content are replaced: a record must not move somebody's cursor.

mod summary;

use std::fmt::Write;

use crate::changelog::find::asked_as;
use crate::changelog::words::{
    colon, count, empty, file, formatting_only, hidden, others, reordered, rewritten, say, section,
    what,
};
use crate::changelog::{
    CommitTold, Differences, FieldTold, RecordLog, RecordTold, Side, ValueChangeTold, ValueTold,
};
use crate::diagnostic::Language;
use crate::estate::ItemChange;
use crate::format::quoted;
use crate::history::{Passage, Piece, TextChange, What, visible_line};

const STRONG: &str = "1";
const FAINT: &str = "2";
const OLD: &str = "31";
const NEW: &str = "32";
const NOTICE: &str = "33";

/// How a report is set.
#[derive(Debug, Clone, Copy)]
struct Setting {
    language: Language,
    colour: bool,
}

impl Differences {
    /// The report for a terminal; `colour` adds ANSI escapes.
    pub fn human(&self, colour: bool) -> String {
        let set = Setting {
            language: self.language,
            colour,
        };
        let mut out = self.opening(set);
        for record in &self.records {
            out.push('\n');
            set.record(&mut out, record);
        }
        if !self.is_empty() {
            set.files(&mut out, self);
        }
        set.marks(&mut out, self.records.iter());
        out
    }

    /// Which sides, and how many records of each kind.
    fn opening(&self, set: Setting) -> String {
        let mut out = format!("{} → {}\n", set.side(&self.from), set.side(&self.to));
        if self.is_empty() {
            let nothing = say(self.language, "rien ne diffère", "nothing differs");
            let _ = writeln!(out, "{nothing}");
            return out;
        }
        for kind in &self.kinds {
            let numbers = [
                (kind.changed, "modifiées", "changed"),
                (kind.added, "ajoutées", "added"),
                (kind.removed, "retirées", "removed"),
            ];
            let mut told = Vec::new();
            for (number, fr, en) in numbers {
                if number > 0 {
                    let word = say(self.language, fr, en);
                    let one = word.strip_suffix('s').unwrap_or(word);
                    told.push(count(number, one, word));
                }
            }
            let label = set.paint(STRONG, &kind.label);
            let _ = writeln!(out, "{label}{}{}", colon(self.language), told.join(", "));
        }
        out
    }
}

impl RecordLog {
    /// The report for a terminal; `colour` adds ANSI escapes.
    pub fn human(&self, colour: bool) -> String {
        let set = Setting {
            language: self.told_in,
            colour,
        };
        let name = asked_as(&self.kind, &self.id, self.language);
        let mut parts = vec![set.paint(STRONG, &name)];
        parts.extend(self.title.as_ref().map(|title| visible_line(title)));
        parts.extend(self.path.as_ref().map(|path| set.paint(FAINT, path)));
        if !self.exists {
            let gone = say(self.told_in, "n’existe plus", "exists no more");
            parts.push(set.paint(NOTICE, gone));
        }
        let mut out = format!("{}\n", parts.join(" · "));
        for entry in &self.changes {
            out.push('\n');
            if let Some(commit) = &entry.commit {
                set.commit(&mut out, commit);
            } else {
                let words = say(
                    self.told_in,
                    "pas encore enregistré dans Git",
                    "not yet committed",
                );
                let _ = writeln!(out, "{}", set.paint(NOTICE, words));
            }
            set.happened(&mut out, &entry.record);
        }
        if self.changes.is_empty() {
            let none = say(
                self.told_in,
                "aucun changement enregistré",
                "no recorded change",
            );
            let _ = writeln!(out, "\n{none}");
        }
        if self.older > 0 {
            let _ = writeln!(out, "\n{}", others(self.older, self.told_in));
        }
        set.marks(&mut out, self.changes.iter().map(|entry| &entry.record));
        out
    }
}

impl Setting {
    fn paint(self, code: &str, text: &str) -> String {
        let text = visible_line(text);
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text
        }
    }

    fn side(self, side: &Side) -> String {
        let tree = say(self.language, "fichiers du dossier", "working tree");
        let name = side.name.as_deref().unwrap_or(tree);
        let commit = side.commit.as_deref().and_then(|id| id.get(..8));
        let commit = commit.filter(|short| !name.starts_with(short) && !short.starts_with(name));
        let short = commit.map(|short| format!(" ({short})"));
        self.paint(STRONG, &format!("{name}{}", short.unwrap_or_default()))
    }

    fn commit(self, out: &mut String, commit: &CommitTold) {
        let request = commit.request_text.as_ref();
        let request = request.map(|request| format!("  {}", visible_line(request)));
        let _ = writeln!(
            out,
            "{}  {}  {}{}",
            self.paint(STRONG, &commit.date_text),
            visible_line(&commit.author),
            self.paint(FAINT, commit.short()),
            request.unwrap_or_default()
        );
        for line in std::iter::once(&commit.summary[..]).chain(commit.message.lines()) {
            let line = format!("    {}", visible_line(line));
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }

    /// Says once, under a report that has words of texts, how those that went and came are marked.
    fn marks<'r>(self, out: &mut String, mut records: impl Iterator<Item = &'r RecordTold>) {
        if !records.any(RecordTold::has_words) {
            return;
        }
        let label = say(self.language, "Dans les textes", "In texts");
        let removed = Piece::Removed(say(self.language, "retiré", "removed").to_owned());
        let added = Piece::Added(say(self.language, "ajouté", "added").to_owned());
        let [removed, added] = [removed, added].map(|piece| {
            self.passage(&Passage {
                pieces: vec![piece],
                ..Passage::default()
            })
        });
        let colon = colon(self.language);
        let _ = writeln!(out, "\n{label}{colon}{removed}, {added}");
    }

    /// A record among others: what happened to it, its name, its title, its fields.
    fn record(self, out: &mut String, record: &RecordTold) {
        self.name(out, record);
        out.push('\n');
        self.details(out, record);
    }

    fn name(self, out: &mut String, record: &RecordTold) {
        let code = match record.what {
            What::Added => NEW,
            What::Removed => OLD,
            What::Changed | What::Reformatted | What::Unreadable => NOTICE,
        };
        let word = self.paint(code, what(record.what, self.language));
        let name = self.paint(STRONG, &record.name());
        let title = record.title.as_ref();
        let title = title.map(|title| format!("  {}", visible_line(title)));
        let _ = write!(out, "{word}  {name}{}", title.unwrap_or_default());
    }

    /// The record whose log is told: what happened to it, where the fields do not say it.
    fn happened(self, out: &mut String, record: &RecordTold) {
        match record.what {
            What::Added | What::Removed | What::Unreadable => {
                let word = say(self.language, "fiche ", "");
                let _ = writeln!(out, "  {word}{}", what(record.what, self.language));
            }
            What::Reformatted => {
                let _ = writeln!(out, "  {}", what(record.what, self.language));
            }
            What::Changed => {}
        }
        self.details(out, record);
    }

    fn details(self, out: &mut String, record: &RecordTold) {
        let language = self.language;
        if let Some(id) = &record.renamed_from {
            let word = say(language, "ancien identifiant", "former id");
            let _ = writeln!(out, "  {word}{}{}", colon(language), visible_line(id));
        }
        if let Some(path) = &record.moved_from {
            let word = say(language, "fichier", "file");
            let (old, new) = (self.paint(OLD, path), self.paint(NEW, &record.path));
            let _ = writeln!(out, "  {word}{}{old} → {new}", colon(language));
        }
        for field in &record.fields {
            self.field(out, field);
        }
        if let Some(body) = &record.body {
            let _ = write!(out, "  {}", say(language, "Texte", "Text"));
            self.text(out, body);
        }
    }

    /// The items that changed in part, a line each part.
    fn alike(self, out: &mut String, field: &FieldTold, items: &[ItemChange]) {
        for item in items {
            for part in &item.parts {
                let label = visible_line(&item.label(&field.label, part));
                let side = |code: &str, text: Option<&String>| match text {
                    Some(text) => self.paint(code, text),
                    None => self.paint(FAINT, empty(self.language)),
                };
                let before = side(OLD, part.before.as_ref());
                let after = side(NEW, part.after.as_ref());
                let _ = writeln!(out, "  {label}{}{before} → {after}", colon(self.language));
            }
        }
    }

    fn field(self, out: &mut String, field: &FieldTold) {
        let language = self.language;
        if let ValueChangeTold::Items { alike, .. } = &field.change {
            self.alike(out, field, alike);
            let rest = field.change.whole_items();
            if !alike.is_empty() && rest.iter().all(Vec::is_empty) {
                return;
            }
        }
        let _ = write!(out, "  {}", visible_line(&field.label));
        let told = match &field.change {
            ValueChangeTold::Text(change) => return self.text(out, change),
            ValueChangeTold::Hidden => hidden(language).to_owned(),
            ValueChangeTold::Replaced {
                old: Some(old),
                new: Some(new),
            } if old.text == new.text => rewritten(&visible_line(&new.text), language),
            ValueChangeTold::Replaced { old, new } => {
                let (old, new) = (self.value(OLD, old.as_ref()), self.value(NEW, new.as_ref()));
                format!("{old} → {new}")
            }
            ValueChangeTold::Items { .. } => {
                let [added, removed] = field.change.whole_items();
                let signed = |sign: &str, code: &str, items: &[&ValueTold]| {
                    let items = items.iter();
                    let items = items.map(|item| self.paint(code, &format!("{sign}{}", item.text)));
                    items.collect::<Vec<_>>()
                };
                let mut items = signed("+", NEW, &added);
                items.extend(signed("−", OLD, &removed));
                if items.is_empty() {
                    reordered(language).to_owned()
                } else {
                    items.join(", ")
                }
            }
        };
        let _ = writeln!(out, "{}{told}", colon(language));
    }

    fn value(self, code: &str, value: Option<&ValueTold>) -> String {
        match value {
            Some(value) if !value.text.is_empty() => self.paint(code, &value.text),
            _ => self.paint(FAINT, empty(self.language)),
        }
    }

    /// What changed in a text, after its label: the sections, then the passages word by word, marked
    /// as `git diff --word-diff` marks them.
    fn text(self, out: &mut String, change: &TextChange) {
        let quote = |heading: &str| {
            let heading = visible_line(heading);
            quoted(&heading, self.language)
        };
        let sections = change.sections.iter();
        let sections: Vec<String> = sections
            .map(|changed| section(changed, quote, self.language))
            .collect();
        // A text without headings is one section: there is nothing to tell it from.
        let headed = change
            .sections
            .iter()
            .any(|section| !section.heading.is_empty());
        let said = if headed {
            sections.join(", ")
        } else {
            say(self.language, "modifié", "changed").to_owned()
        };
        let _ = writeln!(out, "{}{said}", colon(self.language));
        for passage in &change.passages {
            for line in self.passage(passage).lines() {
                let _ = writeln!(out, "    │ {line}");
            }
        }
        let told = change.passages.last();
        if change.cut && !told.is_some_and(|last| last.before_more) {
            let _ = writeln!(out, "    │ …");
        }
    }

    fn passage(self, passage: &Passage) -> String {
        let marked = |code: &str, marks: (&str, &str), text: &str| {
            if self.colour {
                // Each line is painted by itself: it stands after a margin that is not.
                let lines = text.split('\n').map(|line| self.paint(code, line));
                return lines.collect::<Vec<_>>().join("\n");
            }
            let lines = text.split('\n').map(|line| match visible_line(line) {
                line if line.trim().is_empty() => line,
                line => format!("{}{line}{}", marks.0, marks.1),
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        let pieces = passage.excerpt();
        let pieces = pieces.iter().map(|piece| match piece {
            Piece::Same(text) => {
                let lines = text.split('\n').map(visible_line);
                lines.collect::<Vec<_>>().join("\n")
            }
            Piece::Removed(text) => marked(OLD, ("[-", "-]"), text),
            Piece::Added(text) => marked(NEW, ("{+", "+}"), text),
        });
        pieces.collect()
    }

    fn files(self, out: &mut String, report: &Differences) {
        let files = report.told_files();
        if !files.is_empty() {
            let _ = writeln!(out, "\n{}", say(self.language, "Fichiers", "Files"));
        }
        for changed in files {
            let path = self.paint(STRONG, &changed.path);
            let word = file(changed.what, self.language);
            let _ = writeln!(out, "  {path}{}{word}", colon(self.language));
        }
        for (number, fr, en) in report.reformatted() {
            let line = formatting_only(number, fr, en, self.language);
            let _ = writeln!(out, "\n{line}");
        }
    }
}
