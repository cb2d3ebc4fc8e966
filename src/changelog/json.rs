//! Reports for programs. Keys are English; `value` is canonical, `text` and `label` are in the
//! language asked for. The manual documents both shapes: a key may be added, none changes its sense.

use serde::Serialize;

use crate::changelog::{Differences, RecordLog};

impl Differences {
    /// One JSON object, indented, with a final line end.
    pub fn json(&self) -> String {
        print(self)
    }
}

impl RecordLog {
    /// One JSON object, indented, with a final line end.
    pub fn json(&self) -> String {
        print(self)
    }
}

fn print(report: &impl Serialize) -> String {
    let mut out = serde_json::to_string_pretty(report).expect("plain structs serialise");
    out.push('\n');
    out
}
