//! An import that was cut short has written some of its records and none of their states. What each
//! record holds tells which of the two came to be remembered: the old value, or the new one.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::Recorded;
use crate::import::alike::alike;
use crate::import::merge::{Name, names};
use crate::import::state::State;
use crate::schema::{Field, Kind};

type Values = BTreeMap<String, Recorded>;

/// The state of a record of which `old` was remembered and `pending` was about to be; `now` holds the
/// record's values. A value that the record holds is the import's own; of a value that it does not hold,
/// the old one stays remembered, so that what people write is still told from what a source says. All
/// states are whole: their long lists stand among their fields.
pub(super) fn settle(kind: &Kind, old: Option<&State>, pending: &State, now: &Values) -> State {
    let mut settled = pending.clone();
    settled.fields.clear();
    // Whose membership ended is told by what was remembered before, as long as the import has not come to its end.
    let members = old.into_iter().flat_map(|old| old.members.iter().cloned());
    settled.members.extend(members);
    settled.members.sort();
    settled.members.dedup();
    let before = old.map(|old| &old.fields);
    let keys = before.into_iter().flatten().chain(&pending.fields);
    let keys: BTreeSet<&String> = keys.map(|(key, _)| key).collect();
    for key in keys {
        let last = before.and_then(|fields| fields.get(key));
        let field = kind.fields.iter().find(|field| field.key == *key);
        let value = match field {
            Some(field) => value(field, (last, pending.fields.get(key)), now.get(key)),
            None => last.cloned(),
        };
        settled
            .fields
            .extend(value.map(|value| (key.clone(), value)));
    }
    let is_marked = |mark: &crate::import::Retired| {
        let field = kind.fields.iter().find(|field| field.key == mark.field);
        let now = now.get(&mark.field);
        field
            .zip(now)
            .is_some_and(|(field, now)| alike(field, &mark.value, now))
    };
    let marks = [Some(pending), old].into_iter().flatten();
    let mut marks = marks.filter_map(|state| state.retired.clone());
    settled.retired = marks.find(is_marked);
    settled
}

/// What is to be remembered of one field.
fn value(
    field: &Field,
    (old, pending): (Option<&Recorded>, Option<&Recorded>),
    now: Option<&Recorded>,
) -> Option<Recorded> {
    match (pending, now) {
        (Some(pending), Some(now)) if alike(field, pending, now) => Some(pending.clone()),
        (Some(Recorded::List(pending)), Some(Recorded::List(now))) => {
            let old = match old {
                Some(Recorded::List(old)) => old.as_slice(),
                _ => &[],
            };
            Some(Recorded::List(items(field, (old, pending), now)))
        }
        // The source had it no more, and the record has it no more.
        (None, None) => None,
        _ => old.cloned(),
    }
}

/// The same of a list that holds items of people, too.
fn items(
    field: &Field,
    (old, pending): (&[Recorded], &[Recorded]),
    now: &[Recorded],
) -> Vec<Recorded> {
    let by_name = |items: &[Recorded]| -> BTreeMap<Name, Recorded> {
        names(field, items)
            .into_iter()
            .zip(items.iter().cloned())
            .collect()
    };
    let (old, pending, now) = (by_name(old), by_name(pending), by_name(now));
    let all: BTreeSet<&Name> = old.keys().chain(pending.keys()).collect();
    let item = |name: &Name| match (old.get(name), pending.get(name), now.get(name)) {
        (_, Some(pending), Some(now)) if alike(field, pending, now) => Some(pending.clone()),
        // People have changed a part of an item that is new.
        (None, Some(pending), Some(_)) => Some(pending.clone()),
        // The source had it no more, and the record has it no more.
        (Some(_), None, None) => None,
        (old, ..) => old.cloned(),
    };
    all.into_iter().filter_map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Retired;
    use crate::schema::built_in;

    fn text(text: &str) -> Recorded {
        Recorded::Text(text.to_owned())
    }

    fn list(items: &[&str]) -> Recorded {
        Recorded::List(items.iter().map(|item| text(item)).collect())
    }

    fn values(values: &[(&str, Recorded)]) -> Values {
        let values = values.iter();
        values
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect()
    }

    fn state(fields: &[(&str, Recorded)]) -> State {
        State {
            record: "asset:a".to_owned(),
            fields: values(fields),
            ..State::default()
        }
    }

    #[test]
    fn what_the_record_holds_was_written() {
        let schema = built_in();
        let kind = schema.kind("asset").expect("a kind");
        let old = state(&[
            ("room", text("Ra")),
            ("ip", list(&["192.0.2.1", "192.0.2.2"])),
        ]);
        let new = [
            ("room", text("Rb")),
            ("ip", list(&["192.0.2.1", "192.0.2.3"])),
        ];
        let pending = state(&new);
        let settled = |now: &[(&str, Recorded)]| settle(kind, Some(&old), &pending, &values(now));
        // Written, and not written.
        assert_eq!(settled(&new).fields, values(&new));
        let before = [
            ("room", text("Ra")),
            ("ip", list(&["192.0.2.1", "192.0.2.2"])),
        ];
        assert_eq!(settled(&before).fields, old.fields);
        // People wrote since: their own value is nobody's.
        let own = [
            ("room", text("Rx")),
            ("ip", list(&["192.0.2.1", "192.0.2.3", "192.0.2.9"])),
        ];
        let expected = [
            ("room", text("Ra")),
            ("ip", list(&["192.0.2.1", "192.0.2.3"])),
        ];
        assert_eq!(settled(&own).fields, values(&expected));
        // A record that people took values out of.
        assert_eq!(settled(&[]).fields, old.fields);
        // A new record whose state was never written.
        let own = [("room", text("Rb")), ("serial", text("S1"))];
        let made = settle(kind, None, &pending, &values(&own));
        assert_eq!(made.fields, values(&[("room", text("Rb"))]));
    }

    #[test]
    fn a_mark_counts_where_it_was_written() {
        let schema = built_in();
        let kind = schema.kind("asset").expect("a kind");
        let old = state(&[]);
        let mark = Retired {
            field: "status".to_owned(),
            value: text("retired"),
            before: Some(text("in-service")),
        };
        let marked = State {
            retired: Some(mark.clone()),
            ..old.clone()
        };
        let is_marked = |old: &State, pending: &State, status: &str| {
            let now = values(&[("status", text(status))]);
            settle(kind, Some(old), pending, &now).retired
        };
        assert_eq!(is_marked(&old, &marked, "retired"), Some(mark.clone()));
        assert_eq!(is_marked(&old, &marked, "in-service"), None);
        assert_eq!(is_marked(&marked, &old, "in-service"), None);
        assert_eq!(is_marked(&marked, &old, "retired"), Some(mark));
    }
}
