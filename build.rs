//! Tells a release build which commit it is made from, for `carnet --version`. Other builds say the version alone, so
//! that a commit does not make everything compile again.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=CARNET_COMMIT");
    println!("cargo:rerun-if-changed=build.rs");
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let version = match commit() {
        Some(commit) => format!("{version} ({commit})"),
        None => version,
    };
    println!("cargo:rustc-env=CARNET_VERSION={version}");
}

/// The commit and its day: as whoever packages says in `CARNET_COMMIT`, else as Git says.
fn commit() -> Option<String> {
    if let Ok(given) = std::env::var("CARNET_COMMIT") {
        return Some(given).filter(|given| !given.is_empty());
    }
    if std::env::var("PROFILE").ok()? != "release" {
        return None;
    }
    // A worktree has its log elsewhere.
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    println!("cargo:rerun-if-changed={log}");
    git(&["log", "-1", "--abbrev=10", "--format=%h %cs"])
}

/// What Git answers; nothing without Git or outside of a repository.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}
