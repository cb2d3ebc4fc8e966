//! `MkDocs`' admonitions as callouts.

use super::{check, read, rules};

#[test]
fn admonitions_are_callouts() {
    check(
        "a\n\n!!! warning \"Avant `x`\"\n    un\n\n    - b\n        - c\n\nfin\n",
        "<p>a</p>\n<div class=\"callout callout-warning\" role=\"note\">\n\
         <p class=\"callout-title\">Avant <code>x</code></p>\n<p>un</p>\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</div>\n\
         <p>fin</p>",
    );
    check(
        "??? astuce\n    un\n    !!! danger\n        deux\n",
        "<details class=\"callout callout-tip\">\n<summary class=\"callout-title\">Tip</summary>\n<p>un</p>\n\
         <div class=\"callout callout-caution\" role=\"note\">\n<p class=\"callout-title\">Danger</p>\n<p>deux</p>\n</div>\n</details>",
    );
    let code = read("!!! note\n    ```text\n    a\n\n        b\n    ```\n");
    assert_eq!(code.sections[0].text.trim(), "a\n\n    b");
}

#[test]
fn places_in_them_are_places_in_the_file() {
    let text = "??? note\n    a\n\n    voir [x](dead.md)\n";
    let reference = &read(text).references[0];
    let range = reference.range;
    assert_eq!(&text[range.start as usize..range.end as usize], "dead.md");
    assert_eq!(
        rules("!!! note\n    ```pyhton\n    ```\n"),
        ["unknown-language"]
    );
}
