//! The languages of a site: those that `carnet.yaml` names, what their files in the theme say of them, and where the
//! pages of each stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Language, Text};
use crate::locale::Locale;
use crate::project::config::{Config, INVALID_CONFIG};
use crate::project::rules::INVALID_LABEL;
use crate::project::section::Section;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, Node, Shape};

impl Config {
    /// Where the pages of a language stand: nowhere particular for the site's own, else in a folder (`de/`).
    pub fn folder_of(&self, language: Language) -> String {
        if language == self.language {
            String::new()
        } else {
            format!("{}/", language.code().to_ascii_lowercase())
        }
    }

    /// An address without the folder of its language.
    pub fn without_language<'a>(&self, address: &'a str) -> &'a str {
        let mut others = [Language::En].into_iter().chain(self.others());
        let rest = others.find_map(|language| {
            let folder = format!("{}/", language.code().to_ascii_lowercase());
            address.strip_prefix(folder.as_str())
        });
        rest.unwrap_or(address)
    }

    /// The language of an address, if that is not the site's own.
    pub fn language_at(&self, address: &str) -> Option<Language> {
        let mut others = [Language::En].into_iter().chain(self.others());
        others.find(|language| {
            let folder = format!("{}/", language.code().to_ascii_lowercase());
            address.starts_with(&folder)
        })
    }

    /// The languages that `carnet.yaml` names beside the site's own: each has every page.
    pub fn others(&self) -> impl Iterator<Item = Language> + '_ {
        let own = self.language;
        let others = self.languages.iter().copied();
        others.filter(move |language| *language != own)
    }

    /// The languages beside French and English that the name of a file may end with.
    pub fn endings(&self) -> Vec<Language> {
        let named = std::iter::once(self.language).chain(self.languages.iter().copied());
        let mut endings: Vec<Language> = named
            .filter(|language| matches!(language, Language::Other(_)))
            .collect();
        endings.sort();
        endings.dedup();
        endings
    }

    /// The site's languages in order, its own first where the list does not say.
    pub(super) fn settle_languages(&mut self, is_own_written: bool) {
        match self.languages.first() {
            Some(first) if !is_own_written => self.language = *first,
            Some(_) if !self.languages.contains(&self.language) => {
                self.languages.insert(0, self.language);
            }
            _ => {}
        }
    }

    /// Takes what the theme's files say of the languages that the program does not know by itself; a language
    /// without its file is told where it is named, and a convention that cannot be used where it stands.
    pub fn learn(
        &mut self,
        file: &Arc<SourceFile>,
        theme: &BTreeMap<String, Arc<[u8]>>,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut learned: BTreeMap<Language, Language> = BTreeMap::new();
        for named in std::iter::once(self.language).chain(self.languages.clone()) {
            let Language::Other(locale) = named else {
                continue;
            };
            if learned.contains_key(&named) {
                continue;
            }
            let path = format!("labels/{}.yaml", locale.tag);
            let Some(bytes) = theme.get(&path) else {
                diagnostics.push(self.missing(file, &locale.tag, theme));
                continue;
            };
            let path = format!("themes/{}/{path}", self.theme);
            let words = SourceFile::new(path, String::from_utf8_lossy(bytes));
            let words = Arc::new(words);
            let (locale, mistakes) = Locale::read(&locale.tag, &words.text);
            for (line, column, message) in mistakes {
                let span = Span::new(&words, words.letter(line, column));
                diagnostics.push(Diagnostic::at(INVALID_LABEL, span, message));
            }
            learned.insert(named, Language::Other(locale.kept()));
        }
        let known = |language: Language| learned.get(&language).copied().unwrap_or(language);
        for language in self.languages.iter_mut().chain([&mut self.language]) {
            *language = known(*language);
        }
        diagnostics
    }

    /// The finding for a language without its file.
    fn missing(
        &self,
        file: &Arc<SourceFile>,
        tag: &str,
        theme: &BTreeMap<String, Arc<[u8]>>,
    ) -> Diagnostic {
        let folder = &self.theme;
        let path = format!("themes/{folder}/labels/{tag}.yaml");
        let message = text!(
            "la langue `{tag}` n’a pas de fichier `{path}`",
            "the language `{tag}` has no file `{path}`"
        );
        let files = theme.keys().filter_map(|name| name.strip_prefix("labels/"));
        let near = did_you_mean(&format!("{tag}.yaml"), files);
        let write = text!(
            "`carnet new language {tag}` l’écrit, à traduire ; le site est en anglais en attendant",
            "`carnet new language {tag}` writes it, to be translated; until then the site is in English"
        );
        let range = named_at(file, tag).unwrap_or_default();
        Diagnostic::at(INVALID_CONFIG, Span::new(file, range), message).help(near.unwrap_or(write))
    }
}

/// Where `carnet.yaml` names a language.
fn named_at(file: &Arc<SourceFile>, tag: &str) -> Option<TextRange> {
    let root = yaml::parse(file, file.whole()).0?;
    let is_it = |node: &&Node| {
        let text = node.text().unwrap_or_default();
        crate::locale::tag(text.trim()).as_deref() == Some(tag)
    };
    let own = root.get("language").filter(is_it);
    let listed = root.get("languages").and_then(|node| match &node.shape {
        Shape::Sequence(items) => items.iter().find(is_it),
        _ => Some(node).filter(is_it),
    });
    own.or(listed).map(|node| node.range)
}

/// Reads `languages:`, each once.
pub(super) fn read(node: &Node, section: &mut Section) -> Vec<Language> {
    let mut languages = Vec::new();
    let items = match &node.shape {
        Shape::Sequence(items) => items.as_slice(),
        _ if node.is_empty() => &[],
        _ => std::slice::from_ref(node),
    };
    for item in items {
        let written = item.text().unwrap_or_default();
        match Language::named(written) {
            None => {
                let (message, help) = unknown(written);
                section.report(item, message, Some(help));
            }
            Some(language) if languages.contains(&language) => {
                let message = text!(
                    "`{written}` est déjà dans la liste",
                    "`{written}` is in the list already"
                );
                section.report(item, message, None);
            }
            Some(language) => languages.push(language),
        }
    }
    languages
}

/// The terms of the handover sheet in languages that the site does not speak, and what is told of them.
pub(super) fn unspoken_terms(config: &Config, root: &Node) -> Vec<(TextRange, (Text, Text))> {
    let terms = root.get("handover").and_then(|node| node.get("terms"));
    let Some(Shape::Mapping(texts)) = terms.map(|node| &node.shape) else {
        return Vec::new();
    };
    let is_spoken = |language| config.endings().contains(&language);
    let unspoken = texts.iter().filter_map(|(code, text)| {
        let code = code.text()?;
        let language = Language::named(code)?;
        let is_other = matches!(language, Language::Other(_));
        let message = || {
            text!(
                "`{code}` n’est pas une langue du site",
                "`{code}` is no language of the site"
            )
        };
        let help = || {
            text!(
                "écrivez `fr`, `en` ou une langue de `languages`",
                "write `fr`, `en` or a language of `languages`"
            )
        };
        (is_other && !is_spoken(language)).then(|| (text.range, (message(), help())))
    });
    unspoken.collect()
}

/// What is told of a text that is no language, and what to write.
pub(super) fn unknown(written: &str) -> (Text, Text) {
    (
        text!(
            "`{written}` n’est pas une langue connue",
            "`{written}` is not a known language"
        ),
        text!(
            "écrivez `fr`, `en`, ou le code d’une langue dont le thème a les mots, comme `de` ou `pt-BR`",
            "write `fr`, `en`, or the tag of a language of which the theme has the words, such as `de` or `pt-BR`"
        ),
    )
}
