//! Named blocks (`^name`): their anchors, and what stands where they are embedded.

use super::{Simple, check, read};
use crate::diagnostic::Language;

#[track_caller]
fn shown(markdown: &str, fragment: &str, expected: &str) {
    let html = read(markdown).section_html(fragment, &Simple(Language::En));
    assert_eq!(html.as_deref().map(str::trim_end), Some(expected));
}

#[test]
fn the_name_of_a_paragraph_is_its_anchor() {
    let anchor = "<span id=\"^ab-1\"></span>";
    check("un ^ab-1", &format!("{anchor}<p>un</p>"));
    check(
        "un\n**deux** ^ab-1",
        &format!("{anchor}<p>un\n<strong>deux</strong></p>"),
    );
    check("un\n^ab-1\n\nb", &format!("{anchor}<p>un</p>\n<p>b</p>"));
    assert_eq!(read("un ^ab-1").sections[0].text, "un");
    assert!(read("un ^ab-1").has_fragment("^AB-1"));
    shown("a\n\nun ^ab-1\n\nb", "^ab-1", &format!("{anchor}<p>un</p>"));
    shown(
        "> [!note] T\n>\n> un ^ab-1\n\nb",
        "^ab-1",
        &format!("{anchor}<p>un</p>"),
    );
    // Its start is the callout's head, so it has an anchor alone.
    let head = read("> [!note] T\n> un ^ab-1\n");
    assert!(head.has_fragment("^ab-1"));
    assert_eq!(head.section_html("^ab-1", &Simple(Language::En)), None);
}

#[test]
fn the_name_of_an_item_is_its_anchor() {
    check(
        "- a\n- b ^bb\n  - c\n",
        "<ul>\n<li>a</li>\n<li><span id=\"^bb\"></span>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>",
    );
    shown(
        "- [ ] a\n- [x] b ^bb\n",
        "^bb",
        "<ul>\n<li class=\"task-item\"><span id=\"^bb\"></span><label><input type=\"checkbox\" class=\"task\" \
         data-task=\"1\" disabled checked> b</label></li>\n</ul>",
    );
}

#[test]
fn a_name_alone_is_that_of_the_block_before() {
    let anchor = "<span id=\"^bloc\"></span>";
    let quote = format!("{anchor}<blockquote>\n<p>a</p>\n</blockquote>");
    check("> a\n\n^bloc\n\nb", &format!("{quote}\n<p>b</p>"));
    shown("t\n\n> a\n\n^bloc\n\nb", "^bloc", &quote);
    shown(
        "t\n\n- a\n- b\n\n^bloc\n",
        "^bloc",
        &format!("{anchor}<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    );
    let table = read("t\n\n| a |\n| - |\n| b |\n\n^bloc\n");
    let html = table.section_html("^bloc", &Simple(Language::En));
    assert!(html.is_some_and(|html| html.ends_with("</table></div>\n")));
    assert!(!table.sections[0].text.contains("bloc"));
}

#[test]
fn other_carets_stay_text() {
    for text in [
        "^bloc",
        "appuyez sur ^C",
        "2 ^8",
        "a^bc",
        "a \\^bc",
        "a ^b_c",
        "`a ^bc`",
    ] {
        let document = read(text);
        assert!(document.block_ids().next().is_none(), "{text}");
        assert!(document.sections[0].text.contains('^'), "{text}");
    }
    assert!(!read("## A ^bloc\n").has_fragment("^bloc"));
    // Of two with one name the first counts, and neither is shown.
    check(
        "a ^nom\n\nb ^nom",
        "<span id=\"^nom\"></span><p>a</p>\n<p>b</p>",
    );
}
