//! `forge:` and `repository_url:` of `carnet.yaml`: where commits and files are shown in a browser.

use crate::history::{Flavour, web_address};
use crate::project::config::ConfigReader;
use crate::source::TextRange;
use crate::text;

/// What `forge:` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgeSetting {
    /// No commit is linked.
    Absent,
    /// Links are those of one program.
    Is(Flavour),
}

impl ConfigReader<'_> {
    pub(super) fn forge(&mut self, text: &str, range: TextRange) -> Option<ForgeSetting> {
        let found = match text {
            "none" => Some(ForgeSetting::Absent),
            _ => Flavour::from_name(text).map(ForgeSetting::Is),
        };
        if found.is_none() {
            let message = text!(
                "`{text}` n’est pas une forge connue",
                "`{text}` is not a known forge"
            );
            let help = text!(
                "écrivez `gitlab`, `github`, `gitea` (Forgejo et Codeberg aussi) ou `none`",
                "write `gitlab`, `github`, `gitea` (Forgejo and Codeberg too) or `none`"
            );
            self.report(range, message, Some(help));
        }
        found
    }

    pub(super) fn repository_url(&mut self, text: &str, range: TextRange) -> Option<String> {
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        let found = is_web.then(|| web_address(text)).flatten();
        if found.is_none() {
            let message = text!(
                "`{text}` n’est pas l’adresse web d’un dépôt",
                "`{text}` is not the web address of a repository"
            );
            let help = text!(
                "écrivez `https://forge.example/groupe/parc`",
                "write `https://forge.example/group/estate`"
            );
            self.report(range, message, Some(help));
        }
        found
    }
}
