//! HTML of GLPI, and what its interface answers.

use jiff::tz::TimeZone;

use super::html::{decoded, document};
use super::{is_answer, read};
use crate::diagnostic::Language;
use crate::import::prose::markdown;
use crate::import::{Inventory, Site};
use crate::schema::built_in;

fn imported(text: &str) -> Result<Inventory, String> {
    let zone = TimeZone::UTC;
    let site = Site {
        schema: &built_in(),
        zone: &zone,
        language: Language::Fr,
    };
    read(text.as_bytes(), &site).map_err(|refusal| refusal.message.fr)
}

#[test]
fn html_is_read_and_never_shown() {
    let cases = [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a<br>b<br/></div>", "a\\\nb"),
        ("<p>a &lt;b&gt; &amp; c&nbsp;d</p>", "a \\<b> & c\u{a0}d"),
        ("&lt;p&gt;a &amp;lt;b&amp;gt;&lt;/p&gt;", "a \\<b>"),
        ("&#60;p&#62;&#233;t&#xe9;&#60;/p&#62;", "été"),
        ("sans balise\n2 < 3 & 4", "sans balise\\\n2 \\< 3 & 4"),
        (
            "<b>a</b> <i>b</i> <s>c</s> <code>d*</code> x<sup>2</sup>",
            "**a** *b* ~~c~~ `d*` x<sup>2</sup>",
        ),
        (
            "<ul><li>a<li>b<ul><li>c</ul></ul>fin",
            "- a\n- b\n  - c\n\nfin",
        ),
        ("<ol><li><p>a</p></li></ol>", "1. a"),
        (
            "<h1>T</h1><blockquote><p>q</p></blockquote><hr>",
            "## T\n\n> q\n\n---",
        ),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1<td>2|3</table>",
            "| A | B |\n| --- | --- |\n| 1 | 2\\|3 |",
        ),
        ("<td>seul</td>", "seul"),
        ("<pre>a\n  b &lt;</pre>", "```\na\n  b <\n```"),
        (
            "<a href='https://a.example/?x=1&amp;y=2'>v</a> <a href=\"javascript:x\">w</a>",
            "[v](https://a.example/?x=1&y=2) w",
        ),
        (
            "<a data-href=\"https://b.example\" href=\"https://a.example\">v</a>",
            "[v](https://a.example)",
        ),
        (
            "<script>alert(1)</script>a<style>b</style><!-- c --><svg><x></svg>",
            "a",
        ),
        ("a<script>alert(1)", "a"),
        ("<p onclick=\"a>b\">c</p>", "c"),
        ("<p># a</p><p>- b</p>", "\\# a\n\n\\- b"),
        ("<img src=x onerror=alert(1)>", "\\[image non importée\\]"),
        ("<b><b><i>a", "**<em>a</em>**"),
        ("</p></ul></table>a<", "a\\<"),
    ];
    for (text, expected) in cases {
        let (blocks, _) = document(text, Language::Fr);
        let written = markdown(&blocks);
        assert_eq!(written, expected, "{text}");
    }
}

#[test]
fn entities_are_decoded_and_nothing_takes_long() {
    assert_eq!(
        decoded("&eacute;&bad;&#0;&;&#x110000;&"),
        "é&bad;&#0;&;&#x110000;&"
    );
    let begun = std::time::Instant::now();
    for part in [
        "<",
        "<a ",
        "<ul><li>",
        "<b>",
        "<!--",
        "</",
        "&",
        "<table><tr><td>",
        "<script>",
    ] {
        let _ = markdown(&document(&part.repeat(30_000), Language::Fr).0);
        let _ = markdown(&document(&format!("{}>", part.repeat(30_000)), Language::Fr).0);
    }
    // An address around many lines is written around a few.
    let lines = "x<br>".repeat(10_000);
    let link = format!(
        "<a href=\"https://a.example/{}\">{lines}</a>",
        "a".repeat(3_000)
    );
    let written = markdown(&document(&link, Language::Fr).0);
    assert!(written.len() < 10 * link.len(), "{}", written.len());
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn types_are_told_or_refused() {
    for (text, kind) in [
        (
            "{\"id\": 1, \"name\": \"a\", \"links\": [{\"rel\": \"x\", \"href\": \"http://a.example/apirest.php/Printer/1/Y/\"}]}",
            "asset",
        ),
        (
            "[{\"id\": 1, \"name\": \"a\", \"monitormodels_id\": 0}]",
            "asset",
        ),
        (
            "{\"id\": 1, \"name\": \"a\", \"suppliertypes_id\": 0}",
            "supplier",
        ),
        ("{\"Computer\": {\"name\": \"a\"}}", "asset"),
    ] {
        let inventory = imported(text).expect(text);
        assert_eq!(inventory.records[0].kind, kind, "{text}");
    }
    for (text, why) in [
        (
            "{\"totalcount\": 3, \"count\": 3, \"data\": [{\"1\": \"a\"}]}",
            "recherche",
        ),
        (
            "[\"ERROR_SESSION_TOKEN_INVALID\", \"x\"]",
            "ERROR_SESSION_TOKEN_INVALID",
        ),
        ("{\"id\": 1, \"name\": \"a\"}", "{\"Computer\": […]}"),
        ("{}", "ce fichier n’a pas d’inventaire"),
        ("[[[", "coupé"),
    ] {
        let told = imported(text).expect_err(text);
        assert!(told.contains(why), "{text}: {told}");
    }
    assert!(imported("[]").expect("nothing").records.is_empty());
    assert!(
        imported("{\"Computer\": [1, null]}")
            .expect("nothing")
            .records
            .is_empty()
    );
}

#[test]
fn answers_are_told_from_inventories() {
    assert!(is_answer(b"[{\"id\": 1, \"content\": \"&#60;p&#62;\"}]"));
    assert!(is_answer(b"{\"content\": \"\\\"content\\\": {\"}"));
    assert!(!is_answer(b"{\"content\" : {\"hardware\": {}}}"));
    assert!(!is_answer(b"<REQUEST/>"));
    assert!(!is_answer(b"\"Nom\";\"Type\""));
}
