//! What can be wrong with an account, as far as a directory listing tells.

use crate::estate::deadlines::days_between;
use crate::estate::{Estate, Record};

use super::policy::{Policies, Requirement};
use super::{State, class, is_personal, is_privileged, leaver, policy, sort};

/// An end date this near is shown.
const SOON_DAYS: i32 = 60;

/// Something wrong with an account, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Issue {
    /// Its holder left, and it is still enabled.
    Leaver,
    /// Privileged, of a person, and without a second factor.
    PrivilegedWithoutMfa,
    /// Enabled after its end date.
    PastExpiry,
    /// Active Directory lets its password be empty (`PASSWD_NOTREQD`).
    PasswordNotRequired,
    /// Its password is older than its class allows.
    PasswordTooOld,
    /// Its password never expires, and its class imposes a renewal.
    PasswordNeverExpires,
    /// Its class asks for a second factor, and it has none.
    WithoutMfa,
    /// Its second factor is one that the policy does not admit, or SMS.
    WeakMfa,
    /// Shared, of a service or of a guest, and nobody answers for it.
    WithoutOwner,
    /// It ends soon.
    ExpiresSoon,
    /// Open and not used for longer than the policy allows.
    Inactive,
    /// Open, and no log-on is recorded.
    NeverUsed,
}

impl Issue {
    /// All of them, gravest first.
    pub const ALL: [Self; 12] = [
        Self::Leaver,
        Self::PrivilegedWithoutMfa,
        Self::PastExpiry,
        Self::PasswordNotRequired,
        Self::PasswordTooOld,
        Self::PasswordNeverExpires,
        Self::WithoutMfa,
        Self::WeakMfa,
        Self::WithoutOwner,
        Self::ExpiresSoon,
        Self::Inactive,
        Self::NeverUsed,
    ];

    /// Its name in addresses and exports.
    pub fn key(self) -> &'static str {
        match self {
            Self::Leaver => "leaver",
            Self::PrivilegedWithoutMfa => "privileged-without-mfa",
            Self::PastExpiry => "past-expiry",
            Self::PasswordNotRequired => "password-not-required",
            Self::PasswordTooOld => "password-too-old",
            Self::PasswordNeverExpires => "password-never-expires",
            Self::WithoutMfa => "without-mfa",
            Self::WeakMfa => "weak-mfa",
            Self::WithoutOwner => "without-owner",
            Self::ExpiresSoon => "expires-soon",
            Self::Inactive => "unused",
            Self::NeverUsed => "no-log-on",
        }
    }

    /// Whether it is to be put right today, not only looked at.
    pub fn is_grave(self) -> bool {
        self <= Self::PasswordNotRequired
    }
}

/// What is wrong with an account; nothing once it is disabled.
pub(super) fn of(
    estate: &Estate,
    policies: &Policies,
    record: &Record,
    state: State,
) -> Vec<Issue> {
    if state == State::Disabled {
        return Vec::new();
    }
    let requirement = policies.requirement(estate, record);
    let holds = |issue: &Issue| match issue {
        Issue::Leaver => leaver(estate, record).is_some(),
        Issue::PastExpiry => state == State::Expired,
        Issue::ExpiresSoon => ends_soon(estate, record),
        Issue::Inactive => state == State::Inactive,
        Issue::NeverUsed => state == State::NeverUsed,
        Issue::WithoutOwner => lacks_owner(estate, record),
        Issue::PrivilegedWithoutMfa | Issue::WithoutMfa | Issue::WeakMfa => {
            second_factor(policies, record, requirement) == Some(*issue)
        }
        _ => password(estate, record, requirement, *issue),
    };
    Issue::ALL.into_iter().filter(holds).collect()
}

fn ends_soon(estate: &Estate, record: &Record) -> bool {
    let end = record.view().date("expires");
    end.is_some_and(|end| (0..=SOON_DAYS).contains(&days_between(estate.as_of, end)))
}

fn lacks_owner(estate: &Estate, record: &Record) -> bool {
    let is_nobodys = matches!(sort(record), Some("shared" | "service" | "guest"));
    is_nobodys
        && estate.first(record, "owner").is_none()
        && estate.first(record, "person").is_none()
}

/// What is wrong with the second factor, if anything: no program can answer one.
fn second_factor(
    policies: &Policies,
    record: &Record,
    requirement: Option<&Requirement>,
) -> Option<Issue> {
    if !is_personal(record) {
        return None;
    }
    let method = record
        .view()
        .choice("mfa")
        .map(crate::schema::Choice::meaning);
    match method {
        None | Some("none") if is_privileged(record) => Some(Issue::PrivilegedWithoutMfa),
        None | Some("none") => {
            let is_required = requirement.is_some_and(|own| own.mfa == Some(true));
            is_required.then_some(Issue::WithoutMfa)
        }
        Some(method) => {
            let is_admitted = requirement.is_none_or(|own| policies.admits(own.policy, method));
            (method == "sms" || !is_admitted).then_some(Issue::WeakMfa)
        }
    }
}

fn password(
    estate: &Estate,
    record: &Record,
    requirement: Option<&Requirement>,
    issue: Issue,
) -> bool {
    let view = record.view();
    // A machine changes its password by itself, and what the listing says of it means nothing.
    if class(record).is_none() {
        return false;
    }
    let renewal = requirement.and_then(|own| own.expiry);
    match issue {
        Issue::PasswordNotRequired => view.boolean("password_not_required") == Some(true),
        Issue::PasswordNeverExpires => {
            renewal.is_some() && view.boolean("password_never_expires") == Some(true)
        }
        Issue::PasswordTooOld => renewal
            .zip(view.date("password_last_set"))
            .is_some_and(|(renewal, set)| policy::after(set, renewal) < estate.as_of),
        _ => false,
    }
}
