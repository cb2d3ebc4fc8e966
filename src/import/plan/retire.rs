//! A record that complete imports have missed for long is marked as out of use, and back in use when
//! the source has it again. Both by the rule of all imports: what people wrote stays theirs.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use crate::history::Recorded;
use crate::import::alike::alike;
use crate::import::plan::not_seen::{Missing, later};
use crate::import::plan::{Request, Retirement};
use crate::import::state::{Retired, State};
use crate::project::Record;
use crate::schema::{Field, Kind, Type};

/// The statuses of what is out of use already.
const OUT_OF_USE: [&str; 2] = ["retired", "lost"];

/// The field that says whether records of a kind are in use, and the value by which they are not: the
/// status that means `retired`, else `enabled: false` (an account). None for kinds that have no such
/// end, as tickets.
pub(in crate::import) fn out_of_use(kind: &Kind) -> Option<(&Field, Recorded)> {
    let field = |key: &str| kind.fields.iter().find(|field| field.key == key);
    if let Some(status) = field("status") {
        let mut choices = status.choices().iter();
        let retired = choices.find(|choice| choice.meaning() == "retired")?;
        return Some((status, Recorded::Text(retired.key.clone())));
    }
    let enabled = field("enabled").filter(|field| field.value == Type::Boolean)?;
    Some((enabled, Recorded::Text("false".to_owned())))
}

/// What a record begins with and an import may take back: the value that says that it is in use.
pub(super) fn first(kind: &Kind, first: &BTreeMap<String, Recorded>) -> BTreeMap<String, Recorded> {
    let entry = out_of_use(kind).and_then(|(field, _)| first.get_key_value(&field.key));
    let entry = entry.map(|(key, value)| (key.clone(), value.clone()));
    entry.into_iter().collect()
}

/// Marks a record that has been missing for long enough; what is then to be told.
pub(super) fn retire(
    request: &Request<'_>,
    one: &mut Missing<'_>,
    (record, now): (&Record, &BTreeMap<String, Recorded>),
    since: &str,
) -> Option<Retirement> {
    if !is_long(request.retire_after?, since, request.day) {
        return None;
    }
    let (field, value) = out_of_use(&record.kind)?;
    let ours = now.get(&field.key);
    if ours.is_some_and(|ours| is_out(field, ours)) {
        return None;
    }
    let kept = || Some(Retirement::Kept(field.key.clone(), ours.cloned()));
    if one.state.retired.is_some() {
        return kept();
    }
    if let Some(told) = later(now, since) {
        return Some(told);
    }
    let own = [&one.state.fields, &one.state.first];
    let own: Vec<&Recorded> = own
        .iter()
        .filter_map(|values| values.get(&field.key))
        .collect();
    let is_ours = match ours {
        Some(ours) => own.iter().any(|own| alike(field, own, ours)),
        None => own.is_empty(),
    };
    if !is_ours {
        return kept();
    }
    one.set.insert(field.key.clone(), value.clone());
    one.edited.retired = Some(Retired {
        field: field.key.clone(),
        value,
        before: ours.cloned(),
    });
    Some(Retirement::Retired)
}

/// Whether a length of time has passed since a day; the last day counts.
fn is_long(length: Span, since: &str, today: Date) -> bool {
    let since: Option<Date> = since.parse().ok();
    let end = since.and_then(|since| since.checked_add(length).ok());
    end.is_some_and(|end| end <= today)
}

fn is_out(field: &Field, value: &Recorded) -> bool {
    let Recorded::Text(text) = value else {
        return false;
    };
    let mut choices = field.choices().iter();
    let choice = choices.find(|choice| choice.key == *text);
    match choice {
        Some(choice) => OUT_OF_USE.contains(&choice.meaning()),
        None => text == "false",
    }
}

/// The field that an import had set, and what it held before.
pub(super) type Undone = (String, Option<Recorded>);

/// Undoes the mark in the values of a record that is seen again, as if it had never been there; gives
/// the field and its value from before. Nothing when people have written otherwise since.
pub(super) fn undo(
    state: &State,
    kind: &Kind,
    now: &mut BTreeMap<String, Recorded>,
) -> Option<Undone> {
    let mark = state.retired.as_ref()?;
    let (_, field) = kind.field(&mark.field)?;
    let is_ours = now
        .get(&mark.field)
        .is_some_and(|now| alike(field, now, &mark.value));
    if !is_ours {
        return None;
    }
    match &mark.before {
        Some(before) => drop(now.insert(mark.field.clone(), before.clone())),
        None => drop(now.remove(&mark.field)),
    }
    Some((mark.field.clone(), mark.before.clone()))
}
