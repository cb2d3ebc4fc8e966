//! Where a file stands says what it holds: `inventory/<folder>/`, `procedures/`, `content/`.

use std::sync::Arc;

use crate::diagnostic::Language;
use crate::schema::{Kind, Schema};

/// The three folders of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// `inventory/`.
    Inventory,
    /// `procedures/`.
    Procedures,
    /// `content/`.
    Content,
}

/// What a path says about its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The kind of its records.
    pub kind: Arc<Kind>,
    /// Which tree it is in.
    pub area: Area,
    /// The id that the path gives: the path under the kind's folder without extension; the folder's
    /// path for `index`, `_index` and `README`; `""` for the root folder's own page.
    pub id: String,
    /// `x.en.md`: a translation of `x.md`.
    pub language: Option<Language>,
    /// A Markdown file (otherwise YAML).
    pub markdown: bool,
}

/// A file of records in a folder of no kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFolder {
    /// The folder's name under `inventory/`; `""` for a file directly under it.
    pub folder: String,
}

/// The location of a YAML or Markdown file by its path from the root (`/` between parts), or `None`
/// when the file is not one of records (another extension, or outside the three folders).
pub fn locate(path: &str, schema: &Schema) -> Option<Result<Location, UnknownFolder>> {
    let (stem, extension) = path.rsplit_once('.')?;
    let markdown = match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" => true,
        "yaml" | "yml" => false,
        _ => return None,
    };
    let (area, rest) = stem.split_once('/')?;
    let (area, kind, rest) = match area {
        "inventory" => {
            let (folder, rest) = rest.split_once('/').unwrap_or(("", rest));
            let Some(kind) = schema.kind_of_folder(folder) else {
                return Some(Err(UnknownFolder {
                    folder: folder.to_owned(),
                }));
            };
            (Area::Inventory, kind, rest)
        }
        "procedures" if markdown => (Area::Procedures, schema.kind("procedure")?, rest),
        "content" if markdown => (Area::Content, schema.kind("page")?, rest),
        _ => return None,
    };
    let (rest, language) = match rest.rsplit_once('.') {
        Some((before, code)) if markdown && area != Area::Inventory => {
            match schema.language(code) {
                Some(language) => (before, Some(language)),
                None => (rest, None),
            }
        }
        _ => (rest, None),
    };
    let id = id_of(rest, markdown);
    Some(Ok(Location {
        kind: Arc::clone(kind),
        area,
        id,
        language,
        markdown,
    }))
}

/// The id of a path without extension.
fn id_of(path: &str, markdown: bool) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_folder_page =
        markdown && (matches!(name, "index" | "_index") || name.eq_ignore_ascii_case("readme"));
    if is_folder_page {
        folder.to_owned()
    } else {
        path.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::built_in;

    fn check(path: &str, kind: &str, id: &str, language: Option<Language>) {
        let schema = built_in();
        let location = locate(path, &schema)
            .expect("a record file")
            .expect("a known folder");
        assert_eq!(
            (location.kind.name.as_str(), location.id.as_str()),
            (kind, id),
            "{path}"
        );
        assert_eq!(location.language, language, "{path}");
    }

    #[test]
    fn paths_give_kinds_and_ids() {
        check(
            "inventory/assets/lyon/srv-01.yaml",
            "asset",
            "lyon/srv-01",
            None,
        );
        check("inventory/tickets/inc-1.md", "ticket", "inc-1", None);
        check("procedures/reseau/vpn.md", "procedure", "reseau/vpn", None);
        check("procedures/reseau/README.md", "procedure", "reseau", None);
        check("content/index.md", "page", "", None);
        check(
            "content/guide/a.en.md",
            "page",
            "guide/a",
            Some(Language::En),
        );
        check("content/v1.2.md", "page", "v1.2", None);
        let schema = built_in();
        assert_eq!(
            locate("inventory/asset/a.yaml", &schema),
            Some(Err(UnknownFolder {
                folder: "asset".to_owned()
            }))
        );
        assert_eq!(locate("content/a.png", &schema), None);
        assert_eq!(locate("procedures/a.yaml", &schema), None);
    }
}
