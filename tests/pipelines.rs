//! `carnet init --ci`: the files that forges read, and their shell lines run as a job runs them, in a clone of a bare
//! repository. `BLESS=1` writes the expected files of `tests/pipelines/` anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const FORGES: [(&str, &str); 4] = [
    ("gitlab", ".gitlab-ci.yml"),
    ("github", ".github/workflows/carnet.yml"),
    ("gitea", ".gitea/workflows/carnet.yml"),
    ("jenkins", "Jenkinsfile"),
];

/// The jobs of all forges.
const JOBS: [&str; 4] = ["check", "preview", "pages", "publish"];

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Noé Exemple",
            "-c",
            "user.email=noe@parc.example",
        ])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("Git runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn init(folder: &Path, more: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .arg("init")
        .arg(folder)
        .args(more)
        .env_remove("LANG")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

fn expect(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pipelines")
        .join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(&path, found).expect("the expected text is written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(expected, found, "{name}");
}

#[test]
fn each_forge_has_its_file_in_the_project_s_language() {
    for (forge, path) in FORGES {
        for language in ["fr", "en"] {
            let folder = tempfile::tempdir().expect("a folder");
            init(
                folder.path(),
                &["--ci", forge, "--lang", language, "--template", "empty"],
            );
            let found = fs::read_to_string(folder.path().join(path)).expect("the file is written");
            let found = found.replace(env!("CARGO_PKG_VERSION"), "VERSION");
            let name = path
                .rsplit('/')
                .next()
                .expect("a name")
                .trim_start_matches('.');
            expect(&format!("{forge}.{language}.{name}"), &found);
        }
    }
}

#[test]
fn what_stands_there_is_kept_and_no_starter_comes_beside_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::write(root.join("carnet.yaml"), "title: Park\nlanguage: en\n").expect("written");
    fs::write(root.join("Jenkinsfile"), "mine\n").expect("written");
    let said = init(root, &["--ci", "jenkins"]);
    assert_eq!(said, "kept as it is: Jenkinsfile\n");
    assert_eq!(fs::read(root.join("Jenkinsfile")).expect("read"), b"mine\n");
    assert_eq!(init(root, &["--ci", "gitlab"]), "created: .gitlab-ci.yml\n");
    let mut names: Vec<_> = fs::read_dir(root)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort_unstable();
    assert_eq!(names, [".gitlab-ci.yml", "Jenkinsfile", "carnet.yaml"]);
}

/// The shell lines of a pipeline, in their order, by the job they are of (`""` for all jobs).
fn scripts(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut scripts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut job = String::new();
    let mut block: Option<usize> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        let depth = line.len() - line.trim_start().len();
        block = block.filter(|outer| trimmed != "'''" && depth > *outer);
        if block.is_some() {
            // GitLab's lines are items of a list.
            let line = trimmed.strip_prefix("- ").unwrap_or(trimmed);
            if !line.starts_with('#') {
                scripts
                    .entry(job.clone())
                    .or_default()
                    .push(line.to_owned());
            }
            continue;
        }
        let stage = trimmed.strip_prefix("stage('");
        let stage = stage.and_then(|rest| rest.split('\'').next());
        let key = trimmed.strip_suffix(':').filter(|_| depth <= 2);
        let named = key.filter(|name| JOBS.contains(name));
        if let Some(name) = stage.or(named) {
            name.clone_into(&mut job);
        } else if key.is_some() && depth == 0 {
            job.clear();
        }
        if matches!(
            trimmed,
            "script:" | "before_script:" | "- run: |" | "sh '''"
        ) {
            block = Some(depth);
        } else if let Some(line) = trimmed.strip_prefix("- run: ") {
            let lines = scripts.entry(job.clone()).or_default();
            lines.push(line.to_owned());
        }
    }
    scripts
}

/// A bare repository with a branch of work, and a clone as a job has it: no branch is checked out.
fn clone(at: &str, breaks: bool) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (work, bare, job) = (
        folder.path().join("work"),
        folder.path().join("bare.git"),
        folder.path().join("job"),
    );
    init(&work, &["--lang", "en"]);
    fs::write(work.join("content/old.md"), "# Old\n\n[Gone](gone.md)\n").expect("written");
    git(&work, &["init", "--quiet"]);
    git(&work, &["add", "--all"]);
    git(
        &work,
        &["commit", "--quiet", "--message", "park: first version"],
    );
    if at == "main" {
        fs::remove_file(work.join("content/old.md")).expect("removed");
        git(
            &work,
            &["commit", "--quiet", "--all", "--message", "content: mended"],
        );
    }
    git(&work, &["checkout", "--quiet", "-b", "work"]);
    let text = if breaks {
        "# New\n\n[No](no.md)\n"
    } else {
        "# New\n"
    };
    fs::write(work.join("content/new.md"), text).expect("written");
    git(&work, &["add", "--all"]);
    git(
        &work,
        &["commit", "--quiet", "--message", "content: a page"],
    );
    let [work, bare_name, job_name] = [&work, &bare, &job].map(|path| path.display().to_string());
    git(
        folder.path(),
        &["clone", "--quiet", "--bare", &work, &bare_name],
    );
    git(folder.path(), &["clone", "--quiet", &bare_name, &job_name]);
    git(
        &job,
        &["checkout", "--quiet", "--detach", &format!("origin/{at}")],
    );
    folder
}

/// Runs a script as runners do: `sh -e`, the program on the path, the forge's variables set.
fn run(job: &Path, script: &str, more: &[(&str, String)]) -> Output {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_carnet"));
    let folder = program.parent().expect("a folder").display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    let home = job.parent().expect("a folder").join("home");
    fs::create_dir_all(&home).expect("the folder is made");
    let here = job.display().to_string();
    Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(job)
        .env("PATH", format!("{folder}:{path}"))
        .env("HOME", &home)
        .env_remove("LANG")
        .envs([
            ("CI_PROJECT_DIR", here.as_str()),
            ("GITHUB_WORKSPACE", &here),
            ("WORKSPACE", &here),
            ("GITHUB_BASE_REF", "main"),
            ("CHANGE_TARGET", "main"),
            ("CARNET_TARGET", ""),
        ])
        .envs(more.iter().map(|(name, value)| (*name, value.as_str())))
        .output()
        .expect("sh runs")
}

/// The script of a job after what is run before each.
fn script(forge: &str, path: &str, job: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path(), &["--ci", forge, "--template", "empty"]);
    let text = fs::read_to_string(folder.path().join(path)).expect("the file is written");
    let scripts = scripts(&text);
    let before = scripts.get("").or_else(|| scripts.get("checkout"));
    let before = before.map_or(&[][..], Vec::as_slice);
    let own = scripts
        .get(job)
        .unwrap_or_else(|| panic!("{forge} has no {job}: {scripts:?}"));
    let script = [before, own].concat().join("\n");
    assert!(script.contains("carnet "), "{forge} {job}: {script}");
    script
}

#[test]
fn a_merge_request_fails_for_what_it_brings_alone() {
    for (forge, path) in FORGES {
        for breaks in [false, true] {
            let folder = clone("work", breaks);
            let job = folder.path().join("job");
            let base = git(&job, &["merge-base", "HEAD", "origin/main"]);
            let step = folder.path().join("step.md");
            let output = run(
                &job,
                &script(forge, path, "check"),
                &[
                    ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base),
                    ("GITHUB_STEP_SUMMARY", step.display().to_string()),
                ],
            );
            assert_eq!(
                output.status.code(),
                Some(i32::from(breaks)),
                "{forge}: {output:?}"
            );
            let summary = if forge == "github" {
                step
            } else {
                job.join("carnet-summary.md")
            };
            let summary = fs::read_to_string(summary).expect("the summary is written");
            assert!(summary.contains("/new"), "{forge}: {summary}");
            assert_eq!(summary.contains("dead-link"), breaks, "{forge}: {summary}");
            let sarif = fs::read_to_string(job.join("carnet.sarif")).expect("the log is written");
            assert_eq!(sarif.contains("dead-link"), breaks, "{forge}");
            if forge == "gitlab" {
                let whole = fs::read_to_string(job.join("gl-code-quality-report.json"));
                let whole = whole.expect("the report is written");
                assert!(
                    whole.contains("content/old.md"),
                    "GitLab compares whole reports"
                );
            }
        }
    }
}

#[test]
fn a_preview_is_built_beside_old_errors_and_the_main_branch_is_published() {
    for (forge, path) in FORGES {
        let folder = clone("work", false);
        let job = folder.path().join("job");
        let output = run(&job, &script(forge, path, "preview"), &[]);
        assert_eq!(output.status.code(), Some(0), "{forge}: {output:?}");
        assert!(job.join("preview/index.html").is_file(), "{forge}");
        let folder = clone("main", false);
        let job = folder.path().join("job");
        let name = if forge == "gitlab" {
            "pages"
        } else {
            "publish"
        };
        let target = folder.path().join("intranet");
        fs::create_dir_all(&target).expect("the folder is made");
        let target_name = ("CARNET_TARGET", target.display().to_string());
        let output = run(&job, &script(forge, path, name), &[target_name]);
        assert_eq!(output.status.code(), Some(0), "{forge}: {output:?}");
        assert!(job.join("public/index.html").is_file(), "{forge}");
        assert_eq!(
            target.join("index.html").is_file(),
            forge != "gitlab",
            "{forge}"
        );
    }
}
