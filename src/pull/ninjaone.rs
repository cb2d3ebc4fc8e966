//! NinjaOne's interface, version 2, with the token of an application (client credentials): lists in pages
//! after a number, queries in pages of a cursor, tickets board by board. It cannot be asked for what changed
//! since a day.
//!
//! Form: the `OpenAPI` description of NinjaOne's core resources.

use anyhow::anyhow;
use serde_json::{Value, json};

use super::{Interface, Next, Page, json, pair};
use crate::client::{Answer, Ask, Client, Failure, Known, Question, Secret, refused};

/// What failures say of NinjaOne.
pub(super) const KNOWN: Known = Known {
    name: "NinjaOne",
    variables: "`CARNET_NINJAONE_ID`, `CARNET_NINJAONE_SECRET`",
    example: "https://eu.ninjarmm.com",
    address: "--url",
    authority: "--ca",
};

/// Things a page of a list.
const LIST: usize = 200;
/// Rows a page of a query.
const QUERY: usize = 1_000;

/// What is asked, in this order.
const PARTS: [&str; 7] = [
    "organizations",
    "locations",
    "users",
    "devices-detailed",
    "queries/software",
    "backup/jobs",
    "ticketing",
];

/// NinjaOne, as one pull asks it.
pub(super) struct Ninjaone {
    id: Secret,
    secret: Secret,
    token: Option<Secret>,
}

impl Ninjaone {
    pub fn new(id: Secret, secret: Secret) -> Self {
        Self {
            id,
            secret,
            token: None,
        }
    }

    /// Asks for a token.
    fn open(&mut self, client: &Client<'_>) -> anyhow::Result<Secret> {
        let kind = Secret::made("client_credentials".to_owned());
        // To read, and nothing else.
        let scope = Secret::made("monitoring".to_owned());
        let form = [
            ("grant_type", &kind),
            ("client_id", &self.id),
            ("client_secret", &self.secret),
            ("scope", &scope),
        ];
        let answer = client.ask(&Ask {
            path: "ws/oauth/token",
            body: Question::Form(&form),
            ..Ask::default()
        })?;
        if answer.status != 200 {
            return Err(told(&answer, client));
        }
        let token = json(&answer, client)?;
        let token = token.get("access_token").and_then(Value::as_str);
        let token = token.filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()));
        let Some(token) = token else {
            return Err(told(&answer, client));
        };
        let token = Secret::made(token.to_owned());
        self.token = Some(token.clone());
        Ok(token)
    }

    /// Asks with a token; with a new one when the old has expired.
    fn ask(&mut self, client: &Client<'_>, ask: &Request<'_>) -> Result<Answer, Stop> {
        let mut is_new = false;
        loop {
            let token = if let Some(token) = self.token.clone() {
                token
            } else {
                is_new = true;
                self.open(client).map_err(Stop::Failed)?
            };
            let body = ask.body.as_ref();
            let answer = client.ask(&Ask {
                path: ask.path,
                query: ask.query.to_vec(),
                headers: vec![("Authorization", Secret::bearer(&token))],
                body: body.map_or(Question::Empty, |body| Question::Json(body.to_string())),
                moves_on: ask.moves_on,
                ..Ask::default()
            });
            match answer {
                Ok(answer) if answer.status == 401 && !is_new => self.token = None,
                Ok(answer) => return Ok(answer),
                Err(Failure::Cut(_)) => return Err(Stop::Cut),
                Err(failure) => return Err(Stop::Failed(failure.into())),
            }
        }
    }

    /// A page of a list: what comes after the number of the last one.
    fn list(&mut self, client: &Client<'_>, name: &str, position: &str) -> Result<Page, Stop> {
        let path = format!("v2/{name}");
        let mut query = vec![pair("pageSize", &LIST)];
        if !position.is_empty() {
            query.push(pair("after", position));
        }
        let answer = self.ask(client, &Request::new(&path, &query))?;
        if answer.status != 200 {
            return page_refused(&answer, client);
        }
        let value = json(&answer, client).map_err(Stop::Failed)?;
        let Value::Array(items) = value else {
            return Err(Stop::Failed(told(&answer, client)));
        };
        let number = |item: &Value| item.get("id").and_then(Value::as_u64);
        let after: Option<u64> = position.parse().ok();
        // A list that knows no pages gives the same again.
        let is_same =
            after.is_some_and(|after| items.iter().filter_map(number).any(|id| id <= after));
        if is_same || items.is_empty() {
            return Ok(Page::none(Next::End));
        }
        let last = items.iter().filter_map(number).max();
        Ok(Page {
            count: items.len(),
            value: Some(Value::Array(items)),
            next: last.map_or(Next::End, |last| Next::At(last.to_string())),
        })
    }

    /// A page of a query: what its cursor gives next.
    fn query(&mut self, client: &Client<'_>, name: &str, position: &str) -> Result<Page, Stop> {
        let path = format!("v2/{name}");
        let mut query = vec![pair("pageSize", &QUERY)];
        if !position.is_empty() {
            query.push(pair("cursor", position));
        }
        let request = Request {
            moves_on: !position.is_empty(),
            ..Request::new(&path, &query)
        };
        let answer = self.ask(client, &request)?;
        if answer.status != 200 {
            if !position.is_empty() && matches!(answer.status, 400 | 404 | 410) {
                return Err(Stop::Cut);
            }
            return page_refused(&answer, client);
        }
        let mut value = json(&answer, client).map_err(Stop::Failed)?;
        let cursor = value["cursor"]["name"].as_str().unwrap_or_default();
        let cursor = cursor.to_owned();
        let Some(Value::Array(rows)) = value.get_mut("results").map(Value::take) else {
            return Err(Stop::Failed(told(&answer, client)));
        };
        let is_over = rows.is_empty() || cursor.is_empty();
        Ok(Page {
            count: rows.len(),
            value: (!rows.is_empty()).then(|| json!({ "results": rows })),
            next: if is_over { Next::End } else { Next::At(cursor) },
        })
    }

    /// A page of the tickets of a board. The position names the boards that are left, and the last ticket
    /// of the first: `3,7@120`.
    fn tickets(&mut self, client: &Client<'_>, position: &str) -> Result<Page, Stop> {
        if position.is_empty() {
            return self.boards(client);
        }
        let (boards, last) = position.split_once('@').unwrap_or((position, "0"));
        let (board, others) = boards.split_once(',').unwrap_or((boards, ""));
        let path = format!("v2/ticketing/trigger/board/{board}/run");
        let last: u64 = last.parse().unwrap_or_default();
        let request = Request {
            body: Some(json!({"pageSize": LIST, "lastCursorId": last})),
            ..Request::new(&path, &[])
        };
        let answer = self.ask(client, &request)?;
        if answer.status != 200 {
            return page_refused(&answer, client);
        }
        let mut value = json(&answer, client).map_err(Stop::Failed)?;
        let next = value["metadata"]["lastCursorId"].as_u64();
        let Some(Value::Array(rows)) = value.get_mut("data").map(Value::take) else {
            return Err(Stop::Failed(told(&answer, client)));
        };
        let more = next.filter(|next| !rows.is_empty() && *next != last && *next != 0);
        Ok(Page {
            count: rows.len(),
            value: (!rows.is_empty()).then(|| json!({ "data": rows })),
            next: match more {
                Some(next) => Next::At(format!("{boards}@{next}")),
                None if others.is_empty() => Next::End,
                None => Next::At(others.to_owned()),
            },
        })
    }

    /// Which boards there are.
    fn boards(&mut self, client: &Client<'_>) -> Result<Page, Stop> {
        let answer = self.ask(client, &Request::new("v2/ticketing/trigger/boards", &[]))?;
        if answer.status != 200 {
            return page_refused(&answer, client);
        }
        let value = json(&answer, client).map_err(Stop::Failed)?;
        let boards = value.as_array().into_iter().flatten();
        let boards = boards.filter_map(|board| board.get("id")?.as_u64());
        let boards: Vec<String> = boards.map(|board| board.to_string()).collect();
        let next = if boards.is_empty() {
            Next::End
        } else {
            Next::At(boards.join(","))
        };
        Ok(Page::none(next))
    }
}

impl Interface for Ninjaone {
    fn parts(&self) -> &'static [&'static str] {
        &PARTS
    }

    fn goes_on(&self, part: usize) -> bool {
        // A cursor has moved on, or expired, since its last page was stored.
        !is_query(PARTS[part])
    }

    fn page(&mut self, client: &Client<'_>, part: usize, position: &str) -> anyhow::Result<Page> {
        let name = PARTS[part];
        let page = if name == "ticketing" {
            self.tickets(client, position)
        } else if is_query(name) {
            self.query(client, name, position)
        } else {
            self.list(client, name, position)
        };
        match page {
            Ok(page) => Ok(page),
            Err(Stop::Cut) => Ok(Page::none(Next::Again)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}

fn is_query(name: &str) -> bool {
    matches!(name, "queries/software" | "backup/jobs")
}

/// A request with the token to come.
struct Request<'a> {
    path: &'a str,
    query: &'a [(String, String)],
    body: Option<Value>,
    moves_on: bool,
}

impl<'a> Request<'a> {
    fn new(path: &'a str, query: &'a [(String, String)]) -> Self {
        Self {
            path,
            query,
            body: None,
            moves_on: false,
        }
    }
}

/// Why there is no page.
enum Stop {
    /// The answer was lost on the way, and the cursor has moved on.
    Cut,
    Failed(anyhow::Error),
}

/// What an application may not read is left aside; it may have been given devices alone.
fn page_refused(answer: &Answer, client: &Client<'_>) -> Result<Page, Stop> {
    if answer.status == 403 {
        let why = refused(answer, client.known, "");
        return Ok(Page::none(Next::Refused(why)));
    }
    Err(Stop::Failed(told(answer, client)))
}

fn told(answer: &Answer, client: &Client<'_>) -> anyhow::Error {
    let value: Option<Value> = serde_json::from_slice(&answer.bytes).ok();
    let code = value
        .as_ref()
        .and_then(|value| value.get("resultCode").or(value.get("error"))?.as_str());
    anyhow!(refused(answer, client.known, code.unwrap_or_default()))
}
