//! Rich text becomes Markdown that reads as it was meant, and words stay words: each text is read back
//! by the room that renders it.

use std::sync::Arc;

use super::{Block, Inline, Item, Style, markdown, plain, push};
use crate::diagnostic::Language;
use crate::markdown::{Document, Reference, Resolution, Resolve, parse};
use crate::source::SourceFile;

/// Leads nowhere: no text of these tests may hold a reference.
struct Nowhere;

impl Resolve for Nowhere {
    fn resolve(&self, _: usize, _: &Reference) -> Resolution {
        Resolution::Plain
    }

    fn language(&self) -> Language {
        Language::Fr
    }

    fn placeholder(&self, _: &str) -> Option<String> {
        Some("TROU".to_owned())
    }
}

fn read(markdown: &str) -> Document {
    let file = Arc::new(SourceFile::new("a.md", markdown));
    parse(&file, file.whole())
}

fn words(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn styled(style: Style, text: &str) -> Inline {
    Inline::Styled(style, vec![words(text)])
}

fn said(document: &Document) -> String {
    let sections = document.sections.iter();
    let texts: Vec<&str> = sections.map(|section| section.text.as_str()).collect();
    texts.join(" ")
}

fn letters(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Texts that would be something else than words, were they not escaped.
const HOSTILE: [&str; 56] = [
    "# pas un titre",
    "## x",
    "- pas une liste",
    "+ a",
    "* a",
    "1. un",
    "12) deux",
    "> cité",
    "= a",
    "===",
    "---",
    "***",
    "___",
    "```\ncode",
    "~~~",
    "    code",
    "\tcode",
    "| a | b |",
    ": définition",
    "[x](javascript:alert(1))",
    "[[lien]]",
    "![[embed]]",
    "![x](y)",
    "[^1]: note",
    "[^1]",
    "[a]: b",
    "<script>alert(1)</script>",
    "<b>gras</b>",
    "<https://a.example>",
    "<!-- x -->",
    "</div>",
    "&lt;b&gt;",
    "&#60;",
    "&amp; & R&D",
    "*a* **b** _c_ __d__ ~~e~~",
    "snake_case_name et _x_",
    "`code` ``x``",
    "%%caché%%",
    "==surligné==",
    "{{name}}",
    "{{{name}}}",
    "a\\b \\* \\",
    "- [ ] case",
    "[!NOTE] encadré",
    "\u{200b}# titre",
    "\u{1b}[0m# titre",
    "a\u{202e}b",
    "$x$ ^2^ ~1~",
    "---\ntitle: x",
    "5 * 3 * 2",
    "a  \nb",
    "#",
    "-",
    "1.",
    "C:\\Users\\x",
    "\"'`",
];

/// The places in which words may stand.
fn places(text: &str) -> [(&'static str, Vec<Block>); 7] {
    let paragraph = || vec![Block::Paragraph(vec![words(text)])];
    let item = Item {
        done: None,
        blocks: paragraph(),
    };
    let lines = vec![words("a"), Inline::Break, words(text)];
    let bold = vec![words("a "), styled(Style::Strong, text)];
    let rows = vec![vec![vec![words("t")]], vec![vec![words(text)]]];
    let title = "a".to_owned();
    [
        ("paragraph", paragraph()),
        ("heading", vec![Block::Heading(2, vec![words(text)])]),
        ("quote", vec![Block::Quote(paragraph())]),
        ("strong", vec![Block::Paragraph(bold)]),
        ("item", vec![Block::List(None, vec![item])]),
        ("cell", vec![Block::Table(true, rows)]),
        (
            "callout",
            vec![Block::Callout(
                "note",
                false,
                title,
                vec![Block::Paragraph(lines)],
            )],
        ),
    ]
}

#[test]
fn words_stay_words() {
    for text in HOSTILE {
        let shown = letters(&super::without_commands(text));
        for (place, blocks) in places(text) {
            let written = markdown(&blocks);
            let document = read(&written);
            let what = format!("{place} {text:?}: {written}");
            assert!(document.diagnostics.is_empty(), "{what}");
            assert!(document.references.is_empty(), "{what}");
            let html = document.html(&Nowhere);
            let heading = document.headings.first();
            let found = match heading {
                Some(heading) if place == "heading" => letters(&heading.text),
                _ => letters(&said(&document)),
            };
            assert!(found.ends_with(&shown), "{what}\n{found}\n{html}");
            for tag in [
                "<script", "<code", "<del", "<h1", "<mark", "<hr", "<pre", "<img", "TROU", "<em",
            ] {
                assert!(!html.contains(tag), "{what}\n{html}");
            }
            let items = usize::from(place == "item");
            assert_eq!(html.matches("<li").count(), items, "{what}");
        }
    }
}

#[test]
fn styles_are_read_as_they_were() {
    let line = |pieces: Vec<Inline>| {
        let mut line = Vec::new();
        for piece in pieces {
            push(&mut line, piece);
        }
        markdown(&[Block::Paragraph(line)])
    };
    let strong = |text| styled(Style::Strong, text);
    let em = |text| styled(Style::Emphasis, text);
    let cases = [
        (
            vec![strong("gras"), words(" et "), em("penché")],
            "**gras** et *penché*",
        ),
        (vec![strong("a"), strong("b")], "**ab**"),
        (vec![words("x"), strong(" a "), words("y")], "x **a** y"),
        (
            vec![words("avant"), strong("« a »"), words("après")],
            "avant<strong>« a »</strong>après",
        ),
        (vec![strong("a"), em("b")], "<strong>a</strong>*b*"),
        (
            vec![Inline::Styled(Style::Strong, vec![em("a")])],
            "**<em>a</em>**",
        ),
        (
            vec![words("H"), styled(Style::Lowered, "2"), words("O")],
            "H<sub>2</sub>O",
        ),
        (vec![styled(Style::Struck, "non")], "~~non~~"),
        (vec![Inline::Code("a`b".to_owned())], "``a`b``"),
        (vec![strong(" ")], ""),
        (
            vec![words("a"), Inline::Break, words("# b"), Inline::Break],
            "a\\\n\\# b",
        ),
        (
            vec![words("a"), Inline::Break, Inline::Break, words("b")],
            "a\n\nb",
        ),
    ];
    for (pieces, expected) in cases {
        assert_eq!(line(pieces), expected);
    }
    let leading =
        |url: &str, text: &str| line(vec![Inline::Link(url.to_owned(), vec![words(text)])]);
    assert_eq!(
        leading("https://a.example/x_(y)?a=1&b=2", "voir"),
        "[voir](https://a.example/x_%28y%29?a=1&b=2)"
    );
    assert_eq!(leading("javascript:alert(1)", "x"), "x");
    assert_eq!(leading("../secret", "x"), "x");
    assert_eq!(leading("https://", "x"), "x");
    let html = read(&leading("https://a.example/\">x", "a](b) c")).html(&Nowhere);
    assert!(
        html.contains(">a](b) c</a>") && html.contains("%22%3Ex\""),
        "{html}"
    );
}

#[test]
fn blocks_are_read_as_they_were() {
    let item = |text: &str| Item {
        done: None,
        blocks: vec![Block::Paragraph(vec![words(text)])],
    };
    let mut below = item("a");
    below.blocks.push(Block::List(Some(1), vec![item("b")]));
    let task = |done, text| Item {
        done: Some(done),
        ..item(text)
    };
    let blocks = [
        Block::Heading(1, vec![words("Titre #")]),
        Block::List(None, vec![below, item("c")]),
        Block::List(None, vec![task(true, "fait"), task(false, "à faire")]),
        Block::Code("SQL".to_owned(), "SELECT 1;\n```".to_owned()),
        Block::Code("inconnu-x".to_owned(), "a".to_owned()),
        Block::Rule,
        Block::Callout(
            "warning",
            true,
            "Lire".to_owned(),
            vec![Block::Paragraph(vec![words("Texte")])],
        ),
        Block::Table(
            true,
            vec![
                vec![vec![words("A|B")], vec![words("C")]],
                vec![vec![
                    Inline::Code("x|y".to_owned()),
                    Inline::Break,
                    words("z"),
                ]],
            ],
        ),
    ];
    let written = markdown(&blocks);
    assert_eq!(
        written,
        "## Titre \\#\n\n- a\n  1. b\n- c\n\n* [x] fait\n* [ ] à faire\n\n````sql\nSELECT 1;\n```\n````\n\n```\na\n```\n\n---\n\n> [!warning]- Lire\n> Texte\n\n| A\\|B | C |\n| --- | --- |\n| `x\\|y`<br>z |  |"
    );
    let document = read(&written);
    assert!(
        document.diagnostics.is_empty(),
        "{:?}",
        document.diagnostics
    );
    let html = document.html(&Nowhere);
    for expected in [
        "<ol",
        "type=\"checkbox\"",
        "<pre",
        "<hr",
        "callout-warning",
        "<td><code>x|y</code><br>z</td>",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    assert_eq!(
        plain(blocks.to_vec()),
        "Titre # • a • b • c • fait • à faire SELECT 1; ``` a Lire Texte A|B C x|y z"
    );
}
