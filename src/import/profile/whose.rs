//! Whose export a table is: some headers are written by one program alone. A directory's export among those
//! of GLPI would else become machines that bear the names of people.

use crate::import::profile::Settings;
use crate::import::profile::columns;
use crate::import::table;
use crate::schema::fold_key;

/// The headers that one program alone writes.
const SIGNS: [(&str, &[&str]); 4] = [
    (
        "ad",
        &[
            "SamAccountName",
            "DistinguishedName",
            "UserPrincipalName",
            "LastLogonDate",
            "PasswordLastSet",
            "PasswordNeverExpires",
            "ObjectGUID",
            "objectSid",
        ],
    ),
    (
        "jira",
        &[
            "Issue key",
            "Issue id",
            "Issue Type",
            "Clé de ticket",
            "Custom field (Request Type)",
        ],
    ),
    (
        "snipeit",
        &[
            "Asset Tag",
            "Item Name",
            "Checked Out To",
            "Model No.",
            "Status Label",
        ],
    ),
    (
        "glpi",
        &[
            "Entité",
            "Usager",
            "Alternate username",
            "Demandeur - Demandeur",
            "Requester - Requester",
            "Attribué à - Technicien",
            "Assigned to - Technician",
            "Informations financières et administratives - Numéro d’immobilisation",
            "Informations financières et administratives - Fournisseur",
        ],
    ),
];

/// The source of a table that was given as something else, by the headers that it alone writes; nothing when it is no
/// table, or nobody's.
pub fn source_of(bytes: &[u8], settings: &Settings<'_>) -> Option<&'static str> {
    let known = |headers: &[String]| headers.len();
    let table = table::read(bytes, &known, settings.sheet).ok()?;
    let signed = |signs: &[&str]| {
        let folded = table.headers.iter().map(|header| fold_key(header));
        let is_sign = |header: &String| signs.iter().any(|sign| fold_key(sign) == *header);
        folded.filter(is_sign).count()
    };
    let all = SIGNS.iter().map(|(name, signs)| (signed(signs), *name));
    let best = all.max_by_key(|(count, _)| *count);
    best.filter(|(count, _)| *count > 0).map(|(_, name)| name)
}

/// The source that wrote a table which is given as another one's: its signs are there, none of the other's
/// is, and it knows more of the headers.
pub(super) fn other(
    headers: &[String],
    source: &str,
    settings: &Settings<'_>,
) -> Option<&'static str> {
    let signed = |signs: &[&str]| {
        let folded = headers.iter().map(|header| fold_key(header));
        let is_sign = |header: &String| signs.iter().any(|sign| fold_key(sign) == *header);
        folded.filter(is_sign).count()
    };
    let own = SIGNS.iter().find(|(name, _)| *name == source)?;
    if signed(own.1) > 0 {
        return None;
    }
    let known = columns::known(headers, source, settings);
    let others = SIGNS.iter().filter(|(name, _)| *name != source);
    let others = others.filter(|(name, signs)| {
        signed(signs) > 0 && columns::known(headers, name, settings) > known
    });
    let best = others.max_by_key(|(_, signs)| signed(signs));
    best.map(|(name, _)| *name)
}
