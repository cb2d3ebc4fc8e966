//! Code into coloured runs: neighbours of one class share a span, plain text has none.
//!
//! Results are kept for the life of the process by language and text, since the same commands
//! stand in many procedures and `serve` renders a page many times. The cache never changes a byte.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference};

use super::classes::{self, Class};
use super::languages::syntaxes;
use crate::markdown::escape;

/// Longer blocks stay without colours: grammars are slow on them and nobody reads them for long.
const LONGEST: usize = 200 * 1024;

/// Longer lines (a minified file, a key in one line) stay without colours for the same reason.
const LONGEST_LINE: usize = 8 * 1024;

/// The cache is emptied beyond this many bytes of HTML.
const CACHE_LIMIT: usize = 32 * 1024 * 1024;

#[derive(Default)]
struct Cache {
    blocks: HashMap<(String, String), Arc<str>>,
    bytes: usize,
}

/// The HTML of some code: the same code, with spans.
pub(super) fn highlight(syntax: &SyntaxReference, code: &str) -> Arc<str> {
    static CACHE: OnceLock<Mutex<Cache>> = OnceLock::new();
    let cache = CACHE.get_or_init(Mutex::default);
    let key = (syntax.name.clone(), code.to_owned());
    let lock = || cache.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(html) = lock().blocks.get(&key) {
        return Arc::clone(html);
    }
    let html: Arc<str> = colour(syntax, code).into();
    let mut cache = lock();
    if cache.bytes > CACHE_LIMIT {
        *cache = Cache::default();
    }
    cache.bytes += html.len() + key.1.len();
    cache.blocks.insert(key, Arc::clone(&html));
    html
}

fn colour(syntax: &SyntaxReference, code: &str) -> String {
    let mut out = Runs::default();
    if code.len() > LONGEST {
        out.push(code, None);
        return out.finish();
    }
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    for line in code.split_inclusive('\n') {
        let parsed = if line.len() > LONGEST_LINE {
            None
        } else {
            state.parse_line(line, syntaxes()).ok()
        };
        let mut from = 0;
        for (at, change) in parsed.unwrap_or_default() {
            if at > from {
                out.push(&line[from..at], classes::class(scopes.as_slice()));
                from = at;
            }
            // A grammar that pops more than it pushed is wrong about colours, not about text.
            let _ = scopes.apply(&change);
        }
        out.push(&line[from..], classes::class(scopes.as_slice()));
    }
    out.finish()
}

/// HTML under construction, with the class of the open span.
#[derive(Default)]
struct Runs {
    html: String,
    open: Class,
    /// White space that belongs to no span unless the next run goes on with the same class.
    blank: String,
}

impl Runs {
    fn push(&mut self, text: &str, class: Class) {
        let (start, solid) = text.split_at(text.len() - text.trim_start().len());
        self.blank.push_str(start);
        if solid.is_empty() {
            return;
        }
        if class != self.open {
            self.close();
        }
        self.html.push_str(&self.blank);
        self.blank.clear();
        if let Some(class) = class
            && self.open.is_none()
        {
            self.html.push_str("<span class=\"");
            self.html.push_str(class);
            self.html.push_str("\">");
            self.open = Some(class);
        }
        let (solid, end) = solid.split_at(solid.trim_end().len());
        escape::text(&mut self.html, solid);
        self.blank.push_str(end);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html.push_str(&self.blank);
        self.html
    }
}
