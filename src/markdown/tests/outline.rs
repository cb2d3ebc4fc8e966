//! Headings, sections, titles, footnotes and embeds.

use super::{Language, Simple, check, html, read, rules};

#[test]
fn a_first_heading_is_the_title() {
    let document = read("# A *b*\n\nc\n\n# D\n\n# A b");
    assert_eq!(document.title(), Some("A b"));
    let ids: Vec<&str> = document
        .headings
        .iter()
        .map(|heading| heading.id.as_str())
        .collect();
    assert_eq!(ids, ["d", "a-b-1"]);
    assert!(!document.html(&Simple(Language::En)).contains("<em>"));
    assert!(document.has_fragment("a-b") && document.heading("a-b").is_none());
    assert_eq!(read("a\n\n# B").title(), None);
    assert_eq!(read("> # B").title(), None);
}

#[test]
fn sections_hold_the_words_between_headings() {
    let document = read(
        "a *b*\n\n## C\n\n- d\n- e\n\n```sh\nf\n```\n\n| g | h |\n|-|-|\n| i | ![j](k) |\n\n## L\n",
    );
    let sections: Vec<_> = document
        .sections
        .iter()
        .map(|section| (section.heading, section.text.as_str()))
        .collect();
    assert_eq!(
        sections,
        [(None, "a b"), (Some(0), "d\ne\nf\ng h\ni j"), (Some(1), "")]
    );
    assert_eq!(document.summary(), "a b");
}

#[test]
fn sections_say_which_of_their_words_are_code() {
    let document = read("a `b c` d\n\n~~~\ne\n~~~\n\n## `f` g\n\n\n`h`");
    let code = document.sections.iter().map(|section| {
        let parts = section.code.iter().map(|code| &section.text[code.clone()]);
        parts.collect::<Vec<_>>()
    });
    assert_eq!(code.collect::<Vec<_>>(), [vec!["b c", "e"], vec!["h"]]);
}

#[test]
fn the_summary_is_the_first_paragraph_at_the_top() {
    assert_eq!(read("> a\n\n- b\n\nc **d**\ne\n\nf").summary(), "c d e");
    assert_eq!(read("## a").summary(), "");
    assert_eq!(read("a  \nb").summary(), "a b");
}

#[test]
fn a_section_can_be_embedded_without_ids() {
    let document =
        read("## A\n\nb[^1]\n\n### C\n\nd\n\n## E\n\nf\n\n> ## G\n> h\n\ni\n\n[^1]: note");
    let section = |name| document.section_html(name, &Simple(Language::En));
    assert_eq!(
        section("A").as_deref(),
        Some(
            "<h2>A</h2>\n<p>b<sup class=\"footnote-ref\">1</sup></p>\n<h3>C</h3>\n<p>d</p>\n\
             <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
             <li value=\"1\"><p>note</p>\n</li>\n</ol>\n</section>\n"
        )
    );
    assert_eq!(section("A#C").as_deref(), Some("<h3>C</h3>\n<p>d</p>\n"));
    assert_eq!(
        section("g").as_deref(),
        Some("<blockquote>\n<h2>G</h2>\n<p>h</p>\n</blockquote>\n")
    );
    assert_eq!(section("none"), None);
    assert!(!document.embed_html(&Simple(Language::En)).contains("id="));
}

#[test]
fn an_embedded_section_keeps_its_links_whole() {
    let document = read("## A\n\n[[b]] and [c](d)\n\n## E\n\n[f](g)");
    let section = document.section_html("E", &Simple(Language::En));
    assert_eq!(
        section.as_deref(),
        Some("<h2>E</h2>\n<p><a href=\"/g\">f</a></p>\n")
    );
}

#[test]
fn footnotes_are_numbered_by_their_first_mark() {
    let page = html("a[^x] b[^y] c[^x]\n\n[^y]: second\n[^x]: first");
    let (first, second) = (page.find("first"), page.find("second"));
    assert!(first < second && first.is_some(), "{page}");
    assert!(
        page.contains("id=\"fnref:1:2\"") && page.contains("href=\"#fn:2\""),
        "{page}"
    );
    check("a[^x]", "<p>a[^x]</p>");
}

#[test]
fn tasks_are_numbered_and_labelled_by_their_words() {
    check(
        "- [ ] a **b**\n  - [x] c",
        "<ul>\n<li class=\"task-item\"><label><input type=\"checkbox\" class=\"task\" data-task=\"0\" disabled> a <strong>b</strong></label>\n\
         <ul>\n<li class=\"task-item\"><label><input type=\"checkbox\" class=\"task\" data-task=\"1\" disabled checked> c</label></li>\n</ul>\n</li>\n</ul>",
    );
    assert_eq!(read("- [ ] a\n- [x] b\n- c").task_count, 2);
}

#[test]
fn steps_that_a_word_joins_are_alternatives() {
    /// Each item as `class` and whether it opens a choice.
    fn items(markdown: &str) -> Vec<(String, bool)> {
        let html = html(markdown);
        let items = html.split("<li class=\"").skip(1);
        let item = |item: &str| {
            let (class, rest) = item.split_once('"').expect("a class");
            let label = rest.split("</label>").next().unwrap_or_default();
            (class.to_owned(), label.contains("class=\"choice\""))
        };
        items.map(item).collect()
    }
    let (or, end) = ("task-item or", "task-item");
    let three = [(or, true), (or, false), (end, false)];
    let own = |found: &[(&str, bool)]| -> Vec<(String, bool)> {
        found
            .iter()
            .map(|(class, opens)| ((*class).to_owned(), *opens))
            .collect()
    };
    for text in [
        "- [ ] a, **ou**\n- [ ] b **or**\n- [ ] c",
        "1. [ ] a, ou\n\n2. [ ] `b`, or\n   → d\n\n3. [ ] c",
        "- [ ] a, ou\n  ~~~\n  d\n  ~~~\n- [ ] b ; OU\n- [ ] c",
    ] {
        assert_eq!(items(text), own(&three), "{text}");
    }
    // Alternatives within one, which has none of its own, and two groups in a row.
    assert_eq!(
        items("- [ ] a, ou\n  - [ ] b, ou\n  - [ ] c\n- [ ] d\n- [ ] e, ou\n- [ ] f"),
        own(&[
            (or, true),
            (or, true),
            (end, false),
            (end, false),
            (or, true),
            (end, false)
        ])
    );
    for text in [
        "- [ ] câble plaqué or\n- [ ] b",
        "- [ ] a, ou\n- b",
        "- [ ] a, ou",
        "- [ ] ou\n- [ ] b",
        "- [ ] a, ou `b`\n- [ ] c",
        "- [ ] a genou\n- [ ] c",
        "- a, ou\n- [ ] b",
    ] {
        assert!(
            items(text)
                .iter()
                .all(|(class, opens)| class == end && !opens),
            "{text}"
        );
    }
    check(
        "- [ ] a, ou\n- [ ] b",
        "<ul>\n<li class=\"task-item or\"><label><input type=\"checkbox\" class=\"task\" data-task=\"0\" disabled> \
         <em class=\"choice\">one of these:</em> a, ou</label></li>\n\
         <li class=\"task-item\"><label><input type=\"checkbox\" class=\"task\" data-task=\"1\" disabled> b</label></li>\n</ul>",
    );
    assert!(
        !read("- [ ] a, ou\n- [ ] b").sections[0]
            .text
            .contains("choi")
    );
}

#[test]
fn a_step_says_what_to_expect_on_a_line_of_its_own() {
    let step = "<ol>\n<li class=\"task-item\"><label><input type=\"checkbox\" class=\"task\" data-task=\"0\" disabled> a</label>\n\
         <span class=\"expected\">";
    let line = |text: &str| check(text, &format!("{step}→ b\nc</span></li>\n</ol>"));
    line("1. [ ] a\n   → b\n   c");
    line("1. [ ] a  \n   → b\n   c");
    check(
        "1. [ ] a\n   **Résultat attendu\u{a0}:** b",
        &format!("{step}<strong>Résultat attendu\u{a0}:</strong> b</span></li>\n</ol>"),
    );
    check(
        "1. [ ] a\n   → b\n   - c",
        &format!("{step}→ b</span>\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>"),
    );
    check(
        "- a\n\n  Expected: b\n\n  c",
        "<ul>\n<li>\n<p>a</p>\n<p class=\"expected\">Expected: b</p>\n<p>c</p>\n</li>\n</ul>",
    );
    check(
        "- a\n\n  b\n  → c\n  → d",
        "<ul>\n<li>\n<p>a</p>\n<p>b\n<span class=\"expected\">→ c</span>\n<span class=\"expected\">→ d</span></p>\n</li>\n</ul>",
    );
    for same in [
        "a\n→ b",
        "- → a\n- b\n  →c",
        "- a\n  Attendu que b",
        "- *a\n  → b*",
    ] {
        assert!(!html(same).contains("expected"), "{same}");
    }
}

#[test]
fn waits_are_marked_and_stay_words() {
    check(
        "- [ ] a (minuteur : 1 h 30), b",
        "<ul>\n<li class=\"task-item\"><label><input type=\"checkbox\" class=\"task\" data-task=\"0\" disabled> a \
         <span class=\"timer\" data-seconds=\"5400\">(minuteur : 1 h 30)</span>, b</label></li>\n</ul>",
    );
    assert!(!html("[a (timer: 5 min)](b) `(timer: 5 min)`").contains("class=\"timer\""));
    let document = read("a (timer: 5 min) b");
    assert_eq!(document.sections[0].text, "a (timer: 5 min) b");
}

#[test]
fn fragments_lead_to_headings_in_every_way_of_writing_them() {
    let document = read(
        "a\n\n## Étape 1 : arrêt\n\n## Étape 1 : arrêt\n\n<a name=\"x\"></a>\n\nb[^1]\n\n[^1]: ## Note",
    );
    let id = |fragment| {
        document
            .heading(fragment)
            .map(|heading| heading.id.as_str())
    };
    assert_eq!(id("étape-1--arrêt-1"), Some("étape-1--arrêt-1"));
    assert_eq!(id("Étape 1 : arrêt"), Some("étape-1--arrêt"));
    assert_eq!(id("Autre#étape 1 : arrêt"), Some("étape-1--arrêt"));
    assert_eq!(
        (id("^étape-1--arrêt"), id(""), id("absent")),
        (None, None, None)
    );
    assert!(document.has_fragment("x") && !document.has_fragment("y"));
    assert_eq!(document.section_html("Note", &Simple(Language::En)), None);
}

#[test]
fn what_tabs_hold_is_found_and_their_names_are_known() {
    let text = "## Before\n\n> [!tabs]\n> ### One\n> a\n>\n> #### In it\n> b\n>\n> ### Two\n> c\n\nAfter.\n";
    let document = read(text);
    let headings = document
        .headings
        .iter()
        .map(|heading| (heading.id.as_str(), heading.names_tab));
    let expected = [
        ("before", false),
        ("one", true),
        ("in-it", false),
        ("two", true),
    ];
    assert_eq!(headings.collect::<Vec<_>>(), expected);
    let sections = document
        .sections
        .iter()
        .map(|section| (section.heading, section.text.as_str()));
    let expected = [
        (Some(0), ""),
        (Some(1), "a"),
        (Some(2), "b"),
        (Some(3), "c\nAfter."),
    ];
    assert_eq!(sections.collect::<Vec<_>>(), expected);
    let whole = document
        .section_html("two", &Simple(Language::En))
        .expect("the section of a tab");
    assert_eq!(whole.matches("<section").count(), 2);
    assert!(whole.starts_with("<div class=\"tabs\">") && whole.ends_with("</section>\n</div>\n"));
}

#[test]
fn tabs_need_names_and_stand_in_no_other_tabs() {
    assert_eq!(rules("> [!tabs]\n> ## a"), <[&str; 0]>::default());
    assert_eq!(rules("> [!Onglets]\n> a"), ["broken-tabs"]);
    assert_eq!(rules("> [!tabs]\n> - ## a"), ["broken-tabs"]);
    let nested = "> [!tabs]\n> ## a\n>\n> > [!note]\n> >\n> > > [!tabs]\n> > > ## b\n";
    assert_eq!(rules(nested), ["broken-tabs"]);
    assert_eq!(html(nested).matches("class=\"tab\"").count(), 1);
}
