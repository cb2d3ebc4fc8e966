//! `handover:` of `carnet.yaml`: what a person agrees to on the handover sheet, in the site's own words.

use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Language, Text};
use crate::project::config::INVALID_CONFIG;
use crate::source::{SourceFile, Span};
use crate::text;
use crate::yaml::{Node, Shape};

const KEYS: [&str; 1] = ["terms"];

/// The terms of the handover sheet by language; without them, those of the theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandoverSettings {
    fr: Option<String>,
    en: Option<String>,
}

impl HandoverSettings {
    /// The terms in a language, paragraphs between empty lines; `None` where the site says nothing.
    pub fn terms(&self, language: Language) -> Option<&str> {
        match language {
            Language::Fr => self.fr.as_deref(),
            Language::En => self.en.as_deref(),
        }
    }

    /// Reads the section: `terms` is a text for every language, or one a language.
    pub(super) fn read(node: &Node, file: &Arc<SourceFile>) -> (Self, Vec<Diagnostic>) {
        let mut settings = Self::default();
        let mut faults = Vec::new();
        let mut report = |node: &Node, message: Text, help: Option<Text>| {
            let at = Diagnostic::at(INVALID_CONFIG, Span::new(file, node.range), message);
            faults.push(at.maybe_help(help));
        };
        let Shape::Mapping(entries) = &node.shape else {
            if !node.is_empty() {
                let message = text!(
                    "`handover` attend `réglage: valeur`",
                    "`handover` expects `setting: value`"
                );
                let help = text!("écrivez `terms: …`", "write `terms: …`");
                report(node, message, Some(help));
            }
            return (settings, faults);
        };
        for (key, value) in entries {
            let name = key.text().unwrap_or_default();
            if name != "terms" {
                let message = text!(
                    "`{name}` n’est pas un réglage de la fiche de remise",
                    "`{name}` is not a setting of the handover sheet"
                );
                report(key, message, did_you_mean(name, KEYS.into_iter()));
            } else if let Shape::Mapping(texts) = &value.shape {
                for (code, text) in texts {
                    let language = code.text().and_then(Language::from_code);
                    let own = match language {
                        Some(Language::Fr) => &mut settings.fr,
                        Some(Language::En) => &mut settings.en,
                        None => {
                            let code = code.text().unwrap_or_default().to_owned();
                            let message = text!(
                                "`{code}` n’est pas une langue connue",
                                "`{code}` is not a known language"
                            );
                            let help = text!("écrivez `fr` ou `en`", "write `fr` or `en`");
                            report(text, message, Some(help));
                            continue;
                        }
                    };
                    *own = written(text);
                }
            } else {
                (settings.fr, settings.en) = (written(value), written(value));
            }
        }
        (settings, faults)
    }
}

fn written(node: &Node) -> Option<String> {
    let text = node.text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
