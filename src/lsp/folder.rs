//! The project's folder, and the addresses (`file:` URIs) by which an editor names the files in it.

use std::path::{Path, PathBuf};

use lsp_types::Uri;

use crate::address::percent_encoded;
use crate::load;
use crate::markdown::percent_decode;

/// The folder of a project.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    /// On this disk.
    pub path: PathBuf,
    /// Its address, without a final slash.
    address: String,
}

impl Folder {
    /// A folder by its path, made absolute; links in it stay, as editors keep them.
    pub(super) fn new(path: &Path) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let written = path.to_string_lossy().replace('\\', "/");
        let written = written.trim_end_matches('/');
        let slash = if written.starts_with('/') { "" } else { "/" };
        let address = format!("file://{slash}{}", percent_encoded(written));
        Self { path, address }
    }

    /// The project that holds a folder which an editor opened: itself, or one around it.
    pub(super) fn around(opened: &Path) -> Option<Self> {
        let found = opened.ancestors().find(|folder| load::is_project(folder));
        found.map(Self::new)
    }

    /// The address of a file by its path from the root.
    pub(super) fn uri(&self, path: &str) -> Uri {
        let address = format!("{}/{}", self.address, percent_encoded(path));
        address
            .parse()
            .expect("an encoded path makes a well-formed address")
    }

    /// The path from the root that an address means; `None` outside of the project.
    pub(super) fn path_of(&self, uri: &Uri) -> Option<String> {
        // Editors encode more or less of the same name: what is decoded is compared.
        let (decoded, own) = (percent_decode(uri.as_str()), percent_decode(&self.address));
        let start = decoded.get(..own.len())?;
        // They write the letter of a drive in either case.
        let inside = start == own || cfg!(windows) && start.eq_ignore_ascii_case(&own);
        let rest = decoded.get(own.len()..)?.strip_prefix('/')?;
        (inside && !rest.is_empty()).then(|| rest.to_owned())
    }
}

/// The path on this disk that an address names.
pub(super) fn disk_path(uri: &Uri) -> Option<PathBuf> {
    let decoded = percent_decode(uri.as_str());
    let path = decoded.strip_prefix("file://")?;
    // `file:///C:/park` names `C:/park`.
    let drive = path
        .strip_prefix('/')
        .filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_mean_each_other() {
        let folder = Folder::new(Path::new("/srv/le parc"));
        let uri = folder.uri("content/été 1.md");
        assert_eq!(
            uri.as_str(),
            "file:///srv/le%20parc/content/%C3%A9t%C3%A9%201.md"
        );
        assert_eq!(folder.path_of(&uri).as_deref(), Some("content/été 1.md"));
        let other: Uri = "file:///srv/le%20parcours/a.md".parse().expect("a URI");
        assert_eq!(folder.path_of(&other), None);
        assert_eq!(
            disk_path(&uri),
            Some("/srv/le parc/content/été 1.md".into())
        );
    }
}
