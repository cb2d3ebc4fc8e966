//! What an issue is linked to, and how long people worked on it. A ticket names the problem and the change
//! that it belongs to; links between tickets have no field, and are counted.

use serde_json::Value;

use crate::fold::fold;
use crate::import::answer::{list, name, text_of};
use crate::import::jira::issue::Left;
use crate::import::{Link, Target};

/// The problem and the change of an issue, by their keys; every other link is counted.
pub(super) fn links(fields: &Value, names: &Value, left: &mut Left) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let ends = ["inwardIssue", "outwardIssue"];
    let all = list(fields, "issuelinks");
    let linked = all.iter().flat_map(|link| ends.map(|end| &link[end]));
    for other in linked.chain([&fields["parent"]]) {
        let Some(key) = text_of(other, "key") else {
            continue;
        };
        let field = field(&name(&other["fields"]["issuetype"]).unwrap_or_default());
        let field = field.filter(|field| !links.iter().any(|link| link.field == *field));
        match field {
            Some(field) => links.push(Link {
                field,
                part: None,
                target: Target::Named(key),
                otherwise: None,
            }),
            None => left.links += 1,
        }
    }
    // Older projects name the epic of an issue in a field of their own.
    let custom = names.as_object().into_iter().flatten();
    let epics = custom.filter(|(_, called)| called.as_str() == Some("Epic Link"));
    left.links += epics
        .filter(|(key, _)| text_of(fields, key).is_some())
        .count();
    links
}

/// The field that an issue of a type is named in.
fn field(issue_type: &str) -> Option<&'static str> {
    let plain = issue_type.strip_prefix("[System] ").unwrap_or(issue_type);
    match fold(plain).as_str() {
        "problem" | "probleme" => Some("problem"),
        "change" | "changement" | "service change" => Some("change"),
        _ => None,
    }
}

/// The seconds that people worked: as Jira adds them up, else the log of their work if all of it is here.
pub(super) fn seconds(fields: &Value) -> Option<u64> {
    let own = fields["timespent"].as_u64();
    own.or_else(|| {
        let log = &fields["worklog"];
        let all = list(log, "worklogs");
        let here = u64::try_from(all.len()).ok()?;
        let is_whole = log["total"].as_u64().is_none_or(|total| total <= here);
        let times = all
            .iter()
            .filter_map(|one| one["timeSpentSeconds"].as_u64());
        is_whole.then(|| times.fold(0, u64::saturating_add))
    })
}
