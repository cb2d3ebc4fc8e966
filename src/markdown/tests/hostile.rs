//! Hostile texts: no script, no overflow of the stack, no time that grows faster than the text.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use super::{Language, Reference, Resolution, Resolve, Simple, html, parse, read};

/// What could run script, load or disguise something if it reached a page as written.
const PAYLOADS: [&str; 24] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<math><mi xlink:href=\"javascript:alert(1)\">",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java&#x0A;script&colon;alert(1)\">x</a>",
    "<a href=\" &#1; javascript:alert(1)\">x</a>",
    "<details open ontoggle=alert(1)>",
    "<style>@import 'https://a.example'</style>",
    "<form action=https://a.example><input name=x>",
    "<base href=https://a.example>",
    "<meta http-equiv=refresh content=0>",
    "<p style=\"background:url(https://a.example)\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<title><textarea></title><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<b title='\"><script>alert(1)</script>'>x</b>",
];

/// Places of a text where a payload ends up in HTML.
const SINKS: [&str; 26] = [
    "{}",
    "## {}",
    "[{}](b)",
    "[a]({})",
    "[a](<{}>)",
    "[a](b \"{}\")",
    "[a][r]\n\n[r]: {}",
    "![{}](b.png)",
    "![a]({})",
    "![a](b.png '{}')",
    "[[{}]]",
    "[[a|{}]]",
    "![[{}]]",
    "![[a.png|{}]]",
    "<{}>",
    "a[^1]\n\n[^1]: {}",
    "a[^{}]\n\n[^{}]: b",
    "| {} |\n|--|\n| {} |",
    "```{}\na\n```",
    "```sh title=\"{}\"\n{}\n```",
    "`{}`",
    "    {}",
    "- [ ] {}",
    "> [!{}] {}\n> a",
    "==a{}== %%{}%%",
    "<div title=\"{}\" id='{}'>{}</div>",
];

/// Judges a finished page with a sanitiser of whole documents: it must find nothing to remove.
fn refused_by_a_sanitiser(page: &str) -> Option<String> {
    let mut judge = ammonia::Builder::default();
    judge
        .add_tags([
            "input",
            "label",
            "section",
            "figure",
            "figcaption",
            "mark",
            "u",
        ])
        .add_generic_attributes([
            "class",
            "id",
            "title",
            "role",
            "tabindex",
            "aria-label",
            "lang",
        ])
        .add_tag_attributes("figure", ["data-language"])
        .add_tag_attributes("input", ["type", "disabled", "checked", "data-task"])
        .add_tag_attributes("img", ["loading"])
        .add_tag_attributes("span", ["data-seconds"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("a", ["rel"])
        .add_tag_attributes("li", ["value"])
        .add_url_schemes(["ftp", "ssh", "rdp", "sftp"])
        .link_rel(None);
    let page = page.replace(" disabled", " disabled=\"\"");
    let cleaned = judge.clean(&page).to_string();
    // The same parser with nothing forbidden: both write the page the same way, so any difference
    // is something the judge took away.
    let count = |html: &str| (html.matches('<').count(), html.matches("=\"").count());
    (count(&cleaned) != count(&page)).then_some(cleaned)
}

#[test]
fn no_payload_survives_in_any_place() {
    for payload in PAYLOADS {
        for sink in SINKS {
            let page = html(&sink.replace("{}", payload));
            assert_eq!(
                refused_by_a_sanitiser(&page),
                None,
                "{sink} with {payload}:\n{page}"
            );
        }
    }
}

#[test]
fn the_judge_itself_finds_what_is_wrong() {
    for page in [
        "<p onclick=\"x\">a</p>",
        "<script>a</script>",
        "<a href=\"javascript:x\">a</a>",
    ] {
        assert!(refused_by_a_sanitiser(page).is_some(), "{page}");
    }
    assert_eq!(refused_by_a_sanitiser("<p class=\"a\">b</p>"), None);
}

/// Texts that made other Markdown engines slow or crash, by their unit.
const UNITS: [&str; 22] = [
    "> ",
    "- ",
    "1. ",
    "[a](",
    "*a **a ",
    "![[",
    "[[",
    "[[a|",
    "![a](",
    "<!--",
    "<b>",
    "</b>",
    "<a href='x'>",
    "`",
    "==a ",
    "%%",
    "{{<",
    "a@b.",
    "https://a.example/(",
    "[^1]",
    "| ",
    "&amp;srv-1",
];

/// The time that this thread was at work, whatever else the machine does; where the system does not say, that of the
/// clock.
fn time_of_this_thread() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

#[test]
fn time_grows_with_the_length_of_the_text() {
    let time = |text: &str| {
        let start = time_of_this_thread();
        let page = read(text).html(&Simple(Language::Fr));
        (time_of_this_thread().saturating_sub(start), page.len())
    };
    for unit in UNITS {
        let (short, _) = time(&unit.repeat(5_000));
        let (long, _) = time(&unit.repeat(20_000));
        // Four times the text in at most ten times the time: quadratic growth would be sixteen.
        // Very short times are noise.
        assert!(
            long < Duration::from_millis(300) || long < short * 10,
            "{unit:?}: {short:?}, then {long:?}"
        );
    }
}

#[test]
fn deep_nesting_fits_a_small_stack() {
    let texts = [
        "> ".repeat(50_000) + "a",
        "- ".repeat(50_000) + "a",
        "[a](".repeat(50_000),
        "*a **a ".repeat(50_000),
        "<b>".repeat(50_000) + "a",
        "<div>\n\n".repeat(5_000),
    ];
    let small = std::thread::Builder::new().stack_size(1024 * 1024);
    let run = move || {
        for text in texts {
            let file = std::sync::Arc::new(crate::source::SourceFile::new("a.md", text));
            let document = parse(&file, file.whole());
            assert!(document.html(&Simple(Language::Fr)).contains('a') || !file.text.contains('a'));
        }
    };
    let thread = small.spawn(run).expect("a thread");
    thread.join().expect("no overflow and no panic");
}

#[test]
fn an_empty_text_is_an_empty_page() {
    for text in ["", "\n", "  \n\t\n", "%%a%%", "<!-- a -->"] {
        assert_eq!(html(text).trim(), "", "{text:?}");
    }
}

#[test]
fn any_cut_of_a_text_is_a_text() {
    let text = "# é\n\n> [!note]- **t**\n> a\n\n![[b|c]] <b>x</b> [d](e \"f\") `g` ==h== %%i%%\n\n| j | [[k\\|l]] |\n|-|-|\n\n- [ ] m\n\n```sh\nn\n```\n\n[^1] <a href='o'>\n\n[^1]: p\n";
    for (cut, _) in text.char_indices() {
        html(&text[..cut]);
        html(&text[cut..]);
    }
}

/// A careless resolver: every target is its own address.
struct Echo;

impl Resolve for Echo {
    fn resolve(&self, _: usize, reference: &Reference) -> Resolution {
        Resolution::Link {
            url: reference.target.clone(),
            class: "",
            label: None,
            title: None,
        }
    }

    fn language(&self) -> Language {
        Language::En
    }
}

#[test]
fn a_careless_resolver_opens_nothing() {
    let page = read("[[javascript:alert(1)]] ![[data:text/html,x]] [[a]]").html(&Echo);
    assert_eq!(page.matches("href").count(), 1, "{page}");
    assert!(page.contains("<a href=\"a\">"), "{page}");
}
