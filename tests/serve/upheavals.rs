//! What happens to a served project beside editing: branches are switched, content is replaced, clocks jump, the system
//! has no watches left.

use std::time::SystemTime;

use super::*;

/// Files of each branch.
const MANY: usize = 2000;

fn many(root: &Path, branch: &str) {
    for at in 0..MANY {
        let text = format!("---\ntitle: Page {at}\n---\n\nBranche {branch}.\n");
        write(
            root,
            &format!("content/dossier-{}/page-{at}.md", at % 40),
            &text,
        );
    }
}

/// The pages of a site as a build makes them, by path.
fn built(served: &Served) -> Vec<(String, String)> {
    let out = served.folder.path().join("construit");
    let build = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["build", "--no-history", "--format", "short", "--root"])
        .arg(served.root())
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(build.status.success(), "{build:?}");
    let paths = ["index.html", "content/index.html", "404.html"];
    let deep = (0..MANY).step_by(97);
    let deep = deep.map(|at| format!("dossier-{}/page-{at}/index.html", at % 40));
    let paths = paths.map(str::to_owned).into_iter().chain(deep);
    let read = |path: String| Some((path.clone(), fs::read_to_string(out.join(&path)).ok()?));
    paths.filter_map(read).collect()
}

#[test]
fn a_branch_of_thousands_of_files_is_switched_to() {
    let served = Served::start(&["--no-history"]);
    let git = |arguments: &[&str]| git(&served, arguments);
    git(&["init", "--quiet", "--initial-branch", "une"]);
    many(&served.root(), "une");
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "Une"]);
    git(&["checkout", "--quiet", "-b", "deux"]);
    many(&served.root(), "deux");
    fs::remove_dir_all(served.root().join("content/dossier-7")).unwrap();
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "Deux"]);
    let patient = |path: &str, expected: &str| {
        let started = Instant::now();
        while !served.get(path).contains(expected) {
            assert!(started.elapsed() < Duration::from_mins(1), "{path}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    for (branch, status) in [("une", "200"), ("deux", "404"), ("une", "200")] {
        git(&["checkout", "--quiet", branch]);
        patient("/dossier-8/page-1968/", &format!("Branche {branch}."));
        patient("/dossier-7/page-7/", &format!("HTTP/1.1 {status}"));
    }
    let errors = served.findings()["errors"].as_u64();
    assert_eq!(errors.unwrap_or_default(), 0, "{}", served.findings());
    // The end of it is what a build of the same files makes, to the letter.
    let pages = built(&served);
    assert!(pages.len() > 10, "{}", pages.len());
    for (path, page) in pages.iter().filter(|(path, _)| path != "404.html") {
        let answer = served.get(&format!("/{}", path.trim_end_matches("index.html")));
        let shown = answer.split_once("\r\n\r\n").unwrap().1;
        let text = |page: &str| page.split("<main").nth(1).unwrap().to_owned();
        let text = |page: &str| text(page).split("</main>").next().unwrap().to_owned();
        assert_eq!(text(shown), text(page), "{path}");
    }
}

#[test]
fn content_that_is_replaced_by_something_else_comes_back() {
    let served = Served::start(&["--no-history"]);
    let folder = served.root().join("procedures");
    let aside = served.root().join("ailleurs");
    fs::rename(&folder, &aside).unwrap();
    // A file, a link that leads nowhere, and a pipe in the place of the folder.
    fs::write(&folder, "un fichier").unwrap();
    served.wait("/procedures/imprimante/", |page| status(page) == "404");
    fs::remove_file(&folder).unwrap();
    std::os::unix::fs::symlink("nulle-part", &folder).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(status(&served.get("/")), "200");
    fs::remove_file(&folder).unwrap();
    fs::rename(&aside, &folder).unwrap();
    served.wait("/procedures/imprimante/", |page| page.contains("Texte un."));
    let file = folder.join("imprimante.md");
    fs::remove_file(&file).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(&file)
            .status()
            .unwrap()
            .success()
    );
    served.wait("/_carnet/diagnostics.json", |answer| {
        answer.contains("imprimante.md")
    });
    fs::remove_file(&file).unwrap();
    served.write("procedures/imprimante.md", &PRINTER.replace("un.", "deux."));
    served.wait("/procedures/imprimante/", |page| {
        page.contains("Texte deux.")
    });
    assert!(!served.said.lock().unwrap().contains("panicked"));
}

#[test]
fn clocks_that_jump_hide_no_change() {
    for arguments in [&["--no-history"][..], &["--no-history", "--poll"]] {
        let served = Served::start(arguments);
        let path = served.root().join("procedures/imprimante.md");
        std::thread::sleep(Duration::from_millis(1200));
        let (hour, day) = (Duration::from_hours(1), Duration::from_hours(24));
        let now = SystemTime::now();
        for (text, time) in [("demain.", now + day), ("il y a une heure.", now - hour)] {
            fs::write(&path, PRINTER.replace("un.", text)).unwrap();
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(time).unwrap();
            served.wait("/procedures/imprimante/", |page| {
                page.contains(&format!("Texte {text}"))
            });
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn without_watches_files_are_compared_and_it_is_said() {
    // A user of its own has a limit of its own.
    let mut command = Command::new("unshare");
    let line = "echo 3 > /proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"";
    command.args(["--user", "--map-root-user", "sh", "-c", line]);
    command.arg(env!("CARGO_BIN_EXE_carnet"));
    let allowed = Command::new("unshare")
        .args(["--user", "--map-root-user", "sh", "-c"])
        .arg("echo 3 > /proc/sys/user/max_inotify_watches")
        .output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        println!("not run: this system gives no user of one's own to a test");
        return;
    }
    let served = Served::start_by(command, &["--no-history", "--lang", "fr"]);
    served.wait("/", |page| status(page) == "200");
    let said = || served.said.lock().unwrap().clone();
    let started = Instant::now();
    while !said().contains("inotify") {
        assert!(started.elapsed() < Duration::from_secs(4), "{}", said());
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(1200));
    served.write(
        "procedures/imprimante.md",
        &PRINTER.replace("un.", "comparé."),
    );
    served.wait("/procedures/imprimante/", |page| {
        page.contains("Texte comparé.")
    });
}
