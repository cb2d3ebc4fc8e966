//! What was imported last, a small JSON file a record under `inventory/_imports/<source>/`: the
//! common ancestor of what people wrote since and what the source says now. Users commit it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::digest;
use crate::fold::slug;
use crate::history::Recorded;
use crate::import::cut;
use crate::import::long::{LongLists, Pool, same, whole};

/// The folder of all states, from the root.
pub const STATES: &str = "inventory/_imports";

/// What was imported last into one record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// `kind:id`.
    pub record: String,
    /// Since which day complete imports have not seen it (`2026-11-20`); nothing while they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_seen_since: Option<String>,
    /// On which day an import told that people had deleted its record; nothing while there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_since: Option<String>,
    /// What an import wrote because the record was missing for long; nothing once it is back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retired>,
    /// What says that it is in use, as an import began the record with it: no word of people's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub first: BTreeMap<String, Recorded>,
    /// What people called the record when the source first met it and called it otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_name: Option<String>,
    /// By what the source itself knows it, where no field holds that (`object_guid`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub identity: BTreeMap<String, String>,
    /// Of a group, the members that stood in no file of its import, as the directory calls them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// The source's values by field.
    pub fields: BTreeMap<String, Recorded>,
    /// The long lists among them, once [`State::share`] took them out.
    #[serde(skip)]
    pub long: LongLists,
}

/// That an import took a record out of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// The field that says so (`status`).
    pub field: String,
    /// What was written into it.
    pub value: Recorded,
    /// What it said before; nothing when it was absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Recorded>,
}

/// All states of one source, by path from the root.
pub type States = BTreeMap<String, State>;

impl State {
    /// Where the state of a record stands.
    pub fn path(source: &str, kind: &str, id: &str) -> String {
        let parts: Vec<String> = id.split('/').map(slug).collect();
        let mut name = parts.join("/");
        // `pc.1` and `pc-1` have one slug. No slug has a dot: the two never meet.
        if name != id {
            name.push('.');
            name.push_str(&digest::short(id, 6));
        }
        format!("{STATES}/{source}/{kind}/{name}.json")
    }

    /// Reads a state; `None` when the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Reads a state and keeps the items of its long lists once; `None` when the text is none.
    pub(super) fn read(text: &str, pool: &Pool) -> Option<Self> {
        cut::state(text, pool).or_else(|| {
            let mut state = Self::parse(text)?;
            state.share(pool);
            Some(state)
        })
    }

    /// Keeps the items of long lists once, with those of others of the pool.
    pub fn share(&mut self, pool: &Pool) {
        self.long = pool.share(&mut self.fields);
    }

    /// Whether both remember the same of one record.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let said = (&self.fields, &self.long);
        self.marks() == other.marks() && same(said, (&other.fields, &other.long))
    }

    /// What is noted beside the source's values.
    fn marks(&self) -> impl PartialEq + use<'_> {
        (
            &self.record,
            &self.not_seen_since,
            &self.deleted_since,
            &self.retired,
            &self.first,
            &self.own_name,
            &self.identity,
            &self.members,
        )
    }

    /// Its text: sorted, and an item of a list a line, so that a change is a line in a diff.
    pub fn print(&self) -> String {
        let mut out = format!("{{\n  \"record\": {},\n", json(&self.record));
        if let Some(day) = &self.not_seen_since {
            let _ = writeln!(out, "  \"not_seen_since\": {},", json(day));
        }
        if let Some(day) = &self.deleted_since {
            let _ = writeln!(out, "  \"deleted_since\": {},", json(day));
        }
        if let Some(retired) = &self.retired {
            let _ = writeln!(out, "  \"retired\": {},", json(retired));
        }
        if !self.first.is_empty() {
            let _ = writeln!(out, "  \"first\": {},", json(&self.first));
        }
        if let Some(name) = &self.own_name {
            let _ = writeln!(out, "  \"own_name\": {},", json(name));
        }
        if !self.identity.is_empty() {
            let _ = writeln!(out, "  \"identity\": {},", json(&self.identity));
        }
        if !self.members.is_empty() {
            let lines: Vec<String> = self.members.iter().map(json).collect();
            let _ = writeln!(out, "  \"members\": [\n    {}\n  ],", lines.join(",\n    "));
        }
        out.push_str("  \"fields\": {");
        let fields = whole(&self.fields, &self.long);
        for (at, (key, value)) in fields.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(out, "{comma}\n    {}: ", json(key));
            match value {
                Recorded::List(items) if items.iter().any(Recorded::is_structure) => {
                    let lines: Vec<String> = items.iter().map(json).collect();
                    let _ = write!(out, "[\n      {}\n    ]", lines.join(",\n      "));
                }
                value => out.push_str(&json(value)),
            }
        }
        let end = if fields.is_empty() { "" } else { "\n  " };
        let _ = write!(out, "{end}}}\n}}\n");
        out
    }

    /// The kind and the id of its record.
    pub(super) fn name(&self) -> (&str, &str) {
        self.record.split_once(':').unwrap_or(("", &self.record))
    }
}

fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("texts, lists and maps of texts are always JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_they_were_written() {
        let text = |text: &str| Recorded::Text(text.to_owned());
        let item = |name: &str| Recorded::Structure([("name".to_owned(), text(name))].into());
        let fields = [
            (
                "ip",
                Recorded::List(vec![text("192.0.2.1"), text("192.0.2.2")]),
            ),
            (
                "installed_software",
                Recorded::List(vec![item("A"), item("« B »\n")]),
            ),
            ("serial", text("000123")),
        ];
        let state = State {
            record: "asset:lyon/pc-1".to_owned(),
            not_seen_since: Some("2026-11-20".to_owned()),
            deleted_since: Some("2026-11-21".to_owned()),
            retired: Some(Retired {
                field: "status".to_owned(),
                value: text("retired"),
                before: Some(text("in-stock")),
            }),
            first: [("status".to_owned(), text("in-service"))].into(),
            own_name: Some("PC de l’accueil".to_owned()),
            identity: [("object_sid".to_owned(), "S-1-5-32-544".to_owned())].into(),
            members: vec!["CN=A,DC=x".to_owned(), "CN=« B »,DC=x".to_owned()],
            fields: fields.map(|(key, value)| (key.to_owned(), value)).into(),
            ..State::default()
        };
        assert_eq!(State::parse(&state.print()), Some(state.clone()));
        assert!(state.print().contains("\n      {\"name\":\"A\"},\n"));
        let bare = State::default();
        assert_eq!(State::parse(&bare.print()), Some(bare));
        assert_eq!(state.name(), ("asset", "lyon/pc-1"));
        let path = |id| State::path("glpi", "asset", id);
        assert_eq!(
            path("lyon/pc-1"),
            "inventory/_imports/glpi/asset/lyon/pc-1.json"
        );
        let others = ["Lyon/PC 1", "lyon/pc.1", "lyon/pc-1", "Lyon/pc-1"].map(path);
        let different: std::collections::BTreeSet<&String> = others.iter().collect();
        assert_eq!(different.len(), 4, "{others:?}");
        assert!(others[0].starts_with("inventory/_imports/glpi/asset/lyon/pc-1."));
        assert_eq!(State::parse("[]"), None);
    }
}
