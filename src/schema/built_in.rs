//! The kinds that come with Carnet, and the fields that every record has.

use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};

use crate::schema::{Schema, extend, read};
use crate::source::SourceFile;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/schema/kinds");
static COMMON: &str = include_str!("common.yaml");

static BUILT_IN: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let mut schema = Schema::default();
    let mut diagnostics = Vec::new();
    // That the kinds they refer to exist is a test of `schema`.
    for file in FILES.files() {
        let path = format!("kinds/{}", file.path().display());
        let text = file.contents_utf8().expect("schema files are UTF-8");
        let source = Arc::new(SourceFile::new(path, text));
        let named = read::schema_file(&source, &mut schema, &mut diagnostics);
        if let Some(kind) = schema.kind(&named.kind) {
            let unknown = named
                .words
                .iter()
                .filter_map(|it| extend::unknown(kind, it));
            diagnostics.extend(unknown);
        }
    }
    assert!(
        diagnostics.is_empty(),
        "built-in kinds are valid: {diagnostics:?}"
    );
    Arc::new(schema)
});

/// The built-in kinds.
pub fn built_in() -> Arc<Schema> {
    Arc::clone(&BUILT_IN)
}

/// The fields that every kind has, as a schema text.
pub(super) fn common() -> Arc<SourceFile> {
    Arc::new(SourceFile::new("common.yaml", COMMON))
}
