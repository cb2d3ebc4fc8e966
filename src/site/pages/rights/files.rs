//! The matrix as files: one line for each right that somebody has, so that nothing is cut.

use crate::estate::rights::Right;
use crate::estate::{Estate, RecordId};
use crate::site::context::Value;
use crate::site::export;
use crate::site::page::Page;

use super::matrix::cells;
use super::{level_value, name};

/// The address of the file for people.
pub(in crate::site) const FILE: &str = "access-rights/matrix/matrix.csv";
/// The address of the file for programs.
pub(in crate::site) const DATA: &str = "data/access-matrix.csv";

/// Who may do what on which resource, groups above included, as a spreadsheet opens it.
pub(in crate::site) fn people_csv(page: &Page<'_>) -> Vec<u8> {
    let estate = page.estate();
    let rights = estate.rights();
    let head = [
        "rights-who",
        "rights-resource",
        "rights-level",
        "rights-through",
        "accounts-issues",
    ];
    let head: Vec<String> = head.iter().map(|key| page.word(key)).collect();
    let rows = cells(estate).into_iter().flat_map(|(subject, row)| {
        let row = row.into_iter().map(move |(resource, (level, above))| {
            let own = rights.of_subject(above.unwrap_or(subject));
            let issues = own.filter(|(_, right)| right.resource == resource);
            let issues = issues.flat_map(|(_, right)| right.issues.iter());
            let issues: Vec<String> = issues.map(|issue| name(page, *issue)).collect();
            let level = match level_value(page, level) {
                Value::Badge { badge } => badge.text,
                _ => String::new(),
            };
            vec![
                estate.record(subject).title.clone(),
                rights.resources[resource].name.clone(),
                level,
                above.map_or_else(String::new, |above| estate.record(above).title.clone()),
                issues.join(", "),
            ]
        });
        row.collect::<Vec<_>>()
    });
    export::people_table(&head, rows, page.language)
}

/// The same for programs: kinds and ids, and the record of the right.
pub(in crate::site) fn data_csv(estate: &Estate) -> Vec<u8> {
    let rights = estate.rights();
    let mut out = "subject_kind,subject,resource,target,level,through,right,issues\r\n".to_owned();
    let mut line = |subject: RecordId, through: Option<RecordId>, right: &Right| {
        let subject = estate.record(subject);
        let resource = &rights.resources[right.resource];
        let id = |id: Option<RecordId>| id.map_or("", |id| estate.record(id).source.id.as_str());
        let issues: Vec<&str> = right.issues.iter().map(|issue| issue.key()).collect();
        out.push_str(&export::machine_row(&[
            &subject.kind().name,
            &subject.source.id,
            &resource.name,
            id(resource.target),
            right.level.key(),
            id(through),
            id(Some(right.record)),
            &issues.join(" "),
        ]));
    };
    for right in &rights.all {
        line(right.subject, None, right);
    }
    for group in estate.listed("group") {
        for above in estate.membership().above(group.id) {
            for (_, right) in rights.of_subject(*above) {
                line(group.id, Some(*above), right);
            }
        }
    }
    out.into_bytes()
}
