//! What imports leave out on purpose, in words: a reader names it by a key, people read it in the report.

use crate::diagnostic::Text;
use crate::text;

/// Each key with its French and English words.
const DROPPED: [(&str, &str, &str); 40] = [
    (
        "special-files",
        "tubes, périphériques et sockets, jamais ouverts",
        "pipes, devices and sockets, never opened",
    ),
    ("licence-keys", "clés de licence", "licence keys"),
    ("passwords", "mots de passe", "passwords"),
    (
        "fillers",
        "numéros de série qui n’identifient rien",
        "serial numbers that identify nothing",
    ),
    ("photos", "photos", "photos"),
    ("free-texts", "textes libres", "free texts"),
    (
        "environment",
        "variables d’environnement",
        "environment variables",
    ),
    ("processes", "processus", "processes"),
    ("ssh-keys", "clés SSH", "SSH keys"),
    ("local-accounts", "comptes locaux", "local accounts"),
    ("sim-codes", "codes de cartes SIM", "SIM codes"),
    ("updates", "mises à jour de Windows", "Windows updates"),
    (
        "list-items",
        "éléments de listes trop longues (plus de 5\u{a0}000, ou d’un Mio)",
        "items of lists that are too long (over 5,000, or one MiB)",
    ),
    (
        "images",
        "images et fichiers dans des textes",
        "images and files in texts",
    ),
    (
        "deleted",
        "éléments supprimés à la source",
        "items deleted at the source",
    ),
    ("templates", "gabarits", "templates"),
    ("attachments", "pièces jointes", "attachments"),
    (
        "issue-links",
        "liens entre tickets",
        "links between tickets",
    ),
    (
        "work-log",
        "entrées du journal de travail",
        "entries of the work log",
    ),
    (
        "purchase-papers",
        "numéros et dates de commande, de livraison ou de facture",
        "numbers and dates of orders, deliveries or bills",
    ),
    (
        "restricted-comments",
        "commentaires réservés à certains",
        "comments that only some may see",
    ),
    (
        "events",
        "événements au-delà de 1\u{a0}000 par ticket",
        "events over 1,000 a ticket",
    ),
    (
        "long-texts",
        "fins de commentaires trop longs",
        "ends of comments that are too long",
    ),
    (
        "deep-texts",
        "mises en forme trop imbriquées",
        "layouts that are nested too deeply",
    ),
    ("containers", "conteneurs", "containers"),
    (
        "checkpoints",
        "sauvegardes inachevées",
        "unfinished backups",
    ),
    (
        "unfinished-runs",
        "exécutions sans résultat",
        "runs without a result",
    ),
    (
        "future-runs",
        "exécutions datées du futur",
        "runs of days to come",
    ),
    (
        "other-properties",
        "propriétés sans champ",
        "properties without a field",
    ),
    (
        "ports-without-cable",
        "interfaces radio ou virtuelles",
        "radio or virtual interfaces",
    ),
    (
        "registry-values",
        "valeurs du registre",
        "values of the registry",
    ),
    ("custom-fields", "champs personnalisés", "custom fields"),
    (
        "system-components",
        "composants du système",
        "components of the system",
    ),
    (
        "watched-addresses",
        "adresses surveillées",
        "watched addresses",
    ),
    (
        "tickets",
        "tickets supprimés ou sans date d’ouverture",
        "tickets deleted or without an opening date",
    ),
    (
        "other-reports",
        "éléments d’autres rapports",
        "items of other reports",
    ),
    ("personal-data", "données personnelles", "personal data"),
    (
        "assigned-licences",
        "licences attribuées",
        "assigned licences",
    ),
    (
        "stale-devices",
        "anciens objets d’appareils inscrits de nouveau",
        "old objects of devices that were joined anew",
    ),
    (
        "monitors-without-serial",
        "moniteurs sans numéro de série",
        "monitors without a serial number",
    ),
];

/// What is left out on purpose; a key without words speaks for itself.
pub(super) fn label(what: &str) -> Text {
    let known = DROPPED.iter().find(|(key, ..)| *key == what);
    let (_, fr, en) = known.copied().unwrap_or((what, what, what));
    text!("{fr}", "{en}")
}
