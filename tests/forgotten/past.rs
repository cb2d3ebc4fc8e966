//! The repository: somebody arrives, stands in records, texts, names of files, messages and tags, and leaves.

use std::fs;
use std::path::Path;

use git2::{IndexAddOption, Repository, Signature, Time};

pub const CONFIG: &str = "title: Essai\nas_of: 2026-11-20\nbase_url: https://parc.example\n";
pub const WITH_AUDIENCES: &str = "title: Essai\nas_of: 2026-11-20\naudiences:\n  techniciens: {}\n  direction: {includes: [techniciens]}\n";

/// The states of the project, each a commit: author, message, files written, files removed.
type State = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const PROCEDURE: &str = "## Ouvrir l’accès\n\nUne phrase assez longue pour que le renommage se voie malgré un changement de quelques \
                         mots dans le texte.\n\nUne autre phrase, tout aussi longue, sur la façon de fermer l’accès le soir venu.\n";

const STATES: [State; 5] = [
    (
        "Zoé Martin",
        "Début",
        &[
            ("inventory/sites/lyon.yaml", "name: Lyon\n"),
            ("inventory/people/zoe.yaml", "name: Zoé Martin\n"),
            ("content/index.md", "# Accueil\n\nBonjour.\n"),
        ],
        &[],
    ),
    (
        "Camille Canari",
        "Camille Canari arrive\n\nPoste de CANARI Camille, camille.canari@parc.example.\n\n\
         Co-authored-by: Camille Canari <camille.canari@parc.example>",
        &[
            (
                "inventory/people/camille-canari.yaml",
                "name: Camille Canari\nemail: camille.canari@parc.example\nphone: 01 99 00 12 34\n\
                 notes: |\n  ## Camille Canari en bref\n\n  Badge fauvette-7.\n",
            ),
            (
                "inventory/accounts/liste.yaml",
                "- id: ccanari\n  login: ccanari\n  person: camille-canari\n- id: zmartin\n  login: zmartin\n  person: zoe\n",
            ),
            (
                "inventory/assets/pc-01.yaml",
                "name: Poste de Camille Canari\nuser: camille-canari\nsite: lyon\n\
                 notes: Appeler Camille Canari au 01 99 00 12 34 avant toute visite.\n",
            ),
            (
                "inventory/assets/srv-camille-canari.yaml",
                "name: Serveur d’essai\nsite: lyon\nnotes: Le serveur qui porte un nom, le temps des essais seulement.\n",
            ),
            (
                "inventory/tickets/t-1.yaml",
                "title: Souris pour Camille Canari\nopened: 2026-11-02 09:00\nstatus: new\nrequester: camille-canari\nassets: [pc-01]\n",
            ),
            (
                "procedures/acces-camille-canari.md",
                "---\ntitle: L’accès de Camille Canari\nowner: camille-canari\n---\n\nDemander à ccanari.\n\n",
            ),
        ],
        &[],
    ),
    (
        "Zoé Martin",
        "Noms neutres (vu avec ccanari, 01 99 00 12 34 ou 0199001234)\n\nReviewed-by: Camille Canari <camille.canari@parc.example>",
        &[
            (
                "inventory/assets/srv-web.yaml",
                "name: Serveur d’essai\nsite: lyon\nnotes: Le serveur qui porte un nom, le temps des essais seulement.\n",
            ),
            (
                "procedures/acces.md",
                "---\ntitle: L’accès\nowner: zoe\n---\n\nDemander à Camille.\n\n",
            ),
            (
                "inventory/assets/pc-01.yaml",
                "name: Poste de Camille Durand\nuser: zoe\nsite: lyon\n\
                 notes: Appeler Camille Durand au 01 99 00 00 00 avant toute visite.\n",
            ),
        ],
        &[
            "inventory/assets/srv-camille-canari.yaml",
            "procedures/acces-camille-canari.md",
        ],
    ),
    (
        "Zoé Martin",
        "Camille\u{a0}CANARI part",
        &[
            (
                "inventory/accounts/liste.yaml",
                "- id: zmartin\n  login: zmartin\n  person: zoe\n",
            ),
            (
                "inventory/tickets/t-1.yaml",
                "title: Souris\nopened: 2026-11-02 09:00\nstatus: new\nrequester: zoe\nassets: [pc-01]\n",
            ),
            (
                "content/fauvette-7.md",
                "---\ntitle: Badge fauvette-7\n---\n\nÀ rendre.\n",
            ),
        ],
        &["inventory/people/camille-canari.yaml"],
    ),
    (
        "ccanari",
        "Une adresse",
        &[(
            "inventory/sites/lyon.yaml",
            "name: Lyon\naddress: 1 rue des Essais\n",
        )],
        &[],
    ),
];

/// Writes all states; of the last, one file is removed on disk only.
pub fn write(root: &Path, config: &str) {
    let repository = Repository::init(root).expect("a repository");
    put(root, "carnet.yaml", config);
    for (number, (author, message, written, removed)) in (0..).zip(STATES) {
        for (path, text) in written {
            let long = path.starts_with("procedures/");
            let text = format!("{text}{}", if long { PROCEDURE } else { "" });
            put(root, path, &text);
        }
        for path in removed {
            fs::remove_file(root.join(path)).expect("a file");
        }
        commit(&repository, number, (author, message));
    }
    fs::remove_file(root.join("content/fauvette-7.md")).expect("a file");
}

/// A commit of all that stands there, later than those before.
pub fn commit_all(root: &Path, number: i64, message: &str) {
    let repository = Repository::open(root).expect("a repository");
    commit(&repository, number, ("Zoé Martin", message));
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn commit(repository: &Repository, number: i64, (author, message): (&str, &str)) {
    let mut index = repository.index().expect("an index");
    let all = ["*"].iter();
    index
        .add_all(all.clone(), IndexAddOption::DEFAULT, None)
        .expect("added");
    index.update_all(all, None).expect("removed");
    index.write().expect("written");
    let tree = index.write_tree().expect("a tree");
    let tree = repository.find_tree(tree).expect("a tree");
    let when = Time::new(1_762_000_000 + number * 86_400, 60);
    let who = Signature::new(author, "camille.canari@parc.example", &when).expect("a signature");
    let head = repository
        .head()
        .ok()
        .and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<_> = head.iter().collect();
    let id = repository
        .commit(Some("HEAD"), &who, &who, message, &tree, &parents)
        .expect("a commit");
    if number == 1 || number == 3 {
        let commit = repository.find_object(id, None).expect("the commit");
        let name = format!("fin-camille-canari-{number}");
        let told = "Avec Camille Canari\n\nEt ccanari.";
        repository
            .tag(&name, &commit, &who, told, false)
            .expect("a tag");
    }
}
