//! A Jira as its interfaces show it: a server of one's own (version 2, a number to start at) and the cloud
//! (version 3, a token for the next page, the first comments of an issue only).

use serde_json::{Value, json};

use super::server::{Reply, Request};

pub const TOKEN: &str = "CANARI-jeton-jira";
pub const USER: &str = "lea@jira.example";
/// `USER:TOKEN` in base64.
const BASIC: &str = "Basic bGVhQGppcmEuZXhhbXBsZTpDQU5BUkktamV0b24tamlyYQ==";
const PAGE: usize = 50;

fn comment(number: usize) -> Value {
    json!({
        "created": format!("2026-11-03T10:{number:02}:00.000+0100"),
        "author": {"displayName": "Léa Garnier"},
        "body": format!("Remarque {number}"),
    })
}

/// An issue; the first has three comments, of which a search of the cloud sends one.
fn issue(number: usize, is_cloud: bool) -> Value {
    let all = if number == 1 { 3 } else { 0 };
    let sent = if is_cloud { all.min(1) } else { all };
    let comments: Vec<Value> = (1..=sent).map(comment).collect();
    json!({
        "id": (10_000 + number).to_string(),
        "key": format!("SUP-{number}"),
        "fields": {
            "summary": format!("Demande {number}"),
            "issuetype": {"name": "Incident"},
            "status": {"name": "Done", "statusCategory": {"key": "done"}},
            "created": "2026-11-03T09:00:00.000+0100",
            "comment": {"total": all, "comments": comments},
        },
        "changelog": {"total": 0, "histories": []},
    })
}

/// What a Jira of so many issues answers.
pub fn answer(request: &Request, issues: usize) -> Reply {
    let is_cloud = request.path.starts_with("rest/api/3/");
    let wanted = if is_cloud {
        BASIC.to_owned()
    } else {
        format!("Bearer {TOKEN}")
    };
    if request.header("authorization") != wanted {
        return Reply::text(401, "{}");
    }
    let page = |start: usize| -> Vec<Value> {
        let end = (start + PAGE).min(issues);
        (start + 1..=end)
            .map(|number| issue(number, is_cloud))
            .collect()
    };
    let number = |key: &str| request.query(key).parse::<usize>().unwrap_or_default();
    match request.path.as_str() {
        "rest/api/2/search" => {
            let start = number("startAt");
            Reply::json(json!({
                "startAt": start, "maxResults": PAGE, "total": issues, "issues": page(start),
            }))
        }
        "rest/api/3/search/jql" => {
            let start = request.query("nextPageToken");
            let start: usize = start
                .trim_start_matches("suite-")
                .parse()
                .unwrap_or_default();
            let mut answer = json!({"issues": page(start), "isLast": start + PAGE >= issues});
            if start + PAGE < issues {
                answer["nextPageToken"] = json!(format!("suite-{}", start + PAGE));
            }
            Reply::json(answer)
        }
        "rest/api/3/issue/10001/comment" => {
            // Two a page, whatever is asked for.
            let start = number("startAt");
            let comments: Vec<Value> = (start + 1..=3).take(2).map(comment).collect();
            Reply::json(json!({"startAt": start, "total": 3, "comments": comments}))
        }
        _ => Reply::text(404, "{}"),
    }
}
