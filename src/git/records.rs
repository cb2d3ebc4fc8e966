//! The log of each record, under its present name.

use std::collections::{BTreeMap, HashMap};

use super::commits::Commit;
use super::found::Found;
use super::lineage::{self, Step};
use crate::history::{Changes, RecordName};

/// For each record by its key, the places of the commits that changed it and those of the changes
/// within them, newest first.
pub(super) fn logs(
    commits: &[Commit],
    found: &[Found],
    changes: &[Changes],
) -> BTreeMap<RecordName, Vec<(u32, u32)>> {
    let names = names_by_path(changes);
    lineage::follow(commits, |place| {
        let records = (0_u32..).zip(&changes[place].records);
        let touched = records.map(|(number, change)| (change.record.key(), number));
        let sides = &found[place].touched.renames;
        let renames = if commits[place].parents.len() == 1 {
            let renamed = changes[place].records.iter().filter_map(|change| {
                let old = change.renamed_from.clone()?;
                let old = RecordName {
                    id: old,
                    ..change.record.clone()
                };
                // An id whose case alone changed has kept its key.
                let (old, new) = (old.key(), change.record.key());
                (old != new).then_some((old, new))
            });
            vec![renamed.collect()]
        } else {
            let sides = sides.iter().map(|side| {
                let renamed = side.iter().filter_map(|rename| {
                    let old = names.get(rename.old.as_str())?;
                    let new = names.get(rename.new.as_str())?;
                    (old != new).then(|| (old.clone(), new.clone()))
                });
                renamed.collect()
            });
            sides.collect()
        };
        Step {
            touched: touched.collect(),
            renames,
        }
    })
}

/// The records that have their names from those of their files, as renames showed them. A merge
/// tells nothing of the renames on its way, so its sides are looked up here.
fn names_by_path(changes: &[Changes]) -> HashMap<&str, RecordName> {
    let mut names = HashMap::new();
    for change in changes.iter().flat_map(|changes| &changes.records) {
        let (Some(id), Some(path)) = (&change.renamed_from, &change.moved_from) else {
            continue;
        };
        let old = RecordName {
            id: id.clone(),
            ..change.record.clone()
        };
        names.insert(path.as_str(), old.key());
        names.insert(change.path.as_str(), change.record.key());
    }
    names
}
