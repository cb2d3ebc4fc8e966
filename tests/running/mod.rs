//! The program as people run it, in French, on a small project of its own: what the tests of `import` share.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// What stands in every secret of the samples: passwords, keys, tokens, free texts of directories.
pub const CANARY: &str = "CANARI";

/// A project with nothing but its configuration.
pub fn project(configuration: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("carnet.yaml"), configuration).expect("written");
    folder
}

/// The program, about to be run on a project.
pub fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(arguments).arg("--root").arg(root);
    command.env("LC_ALL", "fr_FR.UTF-8");
    command
}

/// How the program ended, and all that it told: never a secret.
pub fn told(mut command: Command) -> (i32, String) {
    let output = command.output().expect("carnet runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(!text.contains(CANARY), "{text}");
    (output.status.code().unwrap_or(-1), text)
}

/// Runs the program on a project.
pub fn carnet(root: &Path, arguments: &[&str]) -> (i32, String) {
    told(command(root, arguments))
}

/// All files under a folder with their texts, sorted; none when there is no folder.
pub fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = fs::read(&path).expect("a file");
            all.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    all.sort();
    all
}
