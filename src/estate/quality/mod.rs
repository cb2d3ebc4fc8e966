//! How good the data are: what is missing, written twice, contradicts itself, is stale or stands alone.
//!
//! Only what is in use counts: a retired machine, an ended contract or somebody who left lacks nothing.
//! Each topic is one pass over the records with its own index; all are read once an estate.

mod completeness;
mod contradictions;
mod duplicates;
mod orphans;
mod placeholders;
mod stale;
#[cfg(test)]
mod tests;

pub use completeness::{Completeness, Measured, Score};
pub use contradictions::Contradiction;
pub use duplicates::{Duplicate, Resemblance};
pub use orphans::Orphan;
pub use placeholders::{Placeholder, Placeholders};
pub use stale::{Stale, Staleness};

use crate::estate::{Estate, Record, accounts, deadlines};

/// The page that says it all.
pub const PAGE: &str = "data/quality/";

/// What is to be said of the data.
#[derive(Debug)]
pub struct Quality {
    /// What is written of what is expected.
    pub completeness: Completeness,
    /// Values that identify nothing.
    pub placeholders: Placeholders,
    /// Where such values are written in the fleet.
    pub fakes: Vec<Placeholder>,
    /// Identifiers that several devices share, by field and value.
    pub duplicates: Vec<Duplicate>,
    /// Records that may be one and the same, by kind and name.
    pub resemblances: Vec<Resemblance>,
    /// Facts that cannot both be true, by record.
    pub contradictions: Vec<Contradiction>,
    /// Records that nobody saw or changed for long, the longest first.
    pub stale: Vec<Stale>,
    /// Records that nothing refers to and that something should, by record.
    pub orphans: Vec<Orphan>,
}

impl Quality {
    fn new(estate: &Estate) -> Self {
        let placeholders = Placeholders::new(estate);
        // Duplicates take as long as all else together.
        let ((duplicates, fakes), (completeness, resemblances, contradictions, stale, orphans)) =
            rayon::join(
                || duplicates::find(estate, &placeholders),
                || {
                    (
                        Completeness::new(estate),
                        duplicates::resemblances(estate),
                        contradictions::find(estate),
                        stale::find(estate),
                        orphans::find(estate),
                    )
                },
            );
        Self {
            completeness,
            placeholders,
            fakes,
            duplicates,
            resemblances,
            contradictions,
            stale,
            orphans,
        }
    }
}

impl Estate {
    /// The quality of the data, judged when it is first asked for.
    pub fn quality(&self) -> &Quality {
        self.quality.get_or_init(|| Quality::new(self))
    }
}

/// Whether a record is at hand: in use, in stock or planned, and not over.
fn is_present(estate: &Estate, record: &Record) -> bool {
    deadlines::is_live(estate, record) && !accounts::has_left(estate, record)
}

/// Whether a record is in use: present, and neither planned nor in stock.
fn is_in_use(estate: &Estate, record: &Record) -> bool {
    let status = record.view().choice("status");
    let waits = status.is_some_and(|status| {
        let means = status.meaning();
        matches!(means, "planned" | "in-stock" | "draft" | "left")
    });
    !waits && is_present(estate, record)
}
