//! Mermaid's fences: each kind is drawn as the files of `tests/diagrams/mermaid/` show (`BLESS=1` writes them anew), nothing in
//! them acts, and mistakes are told at their lines. `cargo test --features mermaid --lib diagram` runs these.

use std::sync::Arc;

use crate::diagnostic::{Language, short};
use crate::markdown::{Reference, Resolution, Resolve, parse};
use crate::source::SourceFile;

struct Page;

impl Resolve for Page {
    fn resolve(&self, _: usize, _: &Reference) -> Resolution {
        Resolution::Plain
    }

    fn language(&self) -> Language {
        Language::Fr
    }
}

/// The HTML of a text, and what is told of it in English, after the name of the file.
fn read(text: &str) -> (String, String) {
    let file = Arc::new(SourceFile::new("a.md", text));
    let document = parse(&file, file.whole());
    let told = short(&document.diagnostics, Language::En);
    (document.html(&Page), told.replace("a.md:", ""))
}

fn fence(source: &str) -> String {
    format!("# A\n\n```mermaid\n{source}\n```\n")
}

fn told(source: &str) -> String {
    read(&fence(source)).1
}

/// The pictures of a page, without the beginning and end of their `svg`.
fn pictures(html: &str) -> Vec<&str> {
    let parts = html.split("<svg class=\"diagram mermaid").skip(1);
    parts
        .map(|part| part.split("</svg>").next().unwrap())
        .collect()
}

/// The files of a kind.
macro_rules! kind {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../tests/diagrams/mermaid/", $name, ".mmd")),
            include_str!(concat!("../../../tests/diagrams/mermaid/", $name, ".html")),
        )
    };
}

/// A text of each kind, and the page that it gives.
const KINDS: [(&str, &str, &str); 7] = [
    kind!("class"),
    kind!("er"),
    kind!("flowchart"),
    kind!("gantt"),
    kind!("pie"),
    kind!("sequence"),
    kind!("state"),
];

#[test]
fn each_kind_is_drawn_with_its_words_and_its_text_below() {
    for (name, source, expected) in KINDS {
        let (html, told) = read(&fence(source.trim_end()));
        assert_eq!(told, "", "{name}");
        if std::env::var_os("BLESS").is_some() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagrams/mermaid/");
            std::fs::write(format!("{folder}{name}.html"), &html).unwrap();
        } else {
            assert!(
                html == expected,
                "{name} is drawn otherwise: BLESS=1, then look at it"
            );
        }
        assert_eq!(pictures(&html).len(), 1, "{name}");
        assert!(pictures(&html)[0].contains("<text"), "{name}");
        assert!(!html.contains("NaN"), "{name}");
        assert!(html.contains("<summary>Texte du schéma</summary>\n<figure class=\"code\""));
        harmless(&html);
    }
}

#[test]
fn pictures_have_names_and_anchors_of_their_own() {
    let two = "```mermaid\nflowchart LR\n  accTitle: Le \"chemin\" & co\n  accDescr: De A à B\n  A --> B\n```\n\n```mermaid\nflowchart LR\n  A --> B\n```\n";
    let (html, _) = read(two);
    for part in [
        "role=\"img\" aria-label=\"Le &quot;chemin&quot; &amp; co\"><desc>De A à B</desc>",
        "tabindex=\"0\" role=\"group\" aria-label=\"Organigramme\"",
        "role=\"img\" aria-label=\"Organigramme\"",
        "<marker id=\"d:1:0\"",
        "marker-end=\"url(#d:1:0)\"",
        "<marker id=\"d:2:0\"",
        "marker-end=\"url(#d:2:0)\"",
    ] {
        assert_eq!(html.matches(part).count(), 1, "{part}\n{html}");
    }
}

const ELEMENTS: &str =
    "desc circle defs ellipse g line marker path polygon polyline rect text tspan";

/// Nothing but shapes, places, and classes of the theme.
fn harmless(html: &str) {
    for picture in pictures(html) {
        let (_, inner) = picture.split_once('>').unwrap();
        for tag in inner.split('<').skip(1).filter(|tag| !tag.starts_with('/')) {
            let (tag, _) = tag.split_once('>').unwrap();
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            assert!(ELEMENTS.split(' ').any(|known| known == name), "<{tag}>");
            let pieces: Vec<&str> = attributes.split('"').collect();
            for pair in pieces.chunks_exact(2) {
                let (key, value) = (pair[0].trim().trim_end_matches('='), pair[1]);
                let acts = key.starts_with("on") || key.contains(':');
                let is_bad = ["style", "href", "src", "filter", "begin"].contains(&key);
                assert!(!acts && !is_bad, "<{tag}>");
                assert!(
                    !value.contains("url(") || value.starts_with("url(#d:"),
                    "<{tag}>"
                );
                let mut classes = value.split(' ').filter(|_| key == "class");
                assert!(classes.all(|class| class.starts_with("m-")), "<{tag}>");
            }
        }
    }
}

#[test]
fn what_an_author_writes_cannot_act() {
    let flowchart = r##"%%{init: {"theme":"base","securityLevel":"loose","htmlLabels":true,"themeCSS":"* { background: url(https://a.example/x) }","flowchart":{"htmlLabels":true},"themeVariables":{"primaryColor":"url(javascript:alert(1))"},"fontFamily":"x;}</style><script>alert(1)</script>"}}%%
flowchart TD
    A["<img src=x onerror=alert(1)><b>gras</b>"] --> B["<script>alert(2)</script>"]
    click A "javascript:alert(3)" "tip"
    click B call cb("x")
    B --> C["x' onload='alert(4)"]
    click C href "https://a.example/x" _blank
    C --> D["`**fort** [lien](https://b.example)`"]
    style D fill:url(https://a.example/a.svg),behavior:url(x)
    classDef button fill:#f00,background:url(https://a.example/)
    A --> G["fa:fa-user qui"]
    G:::button
    E@{ img: "https://a.example/i.png", label: "img", h: 60 }
    D --> E"##;
    let sequence = "sequenceDiagram\n  participant A as <script>alert(1)</script>\n  link A: Page @ javascript:alert(1)\n  A->>A: <a href=\"javascript:x\">y</a>";
    let class = "classDiagram\n  class A[\"<img src=x>\"]\n  link A \"javascript:alert(1)\"\n  callback A \"alert\"";
    for source in [flowchart, sequence, class] {
        let (html, told) = read(&fence(source));
        assert_eq!(pictures(&html).len(), 1, "{told}");
        harmless(&html);
        assert!(told.contains("info[diagram-setting]"), "{told}");
        for gone in ["a.example", "alert(3)", "button"] {
            assert!(!pictures(&html)[0].contains(gone), "{gone}");
        }
    }
}

#[test]
fn settings_are_told_and_not_kept() {
    let rule = "info[diagram-setting]: colours, links and settings of a diagram are not kept\n";
    for (source, place) in [
        (
            "%%{init: {\"theme\": \"dark\"}}%%\nflowchart LR\n  A --> B",
            "4:1",
        ),
        ("flowchart LR\n  A --> B\n  style A fill:#f00", "6:3"),
        (
            "---\ntitle: T\nconfig:\n  theme: dark\n---\nflowchart LR\n  A --> B",
            "6:1",
        ),
    ] {
        assert_eq!(told(source), format!("{place}: {rule}"));
    }
}

#[test]
fn a_mistake_is_told_at_its_line() {
    for (source, expected) in [
        (
            "flowchart TD\n  A --> B\n  B --> [oops\n  C --> D",
            "6:9: Mermaid does not expect `[oops` here",
        ),
        (
            "sequenceDiagram\n  A->>B: x\n  B->>\n  A->>B: y",
            "6:7: Mermaid expects this line to go on",
        ),
        (
            "stateDiagram-v2\n  a -->\n  b --> c",
            "5:8: Mermaid expects this line to go on",
        ),
        (
            "classDiagram\n  class {",
            "5:9: Mermaid does not expect `{` here",
        ),
        (
            "erDiagram\n  A ||--o{\n  B ||--o{ C : d",
            "5:11: Mermaid expects this line to go on",
        ),
        (
            "gantt\n  dateFormat YYYY-MM-DD\n  A : 2026-13-45, 3d",
            "6:7: Mermaid does not expect `2026-13-45` here",
        ),
        (
            "pie\n  \"a\" : x",
            "5:3: Mermaid does not expect `\"a\" : x` here",
        ),
        (
            "graf LR\n  A --> B",
            "4:1: `graf` is no kind of Mermaid diagram that Carnet draws",
        ),
        (
            "mindmap\n  a",
            "4:1: `mindmap` is no kind of Mermaid diagram that Carnet draws",
        ),
        ("", "4:1: this Mermaid diagram is empty"),
    ] {
        let (place, message) = expected.split_once(": ").unwrap();
        assert_eq!(
            told(source),
            format!("{place}: warning[broken-diagram]: {message}\n"),
            "{source}"
        );
        let (html, _) = read(&fence(source));
        assert!(html.contains("n’a pas pu être dessiné"), "{source}");
    }
}

#[test]
fn places_hold_in_lists_quotes_and_windows_files() {
    let quoted =
        "> - x\n>\n>   ```mermaid\n>   flowchart TD\n>     A --> B\n>     B --> [é\n>   ```\n";
    assert!(
        read(quoted).1.starts_with("6:13: warning"),
        "{}",
        read(quoted).1
    );
    let windows = fence("flowchart TD\n  A --> B\n  B --> [é\n  C --> D").replace('\n', "\r\n");
    assert!(
        read(&windows).1.starts_with("6:9: warning"),
        "{}",
        read(&windows).1
    );
}

#[test]
fn too_much_is_refused_and_ends() {
    let lines = |count: usize| -> String {
        (0..count)
            .map(|n| format!("n{n} --> n{}\n", n + 1))
            .collect()
    };
    let nested = |start: &str, end: &str| format!("{}A\n{}", start.repeat(300), end.repeat(300));
    for source in [
        format!("flowchart TD\nA[\"{}\"]", "x".repeat(1 << 20)),
        format!("flowchart TD\n{}", lines(10_000)),
        format!("flowchart TD\n{}", lines(900)),
        format!("flowchart TD\n{}a", "a-->".repeat(9000)),
        format!("flowchart TD\n{}", nested("subgraph s\n", "end\n")),
        format!("flowchart TD\n{}", nested("(", ")")),
        format!("stateDiagram-v2\n{}", nested("state a {\n", "}\n")),
        format!("sequenceDiagram\n{}", nested("loop x\n", "end\n")),
        format!(
            "erDiagram\n{}",
            (0..900)
                .map(|n| format!("A{n} ||--o{{ B{} : x\n", n % 90))
                .collect::<String>()
        ),
    ] {
        let large = "4:1: warning[broken-diagram]: this Mermaid diagram is too large to be drawn\n";
        assert_eq!(told(&source), large, "{source:.60}");
    }
}
