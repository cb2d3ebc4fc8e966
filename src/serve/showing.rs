//! What the browser gets now: the newest build, pages kept from earlier ones, and what is wrong.

use std::sync::{Arc, PoisonError, RwLock};

use crate::diagnostic::{self, Language, Text};
use crate::http::{self, Answer, Broadcast, Content, Responder};
use crate::pipeline::Build;
use crate::serve::kept::{self, Kept};
use crate::serve::{Surroundings, overlay};

/// Shared between the loop, which replaces it, and the server, which reads it.
#[derive(Debug)]
pub(super) struct Showing {
    now: RwLock<Arc<Shown>>,
    tabs: Broadcast,
}

/// One state of the site.
#[derive(Debug)]
pub(super) struct Shown {
    pub version: u64,
    pub build: Arc<Build>,
    kept: Kept,
    language: Language,
    findings: Vec<u8>,
}

impl Shown {
    fn new(version: u64, build: Arc<Build>, kept: Kept, language: Language) -> Self {
        Self {
            version,
            findings: overlay::findings(version, &build.diagnostics, None, language),
            build,
            kept,
            language,
        }
    }

    /// The page at a key with the script that follows it, or a file as it is.
    fn page(&self, key: &str) -> Option<Answer> {
        let build = self.kept.get(key).unwrap_or(&self.build);
        Some(match build.render(key)? {
            Ok(bytes) => Answer::Content(content(key, bytes)),
            Err(diagnostic) => {
                let text = diagnostic::human(&[diagnostic], self.language, false);
                Answer::Failed(content("500.html", overlay::plain_page(key, &text)))
            }
        })
    }
}

impl Showing {
    pub(super) fn new(build: Arc<Build>, surroundings: &dyn Surroundings) -> Self {
        let language = surroundings.language(build.estate.config.language);
        Self {
            now: RwLock::new(Arc::new(Shown::new(1, build, Kept::new(), language))),
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
        let kept = kept::keep(&before.build, &before.kept, &build);
        let language = surroundings.language(build.estate.config.language);
        self.replace(Shown::new(before.version + 1, build, kept, language));
    }

    /// Keeps the site and says why there is no newer one.
    pub(super) fn fail(&self, failure: &Text) {
        let before = self.now();
        let version = before.version + 1;
        let diagnostics = &before.build.diagnostics;
        self.replace(Shown {
            version,
            build: Arc::clone(&before.build),
            kept: before.kept.clone(),
            language: before.language,
            findings: overlay::findings(version, diagnostics, Some(failure), before.language),
        });
    }

    fn replace(&self, shown: Shown) {
        let version = shown.version.to_string();
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        self.tabs.send(&version);
    }
}

impl Responder for Showing {
    fn answer(&self, key: &str) -> Option<Answer> {
        let shown = self.now();
        let own = |bytes: &[u8]| Some(Answer::Content(Content::new(key, bytes.to_vec())));
        match key {
            overlay::SCRIPT => own(overlay::SCRIPT_TEXT.as_bytes()),
            overlay::STYLE => own(overlay::STYLE_TEXT.as_bytes()),
            overlay::FINDINGS => own(&shown.findings),
            overlay::STREAM => Some(Answer::Events(self.tabs.listen(&shown.version.to_string()))),
            _ => shown.page(key),
        }
    }

    fn has(&self, key: &str) -> bool {
        let shown = self.now();
        shown.kept.contains_key(key) || shown.build.site.paths().any(|path| path == key)
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
    if !http::media_type(key).starts_with("text/html") {
        return Content::new(key, bytes);
    }
    let tag = http::tag(&bytes);
    Content {
        bytes: overlay::with_script(bytes, &tag),
        tag,
        media_type: http::media_type(key),
    }
}
