//! From the address a repository is cloned from to the pages people can open: the repository, a
//! commit, a merge request, a comparison.

use crate::address::percent_encoded;
use crate::project::{Config, ForgeSetting};

/// Where the repository is in a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forge {
    /// Its page: `https://forge.example/group/project`.
    pub base: String,
    /// What serves it; `None` where neither the configuration nor the host's name tells.
    pub flavour: Option<Flavour>,
}

/// The programs whose addresses are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// GitLab, hosted anywhere.
    GitLab,
    /// GitHub.
    GitHub,
    /// Gitea, Forgejo and Codeberg, which share their addresses.
    Gitea,
}

impl Flavour {
    /// The flavour of a name as `carnet.yaml` writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "gitlab" => Some(Self::GitLab),
            "github" => Some(Self::GitHub),
            "gitea" | "forgejo" | "codeberg" => Some(Self::Gitea),
            _ => None,
        }
    }

    /// The flavour that a web address tells by its host: `gitlab.corp.example` is a GitLab.
    fn of_address(address: &str) -> Option<Self> {
        let (_, rest) = address.split_once("://")?;
        let host = rest.split(['/', ':']).next()?.to_ascii_lowercase();
        let names = ["gitlab", "github", "gitea", "forgejo", "codeberg"];
        let name = names.into_iter().find(|name| host.contains(name))?;
        Self::from_name(name)
    }
}

impl Forge {
    /// The forge of a project: as `carnet.yaml` says, else as the web address of the remote tells.
    pub fn new(config: &Config, remote: Option<&str>) -> Option<Self> {
        let configured = match config.forge {
            Some(ForgeSetting::Absent) => return None,
            Some(ForgeSetting::Is(flavour)) => Some(flavour),
            None => None,
        };
        let base = config.repository_url.as_deref().or(remote)?.to_owned();
        let flavour = configured.or_else(|| Flavour::of_address(&base));
        Some(Self { base, flavour })
    }

    /// The page of a commit, by its full name. Where the flavour is unknown, the address that
    /// GitHub and Gitea use and that GitLab answers too.
    pub fn commit_url(&self, id: &str) -> String {
        let base = &self.base;
        match self.flavour {
            Some(Flavour::GitLab) => format!("{base}/-/commit/{id}"),
            Some(Flavour::GitHub | Flavour::Gitea) | None => format!("{base}/commit/{id}"),
        }
    }

    /// The page of a file by its path from the repository's top, as a commit holds it, or as the default
    /// branch does. Gitea and Forgejo have no address for the latter: `None` without a commit.
    /// Where the flavour is unknown, the address of GitHub, which GitLab answers too.
    pub fn file_url(&self, commit: Option<&str>, path: &str) -> Option<String> {
        let (base, path) = (&self.base, percent_encoded(path));
        let revision = commit.unwrap_or("HEAD");
        match self.flavour {
            Some(Flavour::GitLab) => Some(format!("{base}/-/blob/{revision}/{path}")),
            Some(Flavour::Gitea) => Some(format!("{base}/src/commit/{}/{path}", commit?)),
            Some(Flavour::GitHub) | None => Some(format!("{base}/blob/{revision}/{path}")),
        }
    }

    /// The page of a merge or pull request; `None` where the flavour is unknown.
    pub fn request_url(&self, number: u32) -> Option<String> {
        let base = &self.base;
        Some(match self.flavour? {
            Flavour::GitLab => format!("{base}/-/merge_requests/{number}"),
            Flavour::GitHub => format!("{base}/pull/{number}"),
            Flavour::Gitea => format!("{base}/pulls/{number}"),
        })
    }

    /// The page that compares two revisions (names of commits, tags or branches); `None` where the
    /// flavour is unknown.
    pub fn compare_url(&self, old: &str, new: &str) -> Option<String> {
        let (base, old, new) = (&self.base, percent_encoded(old), percent_encoded(new));
        Some(match self.flavour? {
            Flavour::GitLab => format!("{base}/-/compare/{old}...{new}"),
            Flavour::GitHub | Flavour::Gitea => format!("{base}/compare/{old}...{new}"),
        })
    }
}

impl Forge {
    /// The form of a new issue with its title and text filled in; `None` where the flavour is unknown.
    pub fn issue_url(&self, title: &str, text: &str) -> Option<String> {
        let (base, title, text) = (&self.base, percent_encoded(title), percent_encoded(text));
        Some(match self.flavour? {
            Flavour::GitLab => {
                let [title_key, text_key] = ["issue%5Btitle%5D", "issue%5Bdescription%5D"];
                format!("{base}/-/issues/new?{title_key}={title}&{text_key}={text}")
            }
            Flavour::GitHub | Flavour::Gitea => {
                format!("{base}/issues/new?title={title}&body={text}")
            }
        })
    }
}

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
    use super::*;

    fn forge(config: &Config, remote: &str) -> Forge {
        Forge::new(config, Some(remote)).expect("a forge")
    }

    #[test]
    fn the_host_tells_the_flavour() {
        for (remote, flavour) in [
            ("https://gitlab.com/it/parc", Some(Flavour::GitLab)),
            (
                "https://GitLab.corp.example:8443/it/parc",
                Some(Flavour::GitLab),
            ),
            ("https://github.com/it/parc", Some(Flavour::GitHub)),
            ("https://codeberg.org/it/parc", Some(Flavour::Gitea)),
            ("http://forgejo.example:3000/it/parc", Some(Flavour::Gitea)),
            ("https://git.corp.example/gitlab/parc", None),
        ] {
            assert_eq!(
                forge(&Config::default(), remote).flavour,
                flavour,
                "{remote}"
            );
        }
    }

    #[test]
    fn each_flavour_has_its_addresses() {
        let of = |flavour| Forge {
            base: "https://f.example/it/parc".to_owned(),
            flavour,
        };
        let urls = |flavour| {
            let forge = of(flavour);
            let compare = forge.compare_url("v1", "essai/à b");
            let all = [
                Some(forge.commit_url("abc")),
                forge.request_url(42),
                compare,
            ];
            let short = all.into_iter().flatten();
            let short = short.map(|url| url.replace("https://f.example/it/parc", ""));
            short.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            urls(Some(Flavour::GitLab)),
            "/-/commit/abc /-/merge_requests/42 /-/compare/v1...essai/%C3%A0%20b"
        );
        assert_eq!(
            urls(Some(Flavour::GitHub)),
            "/commit/abc /pull/42 /compare/v1...essai/%C3%A0%20b"
        );
        assert_eq!(
            urls(Some(Flavour::Gitea)),
            "/commit/abc /pulls/42 /compare/v1...essai/%C3%A0%20b"
        );
        assert_eq!(urls(None), "/commit/abc");
    }

    #[test]
    fn a_file_has_its_page_on_each_forge() {
        let url = |flavour, commit| {
            let base = "https://f.example/it/parc".to_owned();
            let url = Forge { base, flavour }.file_url(commit, "content/à lire#1.md");
            url.map(|url| url.replace("https://f.example/it/parc", ""))
        };
        let path = "content/%C3%A0%20lire%231.md";
        for (flavour, present, past) in [
            (Some(Flavour::GitLab), Some("/-/blob/HEAD/"), "/-/blob/abc/"),
            (Some(Flavour::GitHub), Some("/blob/HEAD/"), "/blob/abc/"),
            (Some(Flavour::Gitea), None, "/src/commit/abc/"),
            (None, Some("/blob/HEAD/"), "/blob/abc/"),
        ] {
            let present = present.map(|address| format!("{address}{path}"));
            assert_eq!(url(flavour, None), present, "{flavour:?}");
            assert_eq!(url(flavour, Some("abc")), Some(format!("{past}{path}")));
        }
    }

    #[test]
    fn the_configuration_wins() {
        let mut config = Config {
            forge: Some(ForgeSetting::Is(Flavour::Gitea)),
            repository_url: Some("https://git.corp.example/it/parc".to_owned()),
            ..Config::default()
        };
        let found = forge(&config, "https://gitlab.com/copie/parc");
        assert_eq!(found.flavour, Some(Flavour::Gitea));
        assert_eq!(found.base, "https://git.corp.example/it/parc");
        assert!(Forge::new(&config, None).is_some());
        config.forge = Some(ForgeSetting::Absent);
        assert_eq!(
            Forge::new(&config, Some("https://gitlab.com/it/parc")),
            None
        );
        assert_eq!(Forge::new(&Config::default(), None), None);
    }

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
    fn an_error_is_reported_on_the_form_of_each_forge() {
        let url = |flavour| {
            let base = "https://forge.example/it/parc".to_owned();
            Forge { base, flavour }.issue_url("Erreur : Poste n° 1", "a/b.yaml & c")
        };
        let github = "https://forge.example/it/parc/issues/new?title=Erreur%20%3A%20Poste%20n%C2%B0%201&body=a/b.yaml%20%26%20c";
        assert_eq!(url(Some(Flavour::GitHub)).as_deref(), Some(github));
        assert_eq!(url(Some(Flavour::Gitea)).as_deref(), Some(github));
        let gitlab = "https://forge.example/it/parc/-/issues/new?issue%5Btitle%5D=Erreur%20%3A%20Poste%20n%C2%B0%201&issue%5Bdescription%5D=a/b.yaml%20%26%20c";
        assert_eq!(url(Some(Flavour::GitLab)).as_deref(), Some(gitlab));
        assert_eq!(url(None), None);
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
