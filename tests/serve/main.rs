//! `carnet serve` as editors meet it: a save shows at once, a mistake shows over the last good page, and
//! nothing but the site is ever read.
#![cfg(unix)]

mod after;
mod drafts;
mod mistakes;
mod safety;
mod upheavals;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A text that no answer may hold.
const CANARY: &str = "canari-7f3a";

const PRINTER: &str = "---\ntitle: Imprimante\n---\n\n## Étape\n\nTexte un.\n";

/// A project that is being served.
struct Served {
    folder: TempDir,
    address: SocketAddr,
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_carnet")), arguments)
    }

    /// Serves by a command that ends with the program's name, and may have words before it.
    fn start_by(mut command: Command, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("projet");
        write(&root, "carnet.yaml", "title: Essai\nas_of: 2026-11-20\n");
        write(&root, "procedures/imprimante.md", PRINTER);
        write(
            &root,
            "procedures/vpn.md",
            "---\ntitle: VPN\n---\n\nTunnel.\n",
        );
        let assets = "- id: pc-001\n  name: Poste 1\n  type: laptop\n- id: pc-002\n  name: Poste 2\n  type: laptop\n";
        write(&root, "inventory/assets/lyon.yaml", assets);
        write(&root, ".env", CANARY);
        write(folder.path(), "canary.txt", CANARY);
        let mut child = command
            .args(["serve", "--port", "0", "--root"])
            .arg(&root)
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut before = String::new();
        let ready = loop {
            let line = lines.next();
            let line = line.unwrap_or_else(|| panic!("no address: {before}"));
            let line = line.unwrap();
            if line.contains("http://") {
                break line;
            }
            before.push_str(&line);
        };
        said.lock().unwrap().push_str(&before);
        let address = ready.split("http://").nth(1).unwrap();
        let address = address.split('/').next().unwrap().parse().unwrap();
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut heard = heard.lock().unwrap();
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        Self {
            folder,
            address,
            child,
            said,
        }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("projet")
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.root(), path, text);
    }

    fn raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        let address = self.address;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        self.raw(request.as_bytes())
    }

    /// Asks for a page until it says what is expected, and returns how long that took.
    fn wait(&self, path: &str, expected: impl Fn(&str) -> bool) -> Duration {
        let started = Instant::now();
        loop {
            let answer = self.get(path);
            if expected(&answer) {
                return started.elapsed();
            }
            assert!(
                started.elapsed() < Duration::from_secs(8),
                "still, at {path}: {answer}\n{}",
                self.said.lock().unwrap()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn findings(&self) -> serde_json::Value {
        let answer = self.get("/_carnet/diagnostics.json");
        serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap()
    }

    /// The messages of the live stream, as they come.
    fn listen(&self) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(8)))
            .unwrap();
        write!(
            stream,
            "GET /_carnet/live HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.address
        )
        .unwrap();
        BufReader::new(stream)
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn message(stream: &mut BufReader<TcpStream>) -> String {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended");
        if let Some(message) = line.strip_prefix("data: ") {
            return message.trim_end().to_owned();
        }
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn a_save_is_seen_and_told() {
    let served = Served::start(&["--no-history"]);
    let page = served.get("/procedures/imprimante/");
    assert!(page.contains("Texte un.") && page.contains("src=\"/_carnet/live.js\" data-tag="));
    assert!(served.get("/_carnet/live.js").contains("EventSource"));
    let mut tab = served.listen();
    let first = message(&mut tab);
    served.write("procedures/imprimante.md", &PRINTER.replace("un.", "deux."));
    let took = served.wait("/procedures/imprimante/", |page| {
        page.contains("Texte deux.")
    });
    assert!(took < Duration::from_secs(1), "{took:?}");
    let second = message(&mut tab);
    assert_ne!(first, second);
    assert!(
        second.bytes().all(|byte| byte.is_ascii_digit()),
        "only a number: {second}"
    );
    // The mark of a page changes with the page, and only then.
    let tag = |path: &str| {
        served
            .get(path)
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with("etag:"))
            .map(str::to_owned)
    };
    let (printer, vpn) = (tag("/procedures/imprimante/"), tag("/procedures/vpn/"));
    served.write(
        "procedures/imprimante.md",
        &PRINTER.replace("un.", "trois."),
    );
    message(&mut tab);
    served.wait("/procedures/imprimante/", |page| {
        page.contains("Texte trois.")
    });
    assert_ne!(tag("/procedures/imprimante/"), printer);
    assert_eq!(tag("/procedures/vpn/"), vpn);
}

#[test]
fn editors_save_in_many_ways() {
    let served = Served::start(&["--no-history"]);
    let path = served.root().join("procedures/imprimante.md");
    let shows = |text: &str| served.wait("/procedures/imprimante/", |page| page.contains(text));
    // By a temporary file renamed over it, as vim and VS Code do.
    let temporary = served.root().join("procedures/.imprimante.md.swp");
    fs::write(&temporary, PRINTER.replace("un.", "renommé.")).unwrap();
    fs::rename(&temporary, &path).unwrap();
    shows("Texte renommé.");
    // In place, in two halves.
    let mut file = fs::File::create(&path).unwrap();
    file.write_all(&PRINTER.as_bytes()[..20]).unwrap();
    std::thread::sleep(Duration::from_millis(15));
    file.write_all(&PRINTER.replace("un.", "sur place.").as_bytes()[20..])
        .unwrap();
    drop(file);
    shows("Texte sur place.");
    // With the same length and the same time.
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, PRINTER.replace("un.", "sur plage.")).unwrap();
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(time)
        .unwrap();
    shows("Texte sur plage.");
    // With its folder renamed to another, and back.
    fs::rename(
        served.root().join("procedures"),
        served.root().join("ailleurs"),
    )
    .unwrap();
    served.wait("/procedures/imprimante/", |page| status(page) == "404");
    fs::rename(
        served.root().join("ailleurs"),
        served.root().join("procedures"),
    )
    .unwrap();
    shows("Texte sur plage.");
    fs::write(&path, PRINTER.replace("un.", "final.")).unwrap();
    shows("Texte final.");
}

#[test]
fn files_are_compared_when_asked() {
    let served = Served::start(&["--no-history", "--poll"]);
    std::thread::sleep(Duration::from_millis(1200));
    served.write(
        "procedures/imprimante.md",
        &PRINTER.replace("un.", "bien plus long."),
    );
    served.wait("/procedures/imprimante/", |page| {
        page.contains("Texte bien plus long.")
    });
}

/// A Git command in the project that is served.
fn git(served: &Served, arguments: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Essai",
            "-c",
            "user.email=essai@parc.example",
        ])
        .args(arguments)
        .current_dir(served.root())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_commit_is_seen() {
    let served = Served::start(&[]);
    let git = |arguments: &[&str]| git(&served, arguments);
    git(&["init", "--quiet"]);
    git(&["add", "procedures"]);
    git(&["commit", "--quiet", "--message", "Première version"]);
    served.wait("/history/", |page| page.contains("Première version"));
    git(&["commit", "--quiet", "--allow-empty", "--message", "Rien"]);
    served.write(
        "procedures/vpn.md",
        "---\ntitle: VPN\n---\n\nTunnel neuf.\n",
    );
    git(&["commit", "--quiet", "--all", "--message", "Tunnel changé"]);
    served.wait("/history/", |page| page.contains("Tunnel changé"));
}

#[test]
fn a_save_that_is_in_no_commit_yet_is_told_as_such() {
    let served = Served::start(&[]);
    git(&served, &["init", "--quiet"]);
    git(&served, &["add", "."]);
    git(&served, &["commit", "--quiet", "--message", "Début"]);
    let pending = |page: &str| page.contains("Pas encore enregistré");
    served.wait("/procedures/imprimante/", |page| {
        page.contains("Début") && !pending(page)
    });
    // Whatever the commit still tells of the index is over before the save.
    std::thread::sleep(Duration::from_millis(300));
    let deux = PRINTER.replace("un.", "deux.");
    served.write("procedures/imprimante.md", &deux);
    served.wait("/procedures/imprimante/", pending);
    std::thread::sleep(Duration::from_millis(300));
    served.write("procedures/imprimante.md", PRINTER);
    served.wait("/procedures/imprimante/", |page| !pending(page));
    // Nothing is built again once all is told.
    let mut tab = served.listen();
    let settled = message(&mut tab);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(message(&mut served.listen()), settled);
}
