//! What the browser gets now: the newest build, pages kept from earlier ones, and what is wrong.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::diagnostic::{self, Diagnostic, Language, Text};
use crate::http::{self, Answer, Broadcast, Content, Responder};
use crate::pipeline::Build;
use crate::search::{self, Index};
use crate::serve::background::drop_later;
use crate::serve::indexes::Indexes;
use crate::serve::kept::{self, Kept};
use crate::serve::{Surroundings, overlay};

/// As many pages are kept as they were rendered: a browser asks for the mark of a page before it asks for the page.
const RENDERED: usize = 64;

/// Shared between the loop, which replaces it, and the server, which reads it.
#[derive(Debug)]
pub(super) struct Showing {
    now: RwLock<Arc<Shown>>,
    indexes: Mutex<Indexes>,
    tabs: Broadcast,
}

/// One state of the site.
#[derive(Debug)]
pub(super) struct Shown {
    pub version: u64,
    /// Which build it is, counted.
    pub number: u64,
    pub build: Arc<Build>,
    kept: Kept,
    language: Language,
    /// All that is known to be wrong; until the rules about the whole were asked, what they found last.
    pub diagnostics: Vec<Diagnostic>,
    failure: Option<Text>,
    rendered: Mutex<BTreeMap<String, Content>>,
}

impl Shown {
    /// The page at a key with the script that follows it, or a file as it is.
    fn page(&self, key: &str) -> Option<Answer> {
        let rendered = || self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(content) = rendered().get(key) {
            return Some(Answer::Content(content.clone()));
        }
        let build = self.kept.get(key).unwrap_or(&self.build);
        let content = match build.site.render(key)? {
            Ok(bytes) => content(key, bytes),
            Err(diagnostic) => {
                let text = diagnostic::human(&[diagnostic], self.language, false);
                return Some(Answer::Failed(content(
                    "500.html",
                    overlay::plain_page(key, &text),
                )));
            }
        };
        let mut rendered = rendered();
        if rendered.len() < RENDERED && is_page(key) {
            rendered.insert(key.to_owned(), content.clone());
        }
        Some(Answer::Content(content))
    }

    /// The same with a new version, and other findings.
    fn again(&self, diagnostics: Vec<Diagnostic>, failure: Option<Text>) -> Self {
        Self {
            version: self.version + 1,
            number: self.number,
            build: Arc::clone(&self.build),
            kept: self.kept.clone(),
            language: self.language,
            diagnostics,
            failure,
            rendered: Mutex::default(),
        }
    }
}

impl Showing {
    pub(super) fn new(build: Arc<Build>, surroundings: &dyn Surroundings) -> Self {
        let shown = Shown {
            version: 1,
            number: 1,
            language: surroundings.language(build.estate.config.language),
            diagnostics: build.diagnostics.clone(),
            build,
            kept: Kept::new(),
            failure: None,
            rendered: Mutex::default(),
        };
        Self {
            now: RwLock::new(Arc::new(shown)),
            indexes: Mutex::default(),
            tabs: Broadcast::default(),
        }
    }

    /// What is shown now.
    pub(super) fn now(&self) -> Arc<Shown> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows a new build, and tells the open pages.
    pub(super) fn show(&self, build: Arc<Build>, surroundings: &dyn Surroundings) {
        let before = self.now();
        if let Some(index) = build.made_index() {
            self.indexes().take(before.number + 1, Arc::clone(index));
        }
        let whole = before.diagnostics.iter();
        let whole = whole.filter(|found| !before.build.diagnostics.contains(found));
        let mut diagnostics = build.diagnostics.clone();
        diagnostics.extend(whole.cloned());
        self.replace(Shown {
            version: before.version + 1,
            number: before.number + 1,
            kept: kept::keep(&before.build, &before.kept, &build),
            language: surroundings.language(build.estate.config.language),
            diagnostics: diagnostic::settle(diagnostics, &build.estate.config.levels),
            build,
            failure: None,
            rendered: Mutex::default(),
        });
    }

    /// Takes what all rules say of the build with this number, unless a newer one is shown.
    pub(super) fn checked(&self, number: u64, diagnostics: &[Diagnostic]) -> bool {
        let before = self.now();
        if before.number != number {
            return false;
        }
        if before.diagnostics != diagnostics {
            let failure = before.failure.clone();
            self.replace(before.again(diagnostics.to_vec(), failure));
        }
        true
    }

    /// Keeps the site and says why there is no newer one.
    pub(super) fn fail(&self, failure: &Text) {
        let before = self.now();
        self.replace(before.again(before.diagnostics.clone(), Some(failure.clone())));
    }

    /// Whether to begin the search index of what is shown.
    pub(super) fn begin_index(&self) -> bool {
        let number = self.now().number;
        self.indexes().begin(number)
    }

    /// Takes the search index of a build, and tells the open pages.
    pub(super) fn end_index(&self, number: u64, made: Option<Arc<Index>>) {
        self.indexes().end(number, made);
        self.tabs.send(&self.now().version.to_string());
    }

    fn indexes(&self) -> MutexGuard<'_, Indexes> {
        self.indexes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn replace(&self, shown: Shown) {
        let version = shown.version.to_string();
        let before = {
            let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *now, Arc::new(shown))
        };
        self.tabs.send(&version);
        drop_later(before);
    }

    /// A file of the search: of the newest index that is made. The first is waited for.
    fn shard(&self, shown: &Shown, key: &str) -> Option<Answer> {
        let newest = self.indexes().newest();
        let index = newest.as_ref().unwrap_or_else(|| shown.build.index());
        let bytes = shown.build.shard(key, index)?;
        Some(Answer::Content(Content::new(key, bytes)))
    }

    fn findings(&self, shown: &Shown) -> Vec<u8> {
        let behind = self.indexes().is_behind(shown.number);
        let wrong = (&shown.diagnostics[..], shown.failure.as_ref());
        overlay::findings(shown.version, wrong, behind, shown.language)
    }
}

impl Responder for Showing {
    fn answer(&self, key: &str) -> Option<Answer> {
        let shown = self.now();
        let own = |bytes: &[u8]| Some(Answer::Content(Content::new(key, bytes.to_vec())));
        match key {
            overlay::SCRIPT => own(overlay::SCRIPT_TEXT.as_bytes()),
            overlay::STYLE => own(overlay::STYLE_TEXT.as_bytes()),
            overlay::FINDINGS => own(&self.findings(&shown)),
            overlay::STREAM => Some(Answer::Events(self.tabs.listen(&shown.version.to_string()))),
            _ if key.starts_with(search::FOLDER) => self.shard(&shown, key),
            _ => shown.page(key),
        }
    }

    fn has(&self, key: &str) -> bool {
        let shown = self.now();
        shown.kept.contains_key(key) || shown.build.site.has(key)
    }

    fn missing(&self) -> Option<Content> {
        const PAGE: &str = "404.html";
        match self.now().page(PAGE) {
            Some(Answer::Content(content)) => Some(content),
            // Followed by the script too: the page may come.
            _ => Some(content(PAGE, overlay::plain_page("404", "404"))),
        }
    }
}

/// Bytes for the browser, pages with the script. The mark is that of the page without it.
fn content(key: &str, bytes: Vec<u8>) -> Content {
    if !is_page(key) {
        return Content::new(key, bytes);
    }
    let tag = http::tag(&bytes);
    Content {
        bytes: overlay::with_script(bytes, &tag),
        tag,
        media_type: http::media_type(key),
    }
}

fn is_page(key: &str) -> bool {
    http::media_type(key).starts_with("text/html")
}
