//! What the forms that forges read have in common: the file as the repository names it, one line for a finding and
//! what to do, and a mark by which it is known again in the next report.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Language};
use crate::digest::{hex, sha256};

/// The file that stands for what has none in the repository: a whole project, or `.git`.
pub(super) const NO_FILE: &str = "carnet.yaml";

/// The file of a finding as the repository names it; `folder` is where the project stands in it, empty or with a `/` at
/// its end. `None` for what is about the project or its repository as a whole.
pub(super) fn file(diagnostic: &Diagnostic, folder: &str) -> Option<String> {
    let path = diagnostic.path.as_str();
    (!matches!(path, "" | "." | ".git")).then(|| format!("{folder}{path}"))
}

/// What is wrong and what to do, as one sentence.
pub(super) fn sentence(diagnostic: &Diagnostic, language: Language) -> String {
    let message = diagnostic.message.get(language);
    let Some(help) = &diagnostic.help else {
        return message.to_owned();
    };
    let between = match language {
        Language::Fr => "\u{202f}; ",
        Language::En | Language::Other(_) => "; ",
    };
    format!("{message}{between}{}", help.get(language))
}

/// The marks of findings, 64 hexadecimal digits each. A mark says the rule, the path and the message, and which of
/// those that are alike it is: it stays when lines are added above, and in another language.
pub(super) fn fingerprints(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    let marks = diagnostics.iter().map(|diagnostic| {
        let key = diagnostic.likeness();
        let number = seen.entry(key).or_default();
        *number += 1;
        let (rule, path, message) = key;
        hex(&sha256(format!("{rule}\0{path}\0{message}\0{number}")))
    });
    marks.collect()
}
