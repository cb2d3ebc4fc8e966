//! The short report of a terminal: which records differ and in which fields, a line each. The whole one
//! of a large change is longer than a screen.

use std::fmt::Write;

use super::Setting;
use crate::changelog::words::{colon, others, say};
use crate::changelog::{Differences, RecordTold};
use crate::history::What;
use crate::history::visible_line;

/// A summary names this many fields of a record.
const FIELDS_ON_A_LINE: usize = 4;

impl Differences {
    /// The same without values: a line a record, with the fields that changed.
    pub fn summary(&self, colour: bool) -> String {
        let set = Setting {
            language: self.language,
            colour,
        };
        let mut out = self.opening(set);
        if !self.records.is_empty() {
            out.push('\n');
        }
        for record in &self.records {
            set.line(&mut out, record);
        }
        if !self.is_empty() {
            set.files(&mut out, self);
        }
        out
    }
}

impl Setting {
    /// A record on a line: what happened, its name, its title, the labels of what changed.
    fn line(self, out: &mut String, record: &RecordTold) {
        let mut labels: Vec<String> = Vec::new();
        if record.what == What::Changed {
            let fields = record.fields.iter();
            labels.extend(fields.map(|field| visible_line(&field.label)));
            let text = say(self.language, "Texte", "Text").to_owned();
            labels.extend(record.body.as_ref().map(|_| text));
        }
        let more = labels.len().saturating_sub(FIELDS_ON_A_LINE);
        labels.truncate(FIELDS_ON_A_LINE);
        if more > 0 {
            labels.push(others(more, self.language));
        }
        self.name(out, record);
        if !labels.is_empty() {
            let _ = write!(out, "{}{}", colon(self.language), labels.join(", "));
        }
        out.push('\n');
    }
}
