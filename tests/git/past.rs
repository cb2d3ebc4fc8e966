//! `--at`: the site as it was, held to what a checkout of that commit builds.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use git2::{Oid, Repository};

use crate::builder::{Builder, Files, files};

pub fn carnet(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(arguments).arg("--root").arg(root);
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "COLUMNS",
        "SOURCE_DATE_EPOCH",
    ] {
        command.env_remove(name);
    }
    command.output().expect("the program runs")
}

/// Builds, and gives every file of the site.
pub fn site(root: &Path, arguments: &[&str]) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    let shown = out.display().to_string();
    let mut all = vec!["build", "--out", &shown];
    all.extend(arguments);
    let output = carnet(root, &all);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    below(&out)
}

/// Every file below a folder, by its path from there.
fn below(folder: &Path) -> Files {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    let entries = entries.map(|entry| entry.expect("a readable folder"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below");
            let bytes = std::fs::read(entry.path()).expect("a file");
            (path.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

/// Pages without their banner, which each must have, and without the manifest that hashes them. What a
/// printed code leads to (`q/`) only leads on, and shows nothing of any state.
fn without_banner(mut site: Files) -> Files {
    site.remove("manifest.json").expect("a manifest");
    for (path, bytes) in &mut site {
        let is_page = Path::new(path).extension().is_some_and(|end| end == "html");
        if !is_page || path.starts_with("q/") {
            continue;
        }
        let text = String::from_utf8(std::mem::take(bytes)).expect("a text");
        let start = text.find("\n<p class=\"past-state\"");
        let start = start.unwrap_or_else(|| panic!("{path} has no banner"));
        let end = start + text[start..].find("</p>").expect("its end") + "</p>".len();
        *bytes = format!("{}{}", &text[..start], &text[end..]).into_bytes();
    }
    site
}

/// A new company's project, then two commits that change, add, move and remove.
fn three_states(builder: &mut Builder, folder: &str) -> [Oid; 3] {
    let start = tempfile::tempdir().expect("a folder");
    let made = carnet(start.path(), &["init", &start.path().display().to_string()]);
    assert_eq!(made.status.code(), Some(0));
    let place = |path: &str| format!("{folder}{path}");
    let first: Files = below(start.path())
        .into_iter()
        .map(|(path, bytes)| (place(&path), bytes))
        .collect();
    let mut second = first.clone();
    let config = format!(
        "{}\nas_of: 2026-11-20\nsource_url: https://forge.example/edit/{{path}}\n",
        String::from_utf8_lossy(&first[&place("carnet.yaml")])
    );
    second.insert(place("carnet.yaml"), config.into_bytes());
    second.insert(
        ".mailmap".to_owned(),
        b"Zo\xc3\xa9 Durand <zoe@corp.example>\n".to_vec(),
    );
    second.insert(place("content/essai.md"), "# Essai\r\n\r\nUn texte.".into());
    second.insert(place("content/plan.txt"), b"plan\r\n".to_vec());
    let mut third = second.clone();
    let moved = third.remove(&place("content/essai.md")).expect("a page");
    third.insert(place("content/trial.md"), moved);
    third.insert(
        ".mailmap".to_owned(),
        b"Zo\xc3\xa9 Petit <zoe@corp.example>\n".to_vec(),
    );
    let mut made: Vec<Oid> = Vec::new();
    for (state, message) in [(&first, "un"), (&second, "deux"), (&third, "trois")] {
        let parents: Vec<Oid> = made.last().copied().into_iter().collect();
        made.push(builder.commit(&parents, state, message));
    }
    builder.check_out(made[2]);
    [made[0], made[1], made[2]]
}

/// A worktree of its own with a commit checked out, as `git worktree add` makes it.
fn checked_out(builder: &Builder, place: &Path, id: Oid) {
    let name = format!("w{}", &id.to_string()[..8]);
    builder
        .repository
        .worktree(&name, place, None)
        .expect("a worktree");
    let linked = Repository::open(place).expect("the worktree");
    linked.set_head_detached(id).expect("a head");
    let mut how = git2::build::CheckoutBuilder::new();
    let how = how.force().remove_untracked(true);
    linked.checkout_head(Some(how)).expect("a working tree");
}

#[test]
fn head_is_the_plain_build_and_older_states_are_their_checkouts() {
    let mut builder = Builder::new();
    let states = three_states(&mut builder, "");
    let root = builder.folder.path().to_path_buf();
    let day = ["--as-of", "2026-05-04"];
    let plain = site(&root, &day);
    assert!(plain == site(&root, &["--at", "HEAD", day[0], day[1]]));
    assert!(plain == site(&root, &["--at", &states[2].to_string(), day[0], day[1]]));

    let before = below(&root);
    let beside = tempfile::tempdir().expect("a folder");
    for (number, state) in states[..2].iter().enumerate() {
        let hash = state.to_string();
        let past = site(&root, &["--at", &hash, day[0], day[1]]);
        let now: BTreeMap<_, _> = below(&root);
        assert!(number > 0 || before == now, "the repository was touched");
        let place = beside.path().join(&hash);
        checked_out(&builder, &place, *state);
        let mut expected = site(&place, &day);
        expected.remove("manifest.json");
        let mut past = without_banner(past);
        // The lists for reading offline hold the hashes of pages, which have a banner there.
        expected.retain(|path, _| !path.starts_with("_offline/"));
        past.retain(|path, _| !path.starts_with("_offline/"));
        // A past text cannot be edited, so its pages have no such link.
        for bytes in expected.values_mut().chain(past.values_mut()) {
            *bytes = without_edit_link(bytes);
        }
        let differing: Vec<&String> = expected
            .keys()
            .chain(past.keys())
            .filter(|path| expected.get(*path) != past.get(*path))
            .collect();
        assert!(differing.is_empty(), "{hash}: {differing:?}");
    }
}

fn without_edit_link(bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return bytes.to_vec();
    };
    let Some(start) = text.find(" <a href=\"https://forge.example/edit/") else {
        return bytes.to_vec();
    };
    let end = start + text[start..].find("</a>").expect("its end") + "</a>".len();
    format!("{}{}", &text[..start], &text[end..]).into_bytes()
}

pub fn page(site: &Files, path: &str) -> String {
    String::from_utf8(site[path].clone()).expect("a text")
}

#[test]
fn the_banner_says_which_state_and_the_commit_says_the_day() {
    let mut builder = Builder::new();
    // Already 1 March in Lyon, and still 28 February in UTC.
    builder.clock = 1_772_323_200 - 3600;
    let states = three_states(&mut builder, "");
    let root = builder.folder.path();
    let object = builder
        .repository
        .find_object(states[1], None)
        .expect("a commit");
    builder
        .repository
        .tag_lightweight("v1.2", &object, false)
        .expect("a tag");
    let short = &states[1].to_string()[..8];
    let tagged = page(&site(root, &["--at", "v1.2"]), "index.html");
    let words =
        format!("État du parc au 1er mars 2026 (commit {short}, étiquette v1.2). Ce n’est pas");
    assert!(tagged.contains(&words), "{tagged}");
    // `as_of` of that commit's carnet.yaml does not count, as the option's help says.
    assert!(tagged.contains("situation au 1er mars 2026"), "{tagged}");
    let asked = site(root, &["--at", "HEAD~1", "--as-of", "2026-05-04"]);
    let asked = page(
        &asked,
        "content/index.html"
            .strip_prefix("content/")
            .expect("a path"),
    );
    assert!(asked.contains("situation au 4 mai 2026"), "{asked}");
    assert!(
        asked.contains(&format!("(commit {short}). Ce n’est pas")),
        "{asked}"
    );
    assert!(!asked.contains("forge.example/edit/"), "{asked}");
    let head = page(&site(root, &["--at", "HEAD"]), "index.html");
    assert!(!head.contains("past-state") && head.contains("situation au 1er mars 2026"));
    assert!(head.contains("forge.example/edit/"));
}

#[test]
fn history_and_authors_are_those_of_then() {
    let mut builder = Builder::new();
    three_states(&mut builder, "");
    builder.write("content/index.md", "# Pas encore enregistré\n");
    let past = site(builder.folder.path(), &["--at", "HEAD~1"]);
    let history = page(&past, "history/index.html");
    assert!(
        history.contains("deux") && !history.contains("trois"),
        "{history}"
    );
    assert!(history.contains("Zoé Durand") && !history.contains("Zoé Petit"));
    let head = site(builder.folder.path(), &["--at", "HEAD"]);
    assert!(page(&head, "history/index.html").contains("Zoé Petit"));
    assert!(
        head.values()
            .all(|bytes| !String::from_utf8_lossy(bytes).contains("Pas encore enreg"))
    );
}

#[test]
fn a_theme_without_a_banner_cannot_hide_it() {
    let mut builder = Builder::new();
    let own = files([
        ("carnet.yaml", "title: Essai\ntheme: maison\n"),
        ("content/index.md", "# Accueil\n"),
        (
            "themes/maison/templates/base.html",
            "<!DOCTYPE html>\n<html>{% block head %}{% endblock head %}\n<body id=\"x\" class=\"{% block page_class %}{% endblock page_class %}\">{% block main %}{% endblock main %}</body>\n</html>\n",
        ),
    ]);
    let first = builder.commit(&[], &own, "1");
    let last = builder.commit(&[first], &own, "2");
    builder.check_out(last);
    let root = builder.folder.path();
    let past = page(&site(root, &["--at", "HEAD~1"]), "index.html");
    assert!(past.contains("\">\n<p class=\"past-state\""), "{past}");
    assert!(!page(&site(root, &["--at", "HEAD"]), "index.html").contains("past-state"));
}

#[test]
fn a_theme_that_no_longer_fits_makes_way_for_the_default_one() {
    for (template, where_told) in [
        ("{{ frame.nothing_of_the_kind.text }}\n", "home.html:1"),
        ("a\n{% if %}\n", "home.html:2"),
    ] {
        let mut builder = Builder::new();
        let own = files([
            ("carnet.yaml", "title: Essai\ntheme: maison\n"),
            ("content/index.md", "# Accueil\n"),
            ("themes/maison/templates/home.html", template),
        ]);
        let first = builder.commit(&[], &own, "1");
        let last = builder.commit(&[first], &own, "2");
        builder.check_out(last);
        let root = builder.folder.path();
        let out = tempfile::tempdir().unwrap();
        let place = out.path().join("site");
        let build = |state: &str| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
            command.args(["build", "--lang", "fr", "--at", state]);
            command.arg("--root").arg(root).arg("--out").arg(&place);
            command.output().unwrap()
        };
        let now = build("HEAD");
        assert_eq!(now.status.code(), Some(1), "today's theme is to be mended");
        let then = build("HEAD~1");
        let told = String::from_utf8(then.stderr).unwrap();
        assert_eq!(then.status.code(), Some(0), "{told}");
        assert!(told.contains(where_told), "{told}");
        assert!(told.contains("ce thème est celui du commit"), "{told}");
        let home = std::fs::read_to_string(place.join("index.html")).unwrap();
        assert!(home.contains("class=\"past-state\"") && home.contains("<main"));
    }
}

#[test]
fn a_site_below_the_top_and_a_bare_repository() {
    let mut builder = Builder::new();
    three_states(&mut builder, "docs/parc/");
    let root = builder.folder.path().join("docs/parc");
    assert!(
        site(&root, &["--as-of", "2026-05-04"])
            == site(&root, &["--at", "HEAD", "--as-of", "2026-05-04"])
    );

    let mut builder = Builder::new();
    three_states(&mut builder, "");
    let root = builder.folder.path();
    let worked = site(root, &["--at", "HEAD~1"]);
    let beside = tempfile::tempdir().expect("a folder");
    let bare = beside.path().join("parc.git");
    let url = root.display().to_string();
    git2::build::RepoBuilder::new()
        .bare(true)
        .clone(&url, &bare)
        .expect("a bare clone");
    assert!(worked == site(&bare, &["--at", "main~1"]));
    let refused = carnet(&bare, &["build", "--at", "main"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("`--out`"), "{said}");
}

#[test]
fn what_is_said_when_there_is_no_such_state() {
    let mut builder = Builder::new();
    let states = [
        files([("README.md", "# Dépôt\n")]),
        files([("content/index.md", "# Parc\n[[nulle-part]]\n")]),
        files([("content/index.md", "# Parc\n")]),
    ];
    builder.clock = 1_772_366_400;
    let mut made = Vec::new();
    for state in &states {
        let parents: Vec<Oid> = made.last().copied().into_iter().collect();
        made.push(builder.commit(&parents, state, "x"));
    }
    builder.check_out(made[2]);
    let object = builder
        .repository
        .find_object(made[1], None)
        .expect("a commit");
    builder
        .repository
        .tag_lightweight("v2026.1", &object, false)
        .expect("a tag");
    for language in ["fr", "en"] {
        let mut all = String::new();
        for (name, code) in [
            ("v2026.2", 2),
            ("2026-02-28", 2),
            ("HEAD~5", 2),
            (":/x", 2),
            ("HEAD~2", 2),
            ("v2026.1", 1),
            ("HEAD", 0),
        ] {
            let output = carnet(
                builder.folder.path(),
                &["check", "--at", name, "--lang", language],
            );
            assert_eq!(output.status.code(), Some(code), "{name}");
            let said = String::from_utf8_lossy(&output.stderr);
            let _ = write!(all, "$ carnet check --at {name}\n{said}\n");
        }
        let place = format!("tests/cli/at.{language}.stdout");
        let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(place);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&place, &all).expect("the expected text is written");
        }
        assert_eq!(std::fs::read_to_string(&place).unwrap_or_default(), all);
    }
}
