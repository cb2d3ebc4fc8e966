//! Addresses: pages are folders with an `index.html`, and every link is relative, so that the site
//! works under any path.

use std::fmt::Write;

/// The output path of a page address (`assets/srv/` → `assets/srv/index.html`).
pub(super) fn page_path(url: &str) -> String {
    format!("{url}index.html")
}

/// The way from a page to the site's root: one `../` a folder.
pub(super) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A link from the page at `path` to an address from the root (`assets/`, `a/b.png`, `""` for the
/// home page). Characters that have a meaning in addresses are encoded.
pub(super) fn relative(path: &str, url: &str) -> String {
    let here: Vec<&str> = path.split('/').collect();
    let here = &here[..here.len() - 1];
    let there: Vec<&str> = url.split('/').collect();
    let shared = here
        .iter()
        .zip(&there[..there.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut out = "../".repeat(here.len() - shared);
    out.push_str(&encode(&there[shared..].join("/")));
    if out.is_empty() { "./".to_owned() } else { out }
}

/// The link with the file that a server would find in the folder it leads to, for pages that are opened
/// without one.
pub(super) fn file(link: String) -> String {
    if link.ends_with('/') {
        link + "index.html"
    } else {
        link
    }
}

/// Percent-encodes what an address may not hold; letters of all scripts are left to the browser.
pub(super) fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            ' ' | '"' | '<' | '>' | '%' | '?' | '#' | '\\' | '^' | '`' | '{' | '}' | '|' => {
                let _ = write!(out, "%{:02X}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative() {
        let page = "assets/srv-01/index.html";
        assert_eq!(relative(page, "assets/srv-02/"), "../srv-02/");
        assert_eq!(relative(page, "assets/srv-01/"), "./");
        assert_eq!(relative(page, ""), "../../");
        assert_eq!(relative(page, "content/a b.png"), "../../content/a%20b.png");
        assert_eq!(relative("index.html", "assets/"), "assets/");
        assert_eq!(relative("index.html", ""), "./");
        assert_eq!(relative("a/index.html", "a/b/"), "b/");
        assert_eq!(root_of(page), "../../");
    }

    #[test]
    fn without_a_server_a_folder_is_its_page() {
        assert_eq!(file("../srv-02/".to_owned()), "../srv-02/index.html");
        assert_eq!(file("./".to_owned()), "./index.html");
        assert_eq!(file("../a/b.png".to_owned()), "../a/b.png");
    }
}
