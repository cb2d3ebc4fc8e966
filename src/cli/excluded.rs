//! `carnet search imprimante -lyon`: a word to leave out looks like an option.

/// The arguments for clap: in a search a blank before `-lyon` keeps clap from taking it for an option.
/// (`allow_hyphen_values` would take the options that follow the words for words too.)
pub(super) fn words_left_out(arguments: &[String]) -> impl Iterator<Item = String> {
    let mut searching = false;
    arguments.iter().map(move |argument| {
        let excludes = argument.starts_with('-') && !argument.starts_with("--");
        if searching && excludes && argument != "-h" {
            return format!(" {argument}");
        }
        searching |= argument == "search";
        argument.clone()
    })
}
