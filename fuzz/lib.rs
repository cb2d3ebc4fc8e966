//! What targets that need a whole project share: a small estate in a folder of its own, and texts that stand for files of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};

/// The estate: a record of each kind that others name, and a page.
const FILES: [(&str, &str); 6] = [
    ("carnet.yaml", "title: Essai\nas_of: 2026-11-20\n"),
    ("inventory/sites/lyon.yaml", "id: lyon\nname: Lyon\naddress: 1 rue de l’Essai\n"),
    ("inventory/people/camille.yaml", "id: camille\nname: Camille Exemple\nemail: camille@corp.example\n"),
    (
        "inventory/assets/srv-01.yaml",
        "id: srv-01\nname: Serveur\ntype: server\nsite: lyon\nuser: camille\nip: [192.0.2.10]\nserial: XK-2041\n",
    ),
    (
        "inventory/tickets/inc-1.yaml",
        "id: inc-1\ntitle: Onduleur en panne\ntype: incident\nstatus: open\nopened: 2026-11-01\nrequester: camille\nassets: [srv-01]\n",
    ),
    ("procedures/onduleur.md", "---\ntitle: Panne d’onduleur\n---\n## Vérifier\n\nVoir [[srv-01]].\n"),
];

static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    let root = std::env::temp_dir().join(format!("carnet-fuzz-{}", std::process::id()));
    for (path, text) in FILES {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    root
});

/// The site of the estate with some texts more, by their paths.
pub fn estate<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Build {
    let mut loader = Loader::new(&*ROOT, pipeline::rule_names());
    for (path, text) in texts {
        loader.hold(path, Some(Arc::from(text)));
    }
    let project = loader.load(&BTreeSet::new()).expect("the estate can be read");
    let day = project.config.as_of.expect("the estate says its day");
    pipeline::build(&project, Arc::new(History::absent(Absence::TurnedOff)), day)
}

/// The pages of a site whose address holds a word.
pub fn rendered(build: &Build, word: &str) -> Vec<String> {
    let paths = build.site.paths().filter(|path| path.contains(word) && path.ends_with(".html"));
    let paths: Vec<String> = paths.map(str::to_owned).collect();
    let pages = paths.iter().filter_map(|path| build.site.render(path)?.ok());
    pages.map(|bytes| String::from_utf8(bytes).expect("pages are UTF-8")).collect()
}
