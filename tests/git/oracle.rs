//! Random histories compared with what `git log` says, where a `git` binary is installed; the
//! fixed cases beside decide otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use carnet::history::{Commit, History};

use crate::builder::{Builder, Files, text};

/// Runs `git` in a repository, without the machine's configuration; `None` without the binary.
fn git(builder: &Builder, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(["-c", "core.quotePath=false"])
        .args(arguments)
        .current_dir(builder.folder.path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env_remove("GIT_DIR")
        .output()
        .ok()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {errors}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// A small generator (xorshift) whose seed names the case that failed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick(&mut self, files: &Files) -> Option<String> {
        let count = files.len();
        (count > 0).then(|| files.keys().nth(self.below(count)).cloned())?
    }
}

fn edit(random: &mut Random, content: &mut Vec<u8>, stamp: usize) {
    let text = String::from_utf8(std::mem::take(content)).expect("UTF-8");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = random.below(lines.len());
    lines[at] = format!("edited in step {stamp}");
    *content = (lines.join("\n") + "\n").into_bytes();
}

/// One random step on a set of files: edit, add, remove, and rename where it is allowed. No name
/// that was renamed away is taken again: there `--follow` joins two files, and we do not.
fn step(
    random: &mut Random,
    files: &mut Files,
    stamp: usize,
    spent: Option<&mut BTreeSet<String>>,
) {
    let fresh = text(&format!("file of step {stamp}")).into_bytes();
    let folder = ["inventory", "procedures/deep", "content"][random.below(3)];
    let free = format!("{folder}/{}.md", random.below(12));
    let usable = !files.contains_key(&free) && spent.as_ref().is_none_or(|s| !s.contains(&free));
    match (random.below(6), random.pick(files), spent) {
        (0, _, _) if usable => {
            files.insert(free, fresh);
        }
        (1, Some(path), _) if files.len() > 3 => {
            files.remove(&path);
        }
        (2 | 3, Some(path), Some(spent)) if usable => {
            let mut content = files.remove(&path).expect("a file");
            if random.below(2) == 0 {
                edit(random, &mut content, stamp);
            }
            files.insert(free, content);
            spent.insert(path);
        }
        (_, Some(path), _) => edit(random, files.get_mut(&path).expect("a file"), stamp),
        (_, None, _) => {
            files.insert(free, fresh);
        }
    }
}

/// The names of commits, one a line, as `git log --format=%H` prints them.
fn lines<'c>(commits: impl Iterator<Item = &'c Commit>) -> String {
    let ids = commits.flat_map(|commit| [commit.id.as_str(), "\n"]);
    ids.collect()
}

fn ids(history: &History, path: &str) -> String {
    lines(history.of(path))
}

#[test]
fn a_line_with_renames_agrees_with_follow() {
    for seed in 1..=25_u64 {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut files = Files::new();
        let mut spent = BTreeSet::new();
        let states: Vec<Files> = (0..40)
            .map(|stamp| {
                step(&mut random, &mut files, stamp, Some(&mut spent));
                files.clone()
            })
            .collect();
        let mut builder = Builder::new();
        let history = builder.line(&states);
        for path in files.keys() {
            let arguments = ["log", "--follow", "--format=%H", "--", path];
            let Some(expected) = git(&builder, &arguments) else {
                return;
            };
            assert_eq!(ids(&history, path), expected, "seed {seed}, {path}");
        }
    }
}

/// Joins branches as a merge would: per file the changed side, and sometimes a third content.
fn merge(random: &mut Random, base: &Files, sides: &[&Files], stamp: usize) -> Files {
    let mut merged = Files::new();
    let paths: BTreeSet<&String> = sides.iter().flat_map(|side| side.keys()).collect();
    for path in paths {
        let side = sides.iter().find(|side| side.get(path) != base.get(path));
        let mut content = side.unwrap_or(&sides[0]).get(path).cloned();
        if let Some(content) = content.as_mut().filter(|_| random.below(6) == 0) {
            edit(random, content, stamp);
        }
        merged.extend(content.map(|content| (path.clone(), content)));
    }
    merged
}

#[test]
fn branches_agree_with_the_combined_diff() {
    for seed in 1..=25_u64 {
        let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut builder = Builder::new();
        let mut start = Files::new();
        for stamp in 0..6 {
            step(&mut random, &mut start, 1000 + stamp, None);
        }
        let base = builder.commit(&[], &start, "base");
        let mut tips = vec![(base, start.clone())];
        for stamp in 0..40 {
            let at = random.below(tips.len());
            let (parent, mut files) = tips[at].clone();
            if random.below(4) == 0 && tips.len() > 1 {
                let count = 2 + random.below(tips.len().min(3) - 1);
                let joined: Vec<_> = tips.drain(tips.len() - count..).collect();
                let sides: Vec<&Files> = joined.iter().map(|(_, files)| files).collect();
                let files = merge(&mut random, &start, &sides, stamp);
                let parents: Vec<_> = joined.iter().map(|(id, _)| *id).collect();
                tips.push((builder.commit(&parents, &files, "merge"), files));
            } else {
                step(&mut random, &mut files, stamp, None);
                let id = builder.commit(&[parent], &files, "step");
                // Half of the time the branch goes on, else it forks.
                if random.below(2) == 0 {
                    tips[at] = (id, files);
                } else {
                    tips.push((id, files));
                }
            }
        }
        let parents: Vec<_> = tips.iter().map(|(id, _)| *id).collect();
        let head = builder.commit(&parents, &tips[0].1.clone(), "end");
        builder.check_out(head);
        let arguments = [
            "log",
            "-c",
            "--no-renames",
            "--name-only",
            "--format=commit %H",
        ];
        let Some(said) = git(&builder, &arguments) else {
            return;
        };
        let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut commit = String::new();
        for line in said.lines().filter(|line| !line.is_empty()) {
            match line.strip_prefix("commit ") {
                Some(id) => id.clone_into(&mut commit),
                None => {
                    expected
                        .entry(line.to_owned())
                        .or_default()
                        .insert(commit.clone());
                }
            }
        }
        let history = builder.history();
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for path in history.paths() {
            let ids = history.of(path).map(|commit| commit.id.clone());
            found.insert(path.to_owned(), ids.collect());
        }
        assert_eq!(found, expected, "seed {seed}");
        let order = git(&builder, &["log", "--date-order", "--format=%H"]);
        let ours = lines(history.commits().iter());
        assert_eq!(Some(ours), order, "seed {seed}");
    }
}

#[test]
fn a_real_shallow_clone_is_recognised() {
    let mut builder = Builder::new();
    let states = ["1\n", "2\n", "3\n", "4\n"].map(|content| {
        let pair = ("inventory/a.yaml".to_owned(), content.as_bytes().to_vec());
        Files::from([pair, ("inventory/b.yaml".to_owned(), b"b\n".to_vec())])
    });
    builder.line(&states);
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("clone").to_string_lossy().into_owned();
    let source = format!("file://{}", builder.folder.path().display());
    if git(
        &builder,
        &["clone", "--quiet", "--depth", "2", &source, &target],
    )
    .is_none()
    {
        return;
    }
    let history = crate::builder::history(target.as_ref(), &crate::builder::FOLDERS);
    assert_eq!(history.state, carnet::history::State::Shallow);
    assert_eq!(crate::builder::log(&history, "inventory/a.yaml"), "4");
    assert_eq!(crate::builder::log(&history, "inventory/b.yaml"), "");
    assert_eq!(history.remote, None);
}
