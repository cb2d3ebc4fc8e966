//! Which paths of the repository belong to the project: its folders, below its root.

use std::path::Path;

use git2::Repository;

/// The project's folders, as paths from the repository's top.
#[derive(Debug, Clone, Hash)]
pub(super) struct Selection {
    /// Empty, or the path of the project's root with a `/` at the end.
    prefix: String,
    /// Folders and files, without a `/` at either end.
    wanted: Vec<String>,
}

/// Where a path stands to the selected folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Selected, with everything below.
    Inside,
    /// A folder on the way to a selected one.
    Above,
    /// Of no interest.
    Outside,
}

impl Selection {
    /// Places `folders`, relative to `root`, in the repository.
    pub(super) fn new(
        repository: &Repository,
        root: &Path,
        folders: &[String],
    ) -> Result<Self, git2::Error> {
        let real = |path: &Path| {
            let found = path.canonicalize();
            found.map_err(|error| git2::Error::from_str(&error.to_string()))
        };
        let (root, own) = (real(root)?, real(repository.path())?);
        // In a bare repository the root is the repository itself, or the folder around it.
        let top = match repository.workdir() {
            Some(top) => real(top)?,
            None if root.starts_with(&own) => root.clone(),
            None => own.parent().unwrap_or(&own).to_path_buf(),
        };
        let mut prefix = String::new();
        for part in root.strip_prefix(&top).unwrap_or(Path::new("")) {
            prefix.push_str(&part.to_string_lossy());
            prefix.push('/');
        }
        let wanted = folders.iter().map(|folder| {
            let path = format!("{prefix}{}", folder.trim_matches('/'));
            path.trim_end_matches('/').to_owned()
        });
        let wanted = wanted.collect();
        Ok(Self { prefix, wanted })
    }

    /// Where the project stands in the repository: empty, or a path with a `/` at the end.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The selected folders and files, as paths from the repository's top.
    pub(super) fn wanted(&self) -> &[String] {
        &self.wanted
    }

    /// Where a path from the repository's top stands (the top itself is `""`).
    pub(super) fn standing(&self, path: &str) -> Standing {
        let below = |path: &str, folder: &str| {
            let rest = path.strip_prefix(folder);
            folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self.wanted.iter().any(|wanted| below(path, wanted)) {
            Standing::Inside
        } else if self.wanted.iter().any(|wanted| below(wanted, path)) {
            Standing::Above
        } else {
            Standing::Outside
        }
    }

    /// Where a path from the project's root stands.
    pub(super) fn standing_below_root(&self, path: &str) -> Standing {
        self.standing(&format!("{}{path}", self.prefix))
    }

    /// A path from the repository's top as a path from the project's root.
    pub(super) fn below_root<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(&self.prefix).unwrap_or(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_not_its_namesake() {
        let selection = Selection {
            prefix: "doc/".into(),
            wanted: vec!["doc/inventory".into(), "doc/carnet.yaml".into()],
        };
        assert_eq!(selection.standing("doc/inventory/a.yaml"), Standing::Inside);
        assert_eq!(selection.standing("doc/carnet.yaml"), Standing::Inside);
        assert_eq!(selection.standing("doc"), Standing::Above);
        assert_eq!(selection.standing(""), Standing::Above);
        assert_eq!(selection.standing("doc/inventory-old"), Standing::Outside);
        assert_eq!(selection.standing("do"), Standing::Outside);
        assert_eq!(selection.below_root("doc/carnet.yaml"), "carnet.yaml");
    }
}
