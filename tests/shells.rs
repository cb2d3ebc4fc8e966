//! What shells and `man` are told of the command line: as much as `--help` tells, in both languages, and in words that
//! they read. A shell that is not on the machine is named and passed over.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// The program's answer, in surroundings that say nothing of language or width.
fn carnet(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"] {
        command.env_remove(name);
    }
    let output = command.args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// The commands that the help names.
fn commands() -> Vec<String> {
    let help = carnet(&["--help", "--lang", "en"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    // A text that takes several lines is set in further.
    let lines = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

/// The options, `--format` and the like, that begin a line of a command's help.
fn options(command: &str) -> BTreeSet<String> {
    let help = carnet(&[command, "--help"]);
    let lines = help.lines().map(str::trim_start);
    let names = lines.filter_map(|line| {
        let line = line.strip_prefix("-h, ").unwrap_or(line);
        let end = line.find([' ', '[', '=']).unwrap_or(line.len());
        line.starts_with("--").then(|| line[..end].to_owned())
    });
    names.collect()
}

/// What a script says of one command.
fn part(script: &str, shell: &str, command: &str) -> String {
    let (start, end) = match shell {
        "bash" => (
            format!("\n        carnet__subcmd__{command})\n"),
            "\n            ;;\n",
        ),
        "zsh" => (format!("({command})\n_arguments"), "\n;;\n"),
        "powershell" => (
            format!("\n        'carnet;{command}' {{\n"),
            "\n            break\n",
        ),
        _ => {
            let asked = format!("using_subcommand {command}\"");
            let lines = script.lines().filter(|line| line.contains(&asked));
            return lines.collect::<Vec<_>>().join("\n");
        }
    };
    let (_, rest) = script
        .split_once(&start)
        .unwrap_or_else(|| panic!("{shell} knows nothing of {command}"));
    rest.split_once(end)
        .map_or(rest, |(part, _)| part)
        .to_owned()
}

/// How a shell's script writes an option.
fn written(shell: &str, option: &str) -> Vec<String> {
    let name = option.trim_start_matches("--");
    match shell {
        "bash" => vec![format!("{option} "), format!("{option}\"")],
        "zsh" => vec![format!("{option}["), format!("{option}=[")],
        "powershell" => vec![format!("new('{option}'")],
        _ => vec![format!(" -l {name} ")],
    }
}

#[test]
fn every_shell_knows_every_option_of_every_command() {
    let commands = commands();
    assert!(commands.len() > 25, "{commands:?}");
    for shell in SHELLS {
        let script = carnet(&["completions", shell, "--lang", "en"]);
        for command in &commands {
            let told = part(&script, shell, command);
            let options = options(command);
            assert!(options.len() >= 4, "{command}: {options:?}");
            for option in options {
                let known = written(shell, &option)
                    .iter()
                    .any(|form| told.contains(form));
                assert!(known, "{shell}: {command} {option}\n{told}");
            }
        }
    }
}

#[test]
fn scripts_are_in_the_language_asked_for_and_the_same_each_time() {
    for shell in ["zsh", "fish", "powershell"] {
        let french = carnet(&["completions", shell]);
        let english = carnet(&["completions", shell, "--lang", "en"]);
        assert!(french.contains("Publie le site dans un dossier"), "{shell}");
        assert!(
            english.contains("Publishes the site to a folder"),
            "{shell}"
        );
        // A value's own text, too, where the shell shows it.
        if shell != "powershell" {
            assert!(french.contains("Un tableau JSON"), "{shell}");
            assert!(english.contains("A JSON array"), "{shell}");
        }
        assert!(!english.contains("Un tableau JSON"), "{shell}");
        assert_eq!(english, carnet(&["completions", shell, "--lang", "en"]));
    }
}

/// Runs a program of the machine; nothing when there is none.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .output();
    if output.is_err() {
        eprintln!("no {program} on this machine: not tried");
    }
    output.ok()
}

#[test]
fn shells_read_their_scripts() {
    let folder = tempfile::tempdir().expect("a folder");
    for language in ["fr", "en"] {
        for shell in ["bash", "zsh", "fish"] {
            let path = folder.path().join(shell);
            let script = carnet(&["completions", shell, "--lang", language]);
            fs::write(&path, script).expect("written");
            let path = path.to_string_lossy().into_owned();
            if let Some(output) = run(shell, &["-n", &path]) {
                let told = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(
                    output.status.success() && told.is_empty(),
                    "{shell}: {told}"
                );
            }
        }
        let path = folder.path().join("script.ps1");
        fs::write(
            &path,
            carnet(&["completions", "powershell", "--lang", language]),
        )
        .expect("written");
        let reading = format!(". '{}'", path.display());
        if let Some(output) = run("pwsh", &["-NoProfile", "-Command", &reading]) {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && told.is_empty(), "{told}");
        }
    }
}

#[test]
fn bash_and_fish_complete_what_is_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |shell: &str| {
        let path = folder.path().join(shell);
        fs::write(&path, carnet(&["completions", shell])).expect("written");
        path.to_string_lossy().into_owned()
    };
    // What is typed, and what must be offered for it.
    let typed = [
        ("exp", "explain"),
        ("check --form", "--format"),
        ("check --format sa", "sarif"),
        ("import sni", "snipeit"),
        ("completions fi", "fish"),
    ];
    let (bash, fish) = (write("bash"), write("fish"));
    for (words, expected) in typed {
        let last = words.split(' ').next_back().unwrap_or_default();
        let before = words.split(' ').rev().nth(1).unwrap_or("carnet");
        let asked = format!(
            "source '{bash}'; COMP_WORDS=(carnet {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); \
             _carnet carnet {last} {before} 2>/dev/null; echo \"${{COMPREPLY[@]}}\""
        );
        if let Some(output) = run("bash", &["--norc", "-c", &asked]) {
            assert_eq!(
                String::from_utf8_lossy(&output.stdout).trim(),
                expected,
                "bash: {words}"
            );
        }
        let asked = format!("source '{fish}'; complete -C 'carnet {words}'");
        if let Some(output) = run("fish", &["--no-config", "-c", &asked]) {
            let told = String::from_utf8_lossy(&output.stdout).into_owned();
            let first = told.split('\t').next().unwrap_or_default();
            assert_eq!(first, expected, "fish: {words}: {told}");
        }
    }
}

#[test]
fn every_command_has_its_manual_page_with_every_option() {
    let folder = tempfile::tempdir().expect("a folder");
    for (language, headings) in [
        ("fr", ["NOM", "COMMANDES", "CODE DE RETOUR"]),
        ("en", ["NAME", "COMMANDS", "EXIT STATUS"]),
    ] {
        let out = folder.path().join(language);
        let place = out.to_string_lossy().into_owned();
        carnet(&["man", "--out", &place, "--lang", language]);
        let whole = fs::read_to_string(out.join("carnet.1")).expect("a page");
        assert_eq!(whole, carnet(&["man", "--lang", language]));
        for heading in headings {
            assert!(
                whole.contains(&format!(".SH \"{heading}\"\n"))
                    || whole.contains(&format!(".SH {heading}\n")),
                "{whole}"
            );
        }
        let commands = commands();
        assert_eq!(
            fs::read_dir(&out).expect("pages").count(),
            commands.len() + 1
        );
        for command in commands {
            assert!(
                whole.contains(&format!("carnet\\-{command}(1)")),
                "{command}"
            );
            let page = fs::read_to_string(out.join(format!("carnet-{command}.1"))).expect("a page");
            assert_eq!(page, carnet(&["man", &command, "--lang", language]));
            for option in options(&command) {
                let written = format!("\\fB{}\\fR", option.replace('-', "\\-"));
                let heads = page.lines().filter(|line| line.starts_with("\\fB\\-"));
                assert!(
                    heads.into_iter().any(|line| line.contains(&written)),
                    "{command} {option}\n{page}"
                );
            }
        }
    }
}

#[test]
fn manual_pages_are_read_without_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    for language in ["fr", "en"] {
        let place = folder.path().join(language).to_string_lossy().into_owned();
        carnet(&["man", "--out", &place, "--lang", language]);
        for entry in fs::read_dir(&place).expect("pages") {
            let path = entry
                .expect("an entry")
                .path()
                .to_string_lossy()
                .into_owned();
            let Some(output) = run(
                "groff",
                &["-ww", "-man", "-K", "utf8", "-T", "utf8", "-z", &path],
            ) else {
                return;
            };
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && told.is_empty(), "{path}: {told}");
        }
    }
}

#[test]
fn a_page_of_no_command_is_refused_with_the_nearest() {
    let output = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["man", "chek", "--lang", "en"])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("`chek` is not a command; did you mean `check`?"),
        "{told}"
    );
}
