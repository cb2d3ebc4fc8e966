//! `carnet history` and `carnet diff` on a repository made here, with fixed authors and times.
//! `BLESS=1` writes the expected texts of `tests/cli/` anew; the diff is then read by a person.

#[path = "git/builder.rs"]
#[expect(dead_code, reason = "these tests need a part of it only")]
mod builder;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use builder::{Builder, Files, files};

const PROCEDURE: &str = "# Se connecter au VPN\n\n## Ouvrir\n\nOuvrir le poste et attendre.\n\n## Fermer\n\nFermer la session.\n";

fn parc() -> Files {
    files([
        ("carnet.yaml", "title: Parc\n"),
        (
            "inventory/sites/tous.yaml",
            "- {id: lyon, name: Lyon Part-Dieu}\n- {id: annecy, name: Annecy}\n- {id: vpn, name: Relais}\n",
        ),
        (
            "inventory/assets/tous.yaml",
            "- id: srv-ad-01\n  name: Contrôleur de domaine\n  site: lyon\n  price: 1 249,90 €\n  tags: [ad, vieux]\n- {id: pc-01, name: Poste d’accueil, site: lyon}\n",
        ),
        (
            "inventory/licences/suite.yaml",
            "name: Suite\nsoftware: suite\nkey: AAAA-1111-SECRET\n",
        ),
        ("inventory/software/suite.yaml", "name: Suite\n"),
        ("procedures/vpn.md", PROCEDURE),
    ])
}

/// Three commits, the tag `v1` on the first, and a change that is in none.
fn repository() -> Builder {
    let mut builder = Builder::new();
    let first = parc();
    let mut second = first.clone();
    let write = |files: &mut Files, path: &str, text: &str| {
        files.insert(path.to_owned(), text.as_bytes().to_vec());
    };
    write(
        &mut second,
        "inventory/assets/tous.yaml",
        "- id: srv-ad-01\n  name: Contrôleur de domaine\n  site: annecy\n  price: 1 249,90 €\n  warranty_end: 31/12/2027\n  tags: [ad, dns]\n- {id: pc-01, name: Poste d’accueil, site: lyon}\n",
    );
    write(
        &mut second,
        "inventory/licences/suite.yaml",
        "name: Suite\nsoftware: suite\nkey: BBBB-2222-SECRET\n",
    );
    let mut third = second.clone();
    write(
        &mut third,
        "inventory/assets/tous.yaml",
        "- id: srv-ad-01\n  name: Contrôleur de domaine\n  site: annecy\n  price: 1 249,90 €\n  warranty_end: 31/12/2027\n  tags: [ad, dns]\n",
    );
    write(
        &mut third,
        "inventory/sites/tous.yaml",
        "# Nos lieux\n- {id: lyon, name: Lyon Part-Dieu}\n- {id: annecy, name: \"Annecy\"}\n- {id: vpn, name: Relais}\n",
    );
    write(
        &mut third,
        "procedures/vpn.md",
        &PROCEDURE.replace("le poste", "`srv-ad-01`, prévenir @direction"),
    );
    let one = builder.commit(&[], &first, "Premier parc");
    builder.author = ("Léa Roux", "lea@corp.example");
    let two = builder.commit(
        &[one],
        &second,
        "Déménagement à Annecy (!42)\n\nTicket INC-0042.",
    );
    let three = builder.commit(&[two], &third, "Départ de pc-01");
    let repository = &builder.repository;
    let tagged = repository.find_object(one, None).expect("a commit");
    repository
        .tag_lightweight("v1", &tagged, false)
        .expect("a tag");
    repository
        .remote("origin", "https://ci:jeton@gitlab.corp.example/it/parc.git")
        .expect("a remote");
    drop(tagged);
    builder.check_out(three);
    builder.write(
        "inventory/assets/tous.yaml",
        "- id: srv-ad-01\n  name: Contrôleur de domaine\n  site: annecy\n  price: 990 €\n  warranty_end: 31/12/2027\n  tags: [ad, dns]\n",
    );
    builder
}

fn carnet(builder: &Builder, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(arguments).arg("--root");
    command.arg(builder.folder.path());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// Runs a line and compares what it prints as its result.
fn expect(builder: &Builder, name: &str, arguments: &[&str]) -> String {
    let output = carnet(builder, arguments);
    let told = text(&output.stderr);
    assert_eq!(
        (output.status.code(), told.as_str()),
        (Some(0), ""),
        "{name}"
    );
    let found = text(&output.stdout);
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cli")
        .join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).expect("the expected text is written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(expected, found, "{name}");
    assert!(
        !found.contains("SECRET") && !found.contains("jeton"),
        "{name}"
    );
    assert!(
        !found.contains("@corp") && !found.contains('\u{1b}'),
        "{name}"
    );
    found
}

#[test]
fn the_log_of_a_record() {
    let builder = repository();
    for language in ["fr", "en"] {
        let name = format!("history.{language}.stdout");
        expect(
            &builder,
            &name,
            &["history", "SRV-AD-01", "--lang", language],
        );
    }
    let json = ["history", "srv-ad-01", "--format", "json", "--limit", "2"];
    expect(&builder, "history-json.fr.stdout", &json);
    // A record that is no more, one whose key is secret, one of two with the same id.
    expect(&builder, "history-gone.fr.stdout", &["history", "pc-01"]);
    expect(
        &builder,
        "history-secret.fr.stdout",
        &["history", "licence:suite"],
    );
    expect(
        &builder,
        "history-body.fr.stdout",
        &["history", "procedure:vpn"],
    );
}

#[test]
fn names_that_mean_no_single_record() {
    let builder = repository();
    for (id, language, said) in [
        (
            "vpn",
            "fr",
            "erreur\u{a0}: `vpn` peut désigner plusieurs fiches\u{a0}: `procedure:vpn`, `site:vpn`\n",
        ),
        (
            "srv-ad-1",
            "en",
            "error: no record is called `srv-ad-1`, neither today nor in the history; the nearest: `srv-ad-01`\n",
        ),
        (
            "zzz",
            "fr",
            "erreur\u{a0}: aucune fiche ne s’appelle `zzz`, ni aujourd’hui ni dans l’historique\n",
        ),
    ] {
        let output = carnet(&builder, &["history", id, "--lang", language]);
        assert_eq!(output.status.code(), Some(2), "{id}");
        assert_eq!(text(&output.stderr), said, "{id}");
        assert_eq!(text(&output.stdout), "", "{id}");
    }
}

#[test]
fn the_home_page_has_its_log() {
    let mut builder = Builder::new();
    let mut parc = parc();
    let write = |files: &mut Files, path: &str, text: &str| {
        files.insert(path.to_owned(), text.as_bytes().to_vec());
    };
    write(&mut parc, "content/index.md", "# Accueil\n\nBienvenue.\n");
    write(&mut parc, "content/index.en.md", "# Home\n\nWelcome.\n");
    write(
        &mut parc,
        "procedures/README.md",
        "# Procédures\n\nToutes.\n",
    );
    let first = builder.commit(&[], &parc, "Premier");
    write(&mut parc, "content/index.md", "# Accueil\n\nBonjour.\n");
    let last = builder.commit(&[first], &parc, "Salue");
    builder.check_out(last);
    for (asked, head, entries) in [
        ("index", "page:index · Accueil · content/index.md", 2),
        ("page:index", "page:index · ", 2),
        ("page:", "page:index · ", 2),
        ("index.en", "page:index.en · Home · content/index.en.md", 1),
        ("procedure:index", "procedure:index · Procédures · ", 1),
    ] {
        let output = carnet(&builder, &["history", asked]);
        let found = text(&output.stdout);
        assert!(found.starts_with(head), "{asked}: {found}");
        assert_eq!(found.matches("\n    Salue").count(), entries - 1, "{found}");
        assert_eq!(found.matches("\n    Premier").count(), 1, "{found}");
    }
    let missing = carnet(&builder, &["history", "asset:index"]);
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn a_folder_without_a_repository_has_no_log() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("carnet.yaml"), "title: Parc\n").expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(["history", "x", "--lang", "en", "--root"]);
    let output = command.arg(folder.path()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("git init"));
}

#[test]
fn what_differs() {
    let builder = repository();
    expect(&builder, "diff.fr.stdout", &["diff", "v1", "HEAD"]);
    expect(
        &builder,
        "diff.en.stdout",
        &["diff", "v1", "HEAD", "--lang", "en"],
    );
    expect(&builder, "diff-tree.fr.stdout", &["diff", "HEAD"]);
    expect(&builder, "diff-back.fr.stdout", &["diff", "HEAD", "v1"]);
    for format in ["json", "markdown"] {
        let name = format!("diff-{format}.fr.stdout");
        expect(&builder, &name, &["diff", "v1", "HEAD", "--format", format]);
    }
    let summary = ["diff", "v1", "HEAD", "--summary"];
    expect(&builder, "diff-summary.fr.stdout", &summary);
    let of_json = carnet(&builder, &["diff", "v1", "--summary", "--format", "json"]);
    assert_eq!(of_json.status.code(), Some(2));
    assert!(text(&of_json.stderr).contains("`--summary`"));
    let same = expect(&builder, "diff-same.fr.stdout", &["diff", "v1", "v1"]);
    assert!(same.contains("rien ne diffère"));
}

#[test]
fn exit_codes_of_diff() {
    let builder = repository();
    let code = |arguments: &[&str]| carnet(&builder, arguments).status.code();
    assert_eq!(code(&["diff", "v1"]), Some(0));
    assert_eq!(code(&["diff", "v1", "--exit-code"]), Some(1));
    assert_eq!(code(&["diff", "v1", "v1", "--exit-code"]), Some(0));
    assert_eq!(code(&["diff", "v9"]), Some(2));
    assert_eq!(code(&["diff"]), Some(2));
}
