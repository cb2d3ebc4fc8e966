//! `audience:` of a record: who reads it. It is a key of every kind, as `id` is, and of no schema: pages, exports
//! and searches never show it. What is written wrongly closes the record.

use crate::diagnostic::nearest::did_you_mean;
use crate::project::reader::{Purpose, RecordReader};
use crate::project::rules::WRONG_TYPE;
use crate::schema::find_field;
use crate::source::TextRange;
use crate::text;
use crate::yaml::{Node, Shape};

pub(super) const KEY: &str = "audience";

impl RecordReader<'_> {
    /// Who reads a record, as written; `""`, which nobody is, for what is no name, and for a key that was to be this one.
    pub(super) fn audience(&mut self, node: &Node) -> Option<(String, TextRange)> {
        let Some(value) = node.get(KEY) else {
            return self.mistyped(node);
        };
        let text = value.text().filter(|_| !value.is_empty());
        let name = text.unwrap_or_default().trim();
        if name.is_empty() && self.purpose == Purpose::Site {
            let message = text!(
                "`audience` attend le nom d’un public de `carnet.yaml`",
                "`audience` expects the name of an audience of `carnet.yaml`"
            );
            let help = text!(
                "enlevez cette ligne pour que tout le monde lise cette fiche",
                "remove this line so that everybody reads this record"
            );
            self.report(WRONG_TYPE, value.range, message, Some(help));
        }
        Some((name.to_owned(), value.range))
    }

    /// A key that the kind does not have and that is nearly this one.
    fn mistyped(&self, node: &Node) -> Option<(String, TextRange)> {
        let Shape::Mapping(entries) = &node.shape else {
            return None;
        };
        let fields = &self.location.kind.fields;
        let is_meant = |name: &str| {
            find_field(fields, name).is_none() && did_you_mean(name, [KEY].into_iter()).is_some()
        };
        let key = entries.iter().map(|(key, _)| key);
        let mut meant = key.filter(|key| key.text().is_some_and(is_meant));
        meant.next().map(|key| (String::new(), key.range))
    }
}
