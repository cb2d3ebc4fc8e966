//! A running `carnet collect`, and agents that need no library.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;

pub const TOKEN: &str = "jeton-d-essai-CANARI-0123456789";

/// A process that listens; killed when it is dropped.
pub struct Endpoint {
    child: Child,
    pub port: u16,
    text: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Endpoint {
    pub fn start(root: &Path, arguments: &[&str]) -> Self {
        Self::start_with(root, arguments, &[])
    }

    pub fn start_with(root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
        command
            .args(["collect", "--port", "0", "--root"])
            .arg(root)
            .args(arguments);
        for name in ["TOKEN", "USER", "PASSWORD"] {
            command.env_remove(format!("CARNET_COLLECT_{name}"));
        }
        command
            .envs(variables.iter().copied())
            .env("LC_ALL", "fr_FR.UTF-8");
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("carnet starts");
        let mut lines = BufReader::new(child.stderr.take().expect("piped"));
        let mut first = String::new();
        lines.read_line(&mut first).expect("a line");
        let port = first
            .split("http://127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let port = port
            .and_then(|port| port.parse().ok())
            .unwrap_or_else(|| panic!("{first}"));
        let text = Arc::new(Mutex::new(first));
        let own = Arc::clone(&text);
        let reader = thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut text = own.lock().expect("no panic");
                text.push_str(&line);
                text.push('\n');
            }
        });
        Self {
            child,
            port,
            text,
            reader: Some(reader),
        }
    }

    /// What it has said so far.
    pub fn said(&self) -> String {
        self.text.lock().expect("no panic").clone()
    }

    /// All that it said; after its end.
    pub fn told(&mut self) -> String {
        if let Some(reader) = self.reader.take() {
            reader.join().expect("no panic");
        }
        self.said()
    }

    /// As a service manager ends it; the exit code.
    pub fn terminate(&mut self) -> Option<i32> {
        let line = format!("kill -TERM {}", self.child.id());
        let asked = Command::new("sh").args(["-c", &line]).status();
        assert!(asked.expect("a shell").success());
        self.child.wait().expect("it ends").code()
    }

    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Posts a body; the answer as text, nothing when there is none.
pub fn post(port: u16, headers: &[(&str, &str)], body: &[u8]) -> Option<String> {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let length = body.len();
    let mut head = format!(
        "POST / HTTP/1.1\r\nHost: inventaire.example\r\nConnection: close\r\nContent-Length: {length}\r\n"
    );
    for (name, value) in headers {
        for part in [name, ": ", value, "\r\n"] {
            head.push_str(part);
        }
    }
    head.push_str("\r\n");
    socket.write_all(head.as_bytes()).ok()?;
    // It may be answered before all is sent.
    let _ = socket.write_all(body);
    answer(&mut socket)
}

/// What comes back on a socket.
pub fn answer(socket: &mut TcpStream) -> Option<String> {
    socket
        .set_read_timeout(Some(Duration::from_secs(30)))
        .ok()?;
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        match socket.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            Err(_) if bytes.is_empty() => return None,
            Err(_) => break,
        }
    }
    (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

pub fn status(answer: &str) -> u16 {
    let code = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
    code.unwrap_or_else(|| panic!("{answer}"))
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// The inventory of an invented machine, as large as a real one.
pub fn inventory(number: usize) -> Vec<u8> {
    let softwares: Vec<String> = (0..400)
        .map(|one| {
            format!(
                "{{\"name\": \"Paquet {one}\", \"version\": \"1.{one}\", \"comments\": \"{}\"}}",
                "x".repeat(80)
            )
        })
        .collect();
    format!(
        "{{\"action\": \"inventory\", \"deviceid\": \"PC-{number}\", \"itemtype\": \"Computer\", \"content\": {{
        \"hardware\": {{\"name\": \"PC-{number}\", \"winprodkey\": \"CANARI-CLE\"}},
        \"bios\": {{\"ssn\": \"EXL-{number:05}\"}},
        \"envs\": [{{\"key\": \"JETON\", \"val\": \"CANARI\"}}],
        \"softwares\": [{}]}}}}",
        softwares.join(", ")
    )
    .into_bytes()
}

pub fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["inventory/assets", "content"] {
        fs::create_dir_all(folder.path().join(name)).expect("folders");
    }
    fs::write(folder.path().join("carnet.yaml"), "title: Essai\n").expect("written");
    folder
}

/// Makes the project a repository on `main`, with one commit.
pub fn repository(root: &Path) -> impl Fn(&[&str]) -> String + '_ {
    let git = move |arguments: &[&str]| {
        let output = Command::new("git")
            .current_dir(root)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .args([
                "-c",
                "user.name=Essai",
                "-c",
                "user.email=essai@parc.example",
            ])
            .args(arguments)
            .output()
            .expect("git runs");
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{arguments:?}: {text}");
        text
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "carnet.yaml"]);
    git(&["commit", "-q", "-m", "début"]);
    git
}

/// All files under a folder with their bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = fs::read(&path).expect("a file");
            all.push((path, bytes));
        }
    }
    all
}
