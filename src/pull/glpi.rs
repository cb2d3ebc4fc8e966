//! GLPI's interface (`apirest.php`): a session, then each type of thing in pages of a range. What the reader
//! takes of a device or a ticket besides (purchase, cards, programs, log) is asked for all things of a page
//! at once.
//!
//! Form: `apirest.md` of GLPI. GLPI cannot be asked for what changed since a day: it is asked for the latest
//! changes first, and no further than that day.

use serde_json::{Value, json};

use super::{Interface, Next, Page, json, pair};
use crate::client::{Answer, Ask, Client, Failure, Known, Secret, refused};

/// What failures say of GLPI.
pub(super) const KNOWN: Known = Known {
    name: "GLPI",
    variables: "`CARNET_GLPI_TOKEN`, `CARNET_GLPI_APP_TOKEN`",
    example: "https://glpi.example/apirest.php",
    address: "--url",
    authority: "--ca",
};

/// Things a page: their programs and logs come along, and their numbers stand in one address.
const PAGE: usize = 50;

/// The types that the reader takes.
const TYPES: [&str; 12] = [
    "Supplier",
    "Contract",
    "Software",
    "SoftwareLicense",
    "User",
    "Computer",
    "Monitor",
    "NetworkEquipment",
    "Printer",
    "Phone",
    "Peripheral",
    "Ticket",
];

/// What is asked for beside the things of a type.
fn details(kind: &str) -> &'static [&'static str] {
    match kind {
        "Computer" => &[
            "with_infocoms",
            "with_networkports",
            "with_contracts",
            "with_softwares",
        ],
        "Monitor" | "NetworkEquipment" | "Printer" | "Phone" | "Peripheral" => {
            &["with_infocoms", "with_networkports", "with_contracts"]
        }
        "Ticket" => &["with_logs"],
        _ => &[],
    }
}

/// Keys with a secret in them, which no page keeps. Something stands in their place: the reader counts them.
const SECRETS: [&str; 5] = [
    "password",
    "personal_token",
    "api_token",
    "cookie_token",
    "password_forget_token",
];

/// GLPI, as one pull asks it.
pub(super) struct Glpi {
    user: Secret,
    application: Option<Secret>,
    since: Option<String>,
    session: Option<Secret>,
}

impl Glpi {
    pub fn new(user: Secret, application: Option<Secret>, since: Option<String>) -> Self {
        Self {
            user,
            application,
            since,
            session: None,
        }
    }

    fn headers(&self) -> Vec<(&'static str, Secret)> {
        // Without a type GLPI answers in HTML, to a GET as well.
        let kind = Secret::made("application/json".to_owned());
        let application = self.application.clone();
        let mut headers = vec![("Content-Type", kind)];
        headers.extend(application.map(|token| ("App-Token", token)));
        headers
    }

    /// Begins a session.
    fn open(&mut self, client: &Client<'_>) -> anyhow::Result<Secret> {
        let mut headers = self.headers();
        let user = format!("user_token {}", self.user.value());
        headers.push(("Authorization", Secret::made(user)));
        let answer = client.ask(&Ask {
            path: "initSession",
            headers,
            ..Ask::default()
        })?;
        if answer.status != 200 {
            return Err(told(&answer, client));
        }
        let session = json(&answer, client)?;
        let session = session.get("session_token").and_then(Value::as_str);
        let session = session.filter(|session| session.bytes().all(|byte| byte.is_ascii_graphic()));
        let Some(session) = session else {
            return Err(told(&answer, client));
        };
        let session = Secret::made(session.to_owned());
        self.session = Some(session.clone());
        Ok(session)
    }

    /// Asks within a session; in a new one when GLPI has ended it.
    fn ask(
        &mut self,
        client: &Client<'_>,
        path: &str,
        query: &[(String, String)],
    ) -> anyhow::Result<Answer> {
        let mut is_new = false;
        loop {
            let session = if let Some(session) = self.session.clone() {
                session
            } else {
                is_new = true;
                self.open(client)?
            };
            let mut headers = self.headers();
            headers.push(("Session-Token", session));
            let answer = client.ask(&Ask {
                path,
                query: query.to_vec(),
                headers,
                ..Ask::default()
            })?;
            if answer.status != 401 || is_new {
                return Ok(answer);
            }
            self.session = None;
        }
    }

    /// The things of a page with what belongs to them.
    fn detailed(
        &mut self,
        client: &Client<'_>,
        kind: &str,
        items: Vec<Value>,
    ) -> anyhow::Result<Vec<Value>> {
        let details = details(kind);
        if details.is_empty() || items.is_empty() {
            return Ok(items);
        }
        let mut query = vec![
            pair("expand_dropdowns", "true"),
            pair("get_hateoas", "false"),
        ];
        query.extend(details.iter().map(|detail| pair(detail, "true")));
        for (at, item) in items.iter().enumerate() {
            let Some(id) = item.get("id").and_then(Value::as_u64) else {
                continue;
            };
            query.push(pair(&format!("items[{at}][itemtype]"), kind));
            query.push(pair(&format!("items[{at}][items_id]"), &id));
        }
        let answer = self.ask(client, "getMultipleItems", &query)?;
        // 207 is told when one of them is gone meanwhile.
        if !matches!(answer.status, 200 | 206 | 207) {
            return Err(told(&answer, client));
        }
        match json(&answer, client)? {
            Value::Array(items) => Ok(items.into_iter().filter(Value::is_object).collect()),
            _ => Err(told(&answer, client)),
        }
    }

    /// Whether the things of a page, the latest changes first, go back further than what is asked.
    fn is_past(&self, items: &[Value]) -> bool {
        let Some(since) = &self.since else {
            return false;
        };
        let days: Vec<&str> = items.iter().map(changed).collect();
        // A GLPI that does not sort as it was asked is read to its end.
        days.is_sorted_by(|one, next| one >= next)
            && days.last().is_some_and(|last| *last < since.as_str())
    }
}

impl Interface for Glpi {
    fn parts(&self) -> &'static [&'static str] {
        &TYPES
    }

    fn goes_on(&self, _part: usize) -> bool {
        true
    }

    fn page(&mut self, client: &Client<'_>, part: usize, position: &str) -> anyhow::Result<Page> {
        let kind = TYPES[part];
        let (start, total) = Position::read(position);
        let end = start + PAGE - 1;
        let mut query = vec![
            pair("range", &format!("{start}-{end}")),
            pair("expand_dropdowns", "true"),
            pair("get_hateoas", "false"),
        ];
        let order = match &self.since {
            Some(_) => [pair("sort", "date_mod"), pair("order", "DESC")],
            None => [pair("sort", "id"), pair("order", "ASC")],
        };
        query.extend(order);
        let answer = self.ask(client, kind, &query)?;
        match answer.status {
            200 | 206 => {}
            400 if code(&answer) == "ERROR_RANGE_EXCEED_TOTAL" => {
                let is_fewer = start > 0 && total.is_some_and(|total| start < total);
                return Ok(Page::none(if is_fewer { Next::Again } else { Next::End }));
            }
            401 | 403 if code(&answer) == "ERROR_RIGHT_MISSING" => {
                let why = refused(&answer, client.known, &code(&answer));
                return Ok(Page::none(Next::Refused(why)));
            }
            _ => return Err(told(&answer, client)),
        }
        let Value::Array(items) = json(&answer, client)? else {
            return Err(told(&answer, client));
        };
        let now = answer.header("content-range").and_then(total_of);
        // What was deleted meanwhile moved the others up: one may have been passed over.
        if total.zip(now).is_some_and(|(before, now)| now < before) {
            return Ok(Page::none(Next::Again));
        }
        let taken = items.len();
        let is_past = self.is_past(&items);
        let mut wanted = items;
        if let Some(since) = &self.since {
            wanted.retain(|item| changed(item) >= since.as_str());
        }
        let wanted = self.detailed(client, kind, wanted)?;
        let ends_here = now.map_or(taken < PAGE, |now| start + taken >= now);
        let next = if taken == 0 || is_past || ends_here {
            Next::End
        } else {
            Next::At(Position::written(start + taken, now))
        };
        let count = wanted.len();
        let wanted: Vec<Value> = wanted.into_iter().map(|item| masked(kind, item)).collect();
        Ok(Page {
            value: (count > 0).then(|| json!({ kind: wanted })),
            count,
            next,
        })
    }

    fn close(&mut self, client: &Client<'_>) {
        let Some(session) = self.session.take() else {
            return;
        };
        let mut headers = self.headers();
        headers.push(("Session-Token", session));
        // A session that could not be ended ends by itself.
        let _: Result<Answer, Failure> = client.ask(&Ask {
            path: "killSession",
            headers,
            ..Ask::default()
        });
    }
}

/// How far a type has come: the things that were read, and how many there were.
struct Position;

impl Position {
    fn read(position: &str) -> (usize, Option<usize>) {
        let (start, total) = position.split_once('/').unwrap_or((position, ""));
        (start.parse().unwrap_or_default(), total.parse().ok())
    }

    fn written(start: usize, total: Option<usize>) -> String {
        total.map_or_else(|| start.to_string(), |total| format!("{start}/{total}"))
    }
}

/// The total of `0-49/132`.
fn total_of(range: &str) -> Option<usize> {
    range.rsplit_once('/')?.1.trim().parse().ok()
}

/// The day of a thing's last change; empty when it has none.
fn changed(item: &Value) -> &str {
    let moment = item.get("date_mod").and_then(Value::as_str);
    moment.and_then(|moment| moment.get(..10)).unwrap_or("")
}

/// A thing without what nobody may keep: keys of licences stand in their serial number.
fn masked(kind: &str, mut item: Value) -> Value {
    let is_licence = kind == "SoftwareLicense";
    for (key, value) in item.as_object_mut().into_iter().flatten() {
        let is_secret = SECRETS.contains(&key.as_str()) || (is_licence && key == "serial");
        let says = value.as_str().is_some_and(|text| !text.trim().is_empty());
        if is_secret && says {
            *value = Value::from("…");
        }
    }
    item
}

/// GLPI's own code for what went wrong: `["ERROR_…", "in words"]`.
fn code(answer: &Answer) -> String {
    let value: Option<Value> = serde_json::from_slice(&answer.bytes).ok();
    let code = value.as_ref().and_then(|value| value.get(0)?.as_str());
    code.unwrap_or_default().to_owned()
}

fn told(answer: &Answer, client: &Client<'_>) -> anyhow::Error {
    anyhow::anyhow!(refused(answer, client.known, &code(answer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glpi(since: &str) -> Glpi {
        let since = Some(since.to_owned());
        Glpi::new(Secret::made("a".to_owned()), None, since)
    }

    #[test]
    fn a_day_ends_the_pages_only_where_they_are_sorted() {
        let items = |days: &[&str]| -> Vec<Value> {
            days.iter()
                .map(|day| json!({"date_mod": format!("{day} 10:00:00")}))
                .collect()
        };
        let glpi = glpi("2026-11-01");
        assert!(glpi.is_past(&items(&["2026-11-02", "2026-10-31"])));
        assert!(!glpi.is_past(&items(&["2026-11-02", "2026-11-01"])));
        assert!(!glpi.is_past(&items(&["2026-10-31", "2026-11-02", "2026-10-30"])));
        assert!(!glpi.is_past(&[]));
        assert_eq!(changed(&json!({"date_mod": null})), "");
    }

    #[test]
    fn positions_and_totals_are_read() {
        assert_eq!(Position::read(""), (0, None));
        assert_eq!(
            Position::read(&Position::written(50, Some(132))),
            (50, Some(132))
        );
        assert_eq!(Position::read(&Position::written(50, None)), (50, None));
        assert_eq!(total_of("0-49/132"), Some(132));
        assert_eq!(total_of("none"), None);
    }

    #[test]
    fn keys_and_passwords_are_masked() {
        let licence = masked("SoftwareLicense", json!({"serial": "CANARI", "name": "a"}));
        assert_eq!(licence, json!({"serial": "…", "name": "a"}));
        let computer = json!({"serial": "S1", "password": ""});
        assert_eq!(masked("Computer", computer.clone()), computer);
        let user = masked("User", json!({"api_token": "CANARI", "name": "a"}));
        assert_eq!(user, json!({"api_token": "…", "name": "a"}));
    }
}
