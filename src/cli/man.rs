//! Manual pages for `man`, one a command, made from the command that `--help` prints. The generator's own words
//! are in English: what it says in a page is said here in the language of help.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::Cli;
use crate::cli::help::dress;
use crate::diagnostic::Language;
use crate::text;

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArguments {
    /// Commande dont la page va sur la sortie standard ; sans elle, la page de `carnet`.
    #[arg(value_name = "COMMANDE")]
    pub command: Option<String>,

    /// Écrit les pages de toutes les commandes dans ce dossier.
    #[arg(long, value_name = "DOSSIER", conflicts_with = "command")]
    pub out: Option<PathBuf>,
}

/// A page of the first section of the manual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManPage {
    /// The command's name; empty for the page of `carnet` itself.
    pub command: String,
    /// The name of its file, such as `carnet-build.1`.
    pub file: String,
    /// The page, for `man` and `groff -man`.
    pub text: String,
}

/// The pages of all commands, first that of `carnet` itself.
pub fn man_pages(language: Language) -> Vec<ManPage> {
    let mut command = dress(Cli::command(), language);
    command.build();
    let subcommands = command.get_subcommands().cloned();
    let pages = subcommands.map(|sub| page(sub.get_name().to_owned(), sub, language));
    let mut pages: Vec<ManPage> = pages.collect();
    pages.insert(0, page(String::new(), command, language));
    pages
}

fn page(name: String, command: Command, language: Language) -> ManPage {
    let manual = text!("Manuel de Carnet", "Carnet's manual");
    let man = Man::new(command);
    let mut made = Vec::new();
    man.render(&mut made)
        .expect("writing to memory does not fail");
    let made = String::from_utf8(made).expect("texts and names are UTF-8");
    let mut text = String::new();
    for line in made.lines() {
        let line = if let Some(heading) = line.strip_prefix(".SH ") {
            titled(heading, language)
        } else if line.starts_with(".TH ") {
            // The generator writes an empty date as none at all, and what follows moves up. A date would be the build's.
            let (file, version) = (man.get_filename(), env!("CARGO_PKG_VERSION"));
            let title = file.trim_end_matches(".1").to_uppercase();
            let manual = manual.get(language);
            format!(r#".TH "{title}" "1" "" "carnet {version}" "{manual}""#)
        } else if let Some(value) = line.strip_prefix("\\- ") {
            // The values of an option, one a line.
            format!(".br\n\\-\\ {}", emphasised(value))
        } else {
            emphasised(line)
        };
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&ending(name.is_empty(), language));
    ManPage {
        command: name,
        file: man.get_filename(),
        text: unbroken(&text),
    }
}

/// A heading in capitals; of the generator's, the first alone differs in French.
fn titled(heading: &str, language: Language) -> String {
    let words = heading.trim_matches(|mark: char| mark == '"' || mark.is_whitespace());
    let words = match (words, language) {
        ("NAME", Language::Fr) => "NOM".to_owned(),
        _ => words.to_uppercase(),
    };
    format!(".SH \"{words}\"")
}

/// What is typed as it stands, in bold: `groff` may draw a lone backtick as a quotation mark.
fn emphasised(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            let opens = index % 2 == 1;
            let is_alone = opens && index + 1 == parts.len();
            text.push_str(match (is_alone, opens) {
                (true, _) => "\\(ga",
                (false, true) => "\\fB",
                (false, false) => "\\fR",
            });
        }
        text.push_str(part);
    }
    text
}

/// What stands below the options: how the program ends, or where the rest is told.
fn ending(is_whole: bool, language: Language) -> String {
    let mut roff = Roff::new();
    if !is_whole {
        let title = text!("VOIR AUSSI", "SEE ALSO");
        roff.control("SH", [title.get(language)]);
        roff.text([bold("carnet"), roman("(1)")]);
        return roff.to_roff();
    }
    let title = text!("CODE DE RETOUR", "EXIT STATUS");
    roff.control("SH", [title.get(language)]);
    let codes = [
        text!(
            "Rien à redire, ou seulement des avertissements.",
            "Nothing to complain about, or warnings alone."
        ),
        text!(
            "Des messages de niveau erreur\u{202f}; avec --strict, des avertissements aussi.",
            "Findings of level error; with --strict, warnings too."
        ),
        text!(
            "Autre chose a échoué\u{a0}: dossier absent, port pris, disque plein, option inconnue.",
            "Something else failed: folder missing, port taken, disk full, unknown option."
        ),
    ];
    for (code, meaning) in codes.iter().enumerate() {
        roff.control("TP", []);
        roff.text([bold(code.to_string())]);
        roff.text([roman(meaning.get(language))]);
    }
    roff.to_roff()
}

/// The spaces that keep words together, as `groff` writes them: it knows no narrow one.
fn unbroken(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], "\\ ")
}
