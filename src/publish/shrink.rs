//! Whether a new site is so much smaller than the last one that something is wrong with what it is made from: an import
//! that brought nothing, a folder that is not mounted, the wrong project.

use anyhow::bail;

use crate::publish::manifest::Manifest;
use crate::text;

/// Fewer pages lost than this are somebody's ordinary work.
const FEW: usize = 20;

/// A new site has at least so many hundredths of the pages of the last one.
const LEAST: usize = 70;

/// Refuses paths that are a shrunken site.
pub(super) fn check<'a>(
    old: Option<&Manifest>,
    new: impl Iterator<Item = &'a str>,
) -> anyhow::Result<()> {
    let Some(old) = old else {
        return Ok(());
    };
    let before = pages(old.files.keys().map(String::as_str));
    let after = pages(new);
    if before.saturating_sub(after) < FEW || after * 100 >= before * LEAST {
        return Ok(());
    }
    bail!(text!(
        "le nouveau site a {after} pages et celui qui est publié {before}\u{a0}: rien n’a été changé\u{202f}; si c’est voulu, ajoutez `--accept-shrink`, sinon cherchez ce qui manque (un import vide, un dossier absent)",
        "the new site has {after} pages and the published one {before}: nothing was changed; if this is meant, add `--accept-shrink`, else look for what is missing (an import that brought nothing, a folder that is not there)"
    ))
}

fn pages<'a>(paths: impl Iterator<Item = &'a str>) -> usize {
    paths.filter(|path| is_page(path)).count()
}

/// Paths of a site are Carnet's own, and in small letters.
fn is_page(path: &str) -> bool {
    path.rsplit('.').next() == Some("html")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::publish::Entry;

    fn is_refused(before: usize, after: usize) -> bool {
        let paths = |count| (0..count).map(|at| format!("assets/{at}/index.html"));
        let files = paths(before).map(|path| (path, Entry::of(b"")));
        let old = Manifest::new(files.collect::<BTreeMap<_, _>>());
        let new: Vec<String> = paths(after).collect();
        check(Some(&old), new.iter().map(String::as_str)).is_err()
    }

    #[test]
    fn a_third_of_the_pages_may_not_vanish_unseen() {
        assert!(is_refused(1000, 699) && !is_refused(1000, 700));
        assert!(is_refused(30, 10) && is_refused(20, 0));
        assert!(!is_refused(1000, 2000));
    }

    #[test]
    fn small_sites_may_do_as_they_like() {
        assert!(!is_refused(19, 0) && !is_refused(30, 11));
        assert!(check(None, [].into_iter()).is_ok());
    }
}
