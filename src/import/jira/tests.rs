//! Trees, markup and issues of Jira, and what becomes of them.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::adf::Reader;
use super::{read, wiki};
use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::import::prose::markdown;
use crate::import::{Inventory, Link, Site, Target};
use crate::schema::built_in;

fn tree(content: &Value) -> (String, Reader) {
    let mut reader = Reader::new(Language::Fr);
    let document = json!({"type": "doc", "version": 1, "content": content});
    let text = markdown(&reader.document(&document));
    (text, reader)
}

fn imported(text: &str) -> Result<Inventory, String> {
    let zone = TimeZone::get("Europe/Paris").expect("Paris is compiled in");
    let site = Site {
        schema: &built_in(),
        zone: &zone,
        language: Language::Fr,
    };
    read(text.as_bytes(), &site).map_err(|refusal| refusal.message.fr)
}

#[test]
fn every_node_says_its_words() {
    let text = |words: &str| json!({"type": "text", "text": words});
    let paragraph = |words: &str| json!({"type": "paragraph", "content": [text(words)]});
    let cases = [
        (json!([paragraph("a*b")]), "a\\*b"),
        (
            json!([{"type": "blockquote", "content": [paragraph("a")]}]),
            "> a",
        ),
        (
            json!([{"type": "expand", "attrs": {"title": "T"}, "content": [paragraph("a")]}]),
            "> [!note]- T\n> a",
        ),
        (
            json!([{"type": "panel", "attrs": {"panelType": "error"}, "content": [paragraph("a")]}]),
            "> [!caution]\n> a",
        ),
        (
            json!([{"type": "decisionList", "content": [{"type": "decisionItem", "content": [text("oui")]}]}]),
            "- oui",
        ),
        (
            json!([{"type": "orderedList", "attrs": {"order": 3}, "content": [{"type": "listItem", "content": [paragraph("a")]}]}]),
            "3. a",
        ),
        (
            json!([{"type": "taskList", "content": [{"type": "taskItem", "attrs": {"state": "DONE"}, "content": [text("a")]}, {"type": "taskList", "content": [{"type": "taskItem", "attrs": {"state": "TODO"}, "content": [text("b")]}]}]}]),
            "- [x] a\n  - [ ] b",
        ),
        (
            json!([{"type": "blockCard", "attrs": {"url": "https://a.example/x"}}]),
            "[https://a.example/x](https://a.example/x)",
        ),
        (
            json!([{"type": "paragraph", "content": [{"type": "emoji", "attrs": {"shortName": ":ok:", "text": "👌"}}, {"type": "status", "attrs": {"text": "FAIT"}}, {"type": "inlineCard", "attrs": {"url": "javascript:x"}}]}]),
            "👌FAITjavascript:x",
        ),
        (
            json!([{"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [{"type": "em"}, {"type": "textColor", "attrs": {"color": "#f00"}}]}, {"type": "text", "text": "2", "marks": [{"type": "subsup", "attrs": {"type": "sup"}}]}, {"type": "text", "text": " "}, {"type": "text", "text": "b", "marks": [{"type": "strike"}]}, {"type": "text", "text": " c|d", "marks": [{"type": "code"}]}]}]),
            "*a*<sup>2</sup> ~~b~~`  c|d `",
        ),
        (
            json!([{"type": "layoutSection", "content": [{"type": "layoutColumn", "content": [paragraph("a")]}]}]),
            "a",
        ),
        (json!([text("seul"), paragraph("a")]), "seul\n\na"),
        (
            json!([{"type": "paragraph"}, {"type": "heading"}, {}, 3, null, "x"]),
            "",
        ),
    ];
    for (content, expected) in cases {
        assert_eq!(tree(&content).0, expected, "{content}");
    }
    let (text, reader) = tree(
        &json!([{"type": "mediaGroup", "content": [{"type": "media", "attrs": {}}]}, {"type": "inconnu", "attrs": {"text": "dit"}}]),
    );
    assert_eq!(
        (text.as_str(), reader.media),
        ("\\[image non importée\\]\n\ndit", 1)
    );
    assert_eq!(reader.unknown, [("inconnu".to_owned(), 1)].into());
}

#[test]
fn deep_trees_end() {
    let mut node = json!({"type": "paragraph", "content": [{"type": "text", "text": "au fond"}]});
    for _ in 0..50 {
        node = json!({"type": "blockquote", "content": [node]});
    }
    let (text, reader) = tree(&json!([node]));
    assert!(
        text.ends_with("au fond") && text.matches('>').count() < 30,
        "{text}"
    );
    assert_eq!(reader.deep, 1);
    let deep = "[".repeat(100_000);
    let why = imported(&deep).expect_err("too deep");
    assert!(why.contains("128"), "{why}");
}

#[test]
fn wiki_markup_is_read() {
    let cases = [
        ("h1. Titre", "## Titre"),
        ("a *b* _c_ {{d}}", "a **b** *c* `d`"),
        ("2*3*4 snake_case_x", "2\\*3\\*4 snake_case_x"),
        ("* a\n** b\n* c", "- a\n  - b\n- c"),
        ("# a\n# b", "1. a\n2. b"),
        ("||A||B||\n|1|2|", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        (
            "{code:sql|title=x}\nSELECT 1\n{code}\nfin",
            "```sql\nSELECT 1\n```\n\nfin",
        ),
        ("{noformat}a{noformat}", "```\na\n```"),
        ("{quote}\na\n{quote}", "> a"),
        ("bq. dit", "> dit"),
        (
            "[voir|https://a.example] [x|javascript:y] [pas un lien] [~lea]",
            "[voir](https://a.example) x \\[pas un lien\\] @lea",
        ),
        ("{color:red}rouge{color} a\nb", "rouge a\\\nb"),
        ("----", "---"),
        ("- # <b>", "- \\# \\<b>"),
        ("{code}\nsans fin", "```\nsans fin\n```"),
    ];
    for (text, expected) in cases {
        assert_eq!(markdown(&wiki::document(text)), expected, "{text:?}");
    }
    let begun = std::time::Instant::now();
    for sign in ["[", "*", "_", "{{", "{quote}", "{color:", "* "] {
        let _ = markdown(&wiki::document(&sign.repeat(50_000)));
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn issues_become_tickets_with_their_story() {
    let text = include_str!("../../../tests/imported_answers/jira-search.json");
    let inventory = imported(text).expect("a search");
    let [first, second] = inventory.records.as_slice() else {
        panic!("{:?}", inventory.records);
    };
    let field = |key: &str| match first.fields.get(key) {
        Some(Recorded::Text(text)) => text.as_str(),
        _ => "",
    };
    assert_eq!(
        [
            "type",
            "status",
            "priority",
            "impact",
            "category",
            "time_spent",
            "opened"
        ]
        .map(field),
        [
            "incident",
            "pending",
            "very-high",
            "high",
            "Poste de travail",
            "PT70M",
            "2026-03-02T08:05:20"
        ]
    );
    let story: Vec<String> = first.links.iter().filter_map(event).collect();
    assert_eq!(
        story,
        [
            "08:05 opened Léa Garnier ",
            "09:00 assigned Personne Inconnue confié à Personne Inconnue",
            "09:00 taken Personne Inconnue Waiting for support → In Progress",
            "09:10 comment Personne Inconnue Redémarré, sans effet. <b>",
            "09:30 pending Personne Inconnue In Progress → Waiting for customer",
            "10:00 comment Léa Garnier Toujours noir.",
        ]
    );
    assert_eq!(
        second.fields.get("status"),
        Some(&Recorded::Text("resolved".to_owned()))
    );
    let story: Vec<String> = second.links.iter().filter_map(event).collect();
    assert_eq!(story, ["00:30 opened  ", "10:00 resolved  Done"]);
}

/// An event in words: when, what, by whom, and its note.
fn event(link: &Link) -> Option<String> {
    let (_, beside) = link.part.as_ref()?;
    let part = |key: &str| match beside.get(key) {
        Some(Recorded::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let by = match &link.target {
        Target::Named(name) => name.as_str(),
        _ => "",
    };
    let (at, what, note) = (part("at"), part("event"), part("note"));
    Some(format!("{} {what} {by} {note}", &at[11..16]))
}

#[test]
fn what_is_not_taken_is_told() {
    let text = include_str!("../../../tests/imported_answers/jira-search.json");
    let inventory = imported(text).expect("a search");
    let dropped: Vec<&str> = inventory.dropped.keys().copied().collect();
    assert_eq!(
        dropped,
        ["attachments", "images", "passwords", "restricted-comments"]
    );
    assert_eq!(inventory.dropped["passwords"], 2);
    assert!(!format!("{:?}", inventory.records).contains("CANARI"));
    let notes: Vec<&str> = inventory
        .notes
        .iter()
        .map(|note| note.fr.as_str())
        .collect();
    assert!(
        notes.iter().any(|note| note.contains("`priority`")),
        "{notes:?}"
    );
    assert!(
        notes.iter().any(|note| note.contains("`chose` (1)")),
        "{notes:?}"
    );
    assert!(
        notes.iter().any(|note| note.contains("SUP-12")),
        "{notes:?}"
    );
}

#[test]
fn what_is_no_issue_is_refused() {
    for (text, why) in [
        ("{}", "fields=*all"),
        ("[1]", "fields=*all"),
        ("{\"issues\": [{\"id\": \"1\"}]}", "numéros de tickets"),
        ("{\"issues\": [", "coupé"),
        ("\u{feff}{\"errorMessages\": [\"x\"]}", "issues"),
    ] {
        let told = imported(text).expect_err(text);
        assert!(told.contains(why), "{text}: {told}");
    }
    let page = "{\"startAt\":0,\"maxResults\":1,\"total\":7,\"issues\":[{\"key\":\"A-1\",\"fields\":{\"summary\":\"x\",\"created\":\"2026-01-01T00:00:00.000+0000\"}}]}";
    let inventory = imported(page).expect("a page");
    assert_eq!((inventory.records.len(), inventory.notes.len()), (1, 1));
    assert!(imported("[]").expect("an empty list").records.is_empty());
}
