//! Golden texts: each `tests/markdown/<case>.md` becomes `<case>.html`, then what was found in it.
//! `BLESS=1` writes the expected files anew; the diff is then read by a person.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use carnet::diagnostic::{Language, Text, short};
use carnet::markdown::{Reference, ReferenceKind, Resolution, Resolve, parse};
use carnet::source::SourceFile;

/// Knows ids that start with `srv`, pages in `guide/`, pictures; everything else is dead.
struct Sample;

impl Resolve for Sample {
    fn resolve(&self, _: usize, reference: &Reference) -> Resolution {
        let target = reference.target.to_lowercase();
        let fragment = reference
            .fragment
            .as_ref()
            .map_or(String::new(), |id| format!("#{id}"));
        let link = |url: String, label: Option<&str>| Resolution::Link {
            url: format!("{url}{fragment}"),
            class: "record",
            label: label.map(str::to_owned),
            title: None,
        };
        if target.is_empty() {
            return link(String::new(), reference.fragment.as_deref());
        }
        if target.contains(".png") && !target.contains("absent") {
            return Resolution::Image {
                url: format!("/files/{}", reference.target),
            };
        }
        if target.starts_with("srv") {
            return link(format!("/assets/{target}/"), Some(&target.to_uppercase()));
        }
        if target.starts_with("guide/") && reference.kind == ReferenceKind::Embed {
            return Resolution::Html(format!("<p>({target}{fragment})</p>\n"));
        }
        if target.starts_with("guide/") {
            return link(format!("/{target}/"), None);
        }
        if reference.kind == ReferenceKind::Bare {
            return Resolution::Plain;
        }
        Resolution::Dead {
            why: Text {
                fr: "cible inconnue".to_owned(),
                en: "unknown target".to_owned(),
            },
        }
    }

    fn language(&self) -> Language {
        Language::Fr
    }
}

fn actual(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a readable case");
    let name = path
        .file_name()
        .expect("a file")
        .to_string_lossy()
        .into_owned();
    let file = Arc::new(SourceFile::new(name, text));
    let document = parse(&file, file.whole());
    let mut out = document.html(&Sample);
    let found = short(&document.diagnostics, Language::Fr);
    if !found.is_empty() {
        let _ = write!(out, "\n<!--\n{found}-->\n");
    }
    out
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let entries = std::fs::read_dir(folder).expect("the folder of cases");
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    cases.sort();
    cases
}

#[test]
fn texts_become_the_expected_html() {
    let cases = cases();
    assert!(cases.len() >= 6, "cases are missing");
    let mut wrong = Vec::new();
    for case in cases {
        let expected = case.with_extension("html");
        let actual = actual(&case);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, &actual).expect("a writable folder");
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        if wanted != actual {
            wrong.push(format!("{}:\n{actual}", case.display()));
        }
    }
    assert!(
        wrong.is_empty(),
        "differ from the expected HTML:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn line_ends_of_windows_change_nothing() {
    for case in cases() {
        let text = std::fs::read_to_string(&case).expect("a readable case");
        let html = |text: String| {
            let file = Arc::new(SourceFile::new("a.md", text));
            parse(&file, file.whole()).html(&Sample)
        };
        assert_eq!(
            html(text.replace('\n', "\r\n")),
            html(text),
            "{}",
            case.display()
        );
    }
}
