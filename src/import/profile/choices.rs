//! Words of other programs for the values of enumerations. The schema's own keys and labels need no
//! line here: GLPI's French and English words are mostly those.

use crate::schema::fold_key;

/// For each value the words that mean it, folded as keys are.
type Values = &'static [(&'static str, &'static [&'static str])];

/// Kind, field, and the words of its values.
const WORDS: [(&str, &str, Values); 10] = [
    (
        "asset",
        "status",
        &[
            (
                "in-service",
                &[
                    "deployed",
                    "production",
                    "enproduction",
                    "actif",
                    "active",
                    "utilise",
                    "inuse",
                    "enservice",
                    "affecte",
                ],
            ),
            (
                "in-stock",
                &[
                    "readytodeploy",
                    "stock",
                    "deployable",
                    "disponible",
                    "available",
                    "pending",
                    "spare",
                    "enreserve",
                ],
            ),
            (
                "in-repair",
                &[
                    "outforrepair",
                    "outfordiagnostics",
                    "enpanne",
                    "sav",
                    "maintenance",
                    "broken",
                ],
            ),
            (
                "retired",
                &[
                    "archived",
                    "rebut",
                    "rebute",
                    "reforme",
                    "horsservice",
                    "disposed",
                    "undeployable",
                    "sorti",
                ],
            ),
            ("lost", &["loststolen", "vole", "perdu", "lost", "stolen"]),
            ("planned", &["commande", "ordered", "encommande", "onorder"]),
        ],
    ),
    (
        "asset",
        "type",
        &[
            (
                "laptop",
                &[
                    "portable",
                    "notebook",
                    "laptops",
                    "ordinateursportables",
                    "convertible",
                ],
            ),
            (
                "desktop",
                &[
                    "computer",
                    "ordinateur",
                    "minitower",
                    "tower",
                    "tour",
                    "desktops",
                    "unitecentrale",
                    "allinone",
                    "minipc",
                    "pc",
                    "workstation",
                ],
            ),
            (
                "server",
                &["servers", "rackmountchassis", "serveurs", "blade"],
            ),
            (
                "virtual-machine",
                &["vmware", "vm", "hyperv", "kvm", "virtualbox", "qemu"],
            ),
            (
                "monitor",
                &["ecran", "ecrans", "display", "displays", "monitors"],
            ),
            (
                "printer",
                &["printers", "imprimantes", "copieur", "multifonction"],
            ),
            (
                "phone",
                &[
                    "mobilephone",
                    "mobilephones",
                    "smartphone",
                    "smartphones",
                    "telephones",
                    "voipphones",
                ],
            ),
            ("switch", &["switches", "networking", "commutateurs"]),
            ("tablet", &["tablets", "tablettes"]),
            ("access-point", &["wifi", "borne", "bornewifi"]),
        ],
    ),
    (
        "ticket",
        "status",
        &[
            (
                "new",
                &[
                    "open",
                    "ouvert",
                    "todo",
                    "afaire",
                    "backlog",
                    "waitingforsupport",
                    "nouvelle",
                    "reopened",
                    "reouvert",
                    "rouvert",
                    "ouverte",
                    "reouverte",
                    "rouverte",
                    "nouveaunouvelle",
                    "selectedfordevelopment",
                ],
            ),
            (
                "assigned",
                &[
                    "inprogress",
                    "encours",
                    "processingassigned",
                    "inreview",
                    "escalated",
                    "workinprogress",
                    "attribue",
                    "attribuee",
                    "assignee",
                    "encoursattribue",
                    "enrevue",
                    "encoursdetraitement",
                ],
            ),
            (
                "planned",
                &["processingplanned", "planifie", "planifiee", "scheduled"],
            ),
            (
                "pending",
                &[
                    "waitingforcustomer",
                    "waitingforapproval",
                    "onhold",
                    "waiting",
                    "blocked",
                    "bloque",
                    "bloquee",
                    "suspendu",
                    "suspendue",
                    "enattentedureclient",
                    "enattenteduclient",
                    "enattentedapprobation",
                ],
            ),
            (
                "resolved",
                &[
                    "solved",
                    "done",
                    "termine",
                    "terminee",
                    "fini",
                    "finie",
                    "fait",
                    "faite",
                    "traite",
                    "traitee",
                    "acheve",
                    "achevee",
                    "fixed",
                    "complete",
                    "completed",
                    "resolue",
                ],
            ),
            (
                "closed",
                &[
                    "cancelled",
                    "canceled",
                    "declined",
                    "ferme",
                    "fermee",
                    "annule",
                    "annulee",
                    "abandonne",
                    "abandonnee",
                    "rejete",
                    "rejetee",
                    "refuse",
                    "refusee",
                    "cloture",
                    "cloturee",
                    "rejected",
                    "wontdo",
                    "clos",
                ],
            ),
        ],
    ),
    ("change", "status", &[("testing", &["test"])]),
    (
        "ticket",
        "type",
        &[
            (
                "incident",
                &["bug", "problem", "fault", "panne", "anomalie"],
            ),
            (
                "request",
                &[
                    "servicerequest",
                    "demandedeservice",
                    "task",
                    "tache",
                    "story",
                    "subtask",
                    "soustache",
                    "improvement",
                    "newfeature",
                    "epic",
                    "servicerequestwithapprovals",
                ],
            ),
        ],
    ),
    (
        "ticket",
        "priority",
        &[
            (
                "very-high",
                &["highest", "blocker", "critical", "laplushaute", "critique"],
            ),
            ("high", &["elevee"]),
            ("low", &["minor", "faible"]),
            ("very-low", &["lowest", "trivial", "laplusbasse"]),
            ("medium", &["normal", "normale"]),
        ],
    ),
    (
        "account",
        "type",
        &[
            (
                "service",
                &[
                    "msdsgroupmanagedserviceaccount",
                    "msdsmanagedserviceaccount",
                ],
            ),
            ("guest", &["invite", "externe"]),
            ("user", &["member", "inetorgperson"]),
        ],
    ),
    (
        "licence",
        "model",
        &[
            ("per-user", &["user", "utilisateur", "named"]),
            ("per-device", &["oem", "device", "machine", "poste"]),
            ("subscription", &["saas", "abonnement", "souscription"]),
            ("site", &["volume"]),
            ("concurrent", &["flottante", "floating"]),
        ],
    ),
    (
        "licence",
        "cost_period",
        &[
            ("yearly", &["annuel", "annual"]),
            ("monthly", &["mensuel"]),
            ("once", &["perpetual", "achat"]),
        ],
    ),
    (
        "ticket",
        "channel",
        &[
            ("portal", &["helpdesk", "formcreator", "jira", "web"]),
            ("phone", &["call", "appel"]),
            ("in-person", &["direct"]),
        ],
    ),
];

/// The key that a word stands for in a field of a kind.
pub(in crate::import) fn synonym(kind: &str, field: &str, word: &str) -> Option<&'static str> {
    let word = fold_key(word.rsplit(" > ").next().unwrap_or(word));
    let (_, _, values) = WORDS
        .iter()
        .find(|(own, key, _)| *own == kind && *key == field)?;
    let found = values
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()));
    found.map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::built_in;

    #[test]
    fn words_mean_one_value_that_exists() {
        let schema = built_in();
        for (kind, key, values) in WORDS {
            let kind = schema.kind(kind).expect("a kind");
            let (_, field) = kind.field(key).expect("a field");
            let mut seen = Vec::new();
            for (value, words) in values {
                assert!(
                    field.choices().iter().any(|choice| choice.key == *value),
                    "{key} {value}"
                );
                for word in *words {
                    assert_eq!(*word, fold_key(word));
                    assert!(!seen.contains(word), "{word} twice");
                    seen.push(word);
                }
            }
        }
        assert_eq!(
            synonym("asset", "status", "Ready to Deploy"),
            Some("in-stock")
        );
        assert_eq!(synonym("asset", "status", "xyz"), None);
    }
}
