//! The tutorial of the manual, followed word by word in a folder where nothing was set up: its files are written, its
//! commands are run as they stand, and what it says is printed is printed.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// Commands of Carnet's and Git's that a newcomer types until the change log is shown.
const MOST_COMMANDS: usize = 10;

/// A block of a page: its language and its text.
type Block = (String, String);

fn blocks(page: &str) -> Vec<Block> {
    let mut all = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("\n```") {
        let (language, after) = after.split_once('\n').expect("a block");
        let (text, after) = after.split_once("```").expect("its end");
        all.push((language.to_owned(), text.to_owned()));
        rest = after;
    }
    all
}

/// Somebody at a terminal: nothing of this machine's settings but the programs that there are.
struct Newcomer {
    home: TempDir,
    folder: PathBuf,
    language: &'static str,
    commands: usize,
    told: String,
    server: Option<Child>,
    address: String,
}

impl Drop for Newcomer {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

impl Newcomer {
    fn new(language: &'static str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        Self {
            folder: home.path().to_owned(),
            home,
            language,
            commands: 0,
            told: String::new(),
            server: None,
            address: String::new(),
        }
    }

    fn shell(&self, line: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_carnet"));
        let folder = program.parent().expect("a folder").display();
        let path = std::env::var("PATH").expect("programs");
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(&self.folder);
        command.env_clear();
        command.env("PATH", format!("{folder}:{path}"));
        command.env("HOME", self.home.path());
        command.env("LANG", self.language);
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Camille Exemple");
            command.env(format!("GIT_{role}_EMAIL"), "camille@parc.example");
        }
        command
    }

    /// Types a line.
    fn types(&mut self, line: &str) {
        self.commands += 1;
        if let Some(folder) = line.strip_prefix("cd ") {
            self.folder.push(folder);
        } else if line.starts_with("carnet serve") {
            self.serves();
        } else {
            let Output { stdout, stderr, .. } = self.shell(line).output().expect("a shell");
            self.told = String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned();
        }
    }

    /// Starts the server without a browser, at a port that is free, and waits until it says where it is.
    fn serves(&mut self) {
        let mut command = self.shell("exec carnet serve --port 0");
        let mut server = command.stderr(Stdio::piped()).spawn().expect("a server");
        let said = BufReader::new(server.stderr.take().expect("its words"));
        for line in said.lines().map_while(Result::ok) {
            if let Some((_, address)) = line.split_once("http://") {
                let host = address.split('/').next().expect("a host");
                host.trim().clone_into(&mut self.address);
                break;
            }
        }
        self.server = Some(server);
    }

    /// A page of the server.
    fn page(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a server");
        let host = &self.address;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    /// Saves a file that the page shows: its first line names it.
    fn saves(&self, (language, text): &Block) {
        let (first, rest) = text.split_once('\n').expect("a first line");
        let name = first.trim_matches(['#', '<', '>', '!', '-', ' ']);
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        // The line is a comment in YAML, and no part of a page.
        let text = if language == "yaml" { text } else { rest };
        fs::write(path, text).expect("written");
    }
}

/// Follows a page to its end, and gives the newcomer and what was said of the record at last.
fn follow(page: &str, language: &'static str) -> (Newcomer, String) {
    let mut newcomer = Newcomer::new(language);
    let mut history = String::new();
    for block in blocks(page) {
        match block.0.as_str() {
            "sh" => {
                for line in block.1.lines() {
                    newcomer.types(line);
                    if line.starts_with("carnet history") {
                        assert!(newcomer.commands <= MOST_COMMANDS, "{}", newcomer.commands);
                        history.clone_from(&newcomer.told);
                    }
                }
            }
            "text" => {
                let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
                let (wanted, told) = (plain(block.1.trim()), plain(&newcomer.told));
                assert!(told.contains(&wanted), "{wanted}\n\n{told}");
            }
            _ => newcomer.saves(&block),
        }
    }
    (newcomer, history)
}

#[test]
fn the_tutorial_holds_word_by_word() {
    let pages = [
        (
            "fr_FR.UTF-8",
            include_str!("../content/manuel/premiers-pas.md"),
            "fiche ajoutée",
        ),
        (
            "en_GB.UTF-8",
            include_str!("../content/manuel/premiers-pas.en.md"),
            "  added",
        ),
    ];
    for (language, page, added) in pages {
        let (newcomer, history) = follow(page, language);
        assert!(history.contains(added), "{history}");
        let home = newcomer.page("/");
        assert!(home.starts_with("HTTP/1.1 200"), "{home}");
        let site = newcomer.folder.join("_site/assets");
        let mut servers = fs::read_dir(site).expect("a site").flatten();
        let is_ours = |name: &str| name.starts_with("srv-f");
        let server = servers.find(|entry| entry.file_name().to_str().is_some_and(is_ours));
        let text = fs::read_to_string(server.expect("a server").path().join("index.html"));
        let text = text.expect("a page");
        assert!(text.contains("EX000003"), "the slip was mended");
        let check = newcomer
            .shell("carnet check --strict --no-history")
            .output();
        assert!(
            check.expect("a shell").status.success(),
            "nothing is left to mend"
        );
    }
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(arguments).output().expect("carnet runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_new_project_is_sound_and_nothing_is_written_over() {
    let templates = ["company", "clients", "school"];
    let languages = ["fr", "en"].into_iter();
    for (language, template) in
        languages.flat_map(|language| templates.map(|name| (language, name)))
    {
        let project = tempfile::tempdir().expect("a temporary folder");
        let root = project.path().join("parc").display().to_string();
        let init = || run(&["init", &root, "--lang", language, "--template", template]);
        assert_eq!(code(&init()), 0);
        let check = run(&["check", "--strict", "--no-history", "--root", &root]);
        let told = text(&check.stderr);
        assert_eq!(code(&check), 0, "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");

        let home = Path::new(&root).join("content/index.md");
        fs::write(&home, "# Le mien\n").expect("a file");
        let ignored = Path::new(&root).join(".gitignore");
        fs::write(&ignored, "*.log").expect("a file");
        let again = text(&init().stderr);
        assert!(again.contains("content/index.md"), "{again}");
        assert_eq!(fs::read_to_string(&home).expect("a file"), "# Le mien\n");
        let ignored = fs::read_to_string(&ignored).expect("a file");
        assert_eq!(ignored, "*.log\n/_site/\n/.carnet/\n");
    }
}
