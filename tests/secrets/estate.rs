//! A project with a secret of each kind in each place, and a history that had others.

use std::fs;
use std::path::Path;

use git2::{IndexAddOption, Repository, Signature, Time};

/// The files of today that must be told of.
pub const MARKED: [&str; 7] = [
    "carnet.yaml",
    "procedures/acces.md:",
    "inventory/assets/pc-01.yaml:",
    "inventory/assets/releve.txt",
    "inventory/assets/large.csv",
    "inventory/licences/suite.yaml:",
    "••••••••",
];

/// The secrets of a project.
pub struct Estate {
    today: Vec<(&'static str, String)>,
    past: Vec<String>,
}

/// What no file of this repository holds as a whole: letters by a number, so that no forge takes the test for a leak.
fn letters(mut seed: u64, count: usize, of: &str) -> String {
    let all: Vec<char> = of.chars().collect();
    let mut out = String::new();
    while out.len() < count {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(seed >> 33).expect("31 bits") % all.len();
        out.push(all[place]);
    }
    out
}

const MIXED: &str = "ABDEGHKMNPQRTVWXYZabdeghkmnpqrtvwxyz2346789";
const CAPITALS: &str = "BCDFGHJKMPQRTVWXY2346789";

fn groups(seed: u64) -> String {
    let all: Vec<String> = (0..5)
        .map(|group| letters(seed + group * 7, 5, CAPITALS))
        .collect();
    all.join("-")
}

fn recovery(seed: u32) -> String {
    let groups: Vec<String> = (0..8)
        .map(|group| format!("{:06}", 11 * (seed + group * 4_733)))
        .collect();
    groups.join("-")
}

impl Estate {
    /// All that nobody may read.
    pub fn secrets(&self) -> Vec<String> {
        let today = self.today.iter().map(|(_, secret)| secret.clone());
        today.chain(self.past.iter().cloned()).collect()
    }

    fn of(&self, name: &str) -> &str {
        let mut all = self.today.iter();
        &all.find(|(other, _)| *other == name).expect("known").1
    }

    /// Writes the project and its history to a folder.
    pub fn write(root: &Path) -> Self {
        let estate = Self {
            today: vec![
                ("key", letters(1, 64, MIXED)),
                ("github", format!("{}{}", "ghp_", letters(2, 36, MIXED))),
                ("gitlab", format!("{}{}", "glpat-", letters(3, 20, MIXED))),
                ("aws", format!("{}{}", "AKIA", letters(4, 16, CAPITALS))),
                ("slack", format!("{}{}", "xoxb-", letters(5, 30, MIXED))),
                ("stripe", format!("{}{}", "sk_live_", letters(6, 24, MIXED))),
                ("telegram", format!("748291630:AA{}", letters(7, 33, MIXED))),
                ("bearer", letters(8, 32, MIXED)),
                ("address", "Glycine&/66x".replace("&/", "-")),
                ("windows", groups(9)),
                ("disk", recovery(10_007)),
                ("field", recovery(20_011)),
                ("wifi", "pivoine4815".into()),
                ("cisco", "Mimosa99x".into()),
                ("seven", "0822455D0A165F".into()),
                (
                    "hash",
                    format!("$6${}${}", letters(11, 8, MIXED), letters(12, 86, MIXED)),
                ),
                ("note", "Tournesol77".into()),
                ("table", "Capucine88!".into()),
                ("comment", "Jacinthe55".into()),
                ("type", "Dahlia44x".into()),
                ("azure", letters(13, 86, MIXED)),
                ("attached", "Bleuet33xy".into()),
                ("wide", "Anemone22x".into()),
                ("name", format!("{}{}", "glpat-", letters(14, 20, MIXED))),
                ("config", "Violette11".into()),
                ("licence", groups(15)),
            ],
            past: vec![
                "Narcisse71".into(),
                "Lavande62".into(),
                "Myosotis53".into(),
                "Primevere44".into(),
            ],
        };
        estate.past(root);
        estate.today(root);
        estate
    }

    /// Two commits whose secrets are gone, in values, texts, messages and a tag.
    fn past(&self, root: &Path) {
        let [value, text, message, tag] = &self.past[..] else {
            panic!("four")
        };
        put(root, "carnet.yaml", "title: Essai\nas_of: 2026-11-20\n");
        put(
            root,
            "inventory/assets/pc-01.yaml",
            &format!("name: PC\nstatus: in-service\nnotes: |\n  mdp : {value}\n"),
        );
        put(
            root,
            "procedures/acces.md",
            &format!("# Accès\n\nUn texte.\n\nMot de passe : {text}\n"),
        );
        commit(root, &format!("Début\n\nmot de passe : {message}"));
        put(
            root,
            "inventory/assets/pc-01.yaml",
            "name: PC\nstatus: in-service\nnotes: |\n  mdp : voir le coffre\n",
        );
        put(
            root,
            "procedures/acces.md",
            "# Accès\n\nUn texte.\n\nMot de passe : voir le coffre\n",
        );
        commit(root, &format!("Retrait, le mdp était {message}"));
        let repository = Repository::open(root).expect("a repository");
        let head = repository
            .head()
            .expect("a head")
            .peel_to_commit()
            .expect("a commit");
        let said = format!("pwd={tag}");
        repository
            .tag("v1", head.as_object(), &who(), &said, false)
            .expect("a tag");
    }

    fn today(&self, root: &Path) {
        let of = |name: &str| self.of(name);
        put(
            root,
            "carnet.yaml",
            &format!(
                "title: Essai\nas_of: 2026-11-20\nbase_url: https://site:{}@parc.example\nimport:\n  csv:\n    kind: asset\n    \
                 columns: {{nom: name, commentaire: notes}}\n",
                of("config")
            ),
        );
        put(
            root,
            "inventory/assets/pc-01.yaml",
            &format!(
                "# ancien mdp : {}\nname: PC\nstatus: in-service\nbitlocker_key: {}\nnotes: |\n  compte / motdepasse : admin / {}\n  \
                 disque {}\n  {}\nwarranty_end: pwd={}\n",
                of("comment"),
                of("field"),
                of("note"),
                of("disk"),
                of("windows"),
                of("type")
            ),
        );
        put(
            root,
            "inventory/licences/suite.yaml",
            &format!("name: Suite\nnotes: clé {}\n", of("licence")),
        );
        put(root, "procedures/acces.md", &self.page());
        put(
            root,
            "inventory/assets/releve.txt",
            &format!("serveur\npwd={}\n", of("attached")),
        );
        let wide: Vec<u8> = format!(
            "\u{feff}compte;mot de passe\nadmin;x\nmot de passe : {}\n",
            of("wide")
        )
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
        fs::write(root.join("inventory/assets/large.csv"), wide).expect("written");
        put(
            root,
            &format!("procedures/jeton-{}.md", of("name")),
            "# Un jeton\n\nTexte.\n",
        );
        put(
            root,
            "liste.csv",
            &format!("nom;commentaire\nPC-7;mot de passe : {}\n", of("note")),
        );
    }

    /// A page with a secret of most kinds.
    fn page(&self) -> String {
        let of = |name: &str| self.of(name);
        let key = of("key");
        let page = [
            "---\ntitle: Accès\n---\n".to_owned(),
            "Un texte, et [[pc-01]].\n".to_owned(),
            "Voir [[pc-01]].\n".to_owned(),
            format!(
                "-----BEGIN RSA {} KEY-----\n{key}\n-----END RSA {} KEY-----\n",
                "PRIVATE", "PRIVATE"
            ),
            format!("{} et {} et {}\n", of("github"), of("gitlab"), of("aws")),
            format!(
                "```\n{}\n{}\n{}\n```\n",
                of("slack"),
                of("stripe"),
                of("telegram")
            ),
            format!("Authorization: Bearer {}\n", of("bearer")),
            format!("<https://admin:{}@routeur.parc.example/>\n", of("address")),
            format!("WIFI:T:WPA;S:Parc;P:{};;\n", of("wifi")),
            format!(
                "```\nenable secret {}\nusername x password 7 {}\nroot:{}:1:\n```\n",
                of("cisco"),
                of("seven"),
                of("hash")
            ),
            format!(
                "| Compte | Mot de passe |\n| --- | --- |\n| admin | {} |\n",
                of("table")
            ),
            format!("AccountKey={}==\n", of("azure")),
        ];
        page.join("\n")
    }
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

fn who() -> Signature<'static> {
    Signature::new("Zoé", "zoe@parc.example", &Time::new(1_760_000_000, 0)).expect("a signature")
}

fn commit(root: &Path, message: &str) {
    let repository = Repository::init(root).expect("a repository");
    let mut index = repository.index().expect("an index");
    index
        .add_all(["*"], IndexAddOption::DEFAULT, None)
        .expect("its files");
    index.write().expect("written");
    let tree = index.write_tree().expect("a tree");
    let tree = repository.find_tree(tree).expect("a tree");
    let before = repository
        .head()
        .ok()
        .map(|head| head.peel_to_commit().expect("a commit"));
    let parents: Vec<&git2::Commit<'_>> = before.iter().collect();
    repository
        .commit(Some("HEAD"), &who(), &who(), message, &tree, &parents)
        .expect("a commit");
}
