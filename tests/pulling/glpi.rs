//! A GLPI as its interface shows it: sessions that may end, types in pages of a range, and what belongs to
//! several things at once.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::server::{Reply, Request};

pub const TOKEN: &str = "CANARI-jeton-glpi";
pub const APPLICATION: &str = "CANARI-jeton-application";
/// What every session's token begins with.
pub const SESSION: &str = "CANARI-session";
/// A key of a licence.
pub const KEY: &str = "CANARI-cle-de-licence";

/// What GLPI holds, and how it behaves.
#[derive(Default)]
pub struct Glpi {
    items: BTreeMap<&'static str, Vec<Value>>,
    /// How many sessions were begun; the last one alone is valid.
    sessions: Mutex<usize>,
    /// Types that the token may not read.
    refused: &'static [&'static str],
}

/// A computer changed on a day of November.
pub fn computer(number: usize, day: usize) -> Value {
    json!({
        "id": number,
        "name": format!("PC-{number:03}"),
        "serial": format!("SN{number:05}"),
        "computermodels_id": "Latitude 5440",
        "computertypes_id": "Laptop",
        "states_id": "Production",
        "is_deleted": 0,
        "date_mod": format!("2026-11-{day:02} 10:00:00"),
    })
}

impl Glpi {
    /// So many computers, a ticket, a licence.
    pub fn new(computers: usize) -> Self {
        let computers = (1..=computers).map(|number| computer(number, 1 + number % 28));
        let ticket = json!({
            "id": 7, "name": "Écran noir", "status": 6, "type": 1, "urgency": 3,
            "date": "2026-11-03 09:00:00", "date_mod": "2026-11-04 09:00:00",
            "closedate": "2026-11-04 09:00:00", "content": "&#60;p&#62;Plus rien&#60;/p&#62;",
        });
        let licence = json!({
            "id": 3, "name": "Suite bureautique", "serial": KEY, "number": 25,
            "softwares_id": "Suite bureautique", "date_mod": "2026-11-04 09:00:00",
        });
        Self {
            items: BTreeMap::from([
                ("Computer", computers.collect()),
                ("Ticket", vec![ticket]),
                ("SoftwareLicense", vec![licence]),
            ]),
            ..Self::default()
        }
    }

    /// One whose token may not read some types.
    pub fn refusing(computers: usize, refused: &'static [&'static str]) -> Self {
        Self {
            refused,
            ..Self::new(computers)
        }
    }

    /// Ends the session.
    pub fn forget(&self) {
        *self.sessions.lock().expect("not poisoned") += 1;
    }

    pub fn answer(&self, request: &Request) -> Reply {
        let path = request.path.strip_prefix("apirest.php/");
        let Some(path) = path else {
            return Reply::Page(404);
        };
        if request.header("app-token") != APPLICATION {
            return Reply::status(400, json!(["ERROR_APP_TOKEN_PARAMETERS_MISSING", "x"]));
        }
        if path == "initSession" {
            if request.header("authorization") != format!("user_token {TOKEN}") {
                return Reply::status(401, json!(["ERROR_GLPI_LOGIN_USER_TOKEN", "x"]));
            }
            self.forget();
            return Reply::json(json!({"session_token": self.session()}));
        }
        if request.header("session-token") != self.session() {
            return Reply::status(401, json!(["ERROR_SESSION_TOKEN_INVALID", "x"]));
        }
        match path {
            "killSession" => Reply::json(true),
            "getMultipleItems" => self.several(request),
            kind if self.refused.contains(&kind) => {
                Reply::status(403, json!(["ERROR_RIGHT_MISSING", "x"]))
            }
            kind => self.page(kind, request),
        }
    }

    fn session(&self) -> String {
        format!("{SESSION}-{}", self.sessions.lock().expect("not poisoned"))
    }

    fn page(&self, kind: &str, request: &Request) -> Reply {
        let mut all = self.items.get(kind).cloned().unwrap_or_default();
        if request.query("sort") == "date_mod" {
            all.sort_by_key(|item| item["date_mod"].as_str().map(str::to_owned));
            all.reverse();
        }
        let (start, end) = request.query("range").split_once('-').expect("a range");
        let (start, end): (usize, usize) = (start.parse().expect("a"), end.parse().expect("b"));
        let total = all.len();
        if start > 0 && start >= total {
            return Reply::status(400, json!(["ERROR_RANGE_EXCEED_TOTAL", "x"]));
        }
        let end = (end + 1).min(total);
        let range = format!("{start}-{}/{total}", end.saturating_sub(1));
        let status = if end < total { 206 } else { 200 };
        let page = json!(all[start..end]).to_string();
        Reply::Json(status, vec![("Content-Range", range)], page)
    }

    /// Things by their numbers, with what belongs to them.
    fn several(&self, request: &Request) -> Reply {
        let mut found = Vec::new();
        for at in 0.. {
            let kind = request.query(&format!("items[{at}][itemtype]"));
            let id = request.query(&format!("items[{at}][items_id]"));
            if kind.is_empty() {
                break;
            }
            let id: u64 = id.parse().expect("a number");
            let found_item = self.items[kind].iter().find(|item| item["id"] == id);
            let mut item = found_item.expect("an item").clone();
            if request.query("with_infocoms") == "true" {
                item["_infocoms"] = json!({"buy_date": "2025-01-15 00:00:00", "value": "950.0000"});
            }
            if request.query("with_logs") == "true" {
                item["_logs"] = json!([{
                    "id_search_option": 12, "old_value": "1", "new_value": "6",
                    "date_mod": "2026-11-04 09:00:00", "user_name": "Léa Garnier",
                }]);
            }
            found.push(item);
        }
        Reply::json(json!(found))
    }
}
