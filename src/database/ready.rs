//! Ready-made questions: one file each, its first lines saying in French and English what it answers.

/// A ready-made question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready {
    /// How it is called on the command line: `licences-unused`.
    pub name: &'static str,
    /// The file: `-- fr: …`, `-- en: …`, then the question.
    pub sql: &'static str,
}

macro_rules! ready {
    ($($name:literal),* $(,)?) => {
        /// All of them, by name.
        pub const READY: &[Ready] = &[$(Ready {
            name: $name,
            sql: include_str!(concat!("ready/", $name, ".sql")),
        }),*];
    };
}

ready![
    "assets-by-status",
    "assets-by-type-and-site",
    "assets-without-owner",
    "assets-without-warranty",
    "changes-by-author",
    "clocks-missed",
    "contracts-ending",
    "cost-of-licences",
    "leavers-with-account",
    "licences-over-used",
    "licences-unused",
    "mfa-missing",
    "most-changed",
    "never-referenced",
    "servers-without-backup",
    "software-by-machines",
    "tickets-by-asset",
    "tickets-by-category",
    "tickets-open-oldest",
    "time-spent-by-client",
];

impl Ready {
    /// What it answers, in a language.
    pub fn title(&self, code: &str) -> &'static str {
        title(self.sql, code).unwrap_or(self.name)
    }
}

/// What the head of a file says the question answers, in a language.
fn title<'s>(sql: &'s str, code: &str) -> Option<&'s str> {
    let head = sql.lines().take_while(|line| line.starts_with("--"));
    let mut said = head.filter_map(|line| line.trim_start_matches('-').trim().split_once(':'));
    said.find_map(|(key, words)| (key.trim() == code).then(|| words.trim()))
}
