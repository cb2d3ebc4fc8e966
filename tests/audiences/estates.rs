//! Small estates by chance, always the same ones: each can be written with what is for managers alone, or without it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Chance by a number (xorshift).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn one<'a>(&mut self, of: &'a [String]) -> &'a str {
        &of[self.below(of.len())]
    }
}

/// A line of a record, and whether managers alone read it.
struct Line {
    text: String,
    hidden: bool,
}

struct Written {
    kind: &'static str,
    folder: &'static str,
    id: String,
    lines: Vec<Line>,
    body: String,
    hidden: bool,
    /// The list that it stands in, with others.
    list: Option<usize>,
}

/// An estate.
pub struct Estate {
    records: Vec<Written>,
    /// `serial` of assets and `email` of people, which come with Carnet, are for managers.
    hides_built_in: bool,
}

const KINDS: [(&str, &str); 8] = [
    ("asset", "assets"),
    ("person", "people"),
    ("site", "sites"),
    ("software", "software"),
    ("licence", "licences"),
    ("badge", "badges"),
    ("dossier", "dossiers"),
    ("ticket", "tickets"),
];

impl Estate {
    /// The estate of a number.
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut names: Vec<(&str, &str, String)> = Vec::new();
        for (kind, folder) in KINDS {
            for number in 0..=chance.below(3) {
                names.push((kind, folder, format!("{}-{number:02}", &kind[..3])));
            }
        }
        for number in 0..=chance.below(3) {
            names.push(("procedure", "procedures", format!("p{number}")));
            names.push(("procedure", "procedures/rh", format!("rh{number}")));
            names.push(("page", "content", format!("page{number}")));
        }
        let hides_built_in = chance.once_in(2);
        let ids = |kind: &str| -> Vec<String> {
            let own = names.iter().filter(|(other, _, _)| *other == kind);
            own.map(|(_, _, id)| id.clone()).collect()
        };
        let all: Vec<String> = names.iter().map(|(_, _, id)| id.clone()).collect();
        let records = names.iter().map(|(kind, folder, id)| {
            let lines = lines(
                &mut chance,
                (*kind, id.as_str()),
                (&ids, all.as_slice()),
                hides_built_in,
            );
            let is_text = matches!(*kind, "procedure" | "page");
            let hidden = *kind == "dossier" || *folder == "procedures/rh" || chance.once_in(3);
            Written {
                kind,
                folder,
                id: id.clone(),
                lines,
                body: if is_text {
                    body(&mut chance, &all)
                } else {
                    String::new()
                },
                hidden,
                list: (!is_text && chance.once_in(2)).then_some(0),
            }
        });
        Self {
            records: records.collect(),
            hides_built_in,
        }
    }

    /// Writes the project; `whole` with what is for managers alone.
    pub fn write(&self, root: &Path, whole: bool) {
        put(root, "carnet.yaml", CONFIG);
        put(root, "content/index.md", "# Accueil\n\nBonjour.\n");
        put(root, "procedures/rh/README.md", "# Personnel\n\nIci.\n");
        if !whole {
            fs::remove_file(root.join("procedures/rh/README.md")).expect("just written");
        }
        self.schema(root, whole);
        let mut lists: std::collections::BTreeMap<&str, String> = std::collections::BTreeMap::new();
        for record in self.records.iter().filter(|record| whole || !record.hidden) {
            let mut text = String::new();
            for line in record.lines.iter().filter(|line| whole || !line.hidden) {
                text.push_str(&line.text);
                text.push('\n');
            }
            // Those of a kind or a folder for managers are not marked one by one.
            let by_itself = record.kind != "dossier" && record.folder != "procedures/rh";
            if record.hidden && by_itself {
                text.push_str("audience: managers\n");
            }
            let (folder, id) = (record.folder, &record.id);
            if matches!(record.kind, "procedure" | "page") {
                let text = format!("---\n{text}---\n\n{}", record.body);
                put(root, &format!("{folder}/{id}.md"), &text);
            } else if record.list.is_some() {
                let list = lists.entry(folder).or_default();
                let text = format!("id: {id}\n{text}").trim_end().replace('\n', "\n  ");
                let _ = writeln!(list, "- {text}");
            } else {
                put(root, &format!("inventory/{folder}/{id}.yaml"), &text);
            }
        }
        for (folder, text) in lists {
            put(root, &format!("inventory/{folder}/liste.yaml"), &text);
        }
    }

    fn schema(&self, root: &Path, whole: bool) {
        let hidden = "  - {key: note_cachee, type: text, column: true, facet: true, searchable: true, audience: managers, labels: {fr: Note cachée, en: Hidden note}}\n";
        let dossier = "  - {key: dossier, type: reference, to: [dossier], audience: managers}\n";
        let own = |key: &str| format!("  - {{key: {key}, audience: managers}}\n");
        // What comes with Carnet is described in both: the site without it has no values.
        let (serial, email) = if self.hides_built_in {
            (own("serial"), own("email"))
        } else {
            (String::new(), String::new())
        };
        let (asset, licence, code) = if whole {
            (
                format!("{hidden}{dossier}"),
                hidden,
                "  - {key: code, type: text, identifier: true, column: true, audience: managers}\n",
            )
        } else {
            (String::new(), "", "")
        };
        let extend = |kind: &str, fields: &str| match fields {
            "" => format!("extends: {kind}\n"),
            fields => format!("extends: {kind}\nfields:\n{fields}"),
        };
        put(
            root,
            "inventory/_kinds/asset.yaml",
            &extend("asset", &format!("{serial}{asset}")),
        );
        put(
            root,
            "inventory/_kinds/person.yaml",
            &extend("person", &email),
        );
        put(
            root,
            "inventory/_kinds/licence.yaml",
            &extend("licence", licence),
        );
        let part = if whole {
            "      - {key: alarm, type: text, audience: managers}\n"
        } else {
            ""
        };
        let badge = format!(
            "kind: badge\nfolder: badges\nlabels: {{fr: Badge, en: Badge}}\nfields:\n  - {{key: name, type: text, required: true, searchable: true, column: true}}\n{code}  \
             - {{key: holder, type: reference, to: [person], column: true}}\n  - key: doors\n    type: structure\n    list: true\n    fields:\n{part}      \
             - {{key: door, type: text}}\n"
        );
        put(root, "inventory/_kinds/badge.yaml", &badge);
        if whole {
            let dossier = "kind: dossier\nfolder: dossiers\naudience: managers\nlabels: {fr: Dossier, en: File}\nfields:\n  - {key: name, type: text, required: true, searchable: true}\n";
            put(root, "inventory/_kinds/dossier.yaml", dossier);
        }
    }

    /// How many records managers alone read.
    pub fn hidden(&self) -> usize {
        self.records.iter().filter(|record| record.hidden).count()
    }
}

const CONFIG: &str = "title: Essai\nas_of: 2026-11-20\naudiences:\n  technicians: {}\n  managers: {includes: [technicians]}\n\
                      folders:\n  procedures/rh: {audience: managers}\n";

/// A text with links of all forms.
fn body(chance: &mut Chance, all: &[String]) -> String {
    let mut text = String::from("# Titre\n\nDébut.\n\n## Suite\n\n");
    for _ in 0..chance.below(4) {
        let id = chance.one(all).to_owned();
        let _ = match chance.below(4) {
            0 => writeln!(text, "Voir [[{id}]].\n"),
            1 => writeln!(text, "Voir [[{id}|ceci]] et {}.\n", id.to_uppercase()),
            2 => writeln!(text, "![[{id}]]\n"),
            _ => writeln!(
                text,
                "Voir [là](/procedures/{id}/) et [ici](../inventory/assets/{id}.yaml).\n"
            ),
        };
    }
    text
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// The ids of the records of a kind.
type IdsOf<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// The lines of a record.
fn lines(
    chance: &mut Chance,
    (kind, id): (&str, &str),
    (ids, all): (IdsOf<'_>, &[String]),
    hides_built_in: bool,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |text: String, hidden: bool| lines.push(Line { text, hidden });
    let number = chance.below(1000);
    let title = if matches!(kind, "ticket" | "procedure" | "page") {
        "title"
    } else {
        "name"
    };
    line(format!("{title}: Nom {number} de {id}"), false);
    match kind {
        "asset" => {
            let types = ["laptop", "server", "switch", "printer"];
            line(format!("type: {}", types[chance.below(4)]), false);
            line("status: in-service".to_owned(), false);
            line(format!("serial: SER{number}X"), hides_built_in);
            line(format!("price: {number}"), false);
            line(format!("site: {}", chance.one(&ids("site"))), false);
            line(format!("user: {}", chance.one(&ids("person"))), false);
            line(format!("note_cachee: mot{number}"), true);
            line(format!("dossier: {}", chance.one(&ids("dossier"))), true);
        }
        "person" => line(format!("email: p{number}@exemple.example"), hides_built_in),
        "licence" => {
            line(format!("software: {}", chance.one(&ids("software"))), false);
            line(format!("seats: {}", chance.below(5) + 1), false);
            line(format!("note_cachee: cle{number}"), true);
        }
        "badge" => {
            line(format!("holder: {}", chance.one(&ids("person"))), false);
            line(format!("code: CODE{number}"), true);
            line(format!("doors:\n  - {{door: D{number}}}"), false);
        }
        "ticket" => {
            line(
                "type: incident\nstatus: new\nopened: 2026-11-02 09:00".to_owned(),
                false,
            );
            line(format!("requester: {}", chance.one(&ids("person"))), false);
            line(format!("assets: [{}]", chance.one(&ids("asset"))), false);
        }
        _ => {}
    }
    if chance.once_in(2) {
        line(
            format!(
                "notes: Voir [[{}]] et {}.",
                chance.one(all),
                chance.one(all)
            ),
            false,
        );
    }
    lines
}
