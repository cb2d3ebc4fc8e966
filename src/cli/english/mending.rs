//! The help in English of what helps while somebody writes: `lsp`, `schema`, `explain`, `fix`, `fmt`, `rename`, `doctor`,
//! `forget` and `allow`.

/// French to English.
pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "Aide l’éditeur pendant la saisie, par le protocole des serveurs de langage (LSP)",
        "Helps an editor while somebody types, by the language server protocol (LSP)",
    ),
    (
        "Décrit les genres en JSON Schema, pour les éditeurs qui connaissent YAML",
        "Describes the kinds as JSON Schemas, for editors that know YAML",
    ),
    (
        "Genre à décrire ; sans lui, tous",
        "Kind to describe; without it, all",
    ),
    (
        "Écrit les schémas dans `.carnet/schemas/` et, s’ils n’y sont pas, `.vscode/settings.json`, `.idea/jsonSchemas.xml` et `.nvim.lua`, qui disent à quels fichiers ils servent",
        "Writes the schemas to `.carnet/schemas/` and, unless they are there, `.vscode/settings.json`, `.idea/jsonSchemas.xml` and `.nvim.lua`, which say for which files they are",
    ),
    (
        "Explique une règle : ce qu’elle trouve, pourquoi, et que faire",
        "Explains a rule: what it finds, why, and what to do",
    ),
    (
        "Nom de la règle, comme entre crochets dans un message ; sans lui, la liste des règles",
        "The rule's name, as it stands in brackets in a message; without it, the list of rules",
    ),
    (
        "Corrige ce dont la correction est sûre : noms mal tapés, tabulations",
        "Mends what can be mended for sure: mistyped names, tabs",
    ),
    (
        "Écrit les corrections dans les fichiers ; sans cela, elles sont seulement montrées",
        "Writes the mends to the files; without it, they are only shown",
    ),
    (
        "Met en forme les fiches : retraits, blancs, noms des champs ; les valeurs et les commentaires restent",
        "Lays out the records: indents, blanks, names of fields; values and comments stay",
    ),
    (
        "Fichiers ou dossiers à mettre en forme ; par défaut, toutes les fiches",
        "Files or folders to lay out; by default, all records",
    ),
    (
        "Écrit la mise en forme dans les fichiers ; sans cela, elle est seulement montrée",
        "Writes the layout to the files; without it, it is only shown",
    ),
    (
        "Nomme seulement les fichiers à mettre en forme ; le code de retour est 1 s’il y en a",
        "Only names the files to lay out; the exit code is 1 if there are any",
    ),
    (
        "Met aussi les champs dans l’ordre du genre, avec les commentaires qui les précèdent",
        "Also puts the fields in the kind's order, with the comments right above them",
    ),
    (
        "Donne un autre identifiant à une fiche, partout où elle est nommée",
        "Gives a record another id, wherever it is named",
    ),
    (
        "Genre de la fiche, par exemple `asset`",
        "The record's kind, for example `asset`",
    ),
    ("Son identifiant d’aujourd’hui", "Its id of today"),
    ("Celui qu’elle aura", "The one that it will have"),
    (
        "Regarde autour de Carnet sur cette machine : Git, droits, disque, langue, suivi des fichiers",
        "Looks around Carnet on this machine: Git, permissions, disk, language, following of files",
    ),
    (
        "Oublie une personne : plus rien de ce qui est raconté du passé ne la nomme",
        "Forgets a person: nothing that is told of the past names them any more",
    ),
    (
        "Les mots qui désignent la personne, chacun entre guillemets : nom, adresse électronique, identifiants ; `-` les lit sur l’entrée standard, un par ligne",
        "The words that mean the person, each in quotation marks: name, e-mail address, ids; `-` reads them from standard input, one a line",
    ),
    (
        "Jour de la demande (par défaut : le jour du site)",
        "Day of the request (by default: the site's day)",
    ),
    (
        "Ce que la liste retient de la demande ; rien qui désigne la personne",
        "What the list keeps of the request; nothing that tells who it is",
    ),
    (
        "Note qu’une valeur prise pour un secret n’en est pas un, et peut être publiée",
        "Notes that a value that looks like a secret is none, and may be published",
    ),
    (
        "Les places des faux secrets, comme `carnet check` les écrit : `FICHIER:LIGNE`, ou `FICHIER:LIGNE:COLONNE` ; `-` lit des valeurs sur l’entrée standard, une par ligne",
        "Where what is no secret stands, as `carnet check` writes it: `FILE:LINE`, or `FILE:LINE:COLUMN`; `-` reads values from standard input, one a line",
    ),
    (
        "Pourquoi cette valeur peut être publiée ; la liste le garde",
        "Why this value may be published; the list keeps it",
    ),
];
