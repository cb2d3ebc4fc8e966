//! Secrets of all kinds in every place that a project and its history have: no byte of what is told, published or kept
//! holds one, nothing is published while one stands, and what is allowed by its fingerprint is.
#![cfg(unix)]

#[path = "secrets/estate.rs"]
mod estate;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use estate::{Estate, MARKED};
use flate2::read::GzDecoder;

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command
        .args(arguments)
        .arg("--root")
        .arg(root)
        .current_dir(root);
    command.env("LC_ALL", "fr_FR.UTF-8");
    command
}

/// How the program ended, and all that it told.
fn carnet(root: &Path, arguments: &[&str]) -> (i32, String) {
    let output = command(root, arguments).output().expect("carnet runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    (output.status.code().unwrap_or(-1), text)
}

/// Names and contents of all files of a folder; what is compressed, unfolded.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let mut bytes = fs::read(&path).expect("a file");
            if path.extension().is_some_and(|end| end == "gz") {
                let mut unfolded = Vec::new();
                let mut reader = GzDecoder::new(bytes.as_slice());
                reader.read_to_end(&mut unfolded).expect("unfolded");
                bytes = unfolded;
            }
            let name = path.to_string_lossy().into_owned();
            let text = format!("{name}\n{}", String::from_utf8_lossy(&bytes));
            found.insert(name, text);
        }
    }
    found
}

/// The secrets that some texts hold, each with where; as they are, and as JSON or HTML writes them.
fn leaks(estate: &Estate, texts: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in texts {
        for secret in estate.secrets() {
            let forms = [
                secret.clone(),
                secret.replace('&', "&amp;").replace('/', "&#x2F;"),
                secret.replace('/', "\\/"),
                secret.to_lowercase(),
            ];
            if forms.iter().any(|form| text.contains(form.as_str())) {
                found.push(format!("{name}: {secret}"));
            }
        }
    }
    found
}

/// What an editor hears of a page and a record that it opens and points at.
fn edited(root: &Path) -> String {
    let path = |name: &str| format!("file://{}", root.join(name).display());
    let page = path("procedures/acces.md");
    let text = fs::read_to_string(root.join("procedures/acces.md")).expect("a page");
    let messages = [
        serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": {"capabilities": {}, "rootUri": format!("file://{}", root.display())}}),
        serde_json::json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        serde_json::json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
            {"uri": page, "languageId": "markdown", "version": 1, "text": text}}}),
        serde_json::json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover",
            "params": {"textDocument": {"uri": page}, "position": {"line": 6, "character": 8}}}),
        serde_json::json!({"jsonrpc": "2.0", "id": 3, "method": "shutdown"}),
        serde_json::json!({"jsonrpc": "2.0", "method": "exit"}),
    ];
    let mut child = command(root, &["lsp"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("carnet runs");
    let mut pipe = child.stdin.take().expect("a pipe");
    for message in messages {
        let text = message.to_string();
        write!(pipe, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("written");
        if message["id"].is_null() {
            // What is found is told on its own, once the project was read.
            std::thread::sleep(std::time::Duration::from_millis(1_500));
        }
    }
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// What a browser gets of some pages, and what stands in the terminal meanwhile.
fn served(root: &Path) -> String {
    let mut child = command(root, &["serve", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("carnet runs");
    let mut lines = BufReader::new(child.stderr.take().expect("a pipe"));
    let (mut told, mut address) = (String::new(), None);
    while address.is_none() {
        let before = told.len();
        assert!(lines.read_line(&mut told).expect("a line") > 0, "{told}");
        let line = told[before..].to_owned();
        address = line.split("http://").nth(1).map(|rest| {
            rest.split(['/', ' ', '\n'])
                .next()
                .unwrap_or_default()
                .to_owned()
        });
    }
    let address = address.expect("an address");
    for path in [
        "/",
        "/procedures/acces/",
        "/assets/pc-01/",
        "/history/",
        "/assets/",
    ] {
        let mut stream = TcpStream::connect(&address).expect("a connection");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )
        .expect("asked");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        assert!(answer.len() > 500, "{path}");
        told.push_str(&String::from_utf8_lossy(&answer));
    }
    child.kill().expect("ended");
    lines.read_to_string(&mut told).expect("the rest");
    child.wait().expect("ended");
    told
}

#[test]
fn no_secret_is_told_published_or_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let estate = Estate::write(folder.path());
    let root = folder.path();
    let sources = leaks(&estate, &files(root));
    assert!(sources.len() > 20, "the sources hold them: {sources:?}");

    let mut told = BTreeMap::new();
    let mut tell = |arguments: &[&str], codes: &[i32]| {
        let (code, said) = carnet(root, arguments);
        assert!(codes.contains(&code), "{arguments:?}: {code} {said}");
        told.insert(arguments.join(" "), said);
    };
    for format in ["human", "short", "json", "github", "gitlab", "sarif"] {
        tell(&["check", "--format", format], &[1]);
        tell(&["check", "--format", format, "--lang", "en"], &[1]);
    }
    tell(&["build", "--timings"], &[1]);
    tell(&["build", "--keep-going", "--format", "json"], &[1]);
    assert!(!root.join("_site").exists(), "nothing is published");
    for arguments in [
        &["history", "pc-01"][..],
        &["history", "pc-01", "--format", "json"],
        &["diff", "HEAD~1"],
        &["diff", "HEAD~1", "HEAD", "--format", "json"],
        &["diff", "HEAD~1", "HEAD", "--format", "markdown"],
        &["search", "tournesol"],
        &["query", "select * from assets"],
        &["labels"],
        &["fix"],
        &["rename", "asset", "pc-01", "pc-02", "--dry-run"],
        &["build", "--at", "HEAD~1", "--out", "_past"],
        &["import", "csv", "liste.csv", "--dry-run"],
    ] {
        tell(arguments, &[0, 1]);
    }
    told.insert("lsp".into(), edited(root));
    assert!(told["lsp"].contains("published-secret"), "{}", told["lsp"]);
    told.insert("serve".into(), served(root));
    assert!(root.join("_past/index.html").exists(), "{told:?}");
    assert_eq!(leaks(&estate, &told), Vec::<String>::new());
    assert_eq!(
        leaks(&estate, &files(&root.join("_past"))),
        Vec::<String>::new()
    );
    assert_eq!(
        leaks(&estate, &files(&root.join(".carnet"))),
        Vec::<String>::new()
    );

    // Every place that was meant is found.
    let found = &told["check --format short"];
    for path in MARKED {
        assert!(found.contains(path), "{path} is not told:\n{found}");
    }
    assert!(found.contains("past-secret"), "{found}");

    // Who lowers the level publishes dots.
    let config = fs::read_to_string(root.join("carnet.yaml")).expect("a file");
    let config = format!("{config}levels: {{published-secret: info}}\n");
    fs::write(root.join("carnet.yaml"), config).expect("written");
    let (code, said) = carnet(root, &["build", "--out", "_site", "--keep-going"]);
    let site = files(&root.join("_site"));
    assert!(code < 2 && site.len() > 20, "{said}");
    assert_eq!(leaks(&estate, &site), Vec::<String>::new());
    assert_eq!(
        leaks(&estate, &files(&root.join(".carnet"))),
        Vec::<String>::new()
    );
    assert!(!root.join("_site/inventory/assets/releve.txt").exists());
}

#[test]
fn what_is_allowed_with_a_reason_is_published_and_the_list_does_not_hold_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir_all(root.join("procedures")).expect("a folder");
    let page =
        "---\ntitle: Exemple\n---\n\nAu guide : mot de passe : Tournesol77 ou pwd=Capucine88.\n";
    fs::write(root.join("procedures/guide.md"), page).expect("written");
    let build = || carnet(root, &["build", "--no-history"]);
    assert_eq!(build().0, 1);
    for wrong in [
        &["allow", "procedures/guide.md:5"][..],
        &["allow", "procedures/guide.md:5", "--reason", " "],
        &["allow", "procedures/guide.md:4", "--reason", "rien ici"],
        &["allow", "procedures/guide.md", "--reason", "sans ligne"],
        &[
            "allow",
            "procedures/guide.md:5:3",
            "--reason",
            "autre colonne",
        ],
    ] {
        assert_eq!(carnet(root, wrong).0, 2, "{wrong:?}");
    }
    let reason = "l’exemple du fabricant";
    let (code, said) = carnet(
        root,
        &["allow", "procedures/guide.md:5", "--reason", reason],
    );
    assert_eq!(code, 0, "{said}");
    let list = fs::read_to_string(root.join("inventory/_secrets.yaml")).expect("a list");
    assert!(list.contains(reason), "{list}");
    assert!(!list.contains("Tournesol77") && !said.contains("Tournesol77"));
    // Twice the same is once.
    carnet(
        root,
        &["allow", "procedures/guide.md:5", "--reason", reason],
    );
    assert_eq!(
        fs::read_to_string(root.join("inventory/_secrets.yaml")).expect("a list"),
        list
    );
    let (code, said) = build();
    assert_eq!(code, 0, "{said}");
    let shown = fs::read_to_string(root.join("_site/procedures/guide/index.html")).expect("a page");
    assert!(shown.contains("Tournesol77") && shown.contains("Capucine88"));
    // A comment in the file allows nothing to be published.
    fs::remove_file(root.join("inventory/_secrets.yaml")).expect("removed");
    let page = page.replace(
        "Au guide",
        "<!-- carnet: allow(published-secret, exemple) -->\nAu guide",
    );
    fs::write(root.join("procedures/guide.md"), page).expect("written");
    assert_eq!(build().0, 0);
    let shown = fs::read_to_string(root.join("_site/procedures/guide/index.html")).expect("a page");
    assert!(!shown.contains("Tournesol77") && shown.contains("..........."));
}

#[test]
fn commands_that_write_files_keep_what_they_do_not_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir_all(root.join("inventory/assets")).expect("a folder");
    let text =
        "name: PC\nstatus: in-service\nnotes: |\n  mdp : Tournesol77\nwaranty_end: 2027-01-01\n";
    fs::write(root.join("inventory/assets/pc-01.yaml"), text).expect("written");
    let (code, said) = carnet(root, &["fix", "--write"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        !said.contains("Tournesol77") && said.contains("••••••••"),
        "{said}"
    );
    let now = fs::read_to_string(root.join("inventory/assets/pc-01.yaml")).expect("a record");
    assert_eq!(now, text.replace("waranty", "warranty"));
    fs::write(root.join("liste.txt"), "pc-01\n").expect("written");
    let (_, said) = carnet(
        root,
        &["scan", "liste.txt", "--write", "--date", "2026-11-01"],
    );
    let now = fs::read_to_string(root.join("inventory/assets/pc-01.yaml")).expect("a record");
    assert!(
        now.contains("mdp : Tournesol77") && now.contains("2026-11-01"),
        "{said}{now}"
    );
    assert_eq!(carnet(root, &["rename", "asset", "pc-01", "pc-09"]).0, 0);
    let now = fs::read_to_string(root.join("inventory/assets/pc-09.yaml")).expect("a record");
    assert!(now.contains("mdp : Tournesol77"), "{now}");
}
