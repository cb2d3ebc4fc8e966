//! Tokens and keys of well-known services, by how they begin and how long they are.

use std::ops::Range;

use super::triggers::{Then, Trigger};
use super::{Kind, Secret, credible};

/// How the tokens of a service look.
pub(super) struct Token {
    service: &'static str,
    /// As written, and in small letters.
    start: (&'static str, &'static str),
    /// Where the three rarest letters of the start stand.
    anchor: usize,
    /// How many letters follow the start, at least.
    least: usize,
}

const fn token(
    service: &'static str,
    start: (&'static str, &'static str),
    anchor: usize,
    least: usize,
) -> Token {
    Token {
        service,
        start,
        anchor,
        least,
    }
}

/// From what the services say of their tokens.
#[rustfmt::skip]
static TOKENS: [Token; 42] = [
    token("AWS", ("AKIA", "akia"), 1, 16),
    token("AWS", ("ASIA", "asia"), 0, 16),
    token("Google", ("AIza", "aiza"), 0, 35),
    token("Google", ("ya29.", "ya29."), 1, 20),
    token("Google", ("GOCSPX-", "gocspx-"), 2, 28),
    token("Azure", ("AccountKey=", "accountkey="), 5, 40),
    token("Azure", ("SharedAccessKey=", "sharedaccesskey="), 10, 40),
    token("GitHub", ("ghp_", "ghp_"), 0, 36),
    token("GitHub", ("gho_", "gho_"), 0, 36),
    token("GitHub", ("ghu_", "ghu_"), 0, 36),
    token("GitHub", ("ghs_", "ghs_"), 0, 36),
    token("GitHub", ("ghr_", "ghr_"), 0, 36),
    token("GitHub", ("github_pat_", "github_pat_"), 6, 40),
    token("GitLab", ("glpat-", "glpat-"), 0, 20),
    token("GitLab", ("gldt-", "gldt-"), 0, 20),
    token("GitLab", ("glrt-", "glrt-"), 0, 20),
    token("GitLab", ("glcbt-", "glcbt-"), 0, 20),
    token("GitLab", ("glptt-", "glptt-"), 0, 20),
    token("GitLab", ("glft-", "glft-"), 0, 20),
    token("GitLab", ("glsoat-", "glsoat-"), 0, 20),
    token("GitLab", ("glagent-", "glagent-"), 0, 20),
    token("Slack", ("xoxb-", "xoxb-"), 0, 20),
    token("Slack", ("xoxp-", "xoxp-"), 0, 20),
    token("Slack", ("xoxa-", "xoxa-"), 0, 20),
    token("Slack", ("xoxr-", "xoxr-"), 0, 20),
    token("Slack", ("xapp-", "xapp-"), 0, 20),
    token("Stripe", ("sk_live_", "sk_live_"), 1, 16),
    token("Stripe", ("rk_live_", "rk_live_"), 1, 16),
    token("npm", ("npm_", "npm_"), 1, 36),
    token("PyPI", ("pypi-", "pypi-"), 0, 50),
    token("DigitalOcean", ("dop_v1_", "dop_v1_"), 2, 60),
    token("Docker", ("dckr_pat_", "dckr_pat_"), 0, 20),
    token("SendGrid", ("SG.", "sg."), 0, 40),
    token("Anthropic", ("sk-ant-", "sk-ant-"), 1, 30),
    token("OpenAI", ("sk-proj-", "sk-proj-"), 1, 30),
    token("Hugging Face", ("hf_", "hf_"), 0, 34),
    token("Grafana", ("glsa_", "glsa_"), 0, 32),
    token("Tailscale", ("tskey-", "tskey-"), 0, 20),
    token("Vault", ("hvs.", "hvs."), 0, 24),
    token("age", ("AGE-SECRET-KEY-1", "age-secret-key-1"), 10, 50),
    token("Atlassian", ("ATATT3", "atatt3"), 3, 60),
    token("1Password", ("ops_eyJ", "ops_eyj"), 0, 60),
];

pub(super) fn triggers() -> Vec<Trigger> {
    let starts = TOKENS.iter().map(|token| Trigger {
        word: token.start.1,
        anchor: token.anchor,
        exact: Some(token.start.0),
        then: Then::Token(token),
    });
    let mut all: Vec<Trigger> = starts.collect();
    all.push(Trigger {
        word: "eyj",
        anchor: 0,
        exact: Some("eyJ"),
        then: Then::Form(web_token),
    });
    all.push(Trigger {
        word: ":aa",
        anchor: 0,
        exact: Some(":AA"),
        then: Then::Form(of_telegram),
    });
    all.push(Trigger {
        word: "hooks.slack.com/services/t",
        anchor: 3,
        exact: Some("hooks.slack.com/services/T"),
        then: Then::Form(of_slack),
    });
    all
}

impl Token {
    /// The token that begins at a place.
    pub(super) fn at(&self, text: &str, start: usize) -> Option<Secret> {
        let from = start + self.start.0.len();
        let length = length(text, from, is_of_token);
        // The names of Azure's keys stand in connection strings, behind other words.
        let named = self.start.0.ends_with('=');
        let is_whole = named || begins(text, start);
        let range = if named { from } else { start }..from + length;
        let fits = is_whole && length >= self.least;
        let secret = || Secret {
            kind: Kind::Token(self.service),
            range: range.clone(),
        };
        (fits && credible::is_random(&text[from..from + length])).then(secret)
    }
}

/// Whether no letter or digit stands before a place.
pub(super) fn begins(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
}

/// How many bytes from a place on are of a sort.
pub(super) fn length(text: &str, from: usize, is_of: fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes()[from..].iter();
    bytes.take_while(|byte| is_of(**byte)).count()
}

fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'+' | b'=')
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// A JSON web token: two parts that begin as JSON does in base64, and a signature.
fn web_token(text: &str, word: Range<usize>) -> Option<Secret> {
    let start = word.start;
    let head = length(text, start, is_of_word);
    let body = text[start + head..].strip_prefix(".eyJ")?;
    let body_length = length(body, 0, is_of_word) + ".eyJ".len();
    let from = start + head + body_length;
    let signature = text[from..].strip_prefix('.')?;
    let signature = length(signature, 0, is_of_word);
    let end = from + 1 + signature;
    let fits = begins(text, start) && head > 12 && body_length > 12 && signature > 20;
    (fits && credible::is_random(&text[from + 1..end])).then_some(Secret {
        range: start..end,
        kind: Kind::Token("JWT"),
    })
}

/// The number of a bot, and 35 letters behind a colon.
fn of_telegram(text: &str, word: Range<usize>) -> Option<Secret> {
    let colon = word.start;
    let before = text.as_bytes()[..colon].iter().rev();
    let digits = before.take_while(|byte| byte.is_ascii_digit()).count();
    let length = length(text, colon + 1, is_of_word);
    let range = colon - digits..colon + 1 + length;
    let fits = (8..=10).contains(&digits) && length == 35 && begins(text, range.start);
    (fits && credible::is_random(&text[colon + 1..range.end])).then_some(Secret {
        range,
        kind: Kind::Token("Telegram"),
    })
}

/// The address of a channel, by which anybody writes into it.
fn of_slack(text: &str, word: Range<usize>) -> Option<Secret> {
    let from = word.end - 1;
    let end = from + length(text, from, is_of_token);
    let last = text[from..end].rsplit('/').next().unwrap_or_default();
    (last.len() >= 20 && credible::is_random(last)).then_some(Secret {
        range: from..end,
        kind: Kind::Token("Slack"),
    })
}
