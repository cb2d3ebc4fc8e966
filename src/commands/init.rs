//! `carnet init`: a project to begin with, in the reader's language. A file that stands there is
//! never written over; `.gitignore` is completed.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};
use include_dir::{Dir, include_dir};

use crate::cli::{Cli, Forge, InitArguments, Template};
use crate::commands::pipeline_file::pipeline_file;
use crate::commands::{CLEAN, language_in, output};
use crate::diagnostic::{Language, Text};
use crate::git;
use crate::load;
use crate::text;

static FRENCH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/starter/fr");
static ENGLISH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/starter/en");

/// What Git must not keep: the published site and the cache.
const IGNORED: [&str; 2] = ["/_site/", "/.carnet/"];

/// Creates or completes a project.
pub(super) fn init(cli: &Cli, arguments: &InitArguments) -> anyhow::Result<u8> {
    let root = &arguments.directory;
    let language = language_in(cli, root);
    if root.exists() && !root.is_dir() {
        let shown = root.display();
        bail!(text!(
            "`{shown}` n’est pas un dossier",
            "`{shown}` is not a folder"
        ));
    }
    // A project that is there wants the file of its forge, not a starter beside its own records.
    let begins = arguments.ci.is_none() || !root.join("carnet.yaml").exists();
    if begins {
        start(root, arguments.template, language)?;
    }
    if let Some(forge) = arguments.ci {
        write_pipeline(root, forge, language)?;
    }
    if begins {
        output::line(next(root).get(language));
    }
    Ok(CLEAN)
}

/// Writes what a project begins with.
fn start(root: &Path, template: Template, language: Language) -> anyhow::Result<()> {
    for folder in load::FOLDERS {
        let path = root.join(folder);
        fs::create_dir_all(&path).with_context(|| path.display().to_string())?;
    }
    let starters = match language {
        Language::Fr => &FRENCH,
        Language::En | Language::Other(_) => &ENGLISH,
    };
    // An empty project has the configuration of the first one alone.
    let folder = match template {
        Template::Company | Template::Empty => "company",
        Template::Clients => "clients",
        Template::School => "school",
    };
    let starter = starters
        .get_dir(folder)
        .expect("a folder for each template");
    let mut files = Vec::new();
    collect(starter, &mut files);
    files.sort_unstable();
    for (path, bytes) in files {
        let path = path
            .strip_prefix(folder)
            .unwrap_or(path)
            .trim_start_matches('/');
        if template != Template::Empty || path == "carnet.yaml" {
            tell_written(path, write_new(&root.join(path), bytes)?, language);
        }
    }
    tell(".gitignore", ignore(&root.join(".gitignore"))?, language);
    Ok(())
}

/// Writes the file by which a forge checks and publishes. Forges look for it at the repository's top alone.
fn write_pipeline(root: &Path, forge: Forge, language: Language) -> anyhow::Result<()> {
    let (path, text) = pipeline_file(forge, language);
    let folder = git::folder(root);
    if !folder.is_empty() {
        let folder = folder.trim_end_matches('/');
        bail!(text!(
            "le projet est dans `{folder}`, et une forge ne lit `{path}` qu’à la racine du dépôt\u{a0}: écrivez-le ailleurs \
             avec `carnet init --ci`, mettez-le là, et ajoutez `--root {folder}` à ses commandes",
            "the project is in `{folder}`, and a forge reads `{path}` at the repository's top alone: write it elsewhere \
             with `carnet init --ci`, put it there, and add `--root {folder}` to its commands"
        ));
    }
    tell_written(
        path,
        write_new(&root.join(path), text.as_bytes())?,
        language,
    );
    Ok(())
}

/// What to type now.
fn next(root: &Path) -> Text {
    let here = root.as_os_str().is_empty() || root == Path::new(".");
    let option = if here {
        String::new()
    } else {
        format!(" --root {}", root.display())
    };
    text!(
        "`carnet serve{option}` montre le site ; `git init` commence son historique",
        "`carnet serve{option}` shows the site; `git init` begins its history"
    )
}

/// What became of a file.
#[derive(Clone, Copy)]
enum Done {
    Created,
    Completed,
    Kept,
}

fn tell_written(path: &str, is_new: bool, language: Language) {
    let done = if is_new { Done::Created } else { Done::Kept };
    tell(path, done, language);
}

fn tell(path: &str, done: Done, language: Language) {
    let text = match done {
        Done::Created => text!("créé : {path}", "created: {path}"),
        Done::Completed => text!("complété : {path}", "completed: {path}"),
        Done::Kept => text!("gardé tel quel : {path}", "kept as it is: {path}"),
    };
    output::line(text.get(language));
}

fn collect<'d>(folder: &'d Dir<'d>, files: &mut Vec<(&'d str, &'d [u8])>) {
    for file in folder.files() {
        let path = file.path().to_str().expect("the starter's names are UTF-8");
        files.push((path, file.contents()));
    }
    for folder in folder.dirs() {
        collect(folder, files);
    }
}

/// Writes a file that does not exist yet, with its folders; false when something stands there.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    let shown = || path.display().to_string();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(shown)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => {
            file.write_all(bytes).with_context(shown)?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(shown),
    }
}

/// Adds the lines that `.gitignore` lacks.
fn ignore(path: &Path) -> anyhow::Result<Done> {
    let shown = || path.display().to_string();
    let exists = path.exists();
    let text = if exists {
        fs::read_to_string(path).with_context(shown)?
    } else {
        String::new()
    };
    let known = |entry: &&str| {
        let name = entry.trim_matches('/');
        text.lines()
            .any(|line| line.trim().trim_matches('/') == name)
    };
    let missing: Vec<&str> = IGNORED.into_iter().filter(|entry| !known(entry)).collect();
    if missing.is_empty() {
        return Ok(Done::Kept);
    }
    let gap = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let lines = format!("{gap}{}\n", missing.join("\n"));
    let mut file = fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .with_context(shown)?;
    file.write_all(lines.as_bytes()).with_context(shown)?;
    Ok(if exists {
        Done::Completed
    } else {
        Done::Created
    })
}
