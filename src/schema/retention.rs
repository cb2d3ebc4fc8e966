//! `retention:` of a schema file: how long records of a kind are kept after a day of theirs.

use crate::project::Duration;
use crate::schema::read::SchemaReader;
use crate::schema::{Field, Type};
use crate::text;
use crate::yaml::Node;

pub(super) const KEYS: [&str; 2] = ["after", "keep"];

/// How long records of a kind are kept while they hold personal data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Retention {
    /// The key of a field of days (`left`), or a list and a value of it (`timeline.closed`): the day of its last item that
    /// has that value.
    pub after: String,
    /// How long from that day.
    pub keep: Duration,
}

impl SchemaReader<'_> {
    /// The retention of a kind with these fields; `None` where none is written, or what is written means nothing.
    pub fn retention(&mut self, root: &Node, fields: &[Field]) -> Option<Retention> {
        let node = root.get("retention")?;
        self.known_keys(node, &KEYS);
        let after = self.required(node, "after")?;
        let keep = self.required(node, "keep")?;
        let place = |key: &str| node.get(key).map_or(node.range, |value| value.range);
        if !has_days(fields, &after) {
            let message = text!(
                "`{after}` n’est pas un champ de dates de ce genre",
                "`{after}` is no field of dates of this kind"
            );
            let help = text!(
                "écrivez par exemple `after: left`, ou une liste et une de ses valeurs\u{a0}: `after: timeline.closed`",
                "write for example `after: left`, or a list and one of its values: `after: timeline.closed`"
            );
            self.report(place("after"), message, Some(help));
            return None;
        }
        let length = Duration::parse(&keep).filter(|length| length.months > 0 || length.days > 0);
        if length.is_none() {
            let message = text!(
                "`{keep}` n’est pas une durée d’un jour au moins",
                "`{keep}` is no length of a day or more"
            );
            let help = text!(
                "écrivez par exemple `24 mois` ou `2 ans`",
                "write for example `24 months` or `2 years`"
            );
            self.report(place("keep"), message, Some(help));
        }
        Some(Retention {
            after,
            keep: length?,
        })
    }
}

/// Whether a key is that of days, in a field or in the items of a list that have a value.
fn has_days(fields: &[Field], after: &str) -> bool {
    let is_day = |field: &Field| matches!(field.value, Type::Date | Type::DateTime);
    let find = |key: &str| fields.iter().find(|field| field.key == key);
    match after.split_once('.') {
        None => find(after).is_some_and(is_day),
        Some((list, value)) => find(list).is_some_and(|list| {
            let parts = list.fields();
            let has_value = |part: &Field| part.choices().iter().any(|choice| choice.key == value);
            parts.iter().any(is_day) && parts.iter().any(has_value)
        }),
    }
}
