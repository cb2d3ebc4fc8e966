//! What a build takes from the one before is what a build from nothing would make, whatever changed meanwhile; and files
//! that are the same stay where they are on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Project, tree};

pub(super) const ONDULEUR: &str = "---\ntitle: Onduleur en panne\nlevel: n1\nowner: p-1\nprerequisites: [\"Suivre [[vpn]]\"]\n\
    ---\n\n## But\n\nRelancer **srv-1** et [[pc-001]], puis `{{ asset.hostname }}`.\n\n```bash\nping {{ asset.hostname }}\n```\n\n\
    1. [ ] Ouvrir la baie\n2. [ ] Voir [plus haut](#but)\n\n![[vpn#Ouvrir]]\n";
const VPN: &str = "---\ntitle: VPN\norder: 2\nrisks: Coupure du [[srv-1]].\n---\n\n## Ouvrir\n\nLancer le client.\n\n## Fermer\n\nVoir [[onduleur#but]].\n";
const ACCUEIL: &str = "---\ntitle: Notes\n---\n\n![[vpn]]\n\nPar [[p-1]].\n";

pub(super) fn project() -> Project {
    let project = Project::new();
    project.write("procedures/salle/onduleur.md", ONDULEUR);
    project.write("procedures/salle/vpn.md", VPN);
    project.write(
        "procedures/salle/README.md",
        "---\ntitle: Salle\n---\n\nAvant tout, [[vpn]].\n",
    );
    project.write("content/notes.md", ACCUEIL);
    project.write(
        "inventory/people/equipe.yaml",
        "- id: p-1\n  name: Camille Durand\n- id: p-2\n  name: Louis Morel\n",
    );
    project.write(
        "inventory/assets/serveurs.yaml",
        "- id: srv-1\n  name: Serveur 1\n  type: server\n  serial: SN-4411\n  hostname: srv-1\n  user: p-1\n",
    );
    git(&project, &["init", "--quiet"]);
    commit(&project, "Premier");
    project
}

fn git(project: &Project, arguments: &[&str]) {
    let done = Command::new("git")
        .args([
            "-c",
            "user.name=Camille",
            "-c",
            "user.email=camille@parc.example",
        ])
        .args(["-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(project.root())
        .status()
        .unwrap();
    assert!(done.success());
}

fn commit(project: &Project, message: &str) {
    git(project, &["add", "."]);
    git(
        project,
        &[
            "commit",
            "--quiet",
            "--message",
            message,
            "--date",
            "2026-11-19T09:00:00+01:00",
        ],
    );
}

/// Builds into a folder, and says how many pages were taken from the build before.
pub(super) fn build(project: &Project, out: &Path, more: &[&str]) -> u64 {
    let times = times(project, out, more);
    times["kept"].as_u64().unwrap_or_default()
}

/// Builds into a folder, and gives what `--timings` tells.
pub(super) fn times(project: &Project, out: &Path, more: &[&str]) -> serde_json::Value {
    let output = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args([
            "build",
            "--keep-going",
            "--timings=json",
            "--format=short",
            "--root",
        ])
        .arg(project.root())
        .arg("--out")
        .arg(out)
        .args(more)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let times = said.lines().find(|line| line.starts_with('{'));
    serde_json::from_str(times.expect(&said)).unwrap()
}

/// The files of a site by their paths, without those that the last one needed.
pub(super) fn files(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let manifest = fs::read(out.join("manifest.json")).unwrap();
    let listed: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let paths = listed["files"]
        .as_object()
        .unwrap()
        .keys()
        .map(PathBuf::from);
    let paths = paths.chain([PathBuf::from("manifest.json")]);
    paths
        .map(|path| {
            let bytes = fs::read(out.join(&path)).unwrap();
            (path, bytes)
        })
        .collect()
}

/// The files in which builds leave what they found.
pub(super) fn left(project: &Project) -> Vec<PathBuf> {
    let entries = fs::read_dir(project.root().join(".carnet/build"));
    let paths = entries
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|end| end == "kept"))
        .collect()
}

/// The same site made from nothing.
pub(super) fn from_nothing(project: &Project, more: &[&str]) -> BTreeMap<PathBuf, Vec<u8>> {
    let before = left(project);
    let out = project.folder.path().join("neuf");
    assert_eq!(build(project, &out, more), 0);
    let found = files(&out);
    fs::remove_dir_all(&out).unwrap();
    for path in left(project) {
        if !before.contains(&path) {
            fs::remove_file(path).unwrap();
        }
    }
    found
}

/// Files that are not the same, by name: a comparison that fails shall not print them.
pub(super) fn differing(
    one: &BTreeMap<PathBuf, Vec<u8>>,
    other: &BTreeMap<PathBuf, Vec<u8>>,
) -> Vec<PathBuf> {
    let paths = one.keys().chain(other.keys());
    let mut paths: Vec<_> = paths
        .filter(|path| one.get(*path) != other.get(*path))
        .cloned()
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

fn inodes(out: &Path) -> BTreeMap<PathBuf, (u64, i64)> {
    let paths = tree(out).into_keys().filter(|path| path.is_file());
    paths
        .map(|path| {
            let about = fs::symlink_metadata(&path).unwrap();
            (
                path.strip_prefix(out).unwrap().to_owned(),
                (about.ino(), about.mtime_nsec()),
            )
        })
        .collect()
}

pub(super) fn change(project: &Project, path: &str, old: &str, new: &str) {
    let text = fs::read_to_string(project.root().join(path)).unwrap();
    assert!(text.contains(old), "{path}: {old}");
    project.write(path, &text.replace(old, new));
}

/// A template, label file or asset of the default theme, as a theme of one's own has it, with a change.
fn theme(project: &Project, path: &str, old: &str, new: &str) {
    let default = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("themes/default")
        .join(path);
    let text = fs::read_to_string(default).unwrap();
    assert!(text.contains(old), "{path}: {old}");
    project.write(&format!("themes/essai/{path}"), &text.replacen(old, new, 1));
}

/// A change: words for others in a file, or anything.
enum Edit {
    Words(&'static str, &'static str, &'static str),
    Any(fn(&Project)),
}
use Edit::{Any, Words};

pub(super) const ONDULEUR_AT: &str = "procedures/salle/onduleur.md";
const VPN_AT: &str = "procedures/salle/vpn.md";
const TUNNEL_AT: &str = "procedures/salle/tunnel.md";
pub(super) const PEOPLE: &str = "inventory/people/equipe.yaml";
const SERVERS: &str = "inventory/assets/serveurs.yaml";
const CONFIG: &str = "carnet.yaml";
const KIND: &str =
    "extends: asset\nfields:\n  - {key: couleur, type: text, labels: {fr: Couleur}}\n";

/// Changes, with whether pages are taken from the build before where that is known of all of them.
#[rustfmt::skip]
const EDITS: [(&str, Edit, Option<bool>); 24] = [
    ("a body", Words(ONDULEUR_AT, "Ouvrir la", "Fermer la"), Some(true)),
    ("an embedded body", Words(VPN_AT, "le client", "le portail"), Some(true)),
    ("a heading", Words(VPN_AT, "## Fermer", "## Quitter"), None),
    ("a title", Words(VPN_AT, "title: VPN", "title: Tunnel"), None),
    ("an order", Words(VPN_AT, "order: 2", "order: 0\nstatus: draft"), None),
    ("a field", Words(SERVERS, "SN-4411", "SN-4412"), Some(true)),
    ("a name", Words(PEOPLE, "Camille Durand", "Camille Petit"), None),
    ("another id", Words(SERVERS, "- id: srv-1", "- id: srv-2"), Some(true)),
    ("a text that moves", Any(|it| moves(it, VPN_AT, TUNNEL_AT)), None),
    ("a new record", Any(|it| it.write("inventory/people/sam.yaml", "id: srv-1\nname: Sam Leroy\n")), None),
    ("a new text", Any(|it| it.write(VPN_AT, VPN)), None),
    ("a record that goes", Any(|it| goes(it, "inventory/people/sam.yaml")), None),
    ("a text that goes", Any(|it| goes(it, TUNNEL_AT)), None),
    ("a file beside", Any(|it| {
        it.write("procedures/salle/plan.txt", "un plan");
        change(it, ONDULEUR_AT, "## But", "## But\n\n[Plan](plan.txt)");
    }), None),
    ("a synonym", Words(CONFIG, "title: Essai", "title: Essai\nsynonyms: [baie = armoire]"), Some(true)),
    ("a commit alone", Any(|it| commit(it, "Deuxième")), None),
    ("a kind", Any(|it| it.write("inventory/_kinds/asset.yaml", KIND)), Some(false)),
    ("a theme with a template", Any(|it| {
        theme(it, "templates/procedure.html", "<article>", "<article data-essai>");
        change(it, CONFIG, "title: Essai", "title: Essai\ntheme: essai");
    }), Some(false)),
    ("another template", Any(|it| theme(it, "templates/procedure.html", "<article>", "<article data-autre>")), Some(false)),
    ("a word of the interface", Any(|it| it.write("themes/essai/labels/fr.yaml", "level: Palier\n")), Some(false)),
    ("a script of the theme", Any(|it| theme(it, "assets/carnet.js", "\n", "\n// essai\n")), None),
    ("a title of the site", Words(CONFIG, "title: Essai", "title: Le Carnet"), Some(false)),
    ("a day", Words(CONFIG, "as_of: 2026-11-20", "as_of: 2026-12-24"), Some(false)),
    ("another language", Words(CONFIG, "title: Le", "languages: [fr, en]\ntitle: Le"), None),
];

fn moves(project: &Project, from: &str, to: &str) {
    fs::rename(project.root().join(from), project.root().join(to)).unwrap();
}

fn goes(project: &Project, path: &str) {
    fs::remove_file(project.root().join(path)).unwrap();
}

#[test]
fn after_any_change_the_site_is_that_of_a_build_from_nothing() {
    let project = project();
    let out = project.out();
    build(&project, &out, &[]);
    for (what, edit, takes_pages) in EDITS {
        let (before, places) = (files(&out), inodes(&out));
        match edit {
            Words(path, old, new) => change(&project, path, old, new),
            Any(edit) => edit(&project),
        }
        let kept = build(&project, &out, &[]);
        let after = files(&out);
        let wrong = differing(&after, &from_nothing(&project, &[]));
        assert!(wrong.is_empty(), "{what}: {wrong:?}");
        assert_eq!(
            kept > 0,
            takes_pages.unwrap_or(kept > 0),
            "{what}: {kept} pages"
        );
        let changed = differing(&before, &after);
        assert!(!changed.is_empty(), "{what} changes nothing");
        let moved = inodes(&out);
        let stay = |path: &&PathBuf| before.contains_key(*path) && !changed.contains(path);
        for path in after.keys().filter(stay) {
            assert_eq!(
                places[path],
                moved[path],
                "{what}: {} was written",
                path.display()
            );
        }
    }
}

#[test]
fn each_audience_has_its_own() {
    let project = project();
    project.write("carnet.yaml", "as_of: 2026-11-20\naudiences:\n  techniciens: {}\n  direction: {includes: [techniciens]}\n");
    change(
        &project,
        "procedures/salle/vpn.md",
        "order: 2",
        "order: 2\naudience: direction",
    );
    let audiences = ["techniciens", "direction", "all"];
    let build_all = || {
        for audience in audiences {
            let (out, more) = (
                project.folder.path().join(audience),
                ["--audience", audience],
            );
            build(&project, &out, &more);
            let wrong = differing(&files(&out), &from_nothing(&project, &more));
            assert!(wrong.is_empty(), "{audience}: {wrong:?}");
        }
    };
    build_all();
    change(
        &project,
        "procedures/salle/vpn.md",
        "le client",
        "canarigris",
    );
    build_all();
    // What one audience's file says is no help to the builds of another one.
    let files = left(&project);
    let contents: Vec<_> = files.iter().map(|path| fs::read(path).unwrap()).collect();
    for (place, path) in files.iter().enumerate() {
        fs::write(path, &contents[(place + 1) % files.len()]).unwrap();
    }
    change(
        &project,
        "procedures/salle/onduleur.md",
        "Relancer",
        "Redémarrer",
    );
    build_all();
    let told = tree(&project.folder.path().join("techniciens"));
    let tells = |bytes: &Vec<u8>| bytes.windows(10).any(|word| word == b"canarigris");
    assert!(!told.values().any(tells));
}
