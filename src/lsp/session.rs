//! The conversation with one editor: its stages, and what goes before what.

use std::collections::{BTreeSet, VecDeque};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, LogMessage, Notification as _, PublishDiagnostics,
};
use lsp_types::{
    CancelParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    InitializeParams, LogMessageParams, MessageType, NumberOrString,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::Diagnostic;
use crate::lsp::draft::Draft;
use crate::lsp::findings::Published;
use crate::lsp::folder::{Folder, disk_path};
use crate::lsp::transport::{self, Incoming};
use crate::lsp::workspace::Workspace;
use crate::lsp::{Settings, capabilities, requests};

/// After this much quiet the rules about the whole are asked: a typist's letters come every 100 to 300 ms.
const PAUSE: Duration = Duration::from_millis(150);

/// A way to find out what is wrong.
type Ask = fn(&mut Workspace, &Settings) -> anyhow::Result<(Arc<Draft>, Arc<[Diagnostic]>)>;

/// Where the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody said anything.
    Fresh,
    /// The editor presented itself.
    Open,
    /// It said that it goes.
    Ending,
}

/// Everything that is remembered of it.
pub(super) struct Session<'s> {
    settings: &'s Settings,
    receive: Receiver<Incoming>,
    output: &'s mut dyn Write,
    queue: VecDeque<Incoming>,
    cancelled: BTreeSet<RequestId>,
    stage: Stage,
    workspace: Option<Workspace>,
    published: Published,
    /// What was said last of a project that cannot be read.
    failure: Option<String>,
}

impl<'s> Session<'s> {
    pub(super) fn new(
        settings: &'s Settings,
        receive: Receiver<Incoming>,
        output: &'s mut dyn Write,
    ) -> Self {
        Self {
            settings,
            receive,
            output,
            queue: VecDeque::new(),
            cancelled: BTreeSet::new(),
            stage: Stage::Fresh,
            workspace: None,
            published: Published::default(),
            failure: None,
        }
    }

    /// Answers until the editor leaves; whether it said so before.
    pub(super) fn run(mut self) -> anyhow::Result<bool> {
        loop {
            while let Ok(incoming) = self.receive.try_recv() {
                self.enqueue(incoming);
            }
            let Some(incoming) = self.queue.pop_front() else {
                self.rest()?;
                continue;
            };
            match incoming {
                Incoming::End => return Ok(self.stage == Stage::Ending),
                Incoming::Broken(why) => self.log(MessageType::WARNING, why)?,
                Incoming::Message(Message::Notification(it)) if it.method == "exit" => {
                    return Ok(self.stage == Stage::Ending);
                }
                Incoming::Message(Message::Notification(it)) => self.hear(it)?,
                Incoming::Message(Message::Request(request)) => {
                    let answer = self.answer(request);
                    self.send(&answer.into())?;
                }
                // What the editor answers to a registration.
                Incoming::Message(Message::Response(_)) => {}
            }
        }
    }

    /// Nobody waits for an answer and no letter is unread: says what is wrong, first what is known at once, then, if
    /// nothing more is typed, what takes longer.
    fn rest(&mut self) -> anyhow::Result<()> {
        let workspace = self.workspace.as_ref();
        if workspace.is_some_and(Workspace::is_unsaid) {
            return self.publish(Workspace::first_findings);
        }
        let stale = workspace.is_some_and(Workspace::is_stale);
        let waiting = if stale {
            self.receive.recv_timeout(PAUSE)
        } else {
            let incoming = self.receive.recv();
            incoming.map_err(|_| RecvTimeoutError::Disconnected)
        };
        match waiting {
            Ok(incoming) => self.enqueue(incoming),
            Err(RecvTimeoutError::Timeout) => self.publish(Workspace::findings)?,
            Err(RecvTimeoutError::Disconnected) => self.enqueue(Incoming::End),
        }
        Ok(())
    }

    /// Takes what came; a request that is not wanted any more is known before its turn.
    fn enqueue(&mut self, incoming: Incoming) {
        if let Incoming::Message(Message::Notification(it)) = &incoming
            && it.method == "$/cancelRequest"
        {
            let given: Option<CancelParams> = serde_json::from_value(it.params.clone()).ok();
            let id = given.map(|given| match given.id {
                NumberOrString::Number(number) => RequestId::from(number),
                NumberOrString::String(text) => RequestId::from(text),
            });
            let waits = |id: &RequestId| {
                self.queue.iter().any(|waiting| {
                    matches!(waiting, Incoming::Message(Message::Request(it)) if it.id == *id)
                })
            };
            self.cancelled.extend(id.filter(waits));
            return;
        }
        self.queue.push_back(incoming);
    }

    fn answer(&mut self, request: Request) -> Response {
        let id = request.id.clone();
        let refuse = |code: ErrorCode, said: &str| {
            Response::new_err(id.clone(), code as i32, said.to_owned())
        };
        if self.cancelled.remove(&request.id) {
            return refuse(ErrorCode::RequestCanceled, "cancelled");
        }
        match (self.stage, request.method.as_str()) {
            (Stage::Fresh, "initialize") => match serde_json::from_value(request.params) {
                Ok(given) => self.begin(id, &given),
                Err(error) => refuse(ErrorCode::InvalidParams, &error.to_string()),
            },
            (Stage::Fresh, _) => refuse(ErrorCode::ServerNotInitialized, "initialize comes first"),
            (Stage::Ending, _) | (_, "initialize") => {
                refuse(ErrorCode::InvalidRequest, "not at this stage")
            }
            (Stage::Open, "shutdown") => {
                self.stage = Stage::Ending;
                Response::new_ok(id, ())
            }
            (Stage::Open, _) => {
                let Some(workspace) = &mut self.workspace else {
                    return Response::new_ok(id, ());
                };
                let settings = self.settings;
                let answer = || requests::answer(workspace, settings, request);
                // A bug in one answer is no reason to leave the editor without others.
                catch_unwind(AssertUnwindSafe(answer)).unwrap_or_else(|_| {
                    workspace.forget();
                    refuse(ErrorCode::InternalError, "internal error")
                })
            }
        }
    }

    fn begin(&mut self, id: RequestId, given: &InitializeParams) -> Response {
        self.stage = Stage::Open;
        let folder = match &self.settings.root {
            Some(root) => Some(Folder::new(root)),
            None => opened(given).or_else(|| Folder::around(Path::new("."))),
        };
        self.workspace = folder.map(Workspace::new);
        Response::new_ok(id, capabilities::capabilities())
    }

    fn hear(&mut self, notification: Notification) -> anyhow::Result<()> {
        if self.stage != Stage::Open {
            return Ok(());
        }
        if notification.method == "initialized" {
            if self.workspace.is_none() {
                let said = "carnet: no project in this folder (carnet.yaml)".to_owned();
                return self.log(MessageType::ERROR, said);
            }
            let watch = Request::new(
                RequestId::from("carnet/watch".to_owned()),
                "client/registerCapability".to_owned(),
                capabilities::watched_files(),
            );
            return self.send(&watch.into());
        }
        let Some(workspace) = &mut self.workspace else {
            return Ok(());
        };
        let method = notification.method.clone();
        if hear(workspace, notification).is_none() && !method.starts_with("$/") {
            let said = format!("{method}: not understood");
            return self.log(MessageType::LOG, said);
        }
        Ok(())
    }

    /// Finds out what is wrong now, and tells what is new.
    fn publish(&mut self, ask: Ask) -> anyhow::Result<()> {
        let Some(workspace) = &mut self.workspace else {
            return Ok(());
        };
        let settings = self.settings;
        let findings = catch_unwind(AssertUnwindSafe(|| ask(workspace, settings)));
        let failure = match findings {
            Ok(Ok((draft, findings))) => {
                for told in self.published.renew(&draft, &findings) {
                    self.tell::<PublishDiagnostics>(&told)?;
                }
                None
            }
            Ok(Err(error)) => Some(format!("{error:#}")),
            Err(_) => {
                workspace.forget();
                Some("internal error".to_owned())
            }
        };
        if failure.is_some() && failure != self.failure {
            self.log(MessageType::ERROR, failure.clone().unwrap_or_default())?;
        }
        self.failure = failure;
        Ok(())
    }

    fn log(&mut self, typ: MessageType, message: String) -> anyhow::Result<()> {
        self.tell::<LogMessage>(&LogMessageParams { typ, message })
    }

    fn tell<N>(&mut self, given: &N::Params) -> anyhow::Result<()>
    where
        N: lsp_types::notification::Notification,
        N::Params: Serialize,
    {
        let notification = Notification::new(N::METHOD.to_owned(), given);
        self.send(&notification.into())
    }

    fn send(&mut self, message: &Message) -> anyhow::Result<()> {
        Ok(transport::write(self.output, message)?)
    }
}

/// The project in what the editor opened.
fn opened(given: &InitializeParams) -> Option<Folder> {
    let folders = given.workspace_folders.iter().flatten();
    let folders = folders.filter_map(|folder| disk_path(&folder.uri));
    #[expect(deprecated, reason = "editors of before 2021 send no list of folders")]
    let root = given.root_uri.as_ref().and_then(disk_path);
    let mut all = folders.chain(root);
    all.find_map(|path| Folder::around(&path))
}

/// Takes what an editor tells of its files; `None` for what is not understood.
fn hear(workspace: &mut Workspace, notification: Notification) -> Option<()> {
    fn given<T: DeserializeOwned>(notification: Notification) -> Option<T> {
        serde_json::from_value(notification.params).ok()
    }
    match notification.method.as_str() {
        DidOpenTextDocument::METHOD => {
            let given: DidOpenTextDocumentParams = given(notification)?;
            if let Some(path) = workspace.folder.path_of(&given.text_document.uri) {
                workspace.open(&path, given.text_document.text);
            }
        }
        DidChangeTextDocument::METHOD => {
            let given: DidChangeTextDocumentParams = given(notification)?;
            if let Some(path) = workspace.folder.path_of(&given.text_document.uri) {
                workspace.edit(&path, given.content_changes);
            }
        }
        DidCloseTextDocument::METHOD => {
            let given: DidCloseTextDocumentParams = given(notification)?;
            if let Some(path) = workspace.folder.path_of(&given.text_document.uri) {
                workspace.close(&path);
            }
        }
        DidSaveTextDocument::METHOD => {
            let given: DidSaveTextDocumentParams = given(notification)?;
            workspace.changed(workspace.folder.path_of(&given.text_document.uri));
        }
        DidChangeWatchedFiles::METHOD => {
            let given: DidChangeWatchedFilesParams = given(notification)?;
            let paths = given.changes.iter();
            let paths = paths.filter_map(|change| workspace.folder.path_of(&change.uri));
            let paths: Vec<String> = paths.collect();
            workspace.changed(paths);
        }
        _ => return None,
    }
    Some(())
}
