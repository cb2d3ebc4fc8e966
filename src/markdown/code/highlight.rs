//! Code into coloured runs: neighbours of one class share a span, plain text has none.
//!
//! Grammars are slow, and the same lines stand in many procedures: what a line becomes is kept by
//! the grammar's state before it and its text. Each thread keeps its own, so none waits for
//! another; a cache changes how long a page takes, never a byte of it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference};

use super::classes::{self, Class};
use super::languages::syntaxes;
use crate::markdown::escape;

/// Longer blocks stay without colours: grammars are slow on them and nobody reads them for long.
const LONGEST: usize = 200 * 1024;

/// Longer lines (a minified file, a key in one line) stay without colours for the same reason.
const LONGEST_LINE: usize = 8 * 1024;

/// A grammar's cache is emptied beyond this many bytes of lines, or this many states: a state is
/// looked for one by one.
const MOST_BYTES: usize = 4 * 1024 * 1024;
const MOST_STATES: usize = 256;

/// The ends of the runs of a line, each with its class.
type Ends = Rc<[(usize, Class)]>;

/// A state of a grammar between two lines, and the lines met in it: their runs and the state after.
struct State {
    parse: ParseState,
    scopes: ScopeStack,
    lines: HashMap<Box<str>, (Ends, usize)>,
}

/// What is known of a grammar; the first state is the one before any line.
struct Grammar {
    states: Vec<State>,
    bytes: usize,
}

thread_local! {
    static GRAMMARS: RefCell<BTreeMap<&'static str, Grammar>> = const { RefCell::new(BTreeMap::new()) };
}

/// Writes the HTML of some code: the same code, with spans.
pub(super) fn highlight(out: &mut String, syntax: &'static SyntaxReference, code: &str) {
    if code.len() > LONGEST {
        escape::text(out, code);
        return;
    }
    GRAMMARS.with_borrow_mut(|grammars| {
        let grammar = grammars
            .entry(&syntax.name)
            .or_insert_with(|| Grammar::new(syntax));
        if grammar.bytes > MOST_BYTES || grammar.states.len() > MOST_STATES {
            *grammar = Grammar::new(syntax);
        }
        grammar.write(out, code);
    });
}

impl Grammar {
    fn new(syntax: &SyntaxReference) -> Self {
        let mut grammar = Self {
            states: Vec::new(),
            bytes: 0,
        };
        grammar.state(ParseState::new(syntax), ScopeStack::new());
        grammar
    }

    /// The index of a state, new or known.
    fn state(&mut self, parse: ParseState, scopes: ScopeStack) -> usize {
        let known = self
            .states
            .iter()
            .position(|state| state.scopes == scopes && state.parse == parse);
        known.unwrap_or_else(|| {
            let lines = HashMap::new();
            self.states.push(State {
                parse,
                scopes,
                lines,
            });
            self.states.len() - 1
        })
    }

    fn write(&mut self, out: &mut String, code: &str) {
        let mut runs = Runs {
            html: out,
            open: None,
            blank: String::new(),
        };
        let mut state = 0;
        for line in code.split_inclusive('\n') {
            let (ends, next) = self.line(state, line);
            let mut from = 0;
            for (end, class) in ends.iter() {
                runs.push(&line[from..*end], *class);
                from = *end;
            }
            state = next;
        }
        runs.finish();
    }

    fn line(&mut self, state: usize, line: &str) -> (Ends, usize) {
        if line.len() > LONGEST_LINE {
            return (Rc::new([(line.len(), None)]), state);
        }
        if let Some((ends, next)) = self.states[state].lines.get(line) {
            return (Rc::clone(ends), *next);
        }
        let mut parse = self.states[state].parse.clone();
        let mut scopes = self.states[state].scopes.clone();
        let mut ends = Vec::new();
        for (at, change) in parse.parse_line(line, syntaxes()).unwrap_or_default() {
            if at > ends.last().map_or(0, |(end, _)| *end) {
                ends.push((at, classes::class(scopes.as_slice())));
            }
            // A grammar that pops more than it pushed is wrong about colours, not about text.
            let _ = scopes.apply(&change);
        }
        ends.push((line.len(), classes::class(scopes.as_slice())));
        let ends: Ends = ends.into();
        let next = self.state(parse, scopes);
        self.bytes += line.len() + size_of_val(&*ends);
        let lines = &mut self.states[state].lines;
        lines.insert(line.into(), (Rc::clone(&ends), next));
        (ends, next)
    }
}

/// HTML under construction, with the class of the open span.
struct Runs<'a> {
    html: &'a mut String,
    open: Class,
    /// White space that belongs to no span unless the next run goes on with the same class.
    blank: String,
}

impl Runs<'_> {
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
        escape::text(self.html, solid);
        self.blank.push_str(end);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) {
        self.close();
        self.html.push_str(&self.blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::code::languages::{Known, known};

    fn coloured(language: &str, code: &str) -> String {
        let mut out = String::new();
        match known(language) {
            Known::Syntax(syntax) => highlight(&mut out, syntax, code),
            Known::Plain | Known::No => unreachable!("a known language"),
        }
        out
    }

    #[test]
    fn a_warm_cache_gives_the_same_bytes() {
        let code = "#!/bin/bash\ncat <<EOF\n$x\nEOF\nif true; then echo \"a\nb\"; fi\n";
        let cold = coloured("bash", code);
        coloured("bash", "EOF\n$x\nb\"; fi\n");
        assert_eq!(coloured("bash", code), cold);
        assert!(cold.contains("<span class=\"k\">then</span>"), "{cold}");
    }

    #[test]
    fn keys_strings_and_variables_have_colours_of_their_own() {
        assert_eq!(
            coloured("json", "{\"a\": \"b\"}"),
            "{<span class=\"a\">\"a\"</span>: <span class=\"s\">\"b\"</span>}"
        );
        assert_eq!(
            coloured("bash", "echo \"a $b\""),
            "<span class=\"f\">echo</span> <span class=\"s\">\"a</span> <span class=\"v\">$b</span><span class=\"s\">\"</span>"
        );
        assert_eq!(
            coloured("ini", "[a]\nb = c"),
            "<span class=\"t\">[a]</span>\n<span class=\"a\">b</span> = <span class=\"s\">c</span>"
        );
    }
}
