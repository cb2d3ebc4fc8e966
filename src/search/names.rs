//! What people call a record beside its own words: the names of what it says (« adresse IP », « fin de garantie »), and
//! what it is for (« qui est de garde ce soir »). Nothing of this is shown in a result; it only lets it be found.

use crate::diagnostic::Language;
use crate::estate::{Estate, Record, on_call};
use crate::schema::Type;
use crate::text;

/// The names of the fields by which a record is sought and of its key facts, as far as it has them. Who or what a record names is asked for by that name: half of all records have a technician and a place.
pub fn names(record: &Record, language: Language) -> Vec<String> {
    let kind = record.kind();
    let entries = record.source.entries.iter();
    let fields = entries.map(|entry| &kind.fields[entry.field]);
    let sought = fields.filter(|field| {
        let is_fact = kind.summary.contains(&field.key);
        let is_link = matches!(field.value, Type::Reference(_));
        !field.secret && (field.identifier || is_fact && !is_link)
    });
    sought
        .map(|field| field.labels.get(language).to_owned())
        .collect()
}

/// Words by which people ask for the rota of today, and which hardly stand in it. Those of other months are found by
/// their names.
pub fn purposes(estate: &Estate, rota: &Record, language: Language) -> Vec<String> {
    let shifts = on_call::shifts(estate, rota);
    let today = on_call::today(estate);
    let words = text!(
        "astreinte, garde, permanence, qui appeler, ce soir, cette nuit, ce week-end, urgence",
        "on call, on duty, who to call, tonight, this evening, this night, this weekend, emergency"
    );
    let is_of_today = shifts.iter().any(|shift| shift.touches(today));
    is_of_today
        .then(|| words.get(language).to_owned())
        .into_iter()
        .collect()
}
