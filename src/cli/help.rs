//! The help in one language: clap's own words (`Usage`, `default`, …) exist in English only, so they
//! are said here, and possible values stand under their option.

use std::fmt::Write;

use clap::{Arg, ArgAction, Command};

use crate::cli::english::english;
use crate::diagnostic::Language;
use crate::format::colon;

/// What stands for a value, in French and English.
const PLACES: &[(&str, &str)] = &[
    ("A", "A"),
    ("ADRESSE", "ADDRESS"),
    ("ANCIEN", "OLD"),
    ("B", "B"),
    ("BRANCHE", "BRANCH"),
    ("CIBLE", "TARGET"),
    ("COMMANDE", "COMMAND"),
    ("CULTURE", "CULTURE"),
    ("DATE", "DATE"),
    ("DOSSIER", "FOLDER"),
    ("FICHIER", "FILE"),
    ("DURÉE", "LENGTH"),
    ("FICHIER", "FILE"),
    ("FORGE", "FORGE"),
    ("FORMAT", "FORMAT"),
    ("GENRE", "KIND"),
    ("ID", "ID"),
    ("JQL", "JQL"),
    ("K/N", "K/N"),
    ("LANGUE", "LANGUAGE"),
    ("LIEU", "PLACE"),
    ("MODÈLE", "TEMPLATE"),
    ("MINUTES", "MINUTES"),
    ("MOTS", "WORDS"),
    ("PLACES", "PLACES"),
    ("RAISON", "REASON"),
    ("N", "N"),
    ("NOM", "NAME"),
    ("NOTE", "NOTE"),
    ("NOUVEAU", "NEW"),
    ("PIÈCE", "ROOM"),
    ("PORT", "PORT"),
    ("PUBLIC", "AUDIENCE"),
    ("QUESTION", "QUESTION"),
    ("QUOI", "WHAT"),
    ("RÈGLE", "RULE"),
    ("RÉVISION", "REVISION"),
    ("SECONDES", "SECONDS"),
    ("SHELL", "SHELL"),
    ("SOURCE", "SOURCE"),
    ("TYPE", "TYPE"),
    ("URL", "URL"),
];

/// More than any command has of its own options.
const LAST: usize = 100;

/// The command line with its help in a language.
pub(super) fn dress(command: Command, language: Language) -> Command {
    everywhere(with_flags(command), &|command| dress_one(command, language))
}

/// A command and all below it, each changed.
pub(super) fn everywhere(command: Command, change: &dyn Fn(Command) -> Command) -> Command {
    let subs = command.get_subcommands();
    let names: Vec<String> = subs.map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(change(command), |command, name| {
        command.mut_subcommand(name, |sub| everywhere(sub, change))
    })
}

/// The command line with `--help` and `--version`: clap's own are in English.
pub(super) fn with_flags(command: Command) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .global(true)
        .action(ArgAction::Help)
        .help("Affiche cette aide");
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help("Affiche la version");
    command.arg(help).arg(version)
}

fn dress_one(command: Command, language: Language) -> Command {
    let about = command.get_about().map(ToString::to_string);
    let usage = say("Utilisation", language);
    let colon = colon(language);
    let mut order = 0;
    let command = command
        .mut_args(|argument| {
            order += 1;
            // What every command takes comes last.
            let last = if argument.is_global_set() { LAST } else { 0 };
            dress_argument(argument, language).display_order(order + last)
        })
        .help_template(format!(
            "{{about-with-newline}}\n{usage}{colon} {{usage}}\n\n{{all-args}}\n"
        ))
        .subcommand_help_heading(match language {
            Language::Fr => "Commandes\u{a0}",
            Language::En | Language::Other(_) => "Commands",
        })
        .subcommand_value_name(place("COMMANDE", language));
    match about {
        Some(about) => command.about(say(&about, language)),
        None => command,
    }
}

/// An argument with its values and its default in its help.
fn dress_argument(argument: Arg, language: Language) -> Arg {
    let Some(help) = argument.get_help().map(ToString::to_string) else {
        return argument;
    };
    let colon = colon(language);
    let mut text = say(&help, language);
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    let takes_values = argument.get_action().takes_values();
    if takes_values && !defaults.is_empty() {
        let word = say("défaut", language);
        let _ = write!(text, " [{word}{colon} {}]", defaults.join(", "));
    }
    for value in argument.get_possible_values() {
        if let Some(help) = value.get_help().filter(|_| takes_values) {
            let help = say(&help.to_string(), language);
            let _ = write!(text, "\n- {}{colon} {help}", value.get_name());
        }
    }
    let heading = match (argument.is_positional(), language) {
        (true, Language::Fr) => "Arguments\u{a0}",
        (false, Language::Fr) => "Options\u{a0}",
        (true, Language::En | Language::Other(_)) => "Arguments",
        (false, Language::En | Language::Other(_)) => "Options",
    };
    let argument = argument.help_heading(heading);
    if !takes_values {
        return argument.help(text);
    }
    let names: Vec<&'static str> = argument
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(|name| place(name, language))
        .collect();
    let argument = if names.is_empty() {
        argument
    } else {
        argument.value_names(names)
    };
    argument
        .help(text)
        .hide_default_value(true)
        .hide_possible_values(true)
}

/// What stands for a value in the usage line.
pub(super) fn place(french: &str, language: Language) -> &'static str {
    let found = PLACES.iter().find(|(fr, _)| *fr == french);
    let (fr, en) = found.expect("every value has its name in both languages");
    match language {
        Language::Fr => fr,
        Language::En | Language::Other(_) => en,
    }
}

/// A text of the command line, without its full stop.
pub(super) fn say(french: &str, language: Language) -> String {
    match language {
        Language::Fr => french.trim_end_matches('.').to_owned(),
        Language::En | Language::Other(_) => english(french),
    }
}
