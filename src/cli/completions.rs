//! What a shell needs to complete Carnet's commands, made from the command that `--help` prints: the same
//! options and values, with the first clause of each text in the language of help.

use std::fmt::Write;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Args, Command, CommandFactory, ValueEnum, ValueHint};
use clap_complete::{Shell, generate};

use crate::cli::Cli;
use crate::cli::help::{everywhere, place, say, with_flags};
use crate::diagnostic::Language;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// Shell qui lira le résultat, écrit sur la sortie standard.
    #[arg(value_name = "SHELL")]
    pub shell: CompletedShell,
}

/// A shell that can be told of Carnet's commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompletedShell {
    /// Bash, avec bash-completion.
    Bash,
    /// Zsh.
    Zsh,
    /// Fish.
    Fish,
    /// PowerShell, sous Windows et ailleurs.
    // The name is one word everywhere, as the program's is.
    #[value(name = "powershell")]
    PowerShell,
}

/// The script that a shell reads.
pub fn completions(shell: CompletedShell, language: Language) -> String {
    let shell = match shell {
        CompletedShell::Bash => Shell::Bash,
        CompletedShell::Zsh => Shell::Zsh,
        CompletedShell::Fish => Shell::Fish,
        CompletedShell::PowerShell => Shell::PowerShell,
    };
    let shorten = |command| shorten(command, language);
    let mut command = everywhere(with_flags(Cli::command()), &shorten);
    let mut script = Vec::new();
    generate(shell, &mut command, "carnet", &mut script);
    let mut script = String::from_utf8(script).expect("texts and names are UTF-8");
    if shell == Shell::Fish {
        script.push_str(&fish_values(&command));
    }
    script
}

/// The values of arguments without a name, such as the sources of `import`: the generator leaves them out for fish.
fn fish_values(command: &Command) -> String {
    let mut lines = String::new();
    for sub in command.get_subcommands() {
        for argument in sub.get_positionals() {
            let values = argument.get_possible_values();
            let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
            let (sub, seen) = (sub.get_name(), names.join(" "));
            for value in &values {
                let help = value.get_help().map(ToString::to_string);
                let help = help.unwrap_or_default();
                let help = help.replace('\\', "\\\\").replace('\'', "\\'");
                let _ = writeln!(
                    lines,
                    "complete -c carnet -n \"__fish_carnet_using_subcommand {sub}; and not __fish_seen_subcommand_from {seen}\" -f -a \"{}\" -d '{help}'",
                    value.get_name()
                );
            }
        }
    }
    lines
}

/// A command with texts of one line.
fn shorten(command: Command, language: Language) -> Command {
    let about = command.get_about().map(ToString::to_string);
    let command = command.mut_args(|argument| shorten_argument(argument, language));
    match about {
        Some(about) => command.about(clause(&about, language)),
        None => command,
    }
}

fn shorten_argument(argument: Arg, language: Language) -> Arg {
    let Some(help) = argument.get_help().map(ToString::to_string) else {
        return argument;
    };
    let argument = argument.help(clause(&help, language));
    if !argument.get_action().takes_values() {
        return argument;
    }
    let values: Vec<PossibleValue> = argument
        .get_possible_values()
        .into_iter()
        .map(|value| {
            let help = value.get_help().map(ToString::to_string);
            value.help(clause(&help.unwrap_or_default(), language))
        })
        .collect();
    let argument = if values.is_empty() {
        argument
    } else {
        argument.value_parser(PossibleValuesParser::new(values))
    };
    let names = argument.get_value_names().unwrap_or_default().to_vec();
    let hint = names.first().map_or(ValueHint::Other, |name| hint(name));
    let places = names.iter().map(|name| place(name, language));
    argument.value_names(places).value_hint(hint)
}

/// What may stand for a value: shells offer files where they know of nothing, which misleads for a date or a name.
fn hint(place: &str) -> ValueHint {
    match place {
        "DOSSIER" => ValueHint::DirPath,
        "FICHIER" | "CIBLE" | "PLACES" => ValueHint::AnyPath,
        "URL" => ValueHint::Url,
        _ => ValueHint::Other,
    }
}

/// The first clause of a text: shells have one line for it.
fn clause(french: &str, language: Language) -> String {
    let text = say(french, language);
    let end = text.find(';').unwrap_or(text.len());
    text[..end].trim_end().to_owned()
}
