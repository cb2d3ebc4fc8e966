//! What every page of a past state says above everything, whatever templates the site had then.

use crate::format;
use crate::project::Label;
use crate::site::page::Page;

/// Of which day and commit the page is, and that this is not the present; `None` on the present's.
pub(super) fn words(page: &Page<'_>) -> Option<String> {
    let past = page.estate().past.as_ref()?;
    let short = past.commit.get(..8).unwrap_or(&past.commit);
    let (key, name) = match &past.label {
        Some(Label::Tag(name)) => ("past-state-tag", name.as_str()),
        Some(Label::Branch(name)) => ("past-state-branch", name.as_str()),
        None => ("past-state", ""),
    };
    let day = format::long_date(past.day, page.language);
    let words = page.word(key).replace("{date}", &day);
    Some(words.replace("{commit}", short).replace("{name}", name))
}

/// A page of the theme's `base.html` as it is; one of an older or own template, which knows no
/// banner, with a plain one at the top.
pub(super) fn announced(html: String, words: &str) -> String {
    if html.contains("class=\"past-state\"") {
        return html;
    }
    let body = html.find("<body").and_then(|body| {
        let end = html[body..].find('>')?;
        Some(body + end + 1)
    });
    let (before, after) = html.split_at(body.unwrap_or(0));
    let words = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("{before}\n<p class=\"past-state\" role=\"note\"><strong>{words}</strong></p>{after}")
}

#[cfg(test)]
mod tests {
    use super::announced;

    #[test]
    fn a_page_without_a_banner_gets_one() {
        let banner = "<p class=\"past-state\" role=\"note\"><strong>R&amp;D &lt;b&gt;</strong></p>";
        assert_eq!(
            announced("<html><body class=\"x\">a</body>".to_owned(), "R&D <b>"),
            format!("<html><body class=\"x\">\n{banner}a</body>")
        );
        assert_eq!(announced("a".to_owned(), "R&D <b>"), format!("\n{banner}a"));
        let own = "<body><p class=\"past-state\">b</p>".to_owned();
        assert_eq!(announced(own.clone(), "x"), own);
    }
}
