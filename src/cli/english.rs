//! The help in English, by the French it stands for.

mod check;
mod imports;
mod mending;
mod publish;
mod shells;

/// French to English, every help text of the command line but those of [`check`], [`imports`], [`mending`], [`publish`] and [`shells`].
const TEXTS: &[(&str, &str)] = &[
    (
        "Compile un dépôt Git d’inventaire YAML et de procédures Markdown en un site intranet",
        "Compiles a Git repository of YAML inventory and Markdown procedures into an intranet site",
    ),
    (
        "Langue des messages (par défaut : celle de carnet.yaml, sinon le français)",
        "Language of messages (default: that of carnet.yaml, else French)",
    ),
    ("Dossier du projet", "The project's folder"),
    (
        "Pour qui : un des publics de `audiences` dans carnet.yaml, ou `all`, qui voit tout",
        "For whom: one of the `audiences` in carnet.yaml, or `all`, who sees everything",
    ),
    (
        "Publie le site dans un dossier",
        "Publishes the site to a folder",
    ),
    (
        "Montre le site dans le navigateur et suit les modifications",
        "Shows the site in the browser and follows changes",
    ),
    (
        "Vérifie le projet et n’écrit rien",
        "Checks the project and writes nothing",
    ),
    (
        "Cherche dans un site construit ce que son public ne doit pas lire",
        "Looks in a built site for what its audience must not read",
    ),
    (
        "Crée un projet dans un dossier",
        "Creates a project in a folder",
    ),
    (
        "Crée une fiche vide d’un genre, avec ses champs en commentaire",
        "Creates an empty record of a kind, with its fields as comments",
    ),
    (
        "Interroge le parc en SQL",
        "Asks the estate a question in SQL",
    ),
    (
        "Reprend dans les fiches ce qu’un autre système sait du parc",
        "Takes into the records what another system knows of the estate",
    ),
    (
        "Reçoit les inventaires des agents GLPI du réseau et les importe",
        "Receives the inventories of the network's GLPI agents and imports them",
    ),
    (
        "La question : du SQL (`SELECT …`), ou le nom d’une question toute prête",
        "The question: SQL (`SELECT …`), or the name of a ready-made one",
    ),
    (
        "Donne les questions toutes prêtes, ou les tables et leurs colonnes",
        "Gives the ready-made questions, or the tables and their columns",
    ),
    ("Forme de la réponse", "Form of the answer"),
    ("Les questions toutes prêtes", "The ready-made questions"),
    (
        "Les tables et les vues, telles que `SQLite` les crée",
        "The tables and views, as `SQLite` creates them",
    ),
    ("Un tableau pour le terminal", "A table for the terminal"),
    ("CSV, selon la RFC 4180", "CSV, as RFC 4180 says"),
    (
        "Un tableau JSON, un objet par ligne",
        "A JSON array, an object a row",
    ),
    (
        "Date à laquelle le site est vrai (AAAA-MM-JJ) ; par défaut celle de carnet.yaml, sinon `SOURCE_DATE_EPOCH`, sinon aujourd’hui",
        "The day the site is true of (YYYY-MM-DD); default: that of carnet.yaml, else `SOURCE_DATE_EPOCH`, else today",
    ),
    (
        "Ne lit pas l’historique Git",
        "Does not read the Git history",
    ),
    (
        "Lit un état passé dans Git, sans toucher aux fichiers : un commit, une étiquette, une branche, `HEAD~3`, ou une date (le dernier commit de ce jour-là) ; sans `--as-of`, le site est vrai au jour du commit",
        "Reads a past state from Git without touching the files: a commit, a tag, a branch, `HEAD~3`, or a date (the last commit of that day); without `--as-of`, the site is true of the commit's day",
    ),
    (
        "Dossier de publication (par défaut : `_site` dans le projet)",
        "Folder to publish to (default: `_site` in the project)",
    ),
    (
        "Adresse de publication, à la place de celle de carnet.yaml",
        "Address of the published site, instead of that of carnet.yaml",
    ),
    (
        "Publie malgré les erreurs ; le code de retour reste 1",
        "Publishes in spite of errors; the exit code stays 1",
    ),
    (
        "Signale aussi les échéances dépassées (erreurs) et celles des jours à venir (avertissements), par exemple `30j`",
        "Also reports deadlines that are past (errors) and those of the days ahead (warnings), such as `30d`",
    ),
    (
        "Les avertissements comptent comme des erreurs",
        "Warnings count as errors",
    ),
    (
        "Affiche la durée de chaque étape, en clair ou en JSON",
        "Prints how long each stage takes, in words or as JSON",
    ),
    ("Une ligne par étape", "One line a stage"),
    (
        "Un objet JSON, en millisecondes",
        "A JSON object, in milliseconds",
    ),
    ("Forme des messages", "Form of the messages"),
    (
        "Nombre de fils d’exécution (par défaut : un par processeur)",
        "Number of threads (default: one a processor)",
    ),
    (
        "Adresse d’écoute ; sur une autre adresse que celle de la machine, tout le réseau peut lire le site",
        "Address to listen on; on another address than this machine's own, the whole network can read the site",
    ),
    (
        "Autre nom par lequel on peut joindre ce serveur (répétable)",
        "Another name by which this server may be reached (repeatable)",
    ),
    ("Ouvre le navigateur", "Opens the browser"),
    (
        "Compare les fichiers chaque seconde au lieu d’attendre les événements du système (dossiers réseau)",
        "Compares files every second instead of waiting for the system's events (network folders)",
    ),
    (
        "Dossier à créer ou à compléter",
        "Folder to create or complete",
    ),
    (
        "Genre de la fiche, par exemple `asset`, `licence` ou `procedure` ; `language` écrit dans le thème les mots d’une langue à traduire",
        "Kind of the record, such as `asset`, `licence` or `procedure`; `language` writes into the theme the words of a language to translate",
    ),
    (
        "Identifiant de la fiche, par exemple `srv-ad-01` ; par défaut, le suivant de la série du genre",
        "Id of the record, such as `srv-ad-01`; default: the next of the kind's series",
    ),
    (
        "Ne pose aucune question, même dans un terminal",
        "Asks no question, not even on a terminal",
    ),
    (
        "Ce que le projet contient au départ",
        "What the project holds at first",
    ),
    (
        "Une entreprise : quelques fiches et une procédure d’exemple",
        "A company: a few records and a procedure, as examples",
    ),
    (
        "Un prestataire et le parc de ses clients : contrats, délais, sauvegardes",
        "A provider and its clients' estates: contracts, times, backups",
    ),
    (
        "Un établissement scolaire : salles, postes par salle, prêt de matériel",
        "A school: rooms, computers by room, equipment to lend",
    ),
    (
        "Une configuration et des dossiers vides",
        "A configuration and empty folders",
    ),
    ("Français", "French"),
    ("English", "English"),
    ("Avec la ligne fautive", "With the line at fault"),
    (
        "Une ligne par message : `chemin:ligne:colonne: …`",
        "One line a message: `path:line:column: …`",
    ),
    ("Un tableau JSON", "A JSON array"),
    (
        "Raconte ce qui est arrivé à une fiche, champ par champ",
        "Tells what happened to a record, field by field",
    ),
    (
        "Compare deux états du projet, fiche par fiche",
        "Compares two states of the project, record by record",
    ),
    (
        "Identifiant de la fiche, par exemple `srv-ad-01` ou `asset:srv-ad-01`, même d’une fiche qui n’existe plus",
        "Id of the record, such as `srv-ad-01` or `asset:srv-ad-01`, even of one that exists no more",
    ),
    ("Forme du journal", "Form of the log"),
    (
        "Nombre de changements affichés, les plus récents d’abord (par défaut : tous)",
        "Number of changes shown, newest first (default: all)",
    ),
    ("Pour le terminal", "For the terminal"),
    ("Un objet JSON", "A JSON object"),
    (
        "État de départ : un commit, une étiquette, une branche ou une date",
        "State to start from: a commit, a tag, a branch or a date",
    ),
    (
        "État d’arrivée (par défaut : les fichiers du dossier)",
        "State to arrive at (default: the files of the folder)",
    ),
    ("Forme du compte rendu", "Form of the report"),
    (
        "Une ligne par fiche, sans les valeurs (pour le terminal)",
        "One line a record, without values (for the terminal)",
    ),
    (
        "Le code de retour est 1 quand quelque chose diffère",
        "The exit code is 1 when something differs",
    ),
    ("Pour une demande de fusion", "For a merge request"),
    (
        "Cherche dans les fiches et les procédures, comme la recherche du site",
        "Searches records and procedures, as the site's search does",
    ),
    (
        "Les mots cherchés, avec les mêmes formes que sur le site : \"une phrase\", -sauf, kind:asset, site:lyon",
        "The words, in the same forms as on the site: \"a phrase\", -except, kind:asset, site:lyon",
    ),
    ("Forme des résultats", "Form of the results"),
    (
        "Nombre de résultats affichés, les meilleurs d’abord",
        "Number of results printed, best first",
    ),
    (
        "Compare une liste de codes lus sur place au parc, et note les équipements vus",
        "Compares a list of codes scanned on site with the estate, and notes the assets seen",
    ),
    (
        "La liste : un code par ligne, ou un CSV avec une colonne `code` (et `date`, `lieu`, `pièce`) ; `-` pour l’entrée standard",
        "The list: a code a line, or a CSV with a column `code` (and `date`, `site`, `room`); `-` for standard input",
    ),
    (
        "Lieu où toute la liste a été lue ; ce qui y manque est dit",
        "Place where all of the list was scanned; what is missing there is told",
    ),
    (
        "Pièce de ce lieu où toute la liste a été lue",
        "Room of that place where all of the list was scanned",
    ),
    (
        "Jour de la lecture, pour les lignes qui n’en donnent pas (par défaut : le jour du site)",
        "Day of the scan, for lines that give none (default: the site's day)",
    ),
    (
        "Écrit `last_physical_inventory` dans les fiches des équipements vus ; le reste des fichiers ne change pas",
        "Writes `last_physical_inventory` into the records of the assets seen; nothing else in the files changes",
    ),
    (
        "Une ligne par équipement ou code",
        "A line an asset or code",
    ),
    (
        "Fait des planches d’étiquettes à imprimer, avec code QR et numéro",
        "Makes sheets of labels to print, with QR code and number",
    ),
    (
        "Identifiants ou codes d’équipements, imprimés d’abord, même réformés ; par défaut, tous ceux que `--site`, `--room` et `--type` retiennent",
        "Ids or codes of assets, printed first, even retired ones; default: all that `--site`, `--room` and `--type` keep",
    ),
    (
        "Lieu des équipements, avec ce qui est dans ses bâtiments et ses salles",
        "Place of the assets, with what is in its buildings and rooms",
    ),
    ("Pièce des équipements", "Room of the assets"),
    (
        "Type des équipements, par exemple `laptop` ou `Ordinateur portable`",
        "Type of the assets, for instance `laptop`",
    ),
    (
        "Planche (`L7160`, `L7163`, `L7159`, `L7651`) ou taille d’une étiquette seule en millimètres (`62x29`, `57x32`, `89x36` ou une autre) ; par défaut, le format de carnet.yaml, sinon `L7160`",
        "Sheet (`L7160`, `L7163`, `L7159`, `L7651`) or size of a single label in millimetres (`62x29`, `57x32`, `89x36` or another); by default, the format of carnet.yaml, else `L7160`",
    ),
    (
        "Place de la première étiquette sur une planche entamée, comptée ligne par ligne ; par défaut, celle de carnet.yaml pour son format, sinon 1",
        "Place of the first label on a sheet begun, counted row by row; by default, that of carnet.yaml for its format, else 1",
    ),
    (
        "Fichier HTML à écrire (par défaut : la sortie standard)",
        "HTML file to write (default: standard output)",
    ),
    ("Affiche cette aide", "Prints this help"),
    ("Affiche la version", "Prints the version"),
    ("Utilisation", "Usage"),
];

/// Every text with its English.
fn all() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let own = TEXTS.iter().chain(check::TEXTS).chain(imports::TEXTS);
    let own = own.chain(mending::TEXTS).chain(publish::TEXTS);
    own.chain(shells::TEXTS)
}

/// The English of a French text; a text without one is shown as it is (a test finds it).
pub(super) fn english(french: &str) -> String {
    let key = french.trim_end_matches('.');
    let found = all().find(|(text, _)| *text == key);
    found.map_or(french, |(_, english)| english).to_owned()
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use crate::cli::{Cli, english};

    fn texts(command: &Command, out: &mut Vec<String>) {
        out.extend(command.get_about().map(ToString::to_string));
        for argument in command.get_arguments() {
            out.extend(argument.get_help().map(ToString::to_string));
            for value in argument.get_possible_values() {
                out.extend(value.get_help().map(ToString::to_string));
            }
        }
        for sub in command.get_subcommands() {
            texts(sub, out);
        }
    }

    #[test]
    fn every_text_has_its_english() {
        let mut all = Vec::new();
        texts(&Cli::command(), &mut all);
        for text in all {
            let known = english::all().any(|(french, _)| *french == text.trim_end_matches('.'));
            assert!(known, "no English for: {text}");
        }
    }

    #[test]
    fn no_text_is_idle_or_twice() {
        let mut all: Vec<&str> = english::all().map(|(french, _)| *french).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), english::all().count());
    }
}
