//! Password rules by class of account, held against a reference text, and what no listing can prove.

use crate::estate::Record;
use crate::estate::accounts::policy::{Requirement, is_at_most};
use crate::estate::accounts::{Issue, Policies};
use crate::project::Duration;
use crate::site::context::{ReviewSection, Tone, Value};
use crate::site::page::Page;

use super::counts::{head, named, numeric, plain_number};
use super::name;

/// What a listing of a directory cannot prove.
const UNPROVED: [&str; 6] = [
    "accounts-unproved-length",
    "accounts-unproved-reuse",
    "accounts-unproved-factor",
    "accounts-unproved-log-on",
    "accounts-unproved-others",
    "accounts-unproved-aid",
];

/// One table a policy in force, then what the page does not know.
pub(super) fn sections(page: &Page<'_>) -> Vec<ReviewSection> {
    let estate = page.estate();
    let policies = &estate.accounts().policies;
    let tables = policies
        .in_force
        .iter()
        .map(|id| policy(page, policies, estate.record(*id)));
    let mut sections: Vec<ReviewSection> = tables
        .filter(|section| !section.table.rows.is_empty())
        .collect();
    let mut limits = named(page, "accounts-unproved", Vec::new(), Vec::new());
    limits.note = Some(page.word("accounts-unproved-note"));
    limits.points = UNPROVED.map(|key| page.word(key)).to_vec();
    sections.push(limits);
    sections
}

fn policy(page: &Page<'_>, policies: &Policies, policy: &Record) -> ReviewSection {
    let estate = page.estate();
    let rows = policies.requirements(policy.id).iter().map(|own| {
        let reference = policies.reference(estate, own);
        let (count, issues) = found(page, policies, own);
        vec![
            Value::text(&own.name),
            count,
            length(page, own, reference),
            factor(page, own, reference),
            renewal(page, own, reference),
            issues,
        ]
    });
    let rows = rows.collect();
    let mut columns = vec![
        head(page.word("accounts-class")),
        numeric(page.word("accounts")),
    ];
    let keys = [
        "accounts-length",
        "accounts-factor",
        "accounts-renewal",
        "accounts-seen",
    ];
    columns.extend(keys.map(|key| head(page.word(key))));
    let mut section = named(page, "accounts-policy", columns, rows);
    section.table.id = format!("policy-{}", policy.source.id.replace('/', "-"));
    section.table.title.clone_from(&policy.title);
    let reference = policies
        .requirements(policy.id)
        .iter()
        .find_map(|own| policies.reference(estate, own));
    let reference = reference.map(|row| estate.record(row.policy));
    section.note = Some(reference.map_or_else(
        || page.word("accounts-no-reference"),
        |text| compared(page, text),
    ));
    section.points = sources(page, policies, policy);
    section.more = reference.map(|text| page.link(text));
    section
}

/// Where each threshold comes from, as the reference or, without one, the policy says.
fn sources(page: &Page<'_>, policies: &Policies, policy: &Record) -> Vec<String> {
    let told = policies.requirements(policy.id).iter().filter_map(|own| {
        let reference = policies.reference(page.estate(), own).unwrap_or(own);
        let source = reference.source.as_deref()?;
        let sentence = page.word("accounts-source");
        Some(
            sentence
                .replace("{class}", &own.name)
                .replace("{source}", source),
        )
    });
    told.collect()
}

/// Which text the rules are held against, and how old that is.
fn compared(page: &Page<'_>, text: &Record) -> String {
    let view = text.view();
    let day = view
        .date("applies_from")
        .map(|day| page.long_date(day).text);
    page.word("accounts-compared")
        .replace("{text}", view.text("source").unwrap_or(&text.title))
        .replace("{day}", day.as_deref().unwrap_or("–"))
}

/// How many accounts fall under a requirement, and what the listing shows of them.
fn found(page: &Page<'_>, policies: &Policies, own: &Requirement) -> (Value, Value) {
    let estate = page.estate();
    let falls = |record: &Record| {
        let requirement = policies.requirement(estate, record);
        requirement.is_some_and(|found| std::ptr::eq(found, own))
    };
    let accounts = estate
        .accounts()
        .all
        .iter()
        .filter(|account| account.state.is_open() && falls(estate.record(account.record)));
    let shown = [
        Issue::PasswordNotRequired,
        Issue::PasswordTooOld,
        Issue::PasswordNeverExpires,
        Issue::PrivilegedWithoutMfa,
        Issue::WithoutMfa,
        Issue::WeakMfa,
    ];
    let mut counts = [0_usize; 6];
    let mut total = 0;
    for account in accounts {
        total += 1;
        for (count, issue) in counts.iter_mut().zip(shown) {
            *count += usize::from(account.issues.contains(&issue));
        }
    }
    let seen = shown
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0);
    let items: Vec<Value> = seen
        .map(|(issue, count)| {
            let tone = if issue.is_grave() {
                Tone::Danger
            } else {
                Tone::Warning
            };
            Value::badge(format!("{count} × {}", name(page, issue)), tone)
        })
        .collect();
    let issues = match items.is_empty() {
        true if total == 0 => Value::Empty,
        true => Value::badge(page.word("accounts-nothing-seen"), Tone::Success),
        false => Value::List { items },
    };
    (plain_number(page, total), issues)
}

/// Own figure, that of the reference, and how the one stands to the other.
fn held(own: String, against: Option<(String, bool)>, page: &Page<'_>) -> Value {
    let own = Value::text(own);
    let Some((reference, is_kept)) = against else {
        return own;
    };
    let text = page
        .word("accounts-reference")
        .replace("{value}", &reference);
    let tone = if is_kept {
        Tone::Success
    } else {
        Tone::Warning
    };
    Value::List {
        items: vec![own, Value::badge(text, tone)],
    }
}

fn length(page: &Page<'_>, own: &Requirement, reference: Option<&Requirement>) -> Value {
    let characters = |number: i64| {
        let number = usize::try_from(number).unwrap_or_default();
        page.count("accounts-characters", number)
    };
    let written = own
        .minimum_length
        .map_or_else(|| page.word("accounts-unsaid"), characters);
    let asked = reference.and_then(|row| row.minimum_length);
    let against = asked.map(|asked| {
        let kept = own.minimum_length.is_some_and(|own| own >= asked);
        (characters(asked), kept)
    });
    held(written, against, page)
}

fn factor(page: &Page<'_>, own: &Requirement, reference: Option<&Requirement>) -> Value {
    let word = |asked: Option<bool>| match asked {
        Some(true) => page.word("accounts-asked"),
        Some(false) => page.word("accounts-not-asked"),
        None => page.word("accounts-unsaid"),
    };
    let asked = reference.and_then(|row| row.mfa);
    let against = asked.map(|asked| {
        let kept = !asked || own.mfa == Some(true);
        (word(Some(asked)), kept)
    });
    held(word(own.mfa), against, page)
}

/// A reference without an expiry asks for none (ANSSI's R24): imposing one is not kept either.
fn renewal(page: &Page<'_>, own: &Requirement, reference: Option<&Requirement>) -> Value {
    let estate = page.estate();
    let word = |length: Option<Duration>| {
        length.map_or_else(
            || page.word("accounts-no-renewal"),
            |length| length.text(page.language),
        )
    };
    let against = reference.map(|row| {
        let kept = match (own.expiry, row.expiry) {
            (None, None) => true,
            (Some(own), Some(most)) => is_at_most(own, most, estate.as_of),
            _ => false,
        };
        (word(row.expiry), kept)
    });
    held(word(own.expiry), against, page)
}
