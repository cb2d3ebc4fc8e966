//! What a draft takes over from the build before is what a build from nothing would find: the example, saved again and
//! again as an editor would, with links, headings, names and files that come and go.

#[allow(dead_code, reason = "other tests use the rest")]
mod building;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use carnet::estate::Estate;
use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline;
use carnet::project::Project;

/// Everything that references mean.
fn meaning(estate: &Estate) -> Vec<String> {
    let records = estate.records().iter();
    let told = records.map(|it| {
        let place = (&it.source.file.path, it.source.range, &it.url, &it.title);
        format!(
            "{:?} {place:?} {:?} {:?} {:?}",
            it.id, it.links, it.mentions, it.back_links
        )
    });
    let names = estate
        .duplicates
        .iter()
        .map(|(record, id)| format!("{} {id:?}", record.id));
    told.chain(names).collect()
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::create_dir_all(to.parent().expect("in a folder")).expect("a folder");
        fs::copy(from, to).expect("copied");
        return;
    }
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        copy(&path, &to.join(path.file_name().expect("a name")));
    }
}

/// A file, and how its text changes.
type Edit = (&'static str, fn(&str) -> String);

const EDITS: [Edit; 12] = [
    ("procedures/infrastructure/panne-onduleur.md", |text| {
        format!("{text}\nVoir [[srv-erp-01]] et srv-ad-01.\n")
    }),
    ("procedures/infrastructure/panne-onduleur.md", |text| {
        text.replace("\n## ", "\n## Autrement : ")
    }),
    ("procedures/infrastructure/panne-onduleur.md", |text| {
        format!("{text}\n[Nulle part](nulle-part.md), ![[rien]], [[panne-onduleur#rien]]\n")
    }),
    ("inventory/sites/annecy.yaml", |text| {
        text.replace("city: Annecy", "city: Annecy-le-Vieux")
    }),
    ("inventory/sites/annecy.yaml", |text| {
        text.replace("parent: annecy", "parent: grenoble")
    }),
    ("inventory/sites/annecy.yaml", |text| {
        text.replace("name: Cabinet d’Annecy", "name: Cabinet")
    }),
    ("inventory/sites/annecy.yaml", |text| {
        text.replace("- id: annecy-accueil", "- id: annecy-entree")
    }),
    ("procedures/essai.md", |_| {
        "---\ntitle: Essai\n---\n\n## Un\n\n[[panne-onduleur]]\n".to_owned()
    }),
    ("procedures/essai.md", |text| {
        text.replace("title: Essai", "title: Essai\naliases: [erp]")
    }),
    ("content/essai.md", |_| {
        "# Essai\n\n[là](../procedures/essai.md#un) et [la reliure](/procedures/infrastructure/binder/)\n".to_owned()
    }),
    ("procedures/essai.md", |text| {
        text.replace("## Un", "## Deux")
    }),
    ("procedures/essai.md", |_| String::new()),
];

#[test]
fn what_is_taken_over_is_what_would_be_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["carnet.yaml", "content", "inventory", "procedures"] {
        copy(&root.join(part), &folder.path().join(part));
    }
    let mut loader = Loader::new(folder.path(), pipeline::rule_names());
    let history = Arc::new(History::absent(Absence::TurnedOff));
    let load =
        |loader: &mut Loader| -> Project { loader.load(&BTreeSet::new()).expect("a project") };
    let mut project = load(&mut loader);
    let as_of = project.config.as_of.expect("the example says its day");
    let mut draft = pipeline::draft(&project, Arc::clone(&history), as_of, None);
    for (place, (path, change)) in EDITS.into_iter().enumerate() {
        let full = folder.path().join(path);
        let before = fs::read_to_string(&full).unwrap_or_default();
        let after = change(&before);
        assert_ne!(before, after, "edit {place} changes {path}");
        if after.is_empty() {
            fs::remove_file(&full).expect("removed");
        } else {
            fs::write(&full, after).expect("written");
        }
        let next = loader
            .load(&BTreeSet::from([path.to_owned()]))
            .expect("a project");
        let made = pipeline::draft(&next, Arc::clone(&history), as_of, Some((&project, &draft)));
        let whole = pipeline::draft(&next, Arc::clone(&history), as_of, None);
        assert!(
            meaning(&made.estate) == meaning(&whole.estate),
            "after edit {place} of {path}"
        );
        let paths =
            |build: &pipeline::Build| build.site.paths().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(paths(&made), paths(&whole), "after edit {place} of {path}");
        (project, draft) = (next, made);
    }
}
