//! `carnet publish` against a folder and against a store that this test runs: only what changed is sent, what is
//! named before what names it; a sending that is cut short goes on; and nothing but what was put there goes away.

#[path = "sending/bucket.rs"]
mod bucket;
#[path = "sending/folders.rs"]
mod folders;
#[expect(dead_code, reason = "stores answer neither pages nor endlessly")]
#[path = "pulling/server.rs"]
mod server;
#[path = "sending/site.rs"]
mod site;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use bucket::Bucket;

/// What nobody may see.
const CANARY: &str = "CANARI-secret";

fn carnet(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command
        .arg("publish")
        .args(arguments)
        .args(["--lang", "fr"]);
    for name in [
        "AWS_SESSION_TOKEN",
        "AWS_CA_BUNDLE",
        "AWS_ENDPOINT_URL_S3",
        "AWS_REGION",
    ] {
        command.env_remove(name);
    }
    command
}

/// The program with the address of a store and credentials.
fn to_store(bucket: &Bucket, site: &Path, more: &[&str]) -> Command {
    let site = site.to_str().expect("UTF-8");
    let mut command = carnet(&[&[site, "s3://parc/intranet"], more].concat());
    command
        .env("AWS_ENDPOINT_URL", bucket.server.url())
        .env("AWS_DEFAULT_REGION", "eu-west-3")
        .env("AWS_ACCESS_KEY_ID", "AKIDPARC")
        .env("AWS_SECRET_ACCESS_KEY", CANARY)
        .env("HTTP_PROXY", "http://127.0.0.1:9");
    command
}

fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(!out.contains(CANARY) && !err.contains(CANARY), "{out}{err}");
    (output.status.code().expect("it ended by itself"), out, err)
}

fn ran(mut command: Command) -> (i32, String, String) {
    said(&command.output().expect("the program runs"))
}

#[test]
fn a_store_gets_all_in_order_then_only_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, bucket) = (folder.path().join("site"), Bucket::start());
    let foreign = ("parc/intranet/web.config".to_owned(), b"theirs".to_vec());
    bucket.with(|held| held.objects.extend([foreign]));
    let first = site::files(20, "un");
    site::write(&site, &first);
    let (code, _, err) = ran(to_store(&bucket, &site, &[]));
    assert_eq!(code, 0, "{err}");
    let puts = bucket.take_puts();
    let place = |wanted: &str| {
        let place = puts.iter().position(|path| path.contains(wanted));
        place.unwrap_or_else(|| panic!("{wanted} in {puts:?}"))
    };
    let order = [
        "_carnet/style",
        "assets/plan",
        "assets/pc-",
        "feed.xml",
        "manifest.json",
    ];
    let places = order.map(place);
    assert!(places.is_sorted(), "{places:?}");
    let last_page = puts.iter().rposition(|path| path.contains("assets/pc-"));
    assert!(last_page < puts.iter().position(|path| path == "index.html"));
    let mut expected = site::whole(&first);
    expected.insert("web.config".to_owned(), b"theirs".to_vec());
    assert_eq!(bucket.files(), expected);
    bucket.with(|held| {
        assert_eq!(held.faults, Vec::<String>::new());
        let headers = |path: &str| {
            let mut all = held.headers.iter();
            let found = all.find(|(key, _)| key.contains(path));
            found
                .map(|(_, (media, cache))| (media.clone(), cache.clone()))
                .expect(path)
        };
        let (media, cache) = headers("_carnet/style");
        assert_eq!(
            (media.as_str(), cache.contains("immutable")),
            ("text/css; charset=utf-8", true)
        );
        let page = ("text/html; charset=utf-8".to_owned(), "no-cache".to_owned());
        assert_eq!(headers("pc-3/index.html"), page);
    });
    // Nothing changed: nothing is sent, not even the manifest.
    let (code, _, err) = ran(to_store(&bucket, &site, &[]));
    assert_eq!((code, bucket.take_puts().len()), (0, 0), "{err}");
    // One page changes, one goes.
    let mut second = first.clone();
    second.remove("assets/pc-7/index.html");
    second.insert("assets/pc-8/index.html".to_owned(), b"new".to_vec());
    site::write(&site, &second);
    let (code, out, err) = ran(to_store(&bucket, &site, &["--dry-run"]));
    let shown = "+ 3 assets/pc-8/index.html\n- assets/pc-7/index.html\n";
    assert_eq!((code, out.as_str()), (0, shown), "{err}");
    assert!(
        err.contains("1 fichiers") && err.contains("rien n’a été écrit"),
        "{err}"
    );
    assert_eq!(bucket.take_puts(), Vec::<String>::new());
    let (code, _, err) = ran(to_store(&bucket, &site, &[]));
    assert_eq!(code, 0, "{err}");
    assert_eq!(
        bucket.take_puts(),
        ["assets/pc-8/index.html", "manifest.json"]
    );
    let mut expected = site::whole(&second);
    expected.insert("web.config".to_owned(), b"theirs".to_vec());
    assert_eq!(bucket.files(), expected);
}

/// Whatever request fails, the next sending sends the rest, and what an abandoned one put goes away.
#[test]
fn a_sending_that_fails_anywhere_goes_on_with_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    let (first, second) = (site::files(40, "un"), site::files(70, "deux"));
    for fails_after in [0, 1, 2, 3, 20, 35, 60, 76, 77, 79, 80, 81, 82] {
        let bucket = Bucket::start();
        site::write(&site, &first);
        assert_eq!(ran(to_store(&bucket, &site, &[])).0, 0);
        bucket.take_puts();
        bucket.with(|held| held.fails_after = Some((fails_after, 413)));
        site::write(&site, &second);
        let (code, _, err) = ran(to_store(&bucket, &site, &[]));
        if code == 0 {
            // The last requests of all.
            assert!(fails_after > 79, "{fails_after}");
        } else {
            assert!(err.contains("413 EntityTooLarge broken & sorry"), "{err}");
        }
        let sent: Vec<String> = bucket.take_puts();
        bucket.with(|held| held.fails_after = None);
        if fails_after % 2 == 0 {
            let (code, _, err) = ran(to_store(&bucket, &site, &[]));
            assert_eq!(code, 0, "{err}");
            assert_eq!(bucket.files(), site::whole(&second), "after {fails_after}");
            let again = bucket.take_puts();
            let again = again.iter().filter(|path| sent.contains(path)).count();
            assert!(again <= 32, "{again} of {} sent twice", sent.len());
        } else {
            // Another site instead: what the abandoned one put is known and goes.
            site::write(&site, &first);
            let (code, _, err) = ran(to_store(&bucket, &site, &[]));
            assert_eq!(code, 0, "{err}");
            assert_eq!(bucket.files(), site::whole(&first), "after {fails_after}");
        }
    }
}

#[test]
fn a_sending_that_is_killed_goes_on_with_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, bucket) = (folder.path().join("site"), Bucket::start());
    let files = site::files(150, "un");
    site::write(&site, &files);
    bucket.with(|held| held.stalls_after = Some(110));
    let mut command = to_store(&bucket, &site, &[]);
    let mut child = command
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let until = Instant::now() + Duration::from_mins(1);
    while bucket.with(|held| held.changes.len()) < 110 {
        assert!(Instant::now() < until, "it never came so far");
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    let sent: BTreeSet<String> = bucket.take_puts().into_iter().collect();
    bucket.with(|held| held.stalls_after = None);
    let (code, _, err) = ran(to_store(&bucket, &site, &[]));
    assert!(code == 0 && err.contains("reprise"), "{err}");
    let again = bucket.take_puts();
    let twice = again.iter().filter(|path| sent.contains(*path)).count();
    assert!(
        sent.len() > 90 && twice <= 32,
        "{} sent, {twice} twice",
        sent.len()
    );
    assert!(again.len() < files.len(), "{}", again.len());
    assert_eq!(bucket.files(), site::whole(&files));
}

#[test]
fn a_busy_store_is_asked_again_and_a_refusal_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, bucket) = (folder.path().join("site"), Bucket::start());
    site::write(&site, &site::files(1, "un"));
    let mut without = to_store(&bucket, &site, &[]);
    without.env_remove("AWS_SECRET_ACCESS_KEY");
    let (code, _, err) = ran(without);
    assert_eq!(
        (code, err.contains("`AWS_SECRET_ACCESS_KEY`")),
        (2, true),
        "{err}"
    );
    let mut open = to_store(&bucket, &site, &[]);
    open.env("AWS_ENDPOINT_URL", "http://s3.example");
    let (code, _, err) = ran(open);
    assert!(code == 2 && err.contains("n’est pas chiffré"), "{err}");
    bucket.with(|held| held.fails_after = Some((0, 403)));
    let (code, _, err) = ran(to_store(&bucket, &site, &[]));
    assert!(
        code == 2 && err.contains("supprimer sous ce préfixe"),
        "{err}"
    );
    bucket.with(|held| held.fails_after = Some((3, 503)));
    let mut command = to_store(&bucket, &site, &[]);
    let child = command
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    thread::sleep(Duration::from_millis(1500));
    bucket.with(|held| held.fails_after = None);
    let (code, _, err) = said(&child.wait_with_output().expect("it ends"));
    assert!(code == 0 && err.contains("occupé"), "{err}");
    assert_eq!(bucket.files(), site::whole(&site::files(1, "un")));
}

/// A file of somebody else's under a name of the site's: nothing is touched.
#[test]
fn objects_of_others_are_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, bucket) = (folder.path().join("site"), Bucket::start());
    site::write(&site, &site::files(3, "un"));
    for name in ["index.html", "manifest.json"] {
        let key = format!("parc/intranet/{name}");
        bucket.with(|held| held.objects.insert(key.clone(), b"{}".to_vec()));
        let (code, _, err) = ran(to_store(&bucket, &site, &[]));
        let told = err.contains(&format!("`{name}`")) && err.contains("rien n’a été changé");
        assert!(code == 2 && told, "{err}");
        assert_eq!(bucket.take_puts(), Vec::<String>::new());
        bucket.with(|held| held.objects.remove(&key));
    }
}
