//! `carnet scan` on a small project: what it says, and that what it writes is the day alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const ASSETS: &str = "\
# Le parc de Lyon.
- {id: pc-1, name: Un, inventory_number: NAC-1, site: lyon}   # en une ligne
- id: pc-2
  name: Deux
  inventory_number: NAC-2
  site: lyon
  last_physical_inventory: 2025-03-01   # avant le déménagement

- id: pc-3
  name: 'Trois'
  inventory_number: NAC-3
  site: annecy
- id: pc-4
  name: Quatre
  inventory_number: NAC-4
  site: lyon
";

const SHARED: &str =
    "- id: pc-8\n  name: Huit\n  site: &ici lyon\n- id: pc-9\n  name: Neuf\n  site: *ici\n";

fn project(folder: &Path, list: &str) {
    for (path, text) in [
        ("carnet.yaml", "as_of: 2026-11-20\n"),
        (
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon, type: site}\n- {id: annecy, name: Annecy, type: site}\n",
        ),
        ("inventory/assets/all.yaml", ASSETS),
        ("liste.csv", list),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }
}

fn scan(folder: &Path, arguments: &[&str]) -> Output {
    let list = folder.join("liste.csv");
    Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["scan", list.to_str().expect("UTF-8"), "--root"])
        .arg(folder)
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn assets(folder: &Path) -> String {
    fs::read_to_string(folder.join("inventory/assets/all.yaml")).expect("it is there")
}

#[test]
fn a_list_is_compared_and_nothing_is_written_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = "\u{feff}code;date\r\nhttps://parc.example/q/NAC-1/;18/11/2026\r\nnac 2;\r\nNAC-3;\r\nrien;\r\n";
    project(folder.path(), list);
    let output = scan(folder.path(), &["--site", "lyon", "--lang", "en"]);
    assert_eq!(
        told(&output),
        "missing (1)\n  NAC-4 (Quatre), Lyon\nfound elsewhere (1)\n  NAC-3 (Trois): seen at Lyon, its record says Annecy, \
         line 4\nunknown code (1)\n  `rien`, line 5\nin their place: 2; missing: 1\n"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(assets(folder.path()), ASSETS);

    let output = scan(
        folder.path(),
        &["--site", "lyon", "--lang", "en", "--format", "csv"],
    );
    let table = told(&output);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[1], "found,NAC-1,pc-1,Un,Lyon,,2");
    assert_eq!(lines.last(), Some(&"missing,NAC-4,pc-4,Quatre,Lyon,,"));
}

#[test]
fn writing_changes_the_day_and_no_other_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    project(
        folder.path(),
        "code;date\nNAC-1;18/11/2026\nNAC-2;\nNAC-4;2020-01-01\n",
    );
    let output = scan(folder.path(), &["--site", "lyon", "--write"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let expected = ASSETS
        .replace(
            "site: lyon}",
            "site: lyon, last_physical_inventory: 2026-11-18}",
        )
        .replace("2025-03-01", "2026-11-20")
        .replace(
            "inventory_number: NAC-4\n  site: lyon\n",
            "inventory_number: NAC-4\n  site: lyon\n  last_physical_inventory: 2020-01-01\n",
        );
    assert_eq!(assets(folder.path()), expected);

    let again = scan(
        folder.path(),
        &["--site", "lyon", "--write", "--lang", "en"],
    );
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(said.contains("records dated: 0"), "{said}");
    assert_eq!(
        assets(folder.path()),
        expected,
        "the same list changes nothing twice"
    );
}

#[test]
fn windows_line_ends_and_the_mark_stay_and_shared_values_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path(), "pc-7\npc-8\n");
    let own = folder.path().join("inventory/assets");
    let before = "\u{feff}id: pc-7\r\nname: Sept\r\nsite: lyon\r\n";
    fs::write(own.join("pc-7.yaml"), before).expect("it is written");
    fs::write(own.join("partage.yaml"), SHARED).expect("it is written");
    let output = scan(
        folder.path(),
        &["--write", "--date", "2026-11-19", "--lang", "en"],
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("inventory/assets/partage.yaml:1: this record shares values"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(1));
    let after = fs::read_to_string(own.join("pc-7.yaml")).expect("it is there");
    assert_eq!(
        after,
        format!("{before}last_physical_inventory: 2026-11-19\r\n")
    );
    let shared = fs::read_to_string(own.join("partage.yaml")).expect("it is there");
    assert_eq!(shared, SHARED);
    let left: Vec<_> = fs::read_dir(&own).expect("a folder").collect();
    assert_eq!(left.len(), 3, "nothing is left beside");
}

#[cfg(unix)]
#[test]
fn what_lies_beside_a_file_is_never_written_to() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path(), "NAC-1\n");
    let outside = folder.path().join("outside.txt");
    fs::write(&outside, "mine").expect("it is written");
    let beside = folder.path().join("inventory/assets/all.carnet-new");
    std::os::unix::fs::symlink(&outside, &beside).expect("a link");
    scan(folder.path(), &["--write", "--date", "2026-11-19"]);
    assert_eq!(fs::read_to_string(&outside).expect("it is there"), "mine");
    assert!(assets(folder.path()).contains("2026-11-19"));
    let own = folder.path().join("inventory/assets/all.yaml");
    assert!(!own.is_symlink(), "the file stays a file");
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path(), "\n\n");
    for (arguments, expected) in [
        (vec![], "holds no code"),
        (vec!["--site", "oslo"], "`oslo` means no place"),
        (vec!["--date", "hier"], "is not a date"),
        (vec!["--date", "2026-11-21"], "comes after the site"),
    ] {
        let output = scan(folder.path(), &[&arguments[..], &["--lang", "en"]].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(expected), "{said}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn what_nobody_saw_or_dated_well_is_told_and_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = "Code;Lieu;Date;Trouvé\nNAC-1;Lyon;;non\nNAC-2;Lyon;32/13/2026;x\nNAC-3;Anecy;;x\nNAC-4;Lyon;;?\n";
    project(folder.path(), list);
    let output = scan(folder.path(), &["--write", "--lang", "en"]);
    assert_eq!(
        told(&output),
        "unknown place (1)\n  `NAC-3` (`Anecy`), line 4\nno date (1)\n  `NAC-2` (`32/13/2026`), line 3\n\
         neither found nor absent (1)\n  `NAC-4` (`?`), line 5\n\
         found: 0; what is missing is told only with `--site`, or a column `site`\n"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(assets(folder.path()), ASSETS);

    project(folder.path(), "Code;Trouvé\nNAC-1;\nNAC-2;non\n");
    let output = scan(folder.path(), &["--write", "--lang", "en"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("nothing is ticked"), "{said}");
    assert_eq!(output.status.code(), Some(2));
}
