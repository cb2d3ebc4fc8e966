//! A procedure as its author typed it: front matter, Markdown, links between records, code, drawings, placeholders. It is made
//! a page of a small estate and rendered, and nothing of what is rendered may run.
#![no_main]

use carnet_fuzz::{estate, rendered};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let build = estate([("procedures/typed.md", text), ("content/typed.md", text)]);
    for page in rendered(&build, "typed") {
        let page = page.to_ascii_lowercase();
        for acting in ["<iframe", "<object", "<embed", "<base", " onerror=", " onload=", "href=\"javascript:", "srcdoc="] {
            assert!(!page.contains(acting), "{acting}");
        }
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, page.matches("<script src=\"").count(), "only files are scripts");
    }
});
