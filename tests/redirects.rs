//! What stands at the former addresses of pages: those that authors wrote, and those that Git knows.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use carnet::git;
use carnet::load::Loader;
use carnet::pipeline::{self, Build};
use git2::{IndexAddOption, Repository, Signature, Time};

/// A text long enough for a rename to be seen in spite of a change.
const STEPS: &str = "\n1. [ ] Ouvrir la session.\n2. [ ] Vérifier le certificat.\n3. [ ] Lancer le client.\n4. [ ] Fermer la session.\n";

struct Project {
    folder: tempfile::TempDir,
    repository: Repository,
    clock: i64,
}

impl Project {
    fn new(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::init(folder.path()).unwrap();
        let project = Self {
            folder,
            repository,
            clock: 1_760_000_000,
        };
        project.write("carnet.yaml", settings);
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn procedure(&self, path: &str, title: &str, head: &str) {
        self.write(
            path,
            &format!("---\ntitle: {title}\n{head}---\n{title}.{STEPS}"),
        );
    }

    fn rename(&self, old: &str, new: &str) {
        let new = self.folder.path().join(new);
        fs::create_dir_all(new.parent().unwrap()).unwrap();
        fs::rename(self.folder.path().join(old), new).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).unwrap();
    }

    fn commit(&mut self) {
        let mut index = self.repository.index().unwrap();
        index.clear().unwrap();
        index.add_all(["*"], IndexAddOption::DEFAULT, None).unwrap();
        index.write().unwrap();
        let tree = index.write_tree().unwrap();
        let tree = self.repository.find_tree(tree).unwrap();
        self.clock += 60;
        let who = Signature::new("Zoé", "zoe@corp.example", &Time::new(self.clock, 0)).unwrap();
        let head = self.repository.head().ok();
        let parent = head.and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<_> = parent.iter().collect();
        let commit = self
            .repository
            .commit(Some("HEAD"), &who, &who, "modif", &tree, &parents);
        commit.unwrap();
    }

    fn build(&self) -> Build {
        let root = self.folder.path();
        let mut loader = Loader::new(root, pipeline::rule_names());
        let project = loader.load(&BTreeSet::new()).unwrap();
        let folders = ["inventory", "procedures", "content", "carnet.yaml"];
        let schema = Arc::clone(&project.schema);
        let history = git::history(&git::Request::new(root, &folders, schema));
        pipeline::build(&project, Arc::new(history), jiff::civil::date(2026, 11, 20))
    }
}

fn page(build: &Build, path: &str) -> Option<String> {
    let bytes = build.render(path)?.unwrap();
    Some(String::from_utf8(bytes).unwrap())
}

/// Where a former address leads on to; `None` where another page or nothing stands.
fn leads_to(build: &Build, path: &str) -> Option<String> {
    let page = page(build, path)?;
    let (_, rest) = page.split_once("http-equiv=\"refresh\" content=\"0; url=")?;
    Some(rest.split('"').next().unwrap().to_owned())
}

fn findings(build: &Build) -> Vec<&str> {
    let found = build.diagnostics.iter();
    found.map(|diagnostic| diagnostic.rule.name).collect()
}

#[test]
fn a_chain_of_renames_leads_to_the_last_address() {
    let mut project = Project::new("");
    project.procedure("procedures/vpn.md", "VPN", "");
    project.write("inventory/assets/pc-1.yaml", "name: Poste de l’accueil\n");
    project.commit();
    project.rename("procedures/vpn.md", "procedures/acces.md");
    project.rename(
        "inventory/assets/pc-1.yaml",
        "inventory/assets/pc-0001.yaml",
    );
    project.commit();
    project.rename("procedures/acces.md", "procedures/reseau/acces.md");
    project.commit();
    project.rename(
        "procedures/reseau/acces.md",
        "procedures/reseau/distance.md",
    );
    let build = project.build();
    let to = |path: &str| leads_to(&build, path);
    let last = "../reseau/distance/".to_owned();
    assert_eq!(to("procedures/vpn/index.html"), Some(last.clone()));
    assert_eq!(to("procedures/acces/index.html"), Some(last));
    // What is not committed yet is a rename already.
    assert_eq!(
        to("procedures/reseau/acces/index.html").as_deref(),
        Some("../distance/")
    );
    assert_eq!(to("assets/pc-1/index.html").as_deref(), Some("../pc-0001/"));
    assert_eq!(findings(&build), Vec::<&str>::new());
}

#[test]
fn an_address_that_a_page_has_today_is_its_own() {
    let mut project = Project::new("");
    project.procedure("procedures/a.md", "Poste", "");
    project.commit();
    project.rename("procedures/a.md", "procedures/b.md");
    project.commit();
    project.procedure("procedures/a.md", "Tout autre chose", "");
    project.commit();
    let build = project.build();
    let a = page(&build, "procedures/a/index.html").unwrap();
    assert!(a.contains("Tout autre chose") && !a.contains("http-equiv=\"refresh\""));
    assert_eq!(
        findings(&build),
        Vec::<&str>::new(),
        "nobody wrote anything wrong"
    );
}

#[test]
fn of_two_pages_that_had_an_address_the_later_one_has_it() {
    let mut project = Project::new("");
    project.procedure("procedures/a.md", "Poste", "");
    project.commit();
    project.rename("procedures/a.md", "procedures/b.md");
    project.commit();
    project.procedure(
        "procedures/a.md",
        "Tout autre chose",
        "level: n2\nduration: 2 h\n",
    );
    project.commit();
    project.rename("procedures/a.md", "procedures/c.md");
    project.commit();
    let build = project.build();
    assert_eq!(
        leads_to(&build, "procedures/a/index.html").as_deref(),
        Some("../c/")
    );
}

#[test]
fn a_renamed_page_that_another_replaced_leads_on_to_that_one() {
    let mut project = Project::new("");
    project.procedure("procedures/a.md", "Poste", "");
    project.commit();
    project.rename("procedures/a.md", "procedures/b.md");
    project.commit();
    project.remove("procedures/b.md");
    project.procedure(
        "procedures/tout.md",
        "Tout en un",
        "redirect_from: [/procedures/b/]\n",
    );
    project.commit();
    let build = project.build();
    for path in ["procedures/a/index.html", "procedures/b/index.html"] {
        assert_eq!(
            leads_to(&build, path).as_deref(),
            Some("../tout/"),
            "{path}"
        );
    }
}

#[test]
fn the_page_is_small_strict_and_in_its_language() {
    let mut project = Project::new("base_url: https://parc.example/carnet\n");
    project.procedure(
        "procedures/vpn.md",
        "VPN & accès",
        "redirect_from: [/Wiki/vpn.html]\n",
    );
    project.procedure(
        "procedures/vpn.en.md",
        "VPN <access>",
        "redirect_from: [/wiki/en/vpn]\n",
    );
    project.commit();
    let build = project.build();
    let french = page(&build, "Wiki/vpn.html").unwrap();
    for part in [
        "<html lang=\"fr\">",
        "content=\"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'\"",
        "<meta name=\"robots\" content=\"noindex\">",
        "<link rel=\"canonical\" href=\"https://parc.example/carnet/procedures/vpn/\">",
        "content=\"0; url=../procedures/vpn/\"",
        "a changé d’adresse\u{a0}: <a href=\"../procedures/vpn/\">VPN &amp; accès</a>",
    ] {
        assert!(french.contains(part), "{part}\n{french}");
    }
    assert!(
        !french.contains("<script") && french.len() < 1200,
        "{}",
        french.len()
    );
    let english = page(&build, "wiki/en/vpn/index.html").unwrap();
    assert!(english.contains("<html lang=\"en\">"), "{english}");
    assert!(english.contains("<a href=\"../../../en/procedures/vpn/\">VPN &lt;access&gt;</a>"));
    let found = build.documents();
    assert!(
        found
            .iter()
            .all(|document| !document.url.to_lowercase().contains("wiki"))
    );
}

#[test]
fn without_a_server_links_name_files() {
    let mut project = Project::new("offline: true\n");
    project.procedure("procedures/vpn.md", "VPN", "redirect_from: [/wiki/vpn]\n");
    project.commit();
    let build = project.build();
    assert_eq!(
        leads_to(&build, "wiki/vpn/index.html").as_deref(),
        Some("../../procedures/vpn/index.html")
    );
}
