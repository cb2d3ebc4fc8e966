//! The keys and words of `carnet.yaml`, and of the files that describe kinds.

use lsp_types::CompletionItemKind as Kind;

use crate::lsp::completion::Proposal;
use crate::lsp::completion::context::Context;
use crate::lsp::draft::Draft;
use crate::project::SETTINGS;
use crate::schema::{keys_below, words_of};

/// What may stand at a place of `carnet.yaml`.
pub(super) fn of_configuration(draft: &Draft, context: &Context) -> Vec<Proposal> {
    let Context {
        parents,
        key,
        siblings,
        ..
    } = context;
    let named = |key: &str| SETTINGS.iter().find(|setting| setting.key == key);
    match (&parents[..], key) {
        ([], None) => {
            let free = SETTINGS.iter();
            let free = free.filter(|setting| siblings.iter().all(|key| key != setting.key));
            free.map(|setting| {
                let about = setting.about().get(draft.language).to_owned();
                Proposal::new(format!("{}: ", setting.key), about, Kind::FIELD)
            })
            .collect()
        }
        ([section], None) => {
            let keys = named(section).map_or(&[][..], |setting| setting.keys);
            fields(keys.iter().copied(), siblings)
        }
        ([], Some(key)) => {
            let values = named(key).map_or(&[][..], |setting| setting.values);
            words(values.iter().copied())
        }
        _ => Vec::new(),
    }
}

/// What may stand at a place of a file that describes a kind.
pub(super) fn of_kind(draft: &Draft, context: &Context) -> Vec<Proposal> {
    let Context {
        parents,
        key,
        written,
        siblings,
    } = context;
    let Some(key) = key else {
        return fields(keys_below(parents).into_iter(), siblings);
    };
    match key.as_str() {
        "to" | "extends" => {
            let kinds = draft.estate.schema.kinds();
            let named = kinds.map(|kind| {
                let label = kind.labels.get(draft.language);
                Proposal::new(&kind.name, label, Kind::ENUM_MEMBER)
            });
            named.collect()
        }
        // `- ke` in a list of fields begins a key.
        "fields" | "values" | "sections" if !written.contains(':') => {
            let parents = [&parents[..], std::slice::from_ref(key)].concat();
            fields(keys_below(&parents).into_iter(), siblings)
        }
        _ => words(words_of(key).iter().copied()),
    }
}

/// Keys that do not stand beside yet.
fn fields<'k>(keys: impl Iterator<Item = &'k str>, siblings: &[String]) -> Vec<Proposal> {
    let free = keys.filter(|key| siblings.iter().all(|sibling| sibling != key));
    free.map(|key| Proposal::new(format!("{key}: "), "", Kind::FIELD))
        .collect()
}

fn words<'k>(values: impl Iterator<Item = &'k str>) -> Vec<Proposal> {
    values
        .map(|value| Proposal::new(value, "", Kind::VALUE))
        .collect()
}
