//! The room's own tests: small texts and what they become.

mod admonitions;
mod blocks;
mod hostile;
mod outline;

use std::sync::Arc;

use super::{Document, Reference, ReferenceKind, Resolution, Resolve, parse};
use crate::diagnostic::{Language, Text};
use crate::source::{SourceFile, TextRange};

/// Leads everything to `/<target>`, but for bare words and what holds `dead`.
struct Simple(Language);

impl Resolve for Simple {
    fn resolve(&self, _: usize, reference: &Reference) -> Resolution {
        let url = format!("/{}", reference.target);
        match reference.kind {
            _ if reference.target.contains("dead") => Resolution::Dead {
                why: Text {
                    fr: "inconnu".to_owned(),
                    en: "unknown".to_owned(),
                },
            },
            ReferenceKind::Bare => Resolution::Plain,
            ReferenceKind::Image | ReferenceKind::Embed => Resolution::Image { url },
            ReferenceKind::Link | ReferenceKind::Wiki => Resolution::Link {
                url,
                class: "",
                label: None,
                title: None,
            },
        }
    }

    fn language(&self) -> Language {
        self.0
    }

    fn placeholder(&self, field: &str) -> Option<String> {
        ["name", "admin_url"]
            .contains(&field)
            .then(|| format!("<{field}>"))
    }
}

fn read(markdown: &str) -> Document {
    let file = Arc::new(SourceFile::new("a.md", markdown));
    parse(&file, file.whole())
}

fn html(markdown: &str) -> String {
    read(markdown).html(&Simple(Language::En))
}

#[track_caller]
fn check(markdown: &str, expected: &str) {
    assert_eq!(html(markdown).trim_end(), expected, "{markdown:?}");
}

fn rules(markdown: &str) -> Vec<&'static str> {
    let found = read(markdown).diagnostics;
    found.into_iter().map(|found| found.rule.name).collect()
}

#[test]
fn placeholders_are_holes_in_text_and_code() {
    let hole = "<span class=\"placeholder\" data-field=\"name\">&lt;name&gt;</span>";
    check("a {{ asset.name }} b", &format!("<p>a {hole} b</p>"));
    check(
        "`x {{asset.name}}:1`",
        &format!("<p><code>x {hole}:1</code></p>"),
    );
    check("{{{ asset.name }}", &format!("<p>{{{hole}</p>"));
    check(
        "https://{{ asset.name }}/x",
        &format!("<p>https://{hole}/x</p>"),
    );
    let address = hole.replace("name", "admin_url");
    check(
        "**{{ asset.admin_url }}**",
        &format!("<p><strong>{address}</strong></p>"),
    );
    let code = html("```bash\nping \"{{ asset.name }}\" {{ asset.nom }}\n```\n");
    assert!(
        code.contains(hole) && code.contains("{{ asset.nom }}"),
        "{code}"
    );
    for plain in [
        "{{ name }}",
        "{{ asset. }}",
        "{{ asset.name }",
        "{% asset.name %}",
        "{{ asset }}",
    ] {
        check(plain, &format!("<p>{plain}</p>"));
    }
}

#[test]
fn placeholders_know_their_place() {
    let text =
        "{{ asset.a }} `{{ asset.b }}`\n\n1. x\n\n   ```\n   {{ asset.c }} {{ asset.c }}\n   ```\n";
    let found = read(text).placeholders;
    let written = found
        .iter()
        .map(|found| &text[found.range.start as usize..found.range.end as usize]);
    let expected = [
        "{{ asset.a }}",
        "{{ asset.b }}",
        "{{ asset.c }}",
        "{{ asset.c }}",
    ];
    assert_eq!(written.collect::<Vec<_>>(), expected);
    assert_ne!(found[2].range, found[3].range);
}

#[test]
fn highlights_need_the_edges_of_words() {
    check("==a *b*== c", "<p><mark>a <em>b</em></mark> c</p>");
    check("a==b==c", "<p>a==b==c</p>");
    check("==a *b== c*", "<p>==a <em>b== c</em></p>");
    check(r"\==a==", "<p>==a==</p>");
    check("`==a==`", "<p><code>==a==</code></p>");
    check("a === b ==", "<p>a === b ==</p>");
}

#[test]
fn comments_vanish_and_percent_signs_stay() {
    check("a %%b%% c", "<p>a  c</p>");
    check("%%\na\n\n- b\n%%\n\nc", "<p>c</p>");
    check("100%% and `%%x%%`", "<p>100%% and <code>%%x%%</code></p>");
    check("one 5%% of\n\ntwo 6%%", "<p>one 5%% of</p>\n<p>two 6%%</p>");
    check("%%open\n\nrest", "<p>%%open</p>\n<p>rest</p>");
    assert!(read("%%[a](b)%%").references.is_empty());
}

#[test]
fn links_are_judged_or_resolved() {
    check("[a](b)", "<p><a href=\"/b\">a</a></p>");
    check(
        "[a](dead)",
        "<p><span class=\"dead-link\" title=\"unknown\">a</span></p>",
    );
    check(
        "[a](mailto:x@y.example)",
        "<p><a href=\"mailto:x@y.example\">a</a></p>",
    );
    check("[a](javascript:x)", "<p>a</p>");
    assert_eq!(
        rules("[a](javascript:x) ![b](vbscript:x)"),
        ["unsafe-link", "unsafe-link"]
    );
    check(
        "[http://a.example](b)",
        "<p><a href=\"/b\">http://a.example</a></p>",
    );
    check(
        "[**a**][r]\n\n[r]: b",
        "<p><a href=\"/b\"><strong>a</strong></a></p>",
    );
}

#[test]
fn images_are_pictures_boxes_or_links() {
    check(
        "![a](b.png)",
        "<p><img src=\"/b.png\" alt=\"a\" loading=\"lazy\"></p>",
    );
    check(
        "![[b.png|a|10x20]]",
        "<p><img src=\"/b.png\" alt=\"a\" width=\"10\" height=\"20\" loading=\"lazy\"></p>",
    );
    check(
        "![a|b](dead.png)",
        "<p><span class=\"dead-image\" title=\"unknown\"><code>dead.png</code> a|b</span></p>",
    );
    assert_eq!(rules("![a](https://b.example/c.png)"), ["remote-image"]);
    check(
        "[![a](b.png)](c)",
        "<p><a href=\"/c\"><img src=\"/b.png\" alt=\"a\" loading=\"lazy\"></a></p>",
    );
}

#[test]
fn a_reference_points_at_its_destination() {
    let text = "é\n\n[a *b*](<c d.md#e> \"x](y\") ![[f|300]] [[g#h|i]] [j] [k](l(m)) <b@c.example>\n\n[j]: z";
    let file = Arc::new(SourceFile::new("a.md", format!("---\n---\n{text}")));
    let document = parse(&file, TextRange::new(8, file.text.len()));
    let written: Vec<&str> = document
        .references
        .iter()
        .map(|reference| file.slice(reference.range))
        .collect();
    assert_eq!(written, ["c d.md#e", "f", "g#h", "[j]", "l(m)"]);
    let first = &document.references[0];
    assert_eq!(
        (first.target.as_str(), first.fragment.as_deref()),
        ("c d.md", Some("e"))
    );
    assert_eq!(
        (first.text.as_deref(), first.title.as_deref()),
        (Some("a b"), Some("x](y"))
    );
    let embed = &document.references[1];
    assert_eq!(
        (embed.kind, embed.size),
        (ReferenceKind::Embed, Some((Some(300), None)))
    );
    assert_eq!(document.references[2].text.as_deref(), Some("i"));
}

#[test]
fn bare_ids_are_left_to_the_resolver() {
    let document = read(
        "# SRV-1 a\n\nsrv-ad-01 `srv-ad-02` [srv-ad-03](x) v1.2 **CHG-012**.\n\n    srv-ad-04",
    );
    let bare: Vec<&str> = document
        .references
        .iter()
        .filter(|reference| reference.kind == ReferenceKind::Bare)
        .map(|reference| reference.target.as_str())
        .collect();
    assert_eq!(bare, ["SRV-1", "srv-ad-01", "CHG-012"]);
}

#[test]
fn callouts_say_their_kind_in_the_language_of_the_page() {
    let document = read("> [!attention]\n> a");
    let french = document.html(&Simple(Language::Fr));
    assert!(
        french.contains("callout-warning") && french.contains(">Attention<"),
        "{french}"
    );
    let english = document.html(&Simple(Language::En));
    assert!(english.contains(">Warning<"), "{english}");
    check(
        "> [!note]- *a\n> b* c\n> d",
        "<details class=\"callout callout-note\">\n<summary class=\"callout-title\"><em>a\nb</em> c</summary>\n<p>d</p>\n</details>",
    );
    check(
        "> [!note](x)",
        "<blockquote>\n<p><a href=\"/x\">!note</a></p>\n</blockquote>",
    );
    check("> \\[!note]", "<blockquote>\n<p>[!note]</p>\n</blockquote>");
}

#[test]
fn tables_scroll_and_wiki_links_in_them_work() {
    let table = html("| a | b |\n|--|:-:|\n| [[c\\|d]] | `x` |");
    assert!(
        table.contains("<td><a href=\"/c\">d</a></td><td class=\"center\">"),
        "{table}"
    );
    assert!(table.starts_with(
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1\">"
    ));
    assert_eq!(
        rules("| a | b |\n|--|--|\n| [[c|d]] | `x` |"),
        ["split-wiki-link"]
    );
}

#[test]
fn raw_html_is_written_anew() {
    check("a<br/>b <kbd class=x>c</kbd>", "<p>a<br>b <kbd>c</kbd></p>");
    check("a <b>c", "<p>a <b>c</b></p>");
    check("a </b>c", "<p>a &lt;/b&gt;c</p>");
    check("<b>*a</b>*", "<p><b><em>a&lt;/b&gt;</em></b></p>");
    check("*<b>a*</b>", "<p><em><b>a</b></em>&lt;/b&gt;</p>");
    check("<a href='b'>c</a>", "<p><a href=\"/b\">c</a></p>");
    check("<a href='b'>[c](d)</a>", "<p><a href=\"/b\">c</a></p>");
    check(
        "[<a href='b'>c</a>](d)",
        "<p><a href=\"/d\">&lt;a href='b'&gt;c&lt;/a&gt;</a></p>",
    );
    check(
        "<div>\n&eacute; &lt;b&gt; <\n</div>",
        "<div>\n&eacute; &lt;b&gt; &lt;\n</div>",
    );
    check("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
    check(
        "> <div>\n\na",
        "<blockquote>\n<div>\n</div></blockquote>\n<p>a</p>",
    );
    assert_eq!(rules("<b onclick=x>a</b> <i>b"), ["raw-html", "raw-html"]);
    assert_eq!(rules("<script>a</script> <!-- x -->"), ["raw-html"]);
    assert_eq!(rules("<!-- never closed"), ["raw-html"]);
    assert_eq!(
        rules("<details>\n<summary>a</summary>\n\nb\n\n</details>"),
        <[&str; 0]>::default()
    );
}

#[test]
fn raw_addresses_are_references_too() {
    let document = read("<img src=\"b.png\" width=10 alt=x> <a href=\"c.md#d\" name=\"e\">f</a>");
    assert_eq!(document.references.len(), 2);
    assert_eq!(document.references[0].size, Some((Some(10), None)));
    assert_eq!(document.references[1].fragment.as_deref(), Some("d"));
    assert!(document.has_fragment("e"));
}

#[test]
fn code_is_coloured_in_few_runs() {
    check(
        "```sh\n# a\necho \"b\"  # c\n```",
        "<figure class=\"code\" data-language=\"sh\"><pre tabindex=\"0\"><code><span class=\"c\"># a</span>\n<span class=\"f\">echo</span> <span class=\"s\">&quot;b&quot;</span>  <span class=\"c\"># c</span>\n</code></pre></figure>".replace("&quot;", "\"").as_str(),
    );
    let long = format!("```sh\n{}```", "echo a\n".repeat(40_000));
    assert!(!html(&long).contains("<span"), "too long to be coloured");
    let found = read("```bahs\n```").diagnostics;
    assert!(
        found[0]
            .help
            .as_ref()
            .is_some_and(|help| help.en.contains("`bash`")),
        "{found:?}"
    );
}

#[test]
fn templates_of_others_are_text() {
    check("{{ 7*7 }} {% x %}", "<p>{{ 7*7 }} {% x %}</p>");
    check("{{<a>}}", "<p>{{&lt;a&gt;}}</p>");
    assert_eq!(
        rules("{{< a >}} `{{< b >}}` {{% c %}}"),
        ["foreign-shortcode"; 2]
    );
}

#[test]
fn headings_of_a_field_stand_below_those_of_the_page() {
    let html = |text: &str| read(text).field_html(&Simple(Language::En));
    let levels = |text: &str| -> Vec<String> {
        let html = html(text);
        let tags = html
            .match_indices("<h")
            .map(|(at, _)| html[at + 1..at + 3].to_owned());
        tags.collect()
    };
    assert_eq!(levels("Note.\n\n## One\n\n### Two\n"), ["h4", "h5"]);
    assert_eq!(levels("Note.\n\n##### Five\n"), ["h6"]);
}
