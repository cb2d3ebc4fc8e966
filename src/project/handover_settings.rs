//! `handover:` of `carnet.yaml`: what a person agrees to on the handover sheet, in the site's own words.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::project::section::Section;
use crate::text;
use crate::yaml::{Node, Shape};

pub(super) const KEYS: [&str; 1] = ["terms"];

/// The terms of the handover sheet by language; without them, those of the theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandoverSettings {
    fr: Option<String>,
    en: Option<String>,
    /// By the tag of another language.
    others: BTreeMap<String, String>,
}

impl HandoverSettings {
    /// The terms in a language, paragraphs between empty lines; `None` where the site says nothing.
    pub fn terms(&self, language: Language) -> Option<&str> {
        match language {
            Language::Fr => self.fr.as_deref(),
            Language::En => self.en.as_deref(),
            Language::Other(locale) => {
                let own = self.others.get(&locale.tag);
                own.or(self.en.as_ref()).map(String::as_str)
            }
        }
    }

    /// Reads the section: `terms` is a text for every language, or one a language.
    pub(super) fn read(node: &Node, section: &mut Section) -> Self {
        let mut settings = Self::default();
        let example = text!("écrivez `terms: …`", "write `terms: …`");
        for (key, value) in section.entries(node, example) {
            let name = key.text().unwrap_or_default();
            if name != "terms" {
                let of = text!("de la fiche de remise", "of the handover sheet");
                section.unknown(key, &of, &KEYS);
            } else if let Shape::Mapping(texts) = &value.shape {
                for (code, text) in texts {
                    let language = code.text().and_then(Language::named);
                    let own = match language {
                        Some(Language::Fr) => &mut settings.fr,
                        Some(Language::En) => &mut settings.en,
                        Some(Language::Other(locale)) => {
                            let own = written(text).map(|text| (locale.tag.clone(), text));
                            settings.others.extend(own);
                            continue;
                        }
                        None => {
                            let code = code.text().unwrap_or_default().to_owned();
                            let message = text!(
                                "`{code}` n’est pas une langue connue",
                                "`{code}` is not a known language"
                            );
                            let help = text!("écrivez `fr` ou `en`", "write `fr` or `en`");
                            section.report(text, message, Some(help));
                            continue;
                        }
                    };
                    *own = written(text);
                }
            } else {
                (settings.fr, settings.en) = (written(value), written(value));
            }
        }
        settings
    }
}

fn written(node: &Node) -> Option<String> {
    let text = node.text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
