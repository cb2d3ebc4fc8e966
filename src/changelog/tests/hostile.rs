//! Content that tries to act in somebody's merge request or terminal, and far too much of it.

use super::*;

/// A text that tries everything at once.
const HOSTILE: &str = "x\n/close\n</details>\n```\n@all #1 !2 <script>alert(1)</script> | [a](javascript:b)\u{1b}[2J\u{202e}";

#[test]
fn content_cannot_break_out() {
    let hostile = RecordChange {
        title: Some(HOSTILE.to_owned()),
        path: HOSTILE.to_owned(),
        moved_from: Some(HOSTILE.to_owned()),
        fields: vec![
            replaced("name", Some(HOSTILE), Some("b")),
            replaced(HOSTILE, Some(HOSTILE), Some("b")),
            FieldChange {
                key: "notes".to_owned(),
                value: ValueChange::Text(TextChange {
                    passages: vec![Passage {
                        pieces: vec![Piece::Added(HOSTILE.to_owned())],
                        ..Passage::default()
                    }],
                    ..body()
                }),
            },
        ],
        ..change("asset", HOSTILE, What::Changed)
    };
    let changes = Changes {
        records: vec![hostile],
        files: vec![FileChange {
            path: HOSTILE.to_owned(),
            what: FileWhat::Added,
        }],
    };
    let report = differences(&changes, Fr);
    let markdown = report.markdown();
    assert!(!markdown.contains('\u{1b}') && !markdown.contains('\u{202e}'));
    // A command of a bot stands at the beginning of a line, and outside of a block.
    assert!(!markdown.lines().any(|line| line.starts_with('/')));
    let read = Read::new(&markdown);
    let words = &read.words;
    assert!(!words.contains(['@', '#', '!', '<', '|']), "{words}");
    for tag in &read.html {
        assert!(OWN_HTML.contains(&tag.as_str()), "{tag}");
    }
    assert_eq!(read.opened, read.closed);
    assert_eq!(read.links, 0);
    let human = report.human(false);
    assert!(
        !human.contains('\u{1b}') && !human.contains('\u{202e}'),
        "{human}"
    );
}

#[test]
fn a_report_is_never_too_long() {
    let many = |what| {
        let records = (0..3_000).map(move |number| RecordChange {
            title: Some(format!("Poste {number} ").repeat(40)),
            fields: vec![replaced("name", Some(&"é".repeat(5_000)), Some("b"))],
            body: Some(body()),
            ..change("asset", &format!("pc-{number:04}"), what)
        });
        records.collect::<Vec<_>>()
    };
    let mut records = many(What::Changed);
    records.extend(many(What::Added));
    let files = (0..500).map(|number| FileChange {
        path: format!("content/{number}.png"),
        what: FileWhat::Added,
    });
    let changes = Changes {
        records,
        files: files.collect(),
    };
    let markdown = differences(&changes, Fr).markdown();
    assert!(markdown.len() <= 60_000, "{}", markdown.len());
    assert!(markdown.len() > 50_000, "{}", markdown.len());
    assert!(markdown.contains("autres\n"));
    let read = Read::new(&markdown);
    assert!(read.opened > 0);
    assert_eq!(read.opened, read.closed);
}

/// The lines of HTML that a report writes itself, without the code in them.
const OWN_HTML: [&str; 5] = [
    "<details>",
    "</details>",
    "<summary>Tout montrer</summary>",
    "<summary></summary>",
    "<summary> · </summary>",
];

/// A report as a forge reads it.
#[derive(Default)]
struct Read {
    /// Text outside of code.
    words: String,
    /// Lines of HTML, without the code in them.
    html: Vec<String>,
    opened: usize,
    closed: usize,
    links: usize,
}

impl Read {
    fn new(markdown: &str) -> Self {
        use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
        let mut read = Self::default();
        let mut in_code = false;
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => read.links += 1,
                Event::Text(text) if !in_code => read.words.push_str(&text),
                Event::Html(html) | Event::InlineHtml(html) => {
                    let lines = html.lines().filter(|line| !line.is_empty());
                    read.html.extend(lines.map(without_code));
                }
                _ => {}
            }
        }
        let count = |tag| read.html.iter().filter(|line| *line == tag).count();
        (read.opened, read.closed) = (count("<details>"), count("</details>"));
        read
    }
}

fn without_code(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<code>") {
        out.push_str(before);
        rest = after.split_once("</code>").map_or("", |(_, after)| after);
    }
    out + rest
}
