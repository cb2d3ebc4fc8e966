//! `carnet doctor` where something stands in the way, and where nothing does; `carnet --version`.

#[allow(dead_code, reason = "other tests use the rest")]
mod running;

use std::fs;
use std::path::Path;

use running::{carnet, command, told};

/// The line about a thing, and the advice below it.
fn about<'t>(told: &'t str, thing: &str) -> Vec<&'t str> {
    let lines: Vec<&str> = told.lines().collect();
    let at = lines.iter().position(|line| {
        let mut words = line
            .split("  ")
            .map(str::trim)
            .filter(|word| !word.is_empty());
        words.nth(1) == Some(thing)
    });
    let at = at.unwrap_or_else(|| panic!("nothing about {thing}: {told}"));
    let advice = lines[at + 1..]
        .iter()
        .take_while(|line| line.trim_start().starts_with('→'));
    std::iter::once(&lines[at])
        .chain(advice)
        .map(|line| line.trim())
        .collect()
}

fn commit(root: &Path, when: i64) {
    let repository = git2::Repository::init(root).expect("a repository");
    let mut index = repository.index().expect("an index");
    index.add_path(Path::new("carnet.yaml")).expect("added");
    let tree = index.write_tree().expect("a tree");
    let tree = repository.find_tree(tree).expect("a tree");
    let time = git2::Time::new(when, 0);
    let author = git2::Signature::new("Camille Exemple", "c@parc.example", &time).expect("a name");
    let made = repository.commit(Some("HEAD"), &author, &author, "Parc", &tree, &[]);
    made.expect("a commit");
}

#[test]
fn a_folder_without_a_project_or_a_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, said) = carnet(folder.path(), &["doctor"]);
    assert_eq!(code, 1, "{said}");
    let project = about(&said, "projet");
    assert!(
        project[0].starts_with("à corriger  projet      aucun dans `"),
        "{project:?}"
    );
    assert!(
        project[1].contains("`carnet init` en commence un"),
        "{project:?}"
    );
    let git = about(&said, "Git");
    assert!(
        git[0].starts_with("à savoir    Git         ce dossier n’est dans aucun dépôt"),
        "{git:?}"
    );
    assert_eq!(git[1], "→ `git init` en crée un");
}

#[test]
fn a_project_in_order() {
    let folder = running::project("title: Parc\nlanguage: fr\n");
    let site = folder.path().join("inventory/sites");
    fs::create_dir_all(&site).expect("a folder");
    fs::write(site.join("lyon.yaml"), "name: Lyon\n").expect("a file");
    commit(folder.path(), 1_700_000_000);
    let mut doctor = command(folder.path(), &["doctor"]);
    doctor.env_remove("SOURCE_DATE_EPOCH");
    let (code, said) = told(doctor);
    assert_eq!(code, 0, "{said}");
    assert!(
        about(&said, "projet")[0].ends_with("fichiers de fiches\u{a0}: 1"),
        "{said}"
    );
    assert!(
        about(&said, "Git")[0].contains("historique entier, commit courant `"),
        "{said}"
    );
    assert!(
        !said.contains("horloge") && !said.contains("jour "),
        "{said}"
    );
    assert!(said.contains("à corriger\u{a0}: 0"), "{said}");
}

#[test]
fn what_is_wrong_is_told_with_what_to_do() {
    let folder = running::project("title: Parc\nlanguage: en\ntitel: x\n");
    commit(folder.path(), 4_000_000_000);
    fs::write(folder.path().join(".git/shallow"), "").expect("a file");
    let mut doctor = command(folder.path(), &["doctor"]);
    doctor.env("SOURCE_DATE_EPOCH", "hier");
    let (code, said) = told(doctor);
    assert_eq!(code, 1, "{said}");
    assert!(
        about(&said, "clock")[0].contains("the last commit is of 2096-10-02"),
        "{said}"
    );
    assert!(about(&said, "day")[0].starts_with("to mend"), "{said}");
    assert_eq!(about(&said, "project")[1], "→ `carnet check` shows them");
}

#[test]
fn a_git_folder_that_is_none_is_told_from_no_repository() {
    let folder = running::project("title: Parc\nlanguage: fr\n");
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    let (code, said) = carnet(folder.path(), &["doctor"]);
    assert_eq!(code, 1, "{said}");
    let git = about(&said, "Git");
    assert!(git[0].starts_with("à corriger"), "{git:?}");
    assert!(git[0].contains(".git is no repository"), "{git:?}");
}

#[test]
fn who_commits_is_to_be_known() {
    let folder = running::project("title: Parc\nlanguage: fr\n");
    commit(folder.path(), 1_700_000_000);
    let told_by = |variables: &[(&str, &str)]| {
        let mut doctor = command(folder.path(), &["doctor"]);
        for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"] {
            doctor.env_remove(name);
        }
        // No file of this machine is Git's.
        doctor.env("HOME", folder.path().join("nobody"));
        doctor.env("XDG_CONFIG_HOME", folder.path().join("nobody"));
        doctor.envs(variables.iter().copied());
        told(doctor)
    };
    let (code, said) = told_by(&[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(
        about(&said, "auteur"),
        [
            "à savoir    auteur      Git ne sait pas qui commite ici\u{a0}: `git commit` refusera",
            "→ `git config --global user.name \"Prénom Nom\"` et `git config --global user.email adresse`"
        ]
    );
    let author = ("GIT_AUTHOR_NAME", "Camille Exemple");
    assert!(told_by(&[author]).1.contains("auteur"));
    let (_, said) = told_by(&[author, ("GIT_AUTHOR_EMAIL", "c@parc.example")]);
    assert!(!said.contains("auteur"), "{said}");
    let repository = git2::Repository::open(folder.path()).expect("a repository");
    let mut config = repository.config().expect("settings");
    config.set_str("user.name", "Camille").expect("set");
    config.set_str("user.email", "c@parc.example").expect("set");
    assert!(!told_by(&[]).1.contains("auteur"));
}

#[test]
fn a_file_is_no_project() {
    let folder = running::project("title: Parc\nlanguage: fr\n");
    let (code, said) = carnet(&folder.path().join("carnet.yaml"), &["doctor"]);
    assert_eq!(code, 1, "{said}");
    let project = about(&said, "projet");
    assert!(
        project[0].ends_with("carnet.yaml` est un fichier"),
        "{project:?}"
    );
}

/// A result that could not be written must not end as one that was.
#[cfg(target_os = "linux")]
#[test]
fn a_result_that_is_cut_is_a_failure() {
    let folder = running::project("title: Parc\nlanguage: fr\n");
    for arguments in [
        &["doctor"][..],
        &["explain", "deadline"],
        &["--version"],
        &["query", "SELECT 1"],
    ] {
        let mut command = command(folder.path(), arguments);
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("a full disk");
        let code = command.stdout(full).status().expect("a run").code();
        assert_eq!(code, Some(2), "{arguments:?}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, said) = carnet(folder.path(), &["--version"]);
    assert_eq!(code, 0);
    let version = concat!("carnet ", env!("CARGO_PKG_VERSION"));
    assert!(said.starts_with(version), "{said}");
}

/// What machines start the program by.
#[test]
fn units_ask_for_what_there_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/systemd");
    let units = running::files(&folder);
    assert_eq!(units.len(), 2, "{units:?}");
    for (path, unit) in units {
        let started = unit
            .lines()
            .find_map(|line| line.strip_prefix("ExecStart="));
        let mut words = started.expect("a program").split_whitespace();
        assert_eq!(words.next(), Some("/usr/bin/carnet"), "{}", path.display());
        let name = words.next().expect("a command");
        let (code, help) = carnet(Path::new("."), &[name, "--help"]);
        assert_eq!(code, 0, "{help}");
        for option in words.filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "{}: {option}", path.display());
        }
    }
}

/// What the Debian package says it holds: files of the repository, or what its script writes.
#[test]
fn the_package_holds_what_there_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect(path);
    let (manifest, script) = (read("Cargo.toml"), read("packaging/deb/build"));
    let (_, list) = manifest.split_once("\nassets = [\n").expect("a list");
    let (list, _) = list.split_once("\n]").expect("its end");
    let mut targets = Vec::new();
    for line in list.lines() {
        let mut quoted = line.split('"').skip(1).step_by(2);
        let (from, to) = (quoted.next().expect(line), quoted.next().expect(line));
        match from.strip_prefix("target/deb/") {
            Some(made) => {
                let made = made.trim_end_matches("/*.1");
                assert!(script.contains(&format!("$made/{made}\"")), "{from}");
            }
            None => assert!(root.join(from).is_file(), "{from}"),
        }
        targets.push(format!("/{to}"));
    }
    let kept = "/etc/carnet/collect.env";
    assert!(targets.iter().any(|to| to == kept), "{targets:?}");
    assert!(manifest.contains(&format!("conf-files = [\"{kept}\"]")));
    let unit = read("packaging/systemd/carnet-collect.service");
    assert!(unit.contains(kept), "{unit}");
    let manual = read("content/manuel/collecte.md");
    let variables = read("packaging/deb/collect.env");
    for variable in variables
        .lines()
        .filter_map(|line| line.strip_prefix("#CARNET"))
    {
        let name = format!("CARNET{}", variable.trim_end_matches('='));
        assert!(manual.contains(&name), "{name}");
    }
}
