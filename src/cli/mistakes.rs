//! What is wrong with a command line, in both languages: clap says it in English only.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::Text;
use crate::text;

/// The mistake in a command line; `None` for kinds that keep clap's words.
pub(super) fn mistake(error: &Error) -> Option<Text> {
    let argument = strings(error, ContextKind::InvalidArg);
    let value = strings(error, ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            let near = near(error, ContextKind::SuggestedArg);
            let (fr, en) = (near.fr, near.en);
            text!(
                "`{argument}` n’est pas un argument{fr}",
                "`{argument}` is not an argument{en}"
            )
        }
        ErrorKind::InvalidSubcommand => {
            let command = strings(error, ContextKind::InvalidSubcommand);
            let near = near(error, ContextKind::SuggestedSubcommand);
            let (fr, en) = (near.fr, near.en);
            text!(
                "`{command}` n’est pas une commande{fr}",
                "`{command}` is not a command{en}"
            )
        }
        ErrorKind::InvalidValue if value.is_empty() => text!(
            "`{argument}` attend une valeur",
            "`{argument}` expects a value"
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let values = strings(error, ContextKind::ValidValue);
            let known = if values.is_empty() {
                Text::default()
            } else {
                text!(
                    " ; valeurs possibles : {values}",
                    "; possible values: {values}"
                )
            };
            let (fr, en) = (known.fr, known.en);
            text!(
                "`{argument}` n’accepte pas `{value}`{fr}",
                "`{argument}` does not take `{value}`{en}"
            )
        }
        ErrorKind::MissingRequiredArgument => {
            text!("il manque {argument}", "{argument} is missing")
        }
        ErrorKind::ArgumentConflict => text!(
            "`{argument}` est écrit deux fois",
            "`{argument}` is written twice"
        ),
        _ => return None,
    })
}

/// The command whose help says more: `carnet check`.
pub(super) fn usage(error: &Error) -> String {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    let words = usage
        .split_whitespace()
        .skip_while(|word| *word != "carnet");
    let own: Vec<&str> = words
        .take_while(|word| word.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .collect();
    if own.is_empty() {
        "carnet".to_owned()
    } else {
        own.join(" ")
    }
}

/// The names near a mistyped one.
fn near(error: &Error, kind: ContextKind) -> Text {
    let names = strings(error, kind);
    if names.is_empty() {
        return Text::default();
    }
    text!(
        " ; vouliez-vous dire `{names}` ?",
        "; did you mean `{names}`?"
    )
}

fn strings(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(several)) => several.join(", "),
        _ => String::new(),
    }
}
