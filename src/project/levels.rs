//! `levels:` of `carnet.yaml`: how grave the findings of a rule are, for the site or for a folder.

use std::collections::BTreeMap;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Level, Levels, Severity};
use crate::project::UNKNOWN_AUDIENCE;
use crate::project::config::ConfigReader;
use crate::text;
use crate::yaml::{Node, Shape};

impl ConfigReader<'_> {
    pub(super) fn levels(&mut self, node: &Node) -> Levels {
        let mut levels = Levels::default();
        let Shape::Mapping(entries) = &node.shape else {
            self.report(
                node.range,
                text!(
                    "`levels` attend `règle: niveau`",
                    "`levels` expects `rule: level`"
                ),
                None,
            );
            return levels;
        };
        for (key, value) in entries {
            let name = key.text().unwrap_or_default();
            if let Shape::Mapping(rules) = &value.shape {
                let mut folder = BTreeMap::new();
                for (rule, level) in rules {
                    self.level(rule, level, &mut folder);
                }
                levels
                    .folders
                    .insert(name.trim_end_matches('/').to_owned(), folder);
            } else {
                self.level(key, value, &mut levels.site);
            }
        }
        levels
    }

    fn level(&mut self, rule: &Node, level: &Node, into: &mut BTreeMap<String, Level>) {
        let name = rule.text().unwrap_or_default();
        if !self.rules.contains(&name) {
            let message = text!(
                "il n’y a pas de règle `{name}`",
                "there is no rule `{name}`"
            );
            self.report(
                rule.range,
                message,
                did_you_mean(name, self.rules.iter().copied()),
            );
            return;
        }
        let configured = match level.text().unwrap_or_default() {
            "error" => Level::At(Severity::Error),
            "warning" => Level::At(Severity::Warning),
            "info" => Level::At(Severity::Info),
            "off" if name == UNKNOWN_AUDIENCE.name => {
                let message = text!(
                    "`{name}` dit ce qui resterait ouvert\u{a0}: elle ne s’éteint pas",
                    "`{name}` says what would stay open: it cannot be off"
                );
                return self.report(level.range, message, None);
            }
            "off" => Level::Off,
            other => {
                let message = text!("`{other}` n’est pas un niveau", "`{other}` is not a level");
                let help = text!(
                    "niveaux : `error`, `warning`, `info`, `off`",
                    "levels: `error`, `warning`, `info`, `off`"
                );
                self.report(level.range, message, Some(help));
                return;
            }
        };
        into.insert(name.to_owned(), configured);
    }
}
