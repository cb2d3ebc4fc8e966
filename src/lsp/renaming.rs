//! A record gets another id, in all files at once.

use lsp_server::{ErrorCode, ResponseError};
use lsp_types::{
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    PrepareRenameResponse, RenameFile, ResourceOp, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use crate::edit::pieces::Pieces;
use crate::edit::rename::rename;
use crate::lsp::draft::Draft;
use crate::lsp::positions;
use crate::lsp::spot::{At, Spot, spot};
use crate::source::SourceFile;

/// The letters that would change, and the id that they mean; `None` where no id stands.
pub(super) fn prepare(draft: &Draft, at: &At) -> Option<PrepareRenameResponse> {
    let Spot::Record { id, range, .. } = spot(draft, at)? else {
        return None;
    };
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: positions::range(&at.file, range),
        placeholder: draft.estate.record(id).source.id.clone(),
    })
}

/// What changes in which file. The error says why it cannot.
pub(super) fn renamed(
    draft: &Draft,
    at: &At,
    new: &str,
) -> Result<Option<WorkspaceEdit>, ResponseError> {
    let Some(Spot::Record { id, .. }) = spot(draft, at) else {
        return Ok(None);
    };
    let renaming = rename(&draft.estate, id, new.trim()).map_err(|why| ResponseError {
        code: ErrorCode::RequestFailed as i32,
        message: why.get(draft.language).to_owned(),
        data: None,
    })?;
    let edits = renaming.pieces.iter().filter_map(|(path, pieces)| {
        let file = draft.source(path)?;
        let edit = document(draft, file, pieces);
        Some(DocumentChangeOperation::Edit(edit))
    });
    // Files are called otherwise after their texts changed: the edits name them as they are.
    let moves = renaming.moves.iter().map(|(from, to)| {
        DocumentChangeOperation::Op(ResourceOp::Rename(RenameFile {
            old_uri: draft.folder.uri(from),
            new_uri: draft.folder.uri(to),
            options: None,
            annotation_id: None,
        }))
    });
    Ok(Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(edits.chain(moves).collect())),
        ..WorkspaceEdit::default()
    }))
}

/// Pieces of one file as the protocol has them.
pub(super) fn document(draft: &Draft, file: &SourceFile, pieces: &Pieces) -> TextDocumentEdit {
    let edits = pieces.iter().map(|(range, text)| {
        OneOf::Left(TextEdit::new(positions::range(file, *range), text.clone()))
    });
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: draft.folder.uri(&file.path),
            version: None,
        },
        edits: edits.collect(),
    }
}
