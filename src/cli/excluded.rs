//! What people type that clap takes for something else: `carnet search imprimante -lyon`, where a word to leave
//! out looks like an option, and `carnet help build`, which asks for `carnet build --help`.

/// The arguments as clap is to read them.
pub(super) fn for_clap(arguments: &[String]) -> impl Iterator<Item = String> + use<> {
    words_left_out(help_asked_by_word(arguments))
}

/// In a search a blank before `-lyon` keeps clap from taking it for an option.
/// (`allow_hyphen_values` would take the options that follow the words for words too.)
fn words_left_out(arguments: Vec<String>) -> impl Iterator<Item = String> {
    let mut searching = false;
    arguments.into_iter().map(move |argument| {
        let excludes = argument.starts_with('-') && !argument.starts_with("--");
        if searching && excludes && argument != "-h" {
            return format!(" {argument}");
        }
        searching |= argument == "search";
        argument
    })
}

/// The arguments with `help` in the place of a command made `--help` of the command that follows it.
/// (clap's own `help` knows one language.)
fn help_asked_by_word(arguments: &[String]) -> Vec<String> {
    let mut out = arguments.to_vec();
    let mut place = 1;
    while let Some(argument) = out.get(place) {
        match argument.as_str() {
            "help" => {
                out.remove(place);
                out.truncate(out.len().min(place + 1));
                out.push("--help".to_owned());
                return out;
            }
            "--lang" | "--root" | "--audience" => place += 2,
            option if option.starts_with("--") => place += 1,
            _ => return out,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> String {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        help_asked_by_word(&words).join(" ")
    }

    #[test]
    fn help_is_asked_for_by_a_word_in_the_place_of_a_command() {
        assert_eq!(asked("carnet help"), "carnet --help");
        assert_eq!(asked("carnet help build"), "carnet build --help");
        assert_eq!(
            asked("carnet --lang en help check --strict"),
            "carnet --lang en check --help"
        );
        assert_eq!(
            asked("carnet --root=help check"),
            "carnet --root=help check"
        );
        assert_eq!(asked("carnet search help"), "carnet search help");
        assert_eq!(
            asked("carnet --root help check"),
            "carnet --root help check"
        );
    }
}
