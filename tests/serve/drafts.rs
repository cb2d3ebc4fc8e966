//! What `serve` takes over from one build to the next never shows: after each change the bytes and the findings
//! are those of somebody who reads everything for the first time.

use super::*;

use std::collections::{BTreeMap, BTreeSet};

use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};
use carnet::project::Project;
use jiff::civil::date;

const FOOTER: &str = "themes/nous/templates/footer.html";

/// A folder that is read again after each change, as `serve` does.
struct Followed {
    root: PathBuf,
    loader: Loader,
    history: Arc<History>,
    last: Option<(Project, Build)>,
}

impl Followed {
    fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            loader: Loader::new(root, pipeline::rule_names()),
            history: Arc::new(History::absent(Absence::TurnedOff)),
            last: None,
        }
    }

    /// Reads again what changed, and compares with a first reading. Gives whether the estate is that of before.
    fn follow(&mut self, changed: &[&str]) -> bool {
        let changed: BTreeSet<String> = changed.iter().map(|&path| path.to_owned()).collect();
        let project = self.loader.load_changed(&changed).unwrap();
        let before = self.last.as_ref();
        let before = before.map(|(project, build)| (project, build));
        let day = date(2026, 11, 20);
        let build = pipeline::draft(&project, Arc::clone(&self.history), day, before);
        let kept = before.is_some_and(|(_, before)| Arc::ptr_eq(&before.estate, &build.estate));

        let mut loader = Loader::new(&self.root, pipeline::rule_names());
        let first = loader.load(&BTreeSet::new()).unwrap();
        let first = pipeline::build(&first, Arc::clone(&self.history), day);
        assert_eq!(build.all_findings(), first.diagnostics);
        assert_eq!(rendered(&build), rendered(&first));
        assert!(self.loader.is_current());
        self.last = Some((project, build));
        kept
    }
}

fn rendered(build: &Build) -> BTreeMap<String, Vec<u8>> {
    let paths = build.paths().into_iter();
    paths
        .map(|path| {
            let bytes = build.render(&path).expect("listed");
            (path, bytes.expect("the theme is sound"))
        })
        .collect()
}

#[test]
fn what_is_taken_over_is_what_would_be_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "carnet.yaml", "title: Essai\ntheme: nous\n");
    write(root, FOOTER, "<p>Un</p>\n");
    write(root, "procedures/b/imprimante.md", PRINTER);
    write(
        root,
        "procedures/b.md",
        "---\ntitle: B\n---\n\nVoir [[imprimante]].\n",
    );
    write(
        root,
        "inventory/assets/lyon.yaml",
        "- {id: pc-1, name: Poste, type: laptop}\n",
    );
    let mut followed = Followed::new(root);
    assert!(!followed.follow(&[]));

    // The theme alone: the estate is the same, whatever the theme is.
    write(root, FOOTER, "<p>Deux</p>\n");
    assert!(followed.follow(&[FOOTER]));
    write(
        root,
        "themes/nous/assets/style/8.css",
        ".a { color: red }\n",
    );
    assert!(followed.follow(&["themes/nous/assets/style/8.css"]));
    assert!(followed.follow(&[]));

    // A text, a title that others refer by, an id that a list had.
    write(
        root,
        "procedures/b/imprimante.md",
        &PRINTER.replace("un.", "deux."),
    );
    assert!(!followed.follow(&["procedures/b/imprimante.md"]));
    write(
        root,
        "procedures/b/imprimante.md",
        &PRINTER.replace("Imprimante", "Traceur"),
    );
    followed.follow(&["procedures/b/imprimante.md"]);
    let list =
        "- {id: pc-2, name: Poste, type: laptop}\n- {id: pc-2, name: Double, type: laptop}\n";
    write(root, "inventory/assets/lyon.yaml", list);
    followed.follow(&["inventory/assets/lyon.yaml"]);

    // Files that come and go, one that an editor only tries, and a kind of the site's own.
    write(
        root,
        "procedures/a.md",
        "---\ntitle: A\n---\n\nVoir [[b]] et [[rien]].\n",
    );
    followed.follow(&["procedures/a.md", "procedures/4913"]);
    fs::remove_file(root.join("procedures/b.md")).unwrap();
    followed.follow(&["procedures/b.md"]);
    fs::rename(root.join("procedures/b"), root.join("procedures/c")).unwrap();
    followed.follow(&["procedures/b", "procedures/c"]);
    let kind = "kind: robot\nfolder: robots\nlabels: {fr: Robot, en: Robot}\nplural: {fr: Robots, en: Robots}\ntitle: name\n\
                fields:\n  - {key: name, type: text, labels: {fr: Nom, en: Name}}\n";
    write(root, "inventory/_kinds/robot.yaml", kind);
    followed.follow(&["inventory/_kinds/robot.yaml"]);
    write(root, "carnet.yaml", "title: Autre\ntheme: nous\n");
    assert!(!followed.follow(&["carnet.yaml"]));
}

#[test]
fn what_nobody_told_of_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "procedures/imprimante.md", PRINTER);
    write(root, "procedures/vpn.md", PRINTER);
    let mut loader = Loader::new(root, pipeline::rule_names());
    loader.load(&BTreeSet::new()).unwrap();
    write(
        root,
        "procedures/vpn.md",
        &PRINTER.replace("un.", "bien autre chose."),
    );
    let changed = BTreeSet::from(["procedures/imprimante.md".to_owned()]);
    loader.load_changed(&changed).unwrap();
    assert!(!loader.is_current());
    loader.load(&BTreeSet::new()).unwrap();
    assert!(loader.is_current());
    fs::remove_file(root.join("procedures/vpn.md")).unwrap();
    loader.load_changed(&changed).unwrap();
    assert!(!loader.is_current());
}
