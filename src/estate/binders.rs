//! Binders: the procedures of a folder one after another, for one print. A folder of one procedure needs none.

use std::collections::BTreeMap;

use crate::estate::reading::in_order;
use crate::estate::resolve::own_folder;
use crate::estate::{Estate, Record, RecordId};

/// What the address of a binder adds to that of its folder.
pub const NAME: &str = "binder/";
/// Procedures from which a binder is worth its paper.
const LEAST: usize = 2;

/// The procedures of each folder directly under `procedures/`, those deeper included, in reading order, by the
/// address of the binder. Translations have binders of their own; a procedure that is obsolete is in none, and the page of
/// the folder itself is no procedure of it.
pub type Binders = BTreeMap<String, Vec<RecordId>>;

impl Estate {
    /// The binders, worked out when they are first asked for.
    pub fn binders(&self) -> &Binders {
        self.binders.get_or_init(|| binders(self))
    }
}

fn binders(estate: &Estate) -> Binders {
    let mut binders: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in estate.of_kind("procedure") {
        let status = record.view().choice("status");
        let is_obsolete = status.is_some_and(|status| status.key == "obsolete");
        if let Some(folder) = folder(estate, record).filter(|_| !is_obsolete) {
            binders.entry(folder).or_default().push(record);
        }
    }
    binders.retain(|_, records| records.len() >= LEAST);
    let ordered = binders.into_iter().map(|(folder, records)| {
        let ids = in_order(records).into_iter().map(|it| it.id);
        (format!("{folder}{NAME}"), ids.collect())
    });
    ordered.collect()
}

/// The address of the folder directly under `procedures/` that a procedure stands in; `None` for one at the top.
fn folder<'r>(estate: &Estate, record: &'r Record) -> Option<&'r str> {
    let mut ends = record.url.match_indices('/').map(|(end, _)| end + 1);
    let language = own_folder(record.source.language, &estate.config);
    let above = language.matches('/').count();
    let end = ends.nth(above + 1)?;
    // The page of the folder itself ends there.
    (end < record.url.len()).then(|| &record.url[..end])
}
