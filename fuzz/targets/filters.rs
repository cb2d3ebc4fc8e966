//! An expression in a template of a site's own theme: filters on what a page knows, and on values typed there. It is printed on
//! every page: a mistake is told, and what is printed is escaped (the words that seeds print hold `<x-typed>`).
//!
//! A theme's author is trusted with time and memory: what repeats as often as it is told is left out.
#![no_main]

use carnet_fuzz::{estate, rendered};

/// Statements, what ends an expression, what prints unescaped, and what repeats.
const LEFT_OUT: [&str; 9] = ["{", "}", "%", "safe", "range", "indent", "repeat", "import", "**"];

libfuzzer_sys::fuzz_target!(|expression: &str| {
    if expression.len() > 400 || LEFT_OUT.iter().any(|left_out| expression.contains(left_out)) {
        return;
    }
    let footer = format!("<footer>{{{{ {expression} }}}}</footer>\n");
    let build = estate([
        ("carnet.yaml", "title: Essai\nas_of: 2026-11-20\ntheme: typed\n"),
        ("themes/typed/templates/footer.html", footer.as_str()),
    ]);
    for page in rendered(&build, "srv-01") {
        assert!(!page.contains("<x-typed>"), "printed as it is");
    }
});
