//! Jira's JSON, saved from its interface: a search (v2: `startAt`, `total`; v3: `isLast`), a list of
//! issues, or one → tickets with their description, comments and history.
//!
//! Words mean what they mean in Jira's CSV: both go through `profile`.

mod adf;
mod issue;
mod leaf;
mod related;
mod story;
pub(super) mod wiki;

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::import::answer::{self, Things};
use crate::import::{Inventory, Pages, Refusal, Site};
use crate::text;

/// The source's name, the same as for its CSV: both fill the same records.
pub const SOURCE: &str = "jira";

/// Reads a file. Refused when it is no JSON, or holds no issue.
pub fn read(bytes: &[u8], site: &Site<'_>) -> Result<Inventory, Refusal> {
    let answer = answer::json(bytes)?;
    let (issues, strange) = issues(&answer)?;
    let mut inventory = Inventory::new(SOURCE);
    let mut things = Things::new(site.schema, SOURCE);
    let mut left = issue::Left::default();
    let names = &answer["names"];
    for (at, issue) in issues.iter().copied().enumerate() {
        let sighting = issue::sighting((issue, names), site, (&mut things, at + 1), &mut left);
        inventory.records.extend(sighting);
    }
    inventory.notes = things.notes();
    left.tell(&mut inventory);
    pages(&answer, issues.len() + strange.len(), &mut inventory);
    if !strange.is_empty() {
        let count = strange.len();
        inventory.notes.push(text!(
            "éléments sans `key` ou sans `fields`, qui ne sont pas des tickets, laissés de côté\u{a0}: {count}",
            "items without `key` or without `fields`, which are no issues, left aside: {count}"
        ));
    }
    Ok(inventory)
}

/// The issues of an answer, and what stands among them and is none.
fn issues(answer: &Value) -> Result<(Vec<&Value>, Vec<&Value>), Refusal> {
    let is_issue = |value: &Value| {
        value.get("key").is_some_and(Value::is_string)
            && value.get("fields").is_some_and(Value::is_object)
    };
    let all = match answer {
        Value::Array(all) => Some(all.as_slice()),
        one if is_issue(one) => Some(std::slice::from_ref(one)),
        search => search
            .get("issues")
            .and_then(Value::as_array)
            .map(Vec::as_slice),
    };
    let no_issue = || {
        Refusal::new(text!(
            "ce JSON n’a pas de tickets Jira (`issues`, ou `key` et `fields`) ; demandez `/rest/api/3/search/jql?jql=…&fields=*all&expand=changelog,names`",
            "this JSON holds no Jira issues (`issues`, or `key` and `fields`); ask for `/rest/api/3/search/jql?jql=…&fields=*all&expand=changelog,names`"
        ))
    };
    let all = all.ok_or_else(no_issue)?;
    if all.is_empty() || all.iter().any(is_issue) {
        return Ok(all.iter().partition(|one| is_issue(one)));
    }
    // The newer search answers numbers alone, unless it is asked for fields.
    let bare = |value: &Value| value.get("id").is_some() && value.get("fields").is_none();
    if all.iter().all(bare) {
        return Err(Refusal::new(text!(
            "cette recherche n’a que des numéros de tickets : redemandez-la avec `fields=*all`",
            "this search holds numbers of issues only: ask again with `fields=*all`"
        )));
    }
    Err(no_issue())
}

/// Says that a search has more pages than this file.
fn pages(answer: &Value, count: usize, inventory: &mut Inventory) {
    let number = |key: &str| answer.get(key).and_then(Value::as_u64);
    let start = number("startAt").unwrap_or_default();
    let here = u64::try_from(count).unwrap_or(u64::MAX);
    match (
        number("total"),
        answer.get("isLast").and_then(Value::as_bool),
    ) {
        (Some(total), _) => inventory.pages.join(Pages::counted(here, total)),
        (None, Some(is_last)) => inventory.pages.join(Pages::linked(is_last)),
        (None, None) => {}
    }
    let more = match (
        number("total"),
        answer.get("isLast").and_then(Value::as_bool),
    ) {
        (Some(total), _) => start > 0 || total > here,
        (None, Some(is_last)) => !is_last,
        (None, None) => false,
    };
    if more {
        inventory.notes.push(text!(
            "ce fichier est une page d’une recherche plus longue : importez aussi les autres",
            "this file is one page of a longer search: import the others too"
        ));
    }
}
