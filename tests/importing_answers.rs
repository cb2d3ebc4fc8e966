//! `carnet import` of JSON that interfaces answer, as people run it: exact records, no secret, nothing
//! that acts, and nothing changes when it is run again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What no import may bring in.
const CANARY: &str = "CANARI";

fn carnet(root: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(arguments)
        .arg("--root")
        .arg(root)
        .env("LC_ALL", "fr_FR.UTF-8")
        .output()
        .expect("carnet runs");
    let text = [output.stdout, output.stderr].concat();
    let code = output.status.code().unwrap_or(-1);
    (code, String::from_utf8_lossy(&text).into_owned())
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imported_answers")
}

/// All files under a folder with their texts, sorted.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = fs::read(&path).expect("a file");
            all.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    all.sort();
    all
}

/// An estate that an answer was imported into, twice, and checked.
struct Imported {
    folder: tempfile::TempDir,
    told: String,
}

impl Imported {
    fn new(source: &str, names: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::write(
            root.join("carnet.yaml"),
            "title: Essai\nas_of: 2026-11-20\n",
        )
        .expect("written");
        fs::create_dir_all(root.join("inventory/people")).expect("folders");
        let person = "name: Léa Garnier\nemail: lea@nacelle.example\n";
        fs::write(root.join("inventory/people/lea-garnier.yaml"), person).expect("written");
        let paths: Vec<String> = names
            .iter()
            .map(|name| fixtures().join(name).to_string_lossy().into_owned())
            .collect();
        let mut arguments = vec!["import", source];
        arguments.extend(paths.iter().map(String::as_str));
        let (code, told) = carnet(root, &arguments);
        assert_eq!(code, 0, "{told}");
        let after = files(root);
        let (code, again) = carnet(root, &arguments);
        assert_eq!(code, 0, "{again}");
        assert!(again.contains("0 fiche créée, 0 modifiée"), "{again}");
        assert_eq!(files(root), after);
        let (code, found) = carnet(root, &["check"]);
        assert_eq!(code, 0, "{found}");
        for (path, text) in &after {
            assert!(!text.contains(CANARY), "{}", path.display());
        }
        assert!(!told.contains(CANARY), "{told}");
        Self { folder, told }
    }

    fn text(&self, record: &str) -> String {
        let path = self.folder.path().join("inventory").join(record);
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("{record}: {}", self.told))
    }

    /// A page of the site that is built of it.
    fn page(&self, path: &str) -> String {
        let root = self.folder.path();
        let (code, told) = carnet(root, &["build", "--no-history"]);
        assert_eq!(code, 0, "{told}");
        let all = files(root);
        let page = all.iter().find(|(name, _)| name.ends_with(path));
        page.unwrap_or_else(|| panic!("{path}")).1.clone()
    }
}

#[test]
fn issues_of_jira_become_tickets() {
    let imported = Imported::new("jira", &["jira-search.json"]);
    let expected = fs::read_to_string(fixtures().join("sup-12.yaml")).expect("a record");
    assert_eq!(imported.text("tickets/sup-12.yaml"), expected);
    let other = imported.text("tickets/sup-13.yaml");
    assert!(other.contains("\nopened: 2026-03-05T00:30:00\n"), "{other}");
    assert!(!other.contains("priority"), "{other}");
    for told in [
        "à lier\u{a0}: ticket.assignee «\u{a0}Personne Inconnue\u{a0}» (1)",
        "commentaires réservés à certains (1)",
        "`priority`\u{a0}: valeurs illisibles",
    ] {
        assert!(imported.told.contains(told), "{told}: {}", imported.told);
    }
    let page = imported.page("tickets/sup-12/index.html");
    for expected in [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[x](javascript:alert(1))",
        "# pas un titre, {{name}}",
        "<strong>toujours</strong>",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(
        !page.contains("<script>alert") && !page.contains("href=\"javascript"),
        "{page}"
    );
}
