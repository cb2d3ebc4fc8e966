//! The help in English of what installs the program: `completions` and `man`.

/// French to English.
pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "Écrit ce qui complète les commandes de Carnet dans un shell quand on tape sur Tab",
        "Writes what completes Carnet's commands in a shell when Tab is typed",
    ),
    (
        "Shell qui lira le résultat, écrit sur la sortie standard",
        "Shell that will read the result, which goes to standard output",
    ),
    ("Bash, avec bash-completion", "Bash, with bash-completion"),
    ("Zsh", "Zsh"),
    ("Fish", "Fish"),
    (
        "PowerShell, sous Windows et ailleurs",
        "PowerShell, on Windows and elsewhere",
    ),
    (
        "Écrit les pages de manuel des commandes, pour `man`",
        "Writes the manual pages of the commands, for `man`",
    ),
    (
        "Commande dont la page va sur la sortie standard ; sans elle, la page de `carnet`",
        "Command whose page goes to standard output; without it, the page of `carnet`",
    ),
    (
        "Écrit les pages de toutes les commandes dans ce dossier",
        "Writes the pages of all commands to this folder",
    ),
];
