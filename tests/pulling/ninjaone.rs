//! A NinjaOne as its interface shows it: lists after a number, a cursor that moves on at each answer, tickets
//! board by board, a token that expires.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::server::{Reply, Request};

pub const ID: &str = "CANARI-numero-ninja";
pub const SECRET: &str = "CANARI-secret-ninja";
/// What every token begins with.
const TOKEN: &str = "CANARI-jeton-ninja";

/// What NinjaOne holds, and how it behaves.
#[derive(Default)]
pub struct Ninjaone {
    devices: usize,
    /// How many tokens were given; the last one alone is valid.
    tokens: Mutex<usize>,
    /// How far the cursor of the query of software has come.
    moved: Mutex<usize>,
    /// How many answers of that query were given.
    queries: Mutex<usize>,
}

impl Ninjaone {
    pub fn new(devices: usize) -> Self {
        Self {
            devices,
            ..Self::default()
        }
    }

    pub fn answer(&self, request: &Request) -> Reply {
        if request.path == "ws/oauth/token" {
            let form = format!("client_id={ID}&client_secret={SECRET}");
            if request.method != "POST" || !request.body.contains(&form) {
                return Reply::status(400, json!({"error": "invalid_client"}));
            }
            *self.tokens.lock().expect("not poisoned") += 1;
            return Reply::json(json!({"access_token": self.token(), "expires_in": 3600}));
        }
        if request.header("authorization") != format!("Bearer {}", self.token()) {
            return Reply::text(401, "{}");
        }
        match request.path.as_str() {
            "v2/organizations" => Self::list(request, &[json!({"id": 2, "name": "Nacelle"})]),
            "v2/locations" => Self::list(request, &[]),
            // A list without pages.
            "v2/users" => {
                Reply::json(json!([{"id": 5, "userType": "TECHNICIAN", "firstName": "Léa"}]))
            }
            "v2/devices-detailed" => self.devices(request),
            "v2/queries/software" => self.software(request),
            "v2/backup/jobs" => Reply::text(403, "{}"),
            "v2/ticketing/trigger/boards" => Reply::json(json!([{"id": 3}, {"id": 7}])),
            "v2/ticketing/trigger/board/3/run" => Self::board(request, &[11, 12, 13]),
            "v2/ticketing/trigger/board/7/run" => Self::board(request, &[13, 14]),
            _ => Reply::text(404, "{}"),
        }
    }

    fn token(&self) -> String {
        format!("{TOKEN}-{}", self.tokens.lock().expect("not poisoned"))
    }

    fn list(request: &Request, items: &[Value]) -> Reply {
        let after: u64 = request.query("after").parse().unwrap_or_default();
        let rest = items
            .iter()
            .filter(|item| item["id"].as_u64() > Some(after));
        Reply::json(json!(rest.take(100).collect::<Vec<_>>()))
    }

    fn devices(&self, request: &Request) -> Reply {
        let all: Vec<Value> = (1..=self.devices)
            .map(|number| {
                json!({
                    "id": number, "nodeClass": "WINDOWS_WORKSTATION", "approvalStatus": "APPROVED",
                    "systemName": format!("PC-{number:03}"), "organizationId": 2,
                    "system": {"serialNumber": format!("SN{number:05}")},
                })
            })
            .collect();
        if request.query("after") == "100" && *self.tokens.lock().expect("not poisoned") == 1 {
            *self.tokens.lock().expect("not poisoned") += 1;
            return Reply::text(401, "{}");
        }
        Self::list(request, &all)
    }

    /// Two rows a page. The cursor keeps its name and moves on; the second answer is lost on the way.
    fn software(&self, request: &Request) -> Reply {
        let mut moved = self.moved.lock().expect("not poisoned");
        let mut queries = self.queries.lock().expect("not poisoned");
        *queries += 1;
        if request.query("cursor").is_empty() {
            *moved = 0;
        }
        let rows: Vec<Value> = (*moved + 1..=5)
            .take(2)
            .map(|number| json!({"deviceId": number, "name": format!("Programme {number}"), "publisher": "Nacelle"}))
            .collect();
        *moved += rows.len();
        let body = json!({"cursor": {"name": "curseur", "offset": *moved}, "results": rows});
        if *queries == 2 {
            return Reply::Cut(body.to_string());
        }
        Reply::json(body)
    }

    /// Two tickets a page of a board.
    fn board(request: &Request, ids: &[u64]) -> Reply {
        let body: Value = serde_json::from_str(&request.body).expect("JSON");
        let last = body["lastCursorId"].as_u64().unwrap_or_default();
        let rows: Vec<Value> = ids
            .iter()
            .filter(|id| **id > last)
            .take(2)
            .map(|id| {
                json!({
                    "id": id, "summary": format!("Demande {id}"), "status": {"name": "NEW"},
                    "createTime": 1_730_000_000.5,
                })
            })
            .collect();
        let last = rows
            .last()
            .map_or(0, |row| row["id"].as_u64().expect("a number"));
        Reply::json(json!({"data": rows, "metadata": {"lastCursorId": last}}))
    }
}
