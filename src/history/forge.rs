//! From the address a repository is cloned from to the page people can open.

/// The web address of a repository's remote, or `None` where it has none (a folder, a bundle).
/// User names, passwords and tokens are dropped: CI clones with a token in the address.
pub fn web_address(url: &str) -> Option<String> {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => return from_scp(url),
    };
    let (authority, path) = rest.split_once('/')?;
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match scheme.as_str() {
        "http" | "https" => join(&scheme, host, path),
        // The port of SSH or of the Git protocol says nothing about the web server's.
        "ssh" | "git" | "git+ssh" | "ssh+git" => {
            join("https", host.split(':').next().unwrap_or(host), path)
        }
        _ => None,
    }
}

/// The short form of SSH: `git@forge.example:group/project.git`.
fn from_scp(url: &str) -> Option<String> {
    let (authority, path) = url.split_once(':')?;
    // One letter before the colon is a drive of Windows; a slash means a folder.
    if authority.len() < 2 || authority.contains(['/', '\\']) {
        return None;
    }
    let host = authority.rsplit('@').next().unwrap_or(authority);
    join("https", host, path)
}

fn join(scheme: &str, host: &str, path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let plain = |text: &str, also: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || also.contains(c))
    };
    let safe = plain(host, ".-:") && plain(path, "/._-~%+ ");
    safe.then(|| format!("{scheme}://{host}/{}", path.replace(' ', "%20")))
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn every_form_leads_to_the_same_page() {
        let page = Some("https://forge.example/it/parc".to_owned());
        for url in [
            "https://forge.example/it/parc.git",
            "https://ci-token:s3cr3t@forge.example/it/parc.git",
            "git@forge.example:it/parc.git",
            "ssh://git@forge.example:2222/it/parc.git/",
            "git://forge.example/it/parc",
            "https://forge.example/it/parc?private_token=s3cr3t",
        ] {
            assert_eq!(web_address(url), page, "{url}");
        }
        let port = web_address("http://forge.example:3000/it/parc");
        assert_eq!(port.as_deref(), Some("http://forge.example:3000/it/parc"));
    }

    #[test]
    fn what_has_no_page_has_no_address() {
        for url in [
            "/srv/git/parc.git",
            "../parc.git",
            "file:///srv/git/parc.git",
            "C:\\depots\\parc",
            "C:/depots/parc",
            "javascript:alert(1)",
            "https://forge.example/\"><script>",
            "https://forge.example",
            "",
        ] {
            assert_eq!(web_address(url), None, "{url}");
        }
    }
}
