//! What an audience is told of the past, change by change: of fields, parts, references, titles, files and tags.

use std::path::Path;
use std::sync::Arc;

use carnet::audience::{Audience, visible_to};
use carnet::git;
use carnet::history::{Changes, History};
use git2::{IndexAddOption, Repository, Signature, Time};

use super::load;
use super::sight::put;

pub(super) const CONFIG: &str = "as_of: 2026-11-20\naudiences:\n  a: {}\n  b: {includes: [a]}\n";
const ASSET: &str = "\
extends: asset
fields:
  - {key: pin, type: text, audience: b}
  - {key: paper, type: structure, fields: [{key: deed, type: text}, {key: seal, type: text, audience: b}]}
  - {key: ports, type: structure, list: true, fields: [{key: name, type: text}, {key: lock, type: text, audience: b}]}
  - {key: lender, type: reference, to: [person]}
  - {key: photo, type: file}
";
const BADGE: &str = "\
kind: badge
folder: badges
title: code
labels: {fr: Badge, en: Badge}
plural: {fr: Badges, en: Badges}
fields:
  - {key: code, type: text, audience: b}
  - {key: colour, type: text}
";

/// A project and its history, commit by commit.
pub(super) struct Past {
    folder: tempfile::TempDir,
    repository: Repository,
    commits: i64,
}

impl Past {
    /// With the two audiences and kinds, and two people, of whom `a` reads one.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = Repository::init(folder.path()).expect("a repository");
        let mut past = Self {
            folder,
            repository,
            commits: 0,
        };
        past.put("carnet.yaml", CONFIG);
        past.put("inventory/_kinds/asset.yaml", ASSET);
        past.put("inventory/_kinds/badge.yaml", BADGE);
        past.put("inventory/people/camille.yaml", "name: Camille Exemple\n");
        past.put(
            "inventory/people/zoe.yaml",
            "name: Zoé Exemple\naudience: b\n",
        );
        past.commit("Début");
        past
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn put(&self, path: &str, text: &str) {
        put(self.root(), path, text);
    }

    pub(super) fn commit(&mut self, message: &str) {
        let mut index = self.repository.index().expect("an index");
        index
            .add_all(["*"], IndexAddOption::DEFAULT, None)
            .expect("added");
        index.update_all(["*"], None).expect("removed");
        index.write().expect("written");
        let tree = index.write_tree().expect("a tree");
        let tree = self.repository.find_tree(tree).expect("a tree");
        self.commits += 1;
        let when = Time::new(1_750_000_000 + self.commits * 3600, 120);
        let who = Signature::new("Zoé", "zoe@parc.example", &when).expect("a signature");
        let head = self.repository.head().ok();
        let parent = head.map(|head| head.peel_to_commit().expect("a commit"));
        let parents: Vec<_> = parent.iter().collect();
        self.repository
            .commit(Some("HEAD"), &who, &who, message, &tree, &parents)
            .expect("a commit");
    }

    pub(super) fn tag(&self, name: &str, message: &str) {
        let head = self.repository.head().expect("a head");
        let commit = head.peel_to_commit().expect("a commit");
        let who = commit.author().to_owned();
        self.repository
            .tag(name, commit.as_object(), &who, message, false)
            .expect("a tag");
    }

    /// What `a` may know.
    pub(super) fn seen(&self) -> History {
        let project = load(self.root());
        let folders = ["carnet.yaml", "content", "inventory", "procedures"];
        let request = git::Request::new(self.root(), &folders, Arc::clone(&project.schema));
        let history = git::history(&request);
        let audience = Audience::named(&project.config.audiences, "a").expect("declared");
        let (_, seen) = visible_to(&audience, &project, &history).expect("a part");
        Arc::unwrap_or_clone(seen)
    }
}

/// The commits, the oldest first: its message, then its changes, a line each.
pub(super) fn told(history: &History) -> Vec<String> {
    let commits = history.commits().iter().rev();
    let lines = commits.flat_map(|commit| {
        let summary = format!("« {} » {}", commit.summary, commit.files);
        std::iter::once(summary).chain(changes(&commit.changes))
    });
    lines.collect()
}

pub(super) fn changes(changes: &Changes) -> Vec<String> {
    let records = changes.records.iter().map(|change| {
        let fields = serde_json::to_string(&change.fields).expect("JSON");
        let (id, what) = (&change.record.id, &change.what);
        let body = change.body.as_ref().map_or("", |_| " body");
        format!("{what:?} {id} {:?} {fields}{body}", change.title)
    });
    let files = changes.files.iter();
    let files = files.map(|change| format!("{:?} {}", change.what, change.path));
    records.chain(files).collect()
}

#[test]
fn of_a_change_only_what_is_read_is_told() {
    let mut past = Past::new();
    let pc = "inventory/assets/pc-01.yaml";
    past.put(pc, "name: Poste un\npin: un\npaper: {deed: acte, seal: sceau}\nports: [{name: eth0, lock: clef}]\nlender: camille\n");
    past.commit("Un poste");
    past.put(pc, "name: Poste un\npin: deux\npaper: {deed: autre, seal: cire}\nports: [{name: eth1, lock: verrou}]\nlender: zoe\n");
    past.commit("Tout change");
    past.put(pc, "name: Poste un\npin: trois\npaper: {deed: autre, seal: plomb}\nports: [{name: eth1, lock: verrou}]\nlender: zoe\n");
    past.commit("Ce qui est caché change");
    past.put(
        pc,
        "name: Poste un\npin: trois\npaper: {deed: autre, seal: plomb}\nports: [{name: eth0}, {name: eth1, lock: porte}]\nlender: zoe\n",
    );
    past.commit("Un port de plus, et ce qui est caché change");
    past.put(pc, "name: Poste un\naudience: a\nancien: mot\n");
    past.commit("Un public et un champ que rien ne décrit");
    past.put(pc, "name: Poste un\nancien: autre mot\n");
    past.commit("Plus de public");
    let all = [
        r#"{"key":"paper","value":{"replaced":{"old":{"deed":"acte"},"new":{"deed":"autre"}}}}"#,
        r#"{"key":"ports","value":{"items":{"added":[{"name":"eth1"}],"removed":[{"name":"eth0"}]}}}"#,
        r#"{"key":"lender","value":{"replaced":{"old":"camille","new":"non disponible"}}}"#,
    ];
    let gone = [
        r#"{"key":"paper","value":{"replaced":{"old":{"deed":"autre"},"new":null}}}"#,
        r#"{"key":"ports","value":{"items":{"added":[],"removed":[{"name":"eth0"},{"name":"eth1"}]}}}"#,
        r#"{"key":"lender","value":{"replaced":{"old":"non disponible","new":null}}}"#,
        r#"{"key":"audience","value":"hidden"}"#,
    ];
    let changed = |fields: &[&str]| {
        let fields = fields.join(",");
        format!(r#"Changed pc-01 Some("Poste un") [{fields}]"#)
    };
    let expected = [
        "«  » 1".to_owned(),
        r#"Added camille Some("Camille Exemple") []"#.to_owned(),
        "« Un poste » 1".to_owned(),
        r#"Added pc-01 Some("Poste un") []"#.to_owned(),
        "«  » 1".to_owned(),
        changed(&all),
        // Of « Ce qui est caché change » nothing at all is told.
        "«  » 1".to_owned(),
        changed(&[r#"{"key":"ports","value":{"items":{"added":[{"name":"eth0"}],"removed":[]}}}"#]),
        "«  » 1".to_owned(),
        changed(&gone),
        "«  » 1".to_owned(),
        changed(&[r#"{"key":"audience","value":"hidden"}"#]),
    ];
    assert_eq!(told(&past.seen()), expected);
}

#[test]
fn another_order_is_told_and_a_text_where_parts_were_expected_is_not() {
    let mut past = Past::new();
    let pc = "inventory/assets/pc-01.yaml";
    past.put(pc, "name: Un\nports: [{name: eth0}, {name: eth1}]\n");
    past.commit("Un");
    past.put(pc, "name: Un\nports: [{name: eth1}, {name: eth0}]\n");
    past.commit("Autre ordre");
    past.put(
        pc,
        "name: Un\nports: [{name: eth1}, {name: eth0}]\npaper: cire rouge\n",
    );
    past.commit("Un texte");
    past.put(
        pc,
        "name: Un\nports: [{name: eth1}, {name: eth0}]\npaper: cire bleue\n",
    );
    past.commit("Un autre texte");
    let expected = [
        r#"Added pc-01 Some("Un") []"#,
        "« Autre ordre » 1",
        r#"Changed pc-01 Some("Un") [{"key":"ports","value":{"items":{"added":[],"removed":[]}}}]"#,
        "«  » 1",
        r#"Changed pc-01 Some("Un") [{"key":"paper","value":{"replaced":{"old":null,"new":"non disponible"}}}]"#,
    ];
    assert_eq!(told(&past.seen())[3..], expected);
}

#[test]
fn titles_that_are_hidden_are_not_told() {
    let mut past = Past::new();
    past.put("inventory/badges/b-1.yaml", "code: ABCD\ncolour: rouge\n");
    past.commit("Un badge");
    past.put("inventory/badges/b-1.yaml", "code: EFGH\ncolour: bleu\n");
    past.commit("Un autre");
    let expected = [
        "«  » 1",
        r#"Added camille Some("Camille Exemple") []"#,
        "«  » 1",
        "Added b-1 None []",
        "«  » 1",
        r#"Changed b-1 None [{"key":"colour","value":{"replaced":{"old":"rouge","new":"bleu"}}}]"#,
    ];
    assert_eq!(told(&past.seen()), expected);
}

#[test]
fn a_name_that_a_hidden_record_has_too_has_no_past() {
    let mut past = Past::new();
    past.put("inventory/assets/pc-01.yaml", "name: Poste un\n");
    past.put("inventory/assets/pc-02.yaml", "name: Poste deux\n");
    past.put(
        "inventory/assets/lyon/pc-01.yaml",
        "id: pc-01\nname: Coffre\naudience: b\n",
    );
    past.commit("Deux du même nom");
    let expected = [
        "«  » 1",
        r#"Added camille Some("Camille Exemple") []"#,
        "«  » 1",
        r#"Added pc-02 Some("Poste deux") []"#,
    ];
    assert_eq!(told(&past.seen()), expected);
}

#[test]
fn files_are_told_where_all_their_records_are_read() {
    let mut past = Past::new();
    let (open, mixed) = (
        "inventory/assets/ouverts.yaml",
        "inventory/assets/mixtes.yaml",
    );
    past.put(open, "- id: pc-01\n  name: Un\n");
    past.put(
        mixed,
        "- id: pc-02\n  name: Deux\n- id: pc-03\n  name: Trois\n  audience: b\n",
    );
    past.commit("Deux listes");
    past.put(open, "# Une note.\n- id: pc-01\n  name: Un\n");
    past.commit("Une note");
    past.put(
        mixed,
        "# Une note.\n- id: pc-02\n  name: Deux\n- id: pc-03\n  name: Trois\n  audience: b\n",
    );
    past.commit("Une note ailleurs");
    past.put(open, "- id: pc-01\n  name: [\n");
    past.commit("Cassé");
    past.put(open, "- id: pc-01\n  name: Un\n");
    past.commit("Réparé");
    let seen = past.seen();
    let of = |path: &str| {
        seen.of(path)
            .map(|it| it.summary.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(open), ["Réparé", "Cassé", "Une note", ""]);
    assert_eq!(of(mixed), [""]);
    let expected = [
        "«  » 1",
        r#"Added camille Some("Camille Exemple") []"#,
        "«  » 2",
        r#"Added pc-01 Some("Un") []"#,
        r#"Added pc-02 Some("Deux") []"#,
        "« Une note » 1",
        r#"Reformatted pc-01 Some("Un") []"#,
        "« Cassé » 1",
        "Broken inventory/assets/ouverts.yaml",
        "« Réparé » 1",
        "Mended inventory/assets/ouverts.yaml",
    ];
    assert_eq!(told(&seen), expected);
}

#[test]
fn pictures_have_the_past_of_those_who_see_them() {
    let mut past = Past::new();
    past.put("content/photo.txt", "une");
    past.put("content/personne.txt", "une");
    past.put("content/cachee.txt", "une");
    past.put(
        "inventory/assets/pc-01.yaml",
        "name: Un\nphoto: /content/photo.txt\n",
    );
    past.put(
        "inventory/assets/pc-02.yaml",
        "name: Deux\nphoto: /content/cachee.txt\naudience: b\n",
    );
    past.commit("Trois fichiers");
    past.put("content/photo.txt", "deux");
    past.commit("Une photo");
    past.put("content/personne.txt", "deux");
    past.commit("Que rien ne nomme");
    past.put("content/cachee.txt", "deux");
    past.commit("Cachée");
    let expected = [
        "«  » 1",
        r#"Added camille Some("Camille Exemple") []"#,
        "«  » 2",
        r#"Added pc-01 Some("Un") []"#,
        "Added content/photo.txt",
        "« Une photo » 1",
        "Changed content/photo.txt",
    ];
    assert_eq!(told(&past.seen()), expected);
}

#[test]
fn tags_and_what_is_not_committed_are_told_in_part() {
    let mut past = Past::new();
    past.put("inventory/assets/pc-01.yaml", "name: Un\n");
    past.commit("Un");
    past.tag("v1", "Première");
    past.put("inventory/assets/pc-01.yaml", "name: Un bis\n");
    past.commit("Un bis");
    past.tag("v2", "Seconde");
    past.put("inventory/assets/pc-02.yaml", "name: Deux\naudience: b\n");
    past.put("inventory/assets/pc-01.yaml", "name: Un ter\n");
    past.commit("Deux");
    past.tag("v3", "Troisième");
    past.put("inventory/assets/pc-01.yaml", "name: Un quater\n");
    past.put(
        "inventory/assets/pc-02.yaml",
        "name: Deux bis\naudience: b\n",
    );
    let seen = past.seen();
    let tags = seen.tags.iter();
    let tags = tags.map(|tag| {
        let since = tag.since.as_ref().map(|it| changes(it).join(" | "));
        let since = since.as_deref().unwrap_or("-");
        format!("{} « {} » {since}", tag.name, tag.message.trim())
    });
    let expected = [
        r#"v3 «  » Changed pc-01 Some("Un ter") [{"key":"name","value":{"replaced":{"old":"Un bis","new":"Un ter"}}}]"#,
        r#"v2 « Seconde » Changed pc-01 Some("Un bis") [{"key":"name","value":{"replaced":{"old":"Un","new":"Un bis"}}}]"#,
        "v1 «  » -",
    ];
    assert_eq!(tags.collect::<Vec<_>>(), expected);
    let expected = r#"Changed pc-01 Some("Un quater") [{"key":"name","value":{"replaced":{"old":"Un ter","new":"Un quater"}}}]"#;
    assert_eq!(changes(&seen.uncommitted), [expected]);
    let modified: Vec<_> = seen.modified.iter().map(String::as_str).collect();
    assert_eq!(modified, ["inventory/assets/pc-01.yaml"]);
}
