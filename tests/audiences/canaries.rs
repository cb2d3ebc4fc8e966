//! Words that stand nowhere else, one in each place that an audience may not read: none of them may be in what it gets, and
//! all that pages ever show are in what those get who see everything.

use std::path::Path;
use std::sync::Arc;

use carnet::audience::Audience;
use carnet::git;
use carnet::pipeline;
use git2::{Repository, Signature, Time};

use super::{files, load};

const CONFIG: &str = "title: Essai\nas_of: 2026-11-20\nbase_url: https://parc.example\naudiences:\n  techniciens: {}\n  \
                      direction: {includes: [techniciens]}\nfolders:\n  procedures/rh: {audience: direction}\n";
const KIND: &str = "extends: asset\nfields:\n  - {key: pin, type: text, column: true, facet: true, searchable: true, audience: direction, \
                    labels: {fr: canari étiquette, en: canary label}}\n";
const VAULT: &str = "kind: coffre\nfolder: coffres\naudience: direction\nlabels: {fr: canarigenre, en: canarikind}\nplural: {fr: canarigenres, en: canarikinds}\n\
                     fields:\n  - {key: name, type: text, required: true, searchable: true}\n";

/// What no page shows even to those who see everything.
const NEVER_SHOWN: [&str; 0] = [];

/// The states of the project, each a commit: author, message, files written, files removed.
type State = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const STATES: [State; 5] = [
    (
        "Zoé Martin",
        "Début",
        &[
            ("carnet.yaml", CONFIG),
            ("inventory/_kinds/asset.yaml", KIND),
            ("inventory/_kinds/coffre.yaml", VAULT),
            ("inventory/sites/lyon.yaml", "name: Lyon\n"),
            (
                "content/index.md",
                "# Accueil\n\nBonjour, voir [[pc-01]].\n",
            ),
        ],
        &[],
    ),
    (
        "Canariauteur",
        "canarimessage du secret\n\nEt canaricorps.",
        &[
            (
                "inventory/coffres/c.yaml",
                "id: canaricoffre\nname: canarinomcoffre\n",
            ),
            (
                "inventory/assets/canarifichier.yaml",
                "id: canari-id-9\nname: canarinom\nserial: CANARISERIE\nhostname: canarihote\ntags: [canarimot]\naliases: [canarialias]\nmac: 02:00:5e:10:00:0c\n\
                 notes: |\n  ## canarititre\n\n  canaritexte `canaricode`\nsite: lyon\naudience: direction\n",
            ),
            (
                "inventory/people/p.yaml",
                "id: canaripersonne\nname: canariprenom\nemail: canarimel@exemple.example\naudience: direction\n",
            ),
            (
                "procedures/rh/canariprocedure.md",
                "---\ntitle: canariproctitre\n---\n\n## canariproctete\n\nVoir [la pièce](canaripiece.txt).\n\n```sh\ncanaricommande\n```\n",
            ),
            ("procedures/rh/canaripiece.txt", "canaricontenu"),
            (
                "content/secret.md",
                "---\ntitle: canaripage\naudience: direction\n---\n\ncanaricontenupage\n",
            ),
            (
                "content/secret.en.md",
                "---\ntitle: canaritraduit\n---\n\ncanaricontenutraduit\n",
            ),
        ],
        &[],
    ),
    (
        "Zoé Martin",
        "canarimixte",
        &[
            (
                "inventory/assets/liste.yaml",
                "- id: pc-01\n  name: Poste un\n  pin: canariancien\n  site: lyon\n  user: canaripersonne\n  notes: Voir [[canaripersonne]].\n- id: pc-02\n  name: canarialors\n  audience: direction\n",
            ),
            (
                "inventory/assets/parti.yaml",
                "id: pc-03\nname: canariretire\naudience: direction\n",
            ),
        ],
        &[],
    ),
    (
        "Zoé Martin",
        "Le poste change de nom, canaripresque",
        &[(
            "inventory/assets/liste.yaml",
            "- id: pc-01\n  name: Poste deux\n  pin: canarichamp\n  site: lyon\n  user: canaripersonne\n  notes: Voir [[canaripersonne]].\n- id: pc-02\n  name: Poste ouvert\n",
        )],
        &["inventory/assets/parti.yaml"],
    ),
    (
        "Zoé Martin",
        "Le site de Lyon a une adresse",
        &[(
            "inventory/sites/lyon.yaml",
            "name: Lyon\naddress: 1 rue des Essais\n",
        )],
        &[],
    ),
];

/// The repository with all states, checked out at the last.
fn write(root: &Path) {
    let repository = Repository::init(root).expect("a repository");
    for (number, (author, message, written, removed)) in (0..).zip(STATES) {
        for (path, text) in written {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        for path in removed {
            std::fs::remove_file(root.join(path)).expect("a file");
        }
        let mut index = repository.index().expect("an index");
        let all = ["*"].iter();
        index
            .add_all(all.clone(), git2::IndexAddOption::DEFAULT, None)
            .expect("added");
        index.update_all(all, None).expect("removed");
        index.write().expect("written");
        let tree = index.write_tree().expect("a tree");
        let tree = repository.find_tree(tree).expect("a tree");
        let when = Time::new(1_750_000_000 + number * 3600, 120);
        let who = Signature::new(author, "auteur@exemple.example", &when).expect("a signature");
        let head = repository
            .head()
            .ok()
            .and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<_> = head.iter().collect();
        repository
            .commit(Some("HEAD"), &who, &who, message, &tree, &parents)
            .expect("a commit");
    }
}

/// Everything that an audience gets, in small letters: names and contents of files.
fn output(root: &Path, name: &str) -> String {
    let project = load(root);
    let folders = ["carnet.yaml", "content", "inventory", "procedures"];
    let request = git::Request::new(root, &folders, Arc::clone(&project.schema));
    let history = Arc::new(git::history(&request));
    let audience = Audience::named(&project.config.audiences, name).expect("declared");
    let as_of = project.config.as_of.expect("a day");
    let build = pipeline::build_for(&audience, &project, history, as_of);
    let mut all = String::new();
    for (path, bytes) in files(&build) {
        all.extend([&path, "\n", &String::from_utf8_lossy(&bytes), "\n"]);
    }
    all.to_lowercase()
}

/// Every word of the project that starts with `canari`, in small letters.
fn canaries() -> Vec<String> {
    let texts = STATES.iter().flat_map(|(author, message, written, _)| {
        let written = written.iter().flat_map(|(path, text)| [*path, *text]);
        [*author, *message].into_iter().chain(written)
    });
    let mut found: Vec<String> = texts
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric() && letter != '-'))
        .map(str::to_lowercase)
        .filter(|word| word.starts_with("canari"))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn no_canary_is_in_what_a_lower_audience_gets() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path());
    let (lower, upper) = (
        output(folder.path(), "techniciens"),
        output(folder.path(), "direction"),
    );
    let canaries = canaries();
    assert!(canaries.len() > 30, "{canaries:?}");
    for canary in &canaries {
        let around = |at: usize| lower[..at].chars().rev().take(200).collect::<Vec<_>>();
        if let Some(at) = lower.find(canary.as_str()) {
            let before: String = around(at).into_iter().rev().collect();
            panic!("`{canary}` is in the lower site, after: {before}");
        }
        let is_shown = !NEVER_SHOWN.contains(&canary.as_str());
        assert_eq!(
            upper.contains(canary.as_str()),
            is_shown,
            "`{canary}` in the upper site"
        );
    }
    // What the lower audience does read is there.
    for word in [
        "poste deux",
        "poste ouvert",
        "1 rue des essais",
        "zoé martin",
    ] {
        assert!(lower.contains(word), "{word}");
    }
}
