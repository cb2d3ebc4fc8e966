//! Which function answers what.

use std::sync::Arc;

use lsp_server::{ErrorCode, Request, Response, ResponseError};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, Formatting, GotoDefinition, HoverRequest,
    PrepareRenameRequest, References, Rename, Request as _,
};
use lsp_types::{
    CodeActionParams, CompletionParams, DocumentFormattingParams, DocumentSymbolParams,
    DocumentSymbolResponse, GotoDefinitionParams, HoverParams, ReferenceParams, RenameParams,
    TextDocumentPositionParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::lsp::draft::Draft;
use crate::lsp::spot::At;
use crate::lsp::workspace::Workspace;
use crate::lsp::{
    Settings, actions, completion, definition, formatting, hover, positions, renaming, symbols,
};
use crate::source::SourceFile;

/// What is known when a request is answered.
struct Asked<'w> {
    workspace: &'w mut Workspace,
    settings: &'w Settings,
}

type Answer<T> = Result<Option<T>, ResponseError>;

/// Answers one request.
pub(super) fn answer(workspace: &mut Workspace, settings: &Settings, request: Request) -> Response {
    let mut asked = Asked {
        workspace,
        settings,
    };
    match request.method.as_str() {
        HoverRequest::METHOD => reply(request, |given: HoverParams| {
            asked.at(&given.text_document_position_params, hover::hover)
        }),
        GotoDefinition::METHOD => reply(request, |given: GotoDefinitionParams| {
            let place = &given.text_document_position_params;
            asked.at(place, definition::definition)
        }),
        References::METHOD => reply(request, |given: ReferenceParams| {
            let declared = given.context.include_declaration;
            asked.at(&given.text_document_position, |draft, at| {
                definition::references(draft, at, declared)
            })
        }),
        Completion::METHOD => reply(request, |given: CompletionParams| {
            asked.at(&given.text_document_position, completion::completion)
        }),
        PrepareRenameRequest::METHOD => reply(request, |given: TextDocumentPositionParams| {
            asked.at(&given, renaming::prepare)
        }),
        Rename::METHOD => reply(request, |given: RenameParams| {
            let new = &given.new_name;
            let place = &given.text_document_position;
            let edit = asked.at(place, |draft, at| {
                renaming::renamed(draft, at, new).transpose()
            });
            edit?.transpose()
        }),
        DocumentSymbolRequest::METHOD => reply(request, |given: DocumentSymbolParams| {
            let found = asked.file(&given.text_document.uri)?;
            Ok(found.map(|(draft, file)| {
                DocumentSymbolResponse::Nested(symbols::symbols(&draft, &file.path))
            }))
        }),
        Formatting::METHOD => reply(request, |given: DocumentFormattingParams| {
            let found = asked.file(&given.text_document.uri)?;
            Ok(found.map(|(draft, file)| formatting::formatting(&draft, &file)))
        }),
        CodeActionRequest::METHOD => reply(request, |given: CodeActionParams| asked.mends(&given)),
        method => {
            let said = format!("{method} is not offered");
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, said)
        }
    }
}

/// Reads what is given, and writes what is answered.
fn reply<P: DeserializeOwned, T: Serialize>(
    request: Request,
    answer: impl FnOnce(P) -> Answer<T>,
) -> Response {
    let id = request.id;
    let given = serde_json::from_value(request.params).map_err(|error| ResponseError {
        code: ErrorCode::InvalidParams as i32,
        message: error.to_string(),
        data: None,
    });
    match given.and_then(answer) {
        Ok(found) => Response::new_ok(id, found),
        Err(error) => Response {
            id,
            response_result: Err(error),
        },
    }
}

impl Asked<'_> {
    /// The draft and the text that an address names; `None` for what is no file of the project.
    fn file(&mut self, uri: &Uri) -> Answer<(Arc<Draft>, Arc<SourceFile>)> {
        let draft = self.workspace.draft(self.settings).map_err(failed)?;
        let Some(path) = self.workspace.folder.path_of(uri) else {
            return Ok(None);
        };
        let open = self.workspace.text(&path);
        let file = open.or_else(|| draft.source(&path)).cloned();
        Ok(file.map(|file| (draft, file)))
    }

    /// What a function says of a place.
    fn at<T>(
        &mut self,
        place: &TextDocumentPositionParams,
        function: impl FnOnce(&Draft, &At) -> Option<T>,
    ) -> Answer<T> {
        let found = self.file(&place.text_document.uri)?;
        Ok(found.and_then(|(draft, file)| {
            let offset = positions::offset(&file, place.position);
            function(&draft, &At { file, offset })
        }))
    }

    /// The mends of what is found in a range.
    fn mends(&mut self, given: &CodeActionParams) -> Answer<lsp_types::CodeActionResponse> {
        let Some((draft, file)) = self.file(&given.text_document.uri)? else {
            return Ok(None);
        };
        let (_, findings) = self.workspace.findings(self.settings).map_err(failed)?;
        Ok(Some(actions::actions(
            &draft,
            &findings,
            &file,
            given.range,
        )))
    }
}

/// The project cannot be read.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the form that `map_err` takes"
)]
fn failed(error: anyhow::Error) -> ResponseError {
    ResponseError {
        code: ErrorCode::RequestFailed as i32,
        message: format!("{error:#}"),
        data: None,
    }
}
