//! `carnet import --url` against servers that this test runs: all pages come in, those that fail are asked
//! again, a pull that was killed goes on, and no token is anywhere but in the heads of requests.

#[path = "pulling/glpi.rs"]
mod glpi;
#[path = "pulling/jira.rs"]
mod jira;
#[path = "pulling/jira_and_ninjaone.rs"]
mod jira_and_ninjaone;
#[path = "pulling/ninjaone.rs"]
mod ninjaone;
#[path = "pulling/refusals.rs"]
mod refusals;
#[expect(dead_code, reason = "no pull is run without its tokens")]
mod running;
#[path = "pulling/secured.rs"]
mod secured;
#[path = "pulling/server.rs"]
mod server;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use glpi::Glpi;
use running::{CANARY, files, told};
use server::{Reply, Server};

/// The program, with the tokens of all servers.
fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = running::command(root, arguments);
    for (name, value) in [
        ("CARNET_GLPI_TOKEN", glpi::TOKEN),
        ("CARNET_GLPI_APP_TOKEN", glpi::APPLICATION),
        ("CARNET_JIRA_TOKEN", jira::TOKEN),
        ("CARNET_NINJAONE_ID", ninjaone::ID),
        ("CARNET_NINJAONE_SECRET", ninjaone::SECRET),
        // Nothing listens there: what is asked of this machine goes through no proxy.
        ("HTTP_PROXY", "http://127.0.0.1:9"),
        ("ALL_PROXY", "http://127.0.0.1:9"),
        ("NO_PROXY", "localhost"),
    ] {
        command.env(name, value);
    }
    command
}

fn carnet(root: &Path, arguments: &[&str]) -> (i32, String) {
    told(command(root, arguments))
}

fn project() -> tempfile::TempDir {
    running::project("title: Essai\nas_of: 2026-11-20\n")
}

/// No file holds a secret.
fn no_secret(folder: &Path) {
    for (path, text) in files(folder) {
        assert!(!text.contains(CANARY), "{}", path.display());
    }
}

fn records(root: &Path, kind: &str) -> usize {
    files(&root.join("inventory").join(kind)).len()
}

fn has_spool(root: &Path) -> bool {
    let left = files(&root.join(".carnet/pull"));
    left.iter()
        .any(|(path, _)| path.extension().is_some_and(|end| end == "json"))
}

fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_mins(1), "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn is_computers(range: &str) -> impl Fn(&server::Request) -> bool {
    move |request| request.path.ends_with("/Computer") && request.query("range") == range
}

#[test]
fn glpi_comes_in_page_by_page_and_nothing_changes_the_second_time() {
    let console = Glpi::new(120);
    let server = Server::start(move |request| console.answer(request));
    let folder = project();
    let root = folder.path();
    let url = server.url();
    let arguments = ["import", "glpi", "--url", &url];
    let (code, told) = carnet(root, &arguments);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("Computer\u{a0}: 120"), "{told}");
    assert_eq!(
        (records(root, "assets"), records(root, "tickets")),
        (120, 1)
    );
    let computer = fs::read_to_string(root.join("inventory/assets/pc-120.yaml")).expect("there");
    assert!(
        computer.contains("price: ") && computer.contains("2025-01-15"),
        "{computer}"
    );
    let ticket = fs::read_to_string(root.join("inventory/tickets/7.yaml"));
    let ticket = ticket.unwrap_or_else(|_| format!("{:?}", files(&root.join("inventory/tickets"))));
    assert!(
        ticket.contains("Plus rien") && ticket.contains("closed"),
        "{ticket}"
    );
    assert!(!has_spool(root));
    no_secret(root);
    for range in ["0-49", "50-99", "100-149"] {
        assert_eq!(server.count(is_computers(range)), 1, "{range}");
    }
    assert_eq!(
        server.count(|request| request.path.ends_with("/initSession")),
        1
    );
    assert_eq!(
        server.count(|request| request.path.ends_with("/killSession")),
        1
    );
    for request in server.asked() {
        assert!(!request.target().contains(CANARY), "{}", request.target());
    }

    let before = files(&root.join("inventory"));
    let (code, told) = carnet(root, &[&arguments[..], &["--complete"]].concat());
    assert_eq!(code, 0, "{told}");
    assert_eq!(files(&root.join("inventory")), before);
}

/// A process that is killed when the test is done with it.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_pull_that_was_killed_goes_on_where_it_stopped() {
    let console = Glpi::new(120);
    let stalled = AtomicUsize::new(0);
    let server = Server::start(move |request| {
        let is_third = is_computers("100-149")(request);
        if is_third && stalled.fetch_add(1, Ordering::SeqCst) == 0 {
            return Reply::Stall;
        }
        console.answer(request)
    });
    let folder = project();
    let root = folder.path();
    let url = server.url();
    let arguments = ["import", "glpi", "--url", &url];
    let mut first = command(root, &arguments);
    let first = first.stdout(Stdio::null()).stderr(Stdio::null());
    let first = Killed(first.spawn().expect("carnet runs"));
    wait_for("the third page is asked", || {
        server.count(is_computers("100-149")) == 1
    });
    // Another that would write is refused before it asks; one that only looks, because the answers of a
    // source are one import's.
    let looking = ["import", "glpi", "--url", &url, "--dry-run"];
    for (arguments, of) in [
        (&arguments[..], "ce projet"),
        (&looking[..], "cette source"),
    ] {
        let (code, told) = carnet(root, arguments);
        assert_eq!(code, 2, "{told}");
        let expected = format!("un autre import de {of} est en cours");
        assert!(told.contains(&expected), "{told}");
    }
    drop(first);
    assert!(has_spool(root));
    no_secret(root);

    let (code, told) = carnet(root, &arguments);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("reprise d’une demande"), "{told}");
    for (range, times) in [("0-49", 1), ("50-99", 1), ("100-149", 2)] {
        assert_eq!(server.count(is_computers(range)), times, "{range}");
    }
    assert_eq!(
        (records(root, "assets"), records(root, "tickets")),
        (120, 1)
    );
    assert!(!has_spool(root));
}

#[test]
fn busy_servers_broken_connections_and_ended_sessions_are_asked_again() {
    let console = Arc::new(Glpi::new(120));
    let times = AtomicUsize::new(0);
    let inner = Arc::clone(&console);
    let server = Server::start(move |request| {
        if !is_computers("50-99")(request) {
            return inner.answer(request);
        }
        match times.fetch_add(1, Ordering::SeqCst) {
            0 => Reply::Json(429, vec![("Retry-After", "0".to_owned())], String::new()),
            1 => match inner.answer(request) {
                Reply::Json(_, _, body) => Reply::Cut(body),
                other => other,
            },
            2 => {
                inner.forget();
                inner.answer(request)
            }
            _ => inner.answer(request),
        }
    });
    let folder = project();
    let url = server.url();
    let (code, told) = carnet(folder.path(), &["import", "glpi", "--url", &url]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("le serveur est occupé (429)"), "{told}");
    assert!(told.contains("s’est rompue"), "{told}");
    assert_eq!(server.count(is_computers("50-99")), 4);
    assert_eq!(
        server.count(|request| request.path.ends_with("/initSession")),
        2
    );
    assert_eq!(records(folder.path(), "assets"), 120);
    no_secret(folder.path());
}

#[test]
fn what_was_deleted_meanwhile_makes_its_part_begin_again() {
    let console = Glpi::new(120);
    let times = AtomicUsize::new(0);
    let server = Server::start(move |request| match console.answer(request) {
        Reply::Json(status, _, body)
            if is_computers("50-99")(request) && times.fetch_add(1, Ordering::SeqCst) == 0 =>
        {
            let range = vec![("Content-Range", "50-99/119".to_owned())];
            Reply::Json(status, range, body)
        }
        reply => reply,
    });
    let folder = project();
    let url = server.url();
    let (code, told) = carnet(folder.path(), &["import", "glpi", "--url", &url]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(server.count(is_computers("0-49")), 2);
    assert_eq!(records(folder.path(), "assets"), 120);
    assert!(told.contains("Computer\u{a0}: 120"), "{told}");
}

#[test]
fn glpi_is_asked_no_further_than_the_day() {
    let console = Glpi::new(120);
    let server = Server::start(move |request| console.answer(request));
    let folder = project();
    let url = server.url();
    let arguments = ["import", "glpi", "--url", &url, "--since", "2026-11-27"];
    let (code, told) = carnet(folder.path(), &arguments);
    assert_eq!(code, 0, "{told}");
    // The 27th and the 28th of 120 computers over 28 days.
    assert_eq!(records(folder.path(), "assets"), 8, "{told}");
    assert_eq!(records(folder.path(), "tickets"), 0);
    assert_eq!(
        server.count(|request| request.path.ends_with("/Computer")),
        1
    );
}

#[test]
fn what_a_token_may_not_read_is_told_and_no_complete_import_goes_without_it() {
    let console = Glpi::refusing(3, &["User", "Ticket"]);
    let server = Server::start(move |request| console.answer(request));
    let folder = project();
    let root = folder.path();
    let url = server.url();
    let arguments = ["import", "glpi", "--url", &url, "--complete"];
    let (code, told) = carnet(root, &arguments);
    assert_eq!((code, records(root, "assets")), (2, 0), "{told}");
    assert!(told.contains("avec `--complete`"), "{told}");
    let (code, told) = carnet(root, &arguments[..4]);
    assert_eq!((code, records(root, "assets")), (0, 3), "{told}");
}

#[test]
fn a_dry_run_writes_nothing_and_leaves_nothing() {
    let console = Glpi::new(3);
    let server = Server::start(move |request| console.answer(request));
    let folder = project();
    let root = folder.path();
    let url = server.url();
    let (code, told) = carnet(root, &["import", "glpi", "--url", &url, "--dry-run"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("+name: PC-001"), "{told}");
    assert_eq!(files(&root.join("inventory")), []);
    assert!(!has_spool(root));
}
