//! The project: whether there is one, whether it can be read, and whether its folders can be written.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::Cli;
use crate::commands::doctor::Observation;
use crate::diagnostic::{Severity, Text, count};
use crate::load::{Loader, is_project};
use crate::pipeline;
use crate::text;

fn about() -> Text {
    text!("projet", "project")
}

/// The project of the folder that is asked about.
pub(super) fn project(cli: &Cli) -> Vec<Observation> {
    let shown = cli.root.canonicalize().unwrap_or_else(|_| cli.root.clone());
    let shown = shown.display();
    if cli.root.is_file() {
        return vec![Observation::bad(
            about(),
            text!("`{shown}` est un fichier", "`{shown}` is a file"),
            text!(
                "`--root` désigne le dossier qui contient `carnet.yaml`",
                "`--root` names the folder that holds `carnet.yaml`"
            ),
        )];
    }
    if !is_project(&cli.root) {
        return vec![Observation::bad(
            about(),
            text!("aucun dans `{shown}`", "none in `{shown}`"),
            text!(
                "`carnet init` en commence un\u{202f}; `--root DOSSIER` en désigne un autre",
                "`carnet init` begins one; `--root FOLDER` names another"
            ),
        )];
    }
    let read = match Loader::new(&cli.root, pipeline::rule_names()).load(&BTreeSet::new()) {
        Err(error) => Observation::bad(
            about(),
            text!(
                "`{shown}` ne se lit pas\u{a0}: {error:#}",
                "`{shown}` cannot be read: {error:#}"
            ),
            text!(
                "voyez les droits de ce dossier (`ls -la`)",
                "look at the permissions of this folder (`ls -la`)"
            ),
        ),
        Ok(project) => {
            let own = project.files.iter().flat_map(|file| &file.diagnostics);
            let all: Vec<_> = project.diagnostics.iter().chain(own).cloned().collect();
            let (files, errors) = (project.files.len(), count(&all, Severity::Error));
            let said = text!(
                "`{shown}`, fichiers de fiches\u{a0}: {files}",
                "`{shown}`, files of records: {files}"
            );
            if errors == 0 {
                Observation::good(about(), said)
            } else {
                let (fr, en) = (said.fr, said.en);
                Observation::doubtful(
                    about(),
                    text!(
                        "{fr}, erreurs de lecture\u{a0}: {errors}",
                        "{en}, errors of reading: {errors}"
                    ),
                    text!("`carnet check` les montre", "`carnet check` shows them"),
                )
            }
        }
    };
    let mut all = vec![read];
    all.extend(
        [".", ".carnet"]
            .into_iter()
            .filter_map(|folder| unwritable(&cli.root, folder)),
    );
    all
}

/// A folder of the project where nothing can be written: cache and published site are made there.
fn unwritable(root: &Path, folder: &str) -> Option<Observation> {
    let path = root.join(folder);
    // A folder that is not there is made within the one above it.
    if !path.exists() || is_writable(&path) {
        return None;
    }
    Some(Observation::bad(
        about(),
        text!(
            "le dossier `{folder}` du projet ne se laisse pas écrire",
            "the project's folder `{folder}` cannot be written"
        ),
        text!(
            "rendez-le au compte qui lance `carnet` (`chown`), ou publiez ailleurs par `carnet build --out`",
            "give it to the account that runs `carnet` (`chown`), or publish elsewhere by `carnet build --out`"
        ),
    ))
}

#[cfg(unix)]
fn is_writable(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn is_writable(folder: &Path) -> bool {
    folder
        .metadata()
        .is_ok_and(|found| !found.permissions().readonly())
}
