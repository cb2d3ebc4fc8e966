//! The one pipeline, on one screen: what authors wrote becomes what readers get.
//!
//! `build`, `check` and `serve` all call [`build`]; they differ only in what they do with the result.
//! Pure: the same project, history and day give the same site.

mod inputs;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::audience::{self, Audience};
use crate::check;
use crate::diagnostic::{self, Diagnostic};
use crate::estate::{self, Estate};
use crate::forgotten;
use crate::history::{Absence, History};
use crate::markdown;
use crate::project::{self, Allowance, Project, allowance};
use crate::remembered::{Key, Remembered};
use crate::search;
use crate::secrets;
use crate::site::{self, Site};
use crate::text;
pub use inputs::inputs;

/// A project made into a site, and everything that is wrong with it.
#[derive(Debug)]
pub struct Build {
    /// What it means.
    pub estate: Arc<Estate>,
    /// The pages, not yet rendered.
    pub site: Site,
    /// Who reads the site.
    pub audience: Audience,
    /// What it means to those who see everything, by which it is judged; `None` where `estate` is that.
    pub whole: Option<Arc<Estate>>,
    /// What must stand in no file of the site.
    pub hidden: Option<audience::Leaks>,
    /// All findings, with configured levels, sorted by place; of a [`draft`], those of single files and the theme.
    pub diagnostics: Vec<Diagnostic>,
    /// What earlier builds found; whatever it holds, the site is the same.
    pub remembered: Remembered,
    index: OnceLock<Arc<search::Index>>,
    /// What authors allow, and which of it hid something already.
    allowances: Vec<Allowance>,
    used: BTreeSet<usize>,
}

/// Makes the site of a day, for those who see everything.
pub fn build(project: &Project, history: Arc<History>, as_of: Date) -> Build {
    let audience = Audience::of_builder(&project.config.audiences);
    build_for(&audience, project, history, as_of)
}

/// Makes the site of a day for an audience. What is hidden from it is taken out before anything is derived; what is wrong is
/// asked of the whole, for those who build see all of it.
pub fn build_for(
    audience: &Audience,
    project: &Project,
    history: Arc<History>,
    as_of: Date,
) -> Build {
    let seen = audience::visible_to(audience, project, &history);
    let whole = Arc::new(estate::resolve(project, history, as_of));
    let estate = match &seen {
        Some((seen, told)) => Arc::new(estate::resolve(seen, Arc::clone(told), as_of)),
        None => Arc::clone(&whole),
    };
    let (findings, (site, of_theme)) = rayon::join(
        || judged(audience, project, &whole),
        || site::plan(&estate, &project.theme, None),
    );
    let mut build = written(project, estate, site, of_theme);
    let hidden = seen.as_ref();
    build.hidden = hidden.map(|(seen, told)| {
        audience::Leaks::of(audience, project, (seen, told), site::own_files())
    });
    build.audience = audience.clone();
    build.whole = seen.map(|_| whole);
    build.diagnostics = build.with_all(findings);
    build
}

/// What the rules say of the whole, and what an audience will miss.
fn judged(audience: &Audience, project: &Project, whole: &Estate) -> Vec<Diagnostic> {
    let mut findings = check::check(whole);
    if !audience.sees_everything() {
        let judge = audience::Judge::new(audience, project);
        findings.extend(check::hidden_references(whole, &judge));
    }
    findings
}

/// The same site as [`draft`] for an audience; a part of a project is made anew each time.
pub fn draft_for(
    audience: &Audience,
    project: &Project,
    history: Arc<History>,
    as_of: Date,
    before: Option<(&Project, &Build)>,
) -> Build {
    let Some((seen, told)) = audience::visible_to(audience, project, &history) else {
        let before = before.filter(|(_, build)| build.whole.is_none());
        let build = draft(project, history, as_of, before);
        return Build {
            audience: audience.clone(),
            ..build
        };
    };
    let whole = Arc::new(estate::resolve(project, history, as_of));
    let estate = Arc::new(estate::resolve(&seen, told, as_of));
    let last = before.map(|(_, build)| &build.site);
    let (site, of_theme) = site::plan(&estate, &project.theme, last);
    Build {
        audience: audience.clone(),
        whole: Some(whole),
        ..written(project, estate, site, of_theme)
    }
}

/// The same site before the rules about the whole are asked, for somebody who waits for a page:
/// [`Build::all_findings`] asks them. What has the same input in an earlier build is taken from there: the estate when
/// only the theme changed, the compiled theme when it did not, and the search index when neither did.
pub fn draft(
    project: &Project,
    history: Arc<History>,
    as_of: Date,
    before: Option<(&Project, &Build)>,
) -> Build {
    let same = before.filter(|(other, build)| {
        let estate = &build.estate;
        let same = estate.as_of == as_of && Arc::ptr_eq(&estate.history, &history);
        same && project.means_the_same(other)
    });
    let estate = same.map_or_else(
        || {
            let before = before.map(|(other, build)| (other, &*build.estate));
            Arc::new(estate::resolve_again(project, history, as_of, before))
        },
        |(_, build)| Arc::clone(&build.estate),
    );
    let last = before.map(|(_, build)| &build.site);
    let (site, of_theme) = site::plan(&estate, &project.theme, last);
    let same = same.filter(|(_, build)| site.has_templates_of(&build.site));
    let index = same.map_or_else(OnceLock::new, |(_, build)| build.index.clone());
    let build = written(project, estate, site, of_theme);
    Build { index, ..build }
}

/// What a project means, for somebody who is writing it: no page is planned. An earlier state of it makes this sooner.
pub fn meaning(
    project: &Project,
    as_of: Date,
    before: Option<(&Project, &Arc<Estate>)>,
) -> Arc<Estate> {
    let history = before.map(|(_, estate)| Arc::clone(&estate.history));
    let history = history.unwrap_or_else(|| Arc::new(History::absent(Absence::TurnedOff)));
    if let Some((other, estate)) = before
        && estate.as_of == as_of
        && project.means_the_same(other)
    {
        return Arc::clone(estate);
    }
    let before = before.map(|(project, estate)| (project, &**estate));
    Arc::new(estate::resolve_again(project, history, as_of, before))
}

/// Everything that is wrong with a project, templates apart, with configured levels, sorted by place. Places are those
/// of the files as they are: unlike a [`Build`]'s, lines with secrets are not hidden in them.
pub fn findings(project: &Project, estate: &Estate) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = of_files(project).cloned().collect();
    all.extend(check::check(estate));
    let allowances = allowances(project);
    let used = allowance::allow(&mut all, &allowances);
    all.extend(in_vain(&allowances, &used));
    diagnostic::settle(all, &estate.config.levels)
}

/// [`findings`], as far as they are known at once: those of files and names, and of `before` those of the rules that
/// take longer, at the places where they were.
pub fn first_findings(
    project: &Project,
    estate: &Estate,
    before: &[Diagnostic],
) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = of_files(project).cloned().collect();
    all.extend(check::check_names(estate));
    allowance::allow(&mut all, &allowances(project));
    let waiting = before.iter().filter(|it| check::waits(it.rule.name));
    all.extend(waiting.cloned());
    diagnostic::settle(all, &estate.config.levels)
}

/// What authors allow, file by file.
fn allowances(project: &Project) -> Vec<Allowance> {
    let files = project.files.iter();
    files.flat_map(|file| &file.allowances).cloned().collect()
}

/// What is wrong with allowances, once every rule was asked; `used` hid something.
fn in_vain(allowances: &[Allowance], used: &BTreeSet<usize>) -> Vec<Diagnostic> {
    if allowances.is_empty() {
        return Vec::new();
    }
    allowance::judge(allowances, used, &rule_names())
}

/// What is wrong with each file by itself.
fn of_files(project: &Project) -> impl Iterator<Item = &Diagnostic> {
    let of_files = project.files.iter().flat_map(|file| &file.diagnostics);
    project.diagnostics.iter().chain(of_files)
}

/// A build with the findings of single files and of the theme.
fn written(project: &Project, estate: Arc<Estate>, site: Site, theme: Vec<Diagnostic>) -> Build {
    let mut build = Build {
        audience: Audience::undeclared(),
        whole: None,
        hidden: None,
        estate,
        site,
        diagnostics: Vec::new(),
        remembered: Remembered::default(),
        index: OnceLock::new(),
        allowances: allowances(project),
        used: BTreeSet::new(),
    };
    let mut found = of_files(project).cloned().chain(theme).collect();
    build.used = allowance::allow(&mut found, &build.allowances);
    build.diagnostics = build.with_findings(found);
    build
}

impl Build {
    /// Adds the deadlines that are past or fall due up to a day, as findings at their fields.
    pub fn add_deadlines(&mut self, until: Date) {
        let whole = self.whole.as_ref().unwrap_or(&self.estate);
        let mut found = check::deadlines(whole, until);
        allowance::allow(&mut found, &self.allowances);
        self.diagnostics = self.with_findings(found);
    }

    /// What is wrong with a [`draft`], once the rules about the whole are asked too.
    pub fn all_findings(&self) -> Vec<Diagnostic> {
        let whole = self.whole.as_ref().unwrap_or(&self.estate);
        self.with_all(check::check(whole))
    }

    /// Its findings and those of all rules about the whole, without what authors allow; what they allow in vain is
    /// known now.
    fn with_all(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut used = allowance::allow(&mut found, &self.allowances);
        used.extend(&self.used);
        found.extend(in_vain(&self.allowances, &used));
        self.with_findings(found)
    }

    /// Its findings and others, with configured levels, sorted by place.
    fn with_findings(&self, mut others: Vec<Diagnostic>) -> Vec<Diagnostic> {
        // A line that shows stars already is not judged again: it would be read otherwise.
        project::secrets::hide(&mut others, &self.estate.schema);
        let mut diagnostics = self.diagnostics.clone();
        diagnostics.extend(others);
        diagnostic::settle(diagnostics, &self.estate.config.levels)
    }

    /// Everything that can be found: records, then the site's own reports.
    pub fn documents(&self) -> Vec<search::Document> {
        documents(&self.estate, &self.site)
    }

    /// The search index, made when it is first asked for.
    pub fn index(&self) -> &Arc<search::Index> {
        let made = || {
            let settings = search::settings(&self.estate);
            search::index_again(self.documents(), &settings, &self.remembered)
        };
        self.index.get_or_init(|| Arc::new(made()))
    }

    /// The same over that of the last build, whose files `standing` gives: those that are the same are told, not made.
    pub fn index_over(&self, standing: &search::Standing<'_>) -> Arc<search::Index> {
        // Scripts hold the files of an index in another form.
        if self.estate.config.offline || !self.remembered.is_on() {
            return Arc::clone(self.index());
        }
        let (documents, settings) = (self.documents(), search::settings(&self.estate));
        let over = search::index_over(documents, &settings, &self.remembered, standing);
        Arc::new(over)
    }

    /// The search index, if it is made.
    pub fn made_index(&self) -> Option<&Arc<search::Index>> {
        self.index.get()
    }

    /// Every path of the site, sorted: pages and search files.
    pub fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.site.paths().map(str::to_owned).collect();
        paths.extend(self.search_paths(self.index()));
        paths.sort();
        paths
    }

    /// The paths of the files of an index that are made, sorted.
    pub fn search_paths(&self, index: &search::Index) -> Vec<String> {
        let names = index.files.keys();
        let mut paths: Vec<String> = if self.estate.config.offline {
            let script = |name: &String| format!("{}{}", search::FOLDER, search::script_name(name));
            names.map(script).collect()
        } else {
            let data = |name: &String| format!("{}{name}", search::FOLDER);
            names.map(data).collect()
        };
        paths.sort();
        paths
    }

    /// The bytes of a path, or `None` when the site has no such path. The error is a template's.
    pub fn render(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        if path.starts_with(search::FOLDER) {
            return self.shard(path, self.index()).map(Ok);
        }
        self.site.render(path)
    }

    /// The hash of all that a page is made from, where it is worth comparing before the page is rendered.
    pub fn key(&self, path: &str) -> Option<Key> {
        let key = || self.site.key(path);
        self.remembered.is_on().then(key).flatten()
    }

    /// A file of an index, its own or an earlier one, by its path in the site.
    pub fn shard(&self, path: &str, index: &search::Index) -> Option<Vec<u8>> {
        let name = path.strip_prefix(search::FOLDER)?;
        if self.estate.config.offline {
            let (name, file) = index.files.get_key_value(name.strip_suffix(".js")?)?;
            Some(search::script(name, file))
        } else {
            index.files.get(name).cloned()
        }
    }
}

/// The kind of the site's own reports in the search; it has no records.
const REPORT: &str = "site-report";

/// Everything that can be found in a site: records, then the site's own reports.
pub fn documents(estate: &Estate, site: &Site) -> Vec<search::Document> {
    let language = estate.config.language;
    let label = text!("Rapport", "Report");
    let reports = site.reports().into_iter().map(|report| search::Document {
        url: report.url,
        title: report.title,
        id: report.id,
        aliases: report.words,
        kind: REPORT.to_owned(),
        kind_label: label.get(language).to_owned(),
        text: report.text,
        language: language.code(),
        ..search::Document::default()
    });
    let mut documents = search::documents(estate);
    documents.extend(reports);
    documents
}

/// The names of every rule of the program, sorted.
pub fn rule_names() -> Vec<&'static str> {
    let mut names = check::rule_names();
    names.extend(project::rules::ALL.iter().map(|rule| rule.name));
    names.extend(forgotten::ALL.iter().map(|rule| rule.name));
    names.extend(secrets::ALL.iter().map(|rule| rule.name));
    names.extend([
        allowance::UNEXPLAINED_ALLOW.name,
        allowance::UNUSED_ALLOW.name,
    ]);
    names.extend(markdown::rules::ALL.iter().map(|rule| rule.name));
    names.extend([
        project::INVALID_CONFIG.name,
        crate::schema::INVALID_SCHEMA.name,
        crate::yaml::YAML_SYNTAX.name,
        crate::yaml::DUPLICATE_KEY.name,
        site::BROKEN_TEMPLATE.name,
        site::MISSING_LABELS.name,
    ]);
    names.sort_unstable();
    names
}
