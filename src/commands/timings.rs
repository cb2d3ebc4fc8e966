//! `--timings`: what each stage of a build costs, and which pages cost most.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::cli::Timings;
use crate::commands::output;
use crate::diagnostic::Language;
use crate::pipeline::Build;
use crate::publish::Observer;
use crate::text;

/// How many pages are named.
const SLOWEST: usize = 10;

/// A part of a build.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stage {
    /// For machines; never changes.
    key: &'static str,
    fr: &'static str,
    en: &'static str,
}

impl Stage {
    const fn new(key: &'static str, fr: &'static str, en: &'static str) -> Self {
        Self { key, fr, en }
    }

    fn name(self, language: Language) -> &'static str {
        match language {
            Language::Fr => self.fr,
            Language::En | Language::Other(_) => self.en,
        }
    }
}

/// Reading all sources, and the last build's site when they are the same as then.
pub(super) const COMPARING: Stage = Stage::new(
    "comparing",
    "comparaison avec la dernière construction",
    "comparison with the last build",
);
pub(super) const READING: Stage = Stage::new("reading", "lecture", "reading");
pub(super) const HISTORY: Stage = Stage::new("history", "historique", "history");
pub(super) const MEANING: Stage = Stage::new(
    "meaning",
    "sens, contrôles et plan",
    "meaning, checks and plan",
);
pub(super) const PUBLISHING: Stage = Stage::new("publishing", "publication", "publishing");
/// The index is made while pages are rendered: it is a part of publishing.
const SEARCH: Stage = Stage::new("search", "dont index de recherche", "of which search index");

/// How long something took, by the clock on the wall and in processor time of all threads, where the system tells it.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    wall: Duration,
    processor: Option<Duration>,
}

/// What each stage cost, in their order.
#[derive(Debug, Default)]
pub(super) struct Stages(Vec<(Stage, Cost)>);

impl Stages {
    pub(super) fn time<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let (started, before) = (Instant::now(), processor());
        let made = work();
        let cost = Cost {
            wall: started.elapsed(),
            processor: together(processor(), before, Duration::saturating_sub),
        };
        match self.0.iter_mut().find(|(known, _)| known.key == stage.key) {
            Some((_, known)) => {
                known.wall += cost.wall;
                known.processor = together(known.processor, cost.processor, |a, b| a + b);
            }
            None => self.0.push((stage, cost)),
        }
        made
    }

    /// What the stages cost, for people or as one JSON object.
    pub(super) fn told(&self, form: Timings, language: Language) -> String {
        if form == Timings::Json {
            return Value::Object(self.as_json()).to_string();
        }
        let number = |elapsed: Duration| output::decimal(rounded(elapsed), language);
        let (wall, processor) = (text!("durée", "wall"), text!("processeur", "processor"));
        let mut lines = vec![format!(
            "{:>10}  {:>10}",
            wall.get(language),
            processor.get(language)
        )];
        for (stage, cost) in &self.0 {
            let wall = number(cost.wall);
            let processor = cost.processor.map_or("–".to_owned(), number);
            let name = stage.name(language);
            lines.push(format!("{wall:>10}  {processor:>10} ms  {name}"));
        }
        lines.join("\n")
    }

    fn as_json(&self) -> serde_json::Map<String, Value> {
        let each = |pick: fn(&Cost) -> Option<Duration>| {
            let stages = self.0.iter();
            stages.filter_map(move |(stage, cost)| {
                Some((stage.key.to_owned(), rounded(pick(cost)?).into()))
            })
        };
        let mut object: serde_json::Map<String, Value> = each(|cost| Some(cost.wall)).collect();
        let processor = each(|cost| cost.processor).collect();
        object.insert("processor".to_owned(), Value::Object(processor));
        object
    }
}

/// What two costs make together; nothing, where the system tells none.
fn together(
    one: Option<Duration>,
    other: Option<Duration>,
    make: fn(Duration, Duration) -> Duration,
) -> Option<Duration> {
    one.zip(other).map(|(one, other)| make(one, other))
}

/// The processor time of this process so far.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "Windows has no such clock")]
fn processor() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};

    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or_default();
    Some(Duration::new(seconds, nanoseconds))
}

/// The processor time of this process: unknown.
#[cfg(not(unix))]
fn processor() -> Option<Duration> {
    None
}

/// How long pages took, when somebody asks.
#[derive(Debug)]
pub(super) struct Rendering {
    is_asked: bool,
    pages: Mutex<Vec<(Duration, String)>>,
    /// How many pages stayed as they were published.
    kept: AtomicUsize,
    search: Mutex<Duration>,
}

impl Rendering {
    pub(super) fn new(is_asked: bool) -> Self {
        Self {
            is_asked,
            pages: Mutex::default(),
            kept: AtomicUsize::default(),
            search: Mutex::default(),
        }
    }

    /// The slowest pages first, those of one time by their paths.
    fn slowest(&self) -> Vec<(Duration, String)> {
        let mut pages = self.pages.lock().expect("no thread panics here").clone();
        pages.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
        pages.truncate(SLOWEST);
        pages
    }

    /// How many pages there are of each template and other file, and what they took together, the longest first.
    fn by_form(&self, build: &Build) -> Vec<(String, usize, Duration)> {
        let mut forms: BTreeMap<String, (usize, Duration)> = BTreeMap::new();
        for (elapsed, path) in &*self.pages.lock().expect("no thread panics here") {
            let form = build.site.form(path).unwrap_or_else(|| "Index".to_owned());
            let (count, sum) = forms.entry(form).or_default();
            *count += 1;
            *sum += *elapsed;
        }
        let each = forms.into_iter();
        let mut forms: Vec<_> = each
            .map(|(form, (count, sum))| (form, count, sum))
            .collect();
        forms.sort_by_key(|(_, _, sum)| std::cmp::Reverse(*sum));
        forms
    }
}

impl Observer for Rendering {
    fn rendered(&self, path: &str, elapsed: Duration) {
        if self.is_asked {
            let mut pages = self.pages.lock().expect("no thread panics here");
            pages.push((elapsed, path.to_owned()));
        }
    }

    fn kept(&self, path: &str, elapsed: Duration) {
        self.kept.fetch_add(1, Ordering::Relaxed);
        self.rendered(path, elapsed);
    }

    fn indexed(&self, elapsed: Duration) {
        *self.search.lock().expect("no thread panics here") = elapsed;
    }
}

/// What a build cost, for people or as one JSON object; times are in milliseconds.
pub(super) fn told(
    form: Timings,
    stages: &Stages,
    rendering: &Rendering,
    build: &Build,
    language: Language,
) -> String {
    let search = *rendering.search.lock().expect("no thread panics here");
    let (forms, slowest) = (rendering.by_form(build), rendering.slowest());
    let kept = rendering.kept.load(Ordering::Relaxed);
    if form == Timings::Json {
        let mut object = stages.as_json();
        object.insert(SEARCH.key.to_owned(), rounded(search).into());
        object.insert("kept".to_owned(), kept.into());
        object.insert("records".to_owned(), build.estate.records().len().into());
        let slowest = slowest.into_iter();
        let slowest =
            slowest.map(|(elapsed, path)| json!({"path": path, "time": rounded(elapsed)}));
        object.insert("slowest".to_owned(), slowest.collect());
        let forms = forms
            .into_iter()
            .map(|(form, count, sum)| json!({"form": form, "count": count, "time": rounded(sum)}));
        object.insert("forms".to_owned(), forms.collect());
        return Value::Object(object).to_string();
    }
    let number = |elapsed: Duration| output::decimal(rounded(elapsed), language);
    let mut lines = vec![stages.told(form, language)];
    let name = SEARCH.name(language);
    lines.push(format!("{:>10}  {:>10} ms  {name}", number(search), ""));
    let heading = text!(
        "pages et fichiers, par forme\u{a0}:",
        "pages and files, by form:"
    );
    lines.push(heading.get(language).to_owned());
    let unchanged = text!(
        "pages reprises de la dernière construction",
        "pages taken from the last build"
    );
    lines.insert(
        lines.len() - 1,
        format!("{kept:>10}  {:>10} ×   {}", "", unchanged.get(language)),
    );
    for (form, count, sum) in forms.into_iter().take(SLOWEST) {
        lines.push(format!("{:>10}  {count:>10} ×   {form}", number(sum)));
    }
    lines.push(
        text!("les plus longs\u{a0}:", "the slowest:")
            .get(language)
            .to_owned(),
    );
    for (elapsed, path) in slowest {
        lines.push(format!("{:>10} ms  {path}", number(elapsed)));
    }
    lines.join("\n")
}

/// Milliseconds to one decimal.
fn rounded(elapsed: Duration) -> f64 {
    (elapsed.as_secs_f64() * 10_000.0).round() / 10.0
}
