//! Headers of GLPI that name a group before the field (`Moniteurs - Numéro de série`): of which groups a field
//! is the record's own. The number of a machine's monitor identifies no machine.

use crate::fold::fold;
use crate::import::profile::headers;

/// What stands between a group and its field.
const BETWEEN: &str = " - ";

/// The groups, without case and accents, whose fields tell of the row itself, whatever its kind.
const OF_ALL: [&str; 6] = [
    "informations financieres et administratives",
    "financial and administrative information",
    "informations financieres",
    "financial information",
    "caracteristiques",
    "characteristics",
];

/// The same of machines, for addresses alone: a network has a name and notes of its own.
const NETWORKS: [&str; 8] = [
    "reseau",
    "network",
    "ports reseau",
    "port reseau",
    "network ports",
    "network port",
    "cartes reseau",
    "network cards",
];

/// The same of tickets, changes and problems.
const OF_TICKETS: [&str; 7] = [
    "elements associes",
    "associated elements",
    "elements lies",
    "linked items",
    "statistiques",
    "temps",
    "ticket",
];

/// Whether a header names the group of its field.
pub(super) fn is_grouped(header: &str) -> bool {
    header.contains(BETWEEN)
}

/// The field of a header, where its group says nothing but that it is one of the row's own.
pub(super) fn own_field<'h>(kind: &str, header: &'h str) -> Option<&'h str> {
    let (group, field) = header.rsplit_once(BETWEEN)?;
    let group = fold(group.trim());
    let is_own = OF_ALL.contains(&group.as_str())
        || group == fold(field.trim())
        || match kind {
            "asset" => {
                let meaning = headers::meaning("glpi", kind, field);
                NETWORKS.contains(&group.as_str()) && matches!(meaning, Some("ip" | "mac"))
            }
            "ticket" | "change" | "problem" => OF_TICKETS.contains(&group.as_str()),
            _ => false,
        };
    is_own.then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_other_objects_are_none_of_the_row() {
        let own = |header| own_field("asset", header);
        for header in [
            "Moniteurs - Numéro de série",
            "Système d'exploitation - Numéro de série",
            "Imprimantes - Adresse IP",
            "Réseau - Commentaires",
            "Lieu - Commentaires",
            "Numéro de série",
        ] {
            assert_eq!(own(header), None, "{header}");
        }
        for (header, field) in [
            ("Réseau - Adresse MAC", "Adresse MAC"),
            ("Cartes réseau - Adresse MAC", "Adresse MAC"),
            ("Network - IP", "IP"),
            (
                "Informations financières et administratives - Valeur",
                "Valeur",
            ),
            ("Groupe - Groupe", "Groupe"),
        ] {
            assert_eq!(own(header), Some(field), "{header}");
        }
        let associated = "Éléments associés - Équipement";
        assert_eq!(own_field("ticket", associated), Some("Équipement"));
    }
}
