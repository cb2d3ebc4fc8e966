//! An editor without a window: it starts `carnet lsp`, speaks the protocol over its pipes, and keeps what it is told.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Nothing takes longer, on whatever machine the tests run.
const PATIENCE: Duration = Duration::from_mins(1);

/// An editor with a project.
pub struct Client {
    pub project: TempDir,
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    last: i64,
    /// The diagnostics of each file, as last told.
    pub told: BTreeMap<String, Vec<Value>>,
}

impl Client {
    /// Opens a project of these files; the conversation has begun.
    pub fn open(files: &[(&str, &str)]) -> Self {
        let mut client = Self::silent(files);
        let root = client.uri("");
        let answer = client.ask(
            "initialize",
            &json!({"processId": null, "rootUri": root.trim_end_matches('/'), "capabilities": {}}),
        );
        assert_eq!(answer["serverInfo"]["name"], "carnet");
        client.notify("initialized", &json!({}));
        client
    }

    /// Starts the server and says nothing.
    pub fn silent(files: &[(&str, &str)]) -> Self {
        let project = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            write(project.path(), path, text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_carnet"))
            .args(["lsp", "--lang", "en"])
            .current_dir(project.path())
            .env_remove("SOURCE_DATE_EPOCH")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (send, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            project,
            input: child.stdin.take(),
            child,
            messages,
            last: 0,
            told: BTreeMap::new(),
        }
    }

    /// The address of a file of the project.
    pub fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.project.path().display())
    }

    /// Sends bytes as they are.
    pub fn send_raw(&mut self, bytes: &str) {
        let input = self.input.as_mut().expect("the server listens");
        input.write_all(bytes.as_bytes()).expect("bytes are sent");
        input.flush().expect("bytes are sent");
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_raw(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    }

    pub fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.next();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// What a request that succeeds answers.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The next message; diagnostics are kept on the way.
    fn next(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE).expect("a message");
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().expect("an address");
            let root = self.uri("");
            let path = uri.strip_prefix(&root).expect("a file of the project");
            let own = message["params"]["diagnostics"].as_array();
            self.told
                .insert(path.to_owned(), own.expect("a list").clone());
        }
        message
    }

    /// Waits until what was told of a file is as wanted.
    pub fn wait(&mut self, path: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let end = Instant::now() + PATIENCE;
        loop {
            let own = self.told.get(path).cloned();
            if let Some(own) = own.filter(|own| wanted(own)) {
                return own;
            }
            assert!(Instant::now() < end, "{path}: {:?}", self.told.get(path));
            self.next();
        }
    }

    /// Waits for a message of the log.
    pub fn logged(&mut self) -> String {
        loop {
            let message = self.next();
            if message["method"] == "window/logMessage" {
                return message["params"]["message"].to_string();
            }
        }
    }

    /// Opens a file as it is on disk.
    pub fn edit(&mut self, path: &str) {
        let text = fs::read_to_string(self.project.path().join(path)).unwrap_or_default();
        self.edit_as(path, &text);
    }

    /// Opens a file with a text.
    pub fn edit_as(&mut self, path: &str, text: &str) {
        let document =
            json!({"uri": self.uri(path), "languageId": "x", "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
    }

    /// Replaces the whole text of an open file.
    pub fn replace(&mut self, path: &str, text: &str) {
        let document = json!({"uri": self.uri(path), "version": 2});
        let changes = json!([{"text": text}]);
        self.notify(
            "textDocument/didChange",
            &json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    /// The parameters of a request about a place.
    pub fn at(&self, path: &str, line: u32, character: u32) -> Value {
        json!({
            "textDocument": {"uri": self.uri(path)},
            "position": {"line": line, "character": character},
        })
    }

    /// The text of a file on disk.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.project.path().join(path)).expect("the file is there")
    }

    /// Does to the files on disk what an answer says, as an editor would.
    pub fn apply(&self, edit: &Value) {
        let root = self.uri("");
        let path = |uri: &Value| {
            let uri = uri.as_str().expect("an address");
            uri.strip_prefix(&root)
                .expect("a file of the project")
                .to_owned()
        };
        for change in edit["documentChanges"].as_array().expect("changes") {
            if change["kind"] == "rename" {
                let (from, to) = (path(&change["oldUri"]), path(&change["newUri"]));
                let folder = self.project.path();
                fs::rename(folder.join(from), folder.join(to)).expect("the file is renamed");
                continue;
            }
            let path = path(&change["textDocument"]["uri"]);
            let mut text = self.text(&path);
            let edits = change["edits"].as_array().expect("edits");
            // From the end, so that places before stay.
            for edit in edits.iter().rev() {
                let at = |place: &Value| offset(&text, place);
                let range = at(&edit["range"]["start"])..at(&edit["range"]["end"]);
                text.replace_range(range, edit["newText"].as_str().expect("a text"));
            }
            write(self.project.path(), &path, &text);
        }
    }

    /// Says goodbye; the exit code of the server.
    pub fn leave(mut self) -> i32 {
        self.ask("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        let status = self.child.wait().expect("the server ends");
        status.code().expect("by itself")
    }

    /// Goes without a word; the exit code of the server.
    pub fn vanish(mut self) -> i32 {
        self.input = None;
        let status = self.child.wait().expect("the server ends");
        status.code().expect("by itself")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The byte of a place of the protocol, whose columns are UTF-16 units.
pub fn offset(text: &str, place: &Value) -> usize {
    let number = |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("few");
    let lines = text.split_inclusive('\n');
    let before: usize = lines.clone().take(number("line")).map(str::len).sum();
    let line = lines.clone().nth(number("line")).unwrap_or_default();
    let mut units = 0;
    let letters = line.chars().take_while(|letter| {
        let is_before = units < number("character");
        units += letter.len_utf16();
        is_before
    });
    before + letters.map(char::len_utf8).sum::<usize>()
}

pub fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().ok()?;
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
