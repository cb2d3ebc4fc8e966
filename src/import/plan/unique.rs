//! Values that no two records of a kind may share (an inventory number): one that is taken is left
//! out and counted. Makers print the same tag on all machines of a series.

use std::collections::BTreeMap;

use crate::fold::fold;
use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::plan::Request;
use crate::import::plan::known::{Seen, name_of};

/// Takes out of what was seen the values of unique fields that another record has.
pub(super) fn keep(request: &Request<'_>, seen: &mut [Seen], unfit: &mut BTreeMap<String, usize>) {
    let mut taken: BTreeMap<(String, String, String), String> = BTreeMap::new();
    let records = request.project.files.iter().flat_map(|file| &file.records);
    for record in records {
        for field in record.kind.fields.iter().filter(|field| field.unique) {
            if let Some(Recorded::Text(text)) = value_of(record, &field.key) {
                let key = (record.kind.name.clone(), field.key.clone(), fold(&text));
                taken.insert(key, name_of(record));
            }
        }
    }
    for one in seen {
        let Some(kind) = request.project.schema.kind(one.kind) else {
            continue;
        };
        let own = format!("{}:{}", one.kind, one.id);
        for field in kind.fields.iter().filter(|field| field.unique) {
            let Some(Recorded::Text(text)) = one.sighting.fields.get(&field.key) else {
                continue;
            };
            let key = (kind.name.clone(), field.key.clone(), fold(text));
            let holder = taken.entry(key).or_insert_with(|| own.clone());
            if *holder != own {
                one.sighting.fields.remove(&field.key);
                *unfit
                    .entry(format!("{}.{}", one.kind, field.key))
                    .or_default() += 1;
            }
        }
    }
}
