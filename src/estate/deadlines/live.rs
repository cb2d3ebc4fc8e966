//! Which records still ask for something: retired machines, ended contracts and the like do not.

use crate::estate::finance::purchases::is_awaited;
use crate::estate::{Estate, Record};
use crate::schema::Choice;

/// States, by what they mean or by their key, in which nothing falls due any more.
const OVER: [&str; 14] = [
    "cancelled",
    "closed",
    "delivered",
    "ended",
    "forbidden",
    "former",
    "invoiced",
    "lost",
    "obsolete",
    "rejected",
    "replaced",
    "retired",
    "revoked",
    "stopped",
];

/// Whether anything of a record can fall due on the estate's day.
pub(in crate::estate) fn is_live(estate: &Estate, record: &Record) -> bool {
    let view = record.view();
    let is_past = |key: &str| view.date(key).is_some_and(|date| date <= estate.as_of);
    if view.choice("status").is_some_and(is_over) || view.date("terminated").is_some() {
        return false;
    }
    match record.kind().name.as_str() {
        "access-right" => !is_past("revoked"),
        "account" => view.boolean("enabled") != Some(false),
        "asset" => !is_past("retired"),
        // What nobody uses any more may go out of support.
        "model" => is_used(estate, record),
        "purchase" => is_awaited(record),
        _ => true,
    }
}

fn is_over(status: &Choice) -> bool {
    let over = |key: &str| OVER.contains(&key);
    status.means.as_deref().is_some_and(over) || over(&status.key)
}

/// Whether a live machine is of a model.
fn is_used(estate: &Estate, model: &Record) -> bool {
    let from = model.back_links.iter().map(|link| estate.record(link.from));
    let mut machines = from.filter(|record| record.kind().name == "asset");
    machines.any(|machine| is_live(estate, machine))
}

/// Whether a state is one of some, by key; a record without a state is in the first place wherever it counts.
pub(super) fn is_in(record: &Record, allowed: &[&str]) -> bool {
    let status = record.view().choice("status");
    status.is_none_or(|status| allowed.contains(&status.key.as_str()))
}
