//! `carnet collect` as agents meet it: many at once, slow ones, strangers, and a process that is ended in
//! the middle; and what becomes of an inventory between the socket and a commit.

#[path = "collect/endpoint.rs"]
mod endpoint;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use endpoint::{Endpoint, TOKEN, files, inventory, post, project, repository, status, zlib};

/// What no inventory may bring in.
const CANARY: &[u8] = b"CANARI";

fn names(waiting: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(waiting).into_iter().flatten();
    let texts = entries.filter_map(|entry| {
        let path = entry.expect("an entry").path();
        let is_whole = path.extension().is_some_and(|end| end == "json");
        // One that is imported meanwhile is gone.
        is_whole.then(|| fs::read_to_string(&path).ok()).flatten()
    });
    texts
        .map(|text| {
            let read: serde_json::Value = serde_json::from_str(&text).expect("whole files only");
            read[0]["deviceid"].as_str().expect("a device").to_owned()
        })
        .collect()
}

fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_mins(1), "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn two_hundred_agents_at_once_while_twenty_stand_still() {
    let folder = project();
    let endpoint = Endpoint::start(folder.path(), &["--no-import"]);
    let port = endpoint.port;
    // Half a head, half a body, nothing at all: they keep their connections until the test ends.
    let stalled: Vec<TcpStream> = (0..20)
        .map(|number| {
            let mut socket = TcpStream::connect(("127.0.0.1", port)).expect("connected");
            let parts = [
                "",
                "POST / HT",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n{\"deviceid\"",
            ];
            socket
                .write_all(parts[number % 3].as_bytes())
                .expect("sent");
            socket
        })
        .collect();
    let start = Instant::now();
    for _ in 0..2 {
        thread::scope(|scope| {
            for number in 0..200 {
                scope.spawn(move || {
                    let body = zlib(&inventory(number));
                    let said = post(
                        port,
                        &[("Content-Type", "application/x-compress-zlib")],
                        &body,
                    );
                    assert_eq!(status(&said.expect("an answer")), 200, "{number}");
                });
            }
        });
    }
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(30), "{elapsed:?}");
    let waiting = folder.path().join(".carnet-collect/waiting");
    assert_eq!(names(&waiting).len(), 200);
    assert_eq!(fs::read_dir(&waiting).expect("a folder").count(), 200);
    drop(stalled);
    println!("400 inventories in {elapsed:?}");
}

/// Agents that keep on posting while the process is ended; those whose inventory was answered for.
fn until_ended(endpoint: &mut Endpoint, end: impl FnOnce(&mut Endpoint)) -> BTreeSet<String> {
    let port = endpoint.port;
    let answered = Mutex::new(BTreeSet::new());
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for agent in 0..16 {
            let (answered, is_over) = (&answered, &is_over);
            scope.spawn(move || {
                for number in (0..).map(|count| agent + 16 * count) {
                    if is_over.load(Ordering::SeqCst) {
                        return;
                    }
                    let said = post(port, &[], &zlib(&inventory(number)));
                    if said.is_some_and(|said| status(&said) == 200) {
                        let mut all = answered.lock().expect("no panic");
                        all.insert(format!("PC-{number}"));
                    }
                }
            });
        }
        wait_for("some are answered", || {
            answered.lock().expect("no panic").len() > 50
        });
        end(endpoint);
        is_over.store(true, Ordering::SeqCst);
    });
    answered.into_inner().expect("no panic")
}

#[test]
fn what_was_answered_for_survives_the_end_of_the_process() {
    for asked in [true, false] {
        let folder = project();
        let mut endpoint = Endpoint::start(folder.path(), &["--no-import"]);
        let answered = until_ended(&mut endpoint, |endpoint| {
            if asked {
                assert_eq!(endpoint.terminate(), Some(0));
            } else {
                endpoint.kill();
            }
        });
        let waiting = folder.path().join(".carnet-collect/waiting");
        // `names` has read every file as a whole inventory.
        let stored = names(&waiting);
        let lost: Vec<&String> = answered.difference(&stored).collect();
        assert!(lost.is_empty(), "asked: {asked}, lost: {lost:?}");
        fs::write(waiting.join("x.7.tmp"), "{\"hal").expect("written");
        drop(endpoint);
        let endpoint = Endpoint::start(folder.path(), &["--no-import"]);
        let all = fs::read_dir(&waiting).expect("a folder").count();
        assert_eq!(all, stored.len());
        let said = post(endpoint.port, &[], &zlib(&inventory(0))).expect("an answer");
        assert_eq!(status(&said), 200);
        assert_eq!(names(&waiting).len(), stored.len());
    }
}

#[test]
fn strangers_and_damaged_requests_leave_nothing() {
    let folder = project();
    let endpoint = Endpoint::start_with(
        folder.path(),
        &["--no-import"],
        &[("CARNET_COLLECT_TOKEN", TOKEN)],
    );
    let port = endpoint.port;
    let right = format!("Bearer {TOKEN}");
    let wrong = format!("Bearer {TOKEN}x");
    let body = zlib(&inventory(1));
    let said = post(port, &[("Authorization", &wrong)], &body).expect("an answer");
    assert_eq!(status(&said), 401);
    assert!(
        said.to_lowercase()
            .contains("www-authenticate: basic realm="),
        "{said}"
    );
    assert_eq!(status(&post(port, &[], &body).expect("an answer")), 401);
    let own = [("Authorization", right.as_str())];
    let bomb = zlib(&vec![b' '; 64 << 20]);
    assert_eq!(status(&post(port, &own, &bomb).expect("an answer")), 413);
    let mut torn = body.clone();
    torn.truncate(body.len() / 2);
    assert_eq!(status(&post(port, &own, &torn).expect("an answer")), 400);
    // Told too long: refused before it is sent.
    let mut socket = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    let head = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: {right}\r\nContent-Length: 99999999\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).expect("sent");
    assert_eq!(
        status(&endpoint::answer(&mut socket).expect("an answer")),
        413
    );
    // It goes away in the middle of its body.
    let mut socket = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    let head = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: {right}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(head.as_bytes()).expect("sent");
    socket.write_all(&body[..body.len() / 2]).expect("sent");
    drop(socket);
    assert_eq!(status(&post(port, &own, &body).expect("an answer")), 200);
    let waiting = folder.path().join(".carnet-collect/waiting");
    assert_eq!(fs::read_dir(waiting).expect("a folder").count(), 1);
}

#[test]
fn nobody_listens_to_the_network_without_a_secret() {
    let folder = project();
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
        command
            .args(["collect", "--root"])
            .arg(folder.path())
            .args(arguments);
        command.args(["--port", "0", "--lang", "en"]);
        for name in ["TOKEN", "USER", "PASSWORD"] {
            command.env_remove(format!("CARNET_COLLECT_{name}"));
        }
        command.envs(variables.iter().copied());
        let output = command.output().expect("carnet runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, told) = run(&["--bind", "0.0.0.0"], &[]);
    assert!(
        code == Some(2) && told.contains("CARNET_COLLECT_TOKEN"),
        "{told}"
    );
    let (code, told) = run(&[], &[("CARNET_COLLECT_TOKEN", "court-CANARI")]);
    assert!(
        code == Some(2) && told.contains("16") && !told.contains("CANARI"),
        "{told}"
    );
    let (code, told) = run(&[], &[("CARNET_COLLECT_USER", "agent")]);
    assert!(code == Some(2) && told.contains("go together"), "{told}");
    let (code, told) = run(&["--no-import", "--commit", "main"], &[]);
    assert!(code == Some(2) && told.contains("--no-import"), "{told}");
    let (code, told) = run(&["--commit", "main"], &[]);
    assert!(code == Some(2) && told.contains("Git"), "{told}");
}

#[test]
fn an_inventory_becomes_a_record_and_a_commit_and_no_secret_stays() {
    let folder = project();
    let root = folder.path();
    let git = repository(root);
    // Somebody works here: a file is staged, another not yet.
    fs::write(root.join("inventory/assets/autre.yaml"), "name: Autre\n").expect("written");
    git(&["add", "inventory/assets/autre.yaml"]);
    fs::write(
        root.join("content/brouillon.md"),
        "---\ntitle: Brouillon\n---\n",
    )
    .expect("written");
    let mut endpoint = Endpoint::start(root, &["--quiet", "0", "--commit", "main"]);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for name in ["pc-accueil.json", "pc-atelier.xml", "sw-essai.xml"] {
        let body = fs::read(fixtures.join(name)).expect("a fixture");
        let said = post(endpoint.port, &[], &zlib(&body)).expect("an answer");
        assert_eq!(status(&said), 200, "{said}");
    }
    let made = root.join("inventory/assets/sw-essai.yaml");
    let waiting = root.join(".carnet-collect/waiting");
    let is_empty = || fs::read_dir(&waiting).expect("a folder").count() == 0;
    let is_committed = || !root.join(".carnet-collect/uncommitted.json").exists();
    wait_for("they are imported", || {
        made.exists() && is_empty() && is_committed()
    });
    wait_for("it is committed", || {
        git(&["log", "--format=%s"]).contains("agents GLPI")
    });
    assert_eq!(endpoint.terminate(), Some(0));
    let told = endpoint.told();
    assert!(!told.contains("CANARI"), "{told}");
    assert!(told.contains("validé dans Git"), "{told}");
    for (path, bytes) in files(root) {
        let found = bytes.windows(CANARY.len()).any(|window| window == CANARY);
        assert!(!found, "{}", path.display());
    }
    let status = git(&["status", "--porcelain"]);
    assert_eq!(status, "A  inventory/assets/autre.yaml\n?? content/\n");
    let shown = git(&["log", "--stat", "--format=%s%n%b"]);
    assert!(shown.contains("inventory/assets/sw-essai.yaml"), "{shown}");
    assert!(shown.contains("inventory/_imports/glpi/"), "{shown}");
    assert!(
        !shown.contains("autre.yaml") && !shown.contains("brouillon"),
        "{shown}"
    );
}

#[test]
fn what_cannot_be_imported_is_put_aside_with_the_reason() {
    let folder = project();
    let root = folder.path();
    let spool = root.join(".carnet-collect");
    fs::create_dir_all(spool.join("waiting")).expect("folders");
    fs::write(spool.join("waiting/a-1.json"), "{\"content\": 1}").expect("written");
    // Imported at the start: they waited already.
    let mut endpoint = Endpoint::start(root, &["--quiet", "0"]);
    let reason = spool.join("rejected/a-1.txt");
    wait_for("it is put aside", || reason.exists());
    let text = fs::read_to_string(&reason).expect("a reason");
    assert!(text.contains("content"), "{text}");
    wait_for("it is told", || endpoint.said().contains("a-1.json"));
    // A project that cannot be read makes all wait, and nothing is lost.
    let broken = root.join("inventory/assets/casse.yaml");
    fs::write(&broken, "a: [\n").expect("written");
    let said = post(endpoint.port, &[], &inventory(1)).expect("an answer");
    assert_eq!(status(&said), 200);
    wait_for("it is told", || endpoint.said().contains("casse.yaml"));
    assert_eq!(names(&spool.join("waiting")).len(), 1);
    assert_eq!(endpoint.terminate(), Some(0));
    fs::remove_file(broken).expect("removed");
    let _endpoint = Endpoint::start(root, &["--quiet", "0"]);
    let made = root.join("inventory/assets/pc-1.yaml");
    wait_for("it is imported", || made.exists());
}

#[test]
fn a_process_killed_at_any_moment_loses_and_doubles_nothing() {
    let folder = project();
    let root = folder.path();
    let git = repository(root);
    let arguments = ["--quiet", "0", "--commit", "main"];
    for turn in 0..6 {
        let mut endpoint = Endpoint::start(root, &arguments);
        for number in turn * 10..turn * 10 + 10 {
            let said = post(endpoint.port, &[], &zlib(&inventory(number))).expect("an answer");
            assert_eq!(status(&said), 200);
        }
        // While it waits, imports or commits.
        thread::sleep(Duration::from_millis(150 * turn as u64));
        endpoint.kill();
        // As a person would who is told of it.
        let _ = fs::remove_file(root.join(".git/index.lock"));
    }
    let mut endpoint = Endpoint::start(root, &arguments);
    let waiting = root.join(".carnet-collect/waiting");
    wait_for("all is imported", || names(&waiting).is_empty());
    wait_for("all is committed", || {
        !root.join(".carnet-collect/uncommitted.json").exists()
    });
    assert_eq!(endpoint.terminate(), Some(0));
    let assets = fs::read_dir(root.join("inventory/assets")).expect("a folder");
    let assets: BTreeSet<String> = assets
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let expected: BTreeSet<String> = (0..60).map(|number| format!("pc-{number}.yaml")).collect();
    assert_eq!(assets, expected);
    assert_eq!(git(&["status", "--porcelain"]), "");
    assert_eq!(git(&["ls-files", "inventory/assets"]).lines().count(), 60);
}
