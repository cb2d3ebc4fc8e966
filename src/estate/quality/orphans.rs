//! Records that nothing refers to and that something should: a model without a device, a group without a member.
//!
//! [`WANTED`] is the table of what gives a record its use: records of some kinds that refer to it, or fields of
//! its own. One of them is enough.

use std::collections::BTreeSet;

use crate::estate::{Estate, Record, RecordId};

use super::is_present;

/// A record that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orphan {
    /// Which.
    pub record: RecordId,
    /// The end of the label that says what lacks.
    pub lacks: &'static str,
}

impl Orphan {
    /// Every end of a label that says what lacks.
    pub fn lacking() -> impl Iterator<Item = &'static str> {
        WANTED.iter().map(|wanted| wanted.lacks)
    }
}

/// What should refer to the records of a kind.
struct Wanted {
    kind: &'static str,
    /// Kinds of which one record should refer to it; any kind when empty.
    from: &'static [&'static str],
    /// Fields of its own of which one does as well.
    own: &'static [&'static str],
    /// What lacks.
    lacks: &'static str,
}

const WANTED: [Wanted; 10] = [
    Wanted {
        kind: "software",
        from: &["licence", "asset", "service"],
        own: &[],
        lacks: "software",
    },
    Wanted {
        kind: "model",
        from: &["asset", "purchase", "need"],
        own: &[],
        lacks: "model",
    },
    Wanted {
        kind: "supplier",
        from: &[],
        own: &[],
        lacks: "supplier",
    },
    Wanted {
        kind: "document",
        from: &[],
        own: &[
            "assets",
            "models",
            "software",
            "licences",
            "contract",
            "purchase",
            "supplier",
            "organisation",
        ],
        lacks: "document",
    },
    Wanted {
        kind: "vlan",
        from: &["prefix"],
        own: &["prefixes"],
        lacks: "vlan",
    },
    Wanted {
        kind: "group",
        from: &["person", "account", "group"],
        own: &["everyone"],
        lacks: "group",
    },
    Wanted {
        kind: "person",
        from: &["account"],
        own: &[],
        lacks: "person",
    },
    Wanted {
        kind: "contract",
        from: &[],
        own: &["assets", "services", "organisation"],
        lacks: "contract",
    },
    Wanted {
        kind: "certificate",
        from: &[],
        own: &["hosts"],
        lacks: "certificate",
    },
    Wanted {
        kind: "site",
        from: &[],
        own: &[],
        lacks: "site",
    },
];

/// All orphans, by kind in the order of the table and by id.
pub(super) fn find(estate: &Estate) -> Vec<Orphan> {
    let mut orphans = Vec::new();
    // A system that a machine runs is of use; that machines name theirs does not say that other software is kept.
    let systems = estate.systems().all.iter();
    let systems: BTreeSet<RecordId> = systems.filter_map(|it| it.software).collect();
    for wanted in &WANTED {
        // Where nothing refers to any record of the kind in this way, it is not kept like that here.
        let is_kept = wanted.from.is_empty()
            || estate
                .listed(wanted.kind)
                .any(|record| is_used(estate, record, wanted));
        let records = estate.listed(wanted.kind).filter(|_| is_kept);
        let alone = records.filter(|record| {
            is_at_hand(estate, record)
                && !systems.contains(&record.id)
                && !is_used(estate, record, wanted)
        });
        orphans.extend(alone.map(|record| Orphan {
            record: record.id,
            lacks: wanted.lacks,
        }));
    }
    orphans
}

/// A model without a device asks for no deadline, and is what is looked for here.
fn is_at_hand(estate: &Estate, record: &Record) -> bool {
    record.kind().name == "model" || is_present(estate, record)
}

fn is_used(estate: &Estate, record: &Record, wanted: &Wanted) -> bool {
    let refers = |from: RecordId| {
        let kind = &estate.record(from).kind().name;
        wanted.from.is_empty() || wanted.from.contains(&kind.as_str())
    };
    let view = record.view();
    let has_own = |key: &&str| view.entry(key).is_some() && view.boolean(key) != Some(false);
    record.back_links.iter().any(|link| refers(link.from))
        || wanted.own.iter().any(has_own)
        || wanted.kind == "software" && !estate.installed().of(record).is_empty()
        || wanted.kind == "person" && !needs_account(estate, record)
}

/// Whether accounts of the colleagues of a person are kept: a client's contacts have none here.
fn needs_account(estate: &Estate, person: &Record) -> bool {
    let own = |record: &Record| estate.first(record, "organisation").map(|it| it.id);
    let Some(organisation) = own(person) else {
        return false;
    };
    estate
        .clients()
        .of_kind(estate, estate.record(organisation), "account")
        .next()
        .is_some()
}
