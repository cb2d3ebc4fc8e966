//! Growth by counted work: nothing that a project may have many of, or much of, makes a stage quadratic. The work is what
//! is allocated, in pieces and in bytes, on one thread: the same on every machine.

#[allow(dead_code, reason = "other tests use the rest")]
mod building;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use allocation_counter::{AllocationInfo, measure};
use carnet::diagnostic::Severity;
use carnet::history::{Absence, History};
use carnet::pipeline::Build;

/// From one doubling to the next a step grows by so many percent at most: 200 is linear, 400 quadratic.
const MOST: u64 = 275;

/// What costs less in all, in pieces and in bytes, may grow as it likes.
const NEGLIGIBLE: (u64, u64) = (10_000, 1_000_000);

/// The stages, in the order in which they run.
const STAGES: [&str; 4] = ["load", "build", "render", "index"];

/// The work of each stage for one size of a project, of which these pages are rendered.
fn work(
    write: fn(&Path, usize),
    size: usize,
    pages: fn(usize) -> Vec<String>,
) -> [AllocationInfo; 4] {
    let folder = tempfile::tempdir().expect("a folder");
    file(
        folder.path(),
        "carnet.yaml",
        "title: Nacelle\nas_of: 2026-11-20\n",
    );
    write(folder.path(), size);
    let (mut project, mut build) = (None, None);
    let load = measure(|| project = Some(building::project(folder.path())));
    let project = project.expect("loaded");
    let meaning = measure(|| {
        let history = History::absent(Absence::TurnedOff);
        build = Some(building::made(&project, history));
    });
    let build: Build = build.expect("built");
    // What is not understood costs nothing.
    let errors = build.diagnostics.iter();
    let errors = errors.filter(|found| found.severity == Severity::Error);
    let errors: Vec<&str> = errors.map(|found| found.message.en.as_str()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let render = measure(|| {
        for path in pages(size) {
            let rendered = build.render(&path);
            assert!(matches!(rendered, Some(Ok(_))), "{path}: {rendered:?}");
        }
    });
    let index = measure(|| {
        build.index();
    });
    [load, meaning, render, index]
}

fn file(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// What is wrong with how the work of four sizes grows, each twice the one before. Differences are compared: they have
/// nothing of what every size costs.
fn faults(name: &str, made: &[[AllocationInfo; 4]; 4]) -> Vec<String> {
    let mut faults = Vec::new();
    for (stage, title) in STAGES.iter().enumerate() {
        let counts = made.map(|work| work[stage].count_total);
        let bytes = made.map(|work| work[stage].bytes_total);
        for (unit, work, least) in [
            ("pieces", counts, NEGLIGIBLE.0),
            ("bytes", bytes, NEGLIGIBLE.1),
        ] {
            let [_, second, third, fourth] = work;
            let [last, before] = [fourth.saturating_sub(third), third.saturating_sub(second)];
            let grown = last * 100 / before.max(1);
            if last > least && grown > MOST {
                faults.push(format!("{name}, {title}, {unit}: {work:?}, the last step is {grown} % of the one before"));
            }
        }
    }
    faults
}

/// One list of so many machines, each with more to say (`, user: ada`).
fn machines(root: &Path, size: usize, more: &str) {
    let mut text = String::new();
    for number in 0..size {
        let _ = writeln!(
            text,
            "- {{id: pc-{number:05}, name: Poste {number}, type: desktop, status: in-service{more}}}"
        );
    }
    file(root, "inventory/assets/postes.yaml", &text);
}

/// One list of so many rows.
fn rows(root: &Path, size: usize) {
    machines(root, size, "");
}

/// So many values in secret fields, in one file.
fn secrets(root: &Path, size: usize) {
    machines(root, size, ", bitlocker_key: 000000-111111");
}

/// So many records that refer to one.
fn back_links(root: &Path, size: usize) {
    file(root, "inventory/people/ada.yaml", "name: Ada Delmas\n");
    machines(root, size, ", user: ada");
}

/// One procedure of so many paragraphs, with headings, code, links and a table.
fn procedure(root: &Path, size: usize) {
    let mut text = "---\ntitle: Tout refaire\n---\n".to_owned();
    for number in 0..size {
        let _ = write!(
            text,
            "\n## Étape {number}\n\nVoir [l’étape](#étape-{number}) et [[tout-refaire]] : `systemctl status`.\n\n\
             1. Ouvrir\n2. Fermer\n\n```bash\nfor f in *.log; do tail \"$f\"; done\n```\n\n| a | b |\n|---|---|\n| {number} | x |\n"
        );
    }
    file(root, "procedures/tout-refaire.md", &text);
}

/// A kind of so many fields, of which a few records have all.
fn fields(root: &Path, size: usize) {
    let (mut kind, mut record) = ("extends: asset\nfields:\n".to_owned(), String::new());
    for number in 0..size {
        let _ = writeln!(
            kind,
            "  - {{key: champ_{number}, type: text, column: true, labels: {{fr: Champ {number}, en: Field {number}}}}}"
        );
        let _ = write!(record, ", champ_{number}: valeur {number}");
    }
    file(root, "inventory/_kinds/asset.yaml", &kind);
    machines(root, 4, &record);
}

/// Sites within sites.
fn sites(root: &Path, size: usize) {
    let mut text = "- {id: lieu-0, name: Lieu 0, type: site}\n".to_owned();
    for number in 1..size {
        let _ = writeln!(
            text,
            "- {{id: lieu-{number}, name: Lieu {number}, type: site, parent: lieu-{}}}",
            number - 1
        );
    }
    file(root, "inventory/sites/lieux.yaml", &text);
}

type Shape = (
    &'static str,
    usize,
    fn(&Path, usize),
    fn(usize) -> Vec<String>,
);

fn one(path: &str) -> Vec<String> {
    vec![path.to_owned()]
}

const SHAPES: [Shape; 6] = [
    ("rows of a list", 600, rows, |_| {
        [
            "assets/index.html",
            "assets/pc-00007/index.html",
            "data/assets.csv",
            "data/assets.json",
        ]
        .map(str::to_owned)
        .to_vec()
    }),
    ("values in secret fields", 300, secrets, |_| {
        one("assets/index.html")
    }),
    ("back-links of a record", 250, back_links, |_| {
        one("people/ada/index.html")
    }),
    ("steps of a procedure", 50, procedure, |_| {
        one("procedures/tout-refaire/index.html")
    }),
    ("fields of a kind", 40, fields, |_| {
        ["assets/index.html", "assets/pc-00001/index.html"]
            .map(str::to_owned)
            .to_vec()
    }),
    ("sites within sites", 60, sites, |size| {
        vec![
            "sites/index.html".to_owned(),
            "sites/lieu-0/index.html".to_owned(),
            format!("sites/lieu-{}/index.html", size - 1),
        ]
    }),
];

#[test]
fn no_stage_is_quadratic() {
    // Work is counted on the thread that asks: all of it is done there.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread();
    let pool = pool.build().expect("a pool");
    let found = pool.install(|| {
        // What is made once for all is made before.
        work(rows, 1, |_| Vec::new());
        let grown = |(name, size, write, pages): Shape| {
            let made = [1, 2, 4, 8].map(|times| work(write, size * times, pages));
            faults(name, &made)
        };
        SHAPES.into_iter().flat_map(grown).collect::<Vec<_>>()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The judge of growth finds what grows by squares.
#[test]
fn squares_are_found() {
    let squares = [1, 2, 4, 8].map(|size: usize| {
        measure(|| {
            for _ in 0..size * size {
                std::hint::black_box(vec![0_u8; 100_000]);
            }
            for _ in 0..size * size * 1_000 {
                std::hint::black_box(Box::new(0_u8));
            }
        })
    });
    let made = squares.map(|one| {
        [
            one,
            AllocationInfo::default(),
            one,
            AllocationInfo::default(),
        ]
    });
    let found = faults("squares", &made);
    let said: Vec<&str> = found
        .iter()
        .filter_map(|fault| fault.split(": ").next())
        .collect();
    let parts = [
        "load, pieces",
        "load, bytes",
        "render, pieces",
        "render, bytes",
    ];
    assert_eq!(said, parts.map(|part| format!("squares, {part}")));
}
