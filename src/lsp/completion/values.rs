//! The keys and values that the schema allows.

use lsp_types::CompletionItemKind as Kind;

use crate::diagnostic::Language;
use crate::lsp::completion::Proposal;
use crate::lsp::completion::links::files;
use crate::lsp::draft::Draft;
use crate::lsp::spot::At;
use crate::schema::{Field, Type};

/// The fields that are not written yet.
pub(super) fn keys(
    draft: &Draft,
    fields: &[Field],
    siblings: &[String],
    is_record: bool,
) -> Vec<Proposal> {
    let written: Vec<&str> = siblings
        .iter()
        .filter_map(|key| Some(crate::schema::find_field(fields, key)?.1.key.as_str()))
        .collect();
    let free = fields
        .iter()
        .filter(|field| !written.contains(&field.key.as_str()));
    let own = is_record && !siblings.iter().any(|key| key == "id");
    let id = own.then(|| Proposal::new("id: ", "", Kind::FIELD));
    let fields = free.map(|field| {
        let label = field.labels.get(draft.language);
        let mut proposal = Proposal::new(format!("{}: ", field.key), label, Kind::FIELD);
        let help = field.help.as_ref();
        proposal.about = help.map(|help| help.get(draft.language).to_owned());
        proposal
    });
    id.into_iter().chain(fields).collect()
}

/// The values of a field.
pub(super) fn of(draft: &Draft, at: &At, field: &Field, written: &str) -> Vec<Proposal> {
    let language = draft.language;
    match &field.value {
        Type::Enumeration(choices) => {
            let choices = choices.iter();
            let proposals = choices.map(|choice| {
                let label = choice.labels.get(language);
                Proposal::new(&choice.key, label, Kind::ENUM_MEMBER)
            });
            proposals.collect()
        }
        Type::Reference(kinds) => ids(draft, kinds),
        Type::Boolean => {
            let words = match language {
                Language::Fr => ["oui", "non"],
                _ => ["true", "false"],
            };
            words
                .map(|word| Proposal::new(word, "", Kind::VALUE))
                .into()
        }
        Type::Date => {
            let day = draft.estate.as_of.to_string();
            vec![Proposal::new(day, "", Kind::VALUE)]
        }
        Type::File => files(draft, at),
        // `- na` in a list of structures begins a key.
        Type::Structure(fields) if !written.contains(':') => keys(draft, fields, &[], false),
        _ => Vec::new(),
    }
}

/// The ids of some kinds; of those that two kinds have, the kind too.
fn ids(draft: &Draft, kinds: &[String]) -> Vec<Proposal> {
    let records = kinds.iter().flat_map(|kind| draft.estate.listed(kind));
    let proposals = records.map(|record| Proposal::of_record(&draft.estate, record, kinds));
    proposals.collect()
}
