//! Jira's search: version 3 with a token for the next page (Jira Cloud, a user's address and token), version
//! 2 with a number to start at (Server and Data Center, a token alone). Comments and moves of which the
//! search sends only the first are fetched issue by issue.

use anyhow::{anyhow, bail};
use serde_json::{Map, Value, json};

use super::{Asked, Interface, Next, Page, json, pair};
use crate::client::{Answer, Ask, Client, Known, Secret, refused};
use crate::text;

/// What failures say of Jira.
pub(super) const KNOWN: Known = Known {
    name: "Jira",
    variables: "`CARNET_JIRA_TOKEN`, `CARNET_JIRA_USER`",
    example: "https://jira.example",
    address: "--url",
    authority: "--ca",
};

/// Issues a page, with all their fields.
const PAGE: usize = 50;
/// Comments or moves a page.
const INNER: usize = 100;
/// The most pages of comments or moves of one issue.
const MOST_INNER: usize = 100;

/// Jira, as one pull asks it.
pub(super) struct Jira {
    is_cloud: bool,
    authorization: Secret,
    search: String,
    /// Whether the page before came from this process.
    is_under_way: bool,
}

impl Jira {
    /// Refused when Jira Cloud is asked without a user, or the search sorts by itself.
    pub fn new(
        (user, token): (Option<&Secret>, &Secret),
        host: &str,
        asked: &Asked,
    ) -> anyhow::Result<Self> {
        if user.is_none() && host.ends_with(".atlassian.net") {
            bail!(text!(
                "Jira Cloud demande aussi l’adresse du compte : donnez `CARNET_JIRA_USER` dans l’environnement",
                "Jira Cloud wants the address of the account as well: give `CARNET_JIRA_USER` in the environment"
            ));
        }
        Ok(Self {
            is_cloud: user.is_some(),
            authorization: match user {
                Some(user) => Secret::basic(user, token),
                None => Secret::bearer(token),
            },
            search: search(asked)?,
            is_under_way: false,
        })
    }

    fn ask(
        &self,
        client: &Client<'_>,
        path: &str,
        query: Vec<(String, String)>,
    ) -> anyhow::Result<Answer> {
        Ok(client.ask(&Ask {
            path,
            query,
            headers: vec![("Authorization", self.authorization.clone())],
            ..Ask::default()
        })?)
    }

    /// Puts into an issue the comments and moves that the search left out.
    fn complete(&self, client: &Client<'_>, issue: &mut Value) -> anyhow::Result<()> {
        let Some(id) = issue.get("id").and_then(Value::as_str) else {
            return Ok(());
        };
        // It becomes a part of an address.
        if !id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(());
        }
        let version = if self.is_cloud { 3 } else { 2 };
        let of_issue = format!("rest/api/{version}/issue/{id}");
        if is_cut(&issue["fields"]["comment"], "comments") {
            let path = format!("{of_issue}/comment");
            let all = self.inner(client, &path, "comments")?;
            issue["fields"]["comment"] = json!({"total": all.len(), "comments": all});
        }
        // A server of one's own sends all moves with the search.
        if self.is_cloud && is_cut(&issue["changelog"], "histories") {
            let path = format!("{of_issue}/changelog");
            let all = self.inner(client, &path, "values")?;
            issue["changelog"] = json!({"total": all.len(), "histories": all});
        }
        Ok(())
    }

    /// All items of a list of an issue.
    fn inner(&self, client: &Client<'_>, path: &str, key: &str) -> anyhow::Result<Vec<Value>> {
        let mut all = Vec::new();
        for _ in 0..MOST_INNER {
            let query = vec![pair("startAt", &all.len()), pair("maxResults", &INNER)];
            let answer = self.ask(client, path, query)?;
            if answer.status != 200 {
                return Err(told(&answer, client));
            }
            let mut page = json(&answer, client)?;
            let total = page.get("total").and_then(Value::as_u64);
            let Some(Value::Array(items)) = page.get_mut(key).map(Value::take) else {
                return Err(told(&answer, client));
            };
            let is_empty = items.is_empty();
            all.extend(items);
            let here = u64::try_from(all.len()).unwrap_or(u64::MAX);
            if is_empty || total.is_none_or(|total| here >= total) {
                break;
            }
        }
        Ok(all)
    }

    fn query(&self, position: &str) -> Vec<(String, String)> {
        let mut query = vec![
            pair("jql", &self.search),
            pair("maxResults", &PAGE),
            pair("fields", "*all"),
            pair("expand", "changelog,names"),
        ];
        match (self.is_cloud, position) {
            (true, "") => {}
            (true, token) => query.push(pair("nextPageToken", token)),
            (false, _) => query.push(pair("startAt", &start_of(position).0)),
        }
        query
    }

    /// What follows a page of so many issues.
    fn next(&self, search: &Value, position: &str, count: usize) -> Next {
        if self.is_cloud {
            let is_last = search.get("isLast").and_then(Value::as_bool) == Some(true);
            let token = search.get("nextPageToken").and_then(Value::as_str);
            let token = token.filter(|token| !token.is_empty() && !is_last);
            return match token {
                // The same page over and over would never end.
                Some(token) if token == position => Next::Again,
                Some(token) => Next::At(token.to_owned()),
                None => Next::End,
            };
        }
        let (start, before) = start_of(position);
        let total = search.get("total").and_then(Value::as_u64);
        let total = total.and_then(|total| usize::try_from(total).ok());
        if before.zip(total).is_some_and(|(before, now)| now < before) {
            // What was deleted meanwhile moved the others up: one may have been passed over.
            return Next::Again;
        }
        let end = start + count;
        if count == 0 || total.is_some_and(|total| end >= total) {
            return Next::End;
        }
        Next::At(total.map_or_else(|| end.to_string(), |total| format!("{end}/{total}")))
    }
}

impl Interface for Jira {
    fn parts(&self) -> &'static [&'static str] {
        &["Tickets"]
    }

    fn goes_on(&self, _part: usize) -> bool {
        true
    }

    fn page(&mut self, client: &Client<'_>, _part: usize, position: &str) -> anyhow::Result<Page> {
        let path = if self.is_cloud {
            "rest/api/3/search/jql"
        } else {
            "rest/api/2/search"
        };
        let answer = self.ask(client, path, self.query(position))?;
        if answer.status == 400 && !position.is_empty() && !self.is_under_way {
            // The token of the next page has expired since it was given.
            return Ok(Page::none(Next::Again));
        }
        if answer.status != 200 {
            return Err(told(&answer, client));
        }
        let mut search = json(&answer, client)?;
        let Some(Value::Array(mut issues)) = search.get_mut("issues").map(Value::take) else {
            return Err(told(&answer, client));
        };
        let next = self.next(&search, position, issues.len());
        if let Next::Again = next {
            return Ok(Page::none(next));
        }
        for issue in &mut issues {
            self.complete(client, issue)?;
        }
        self.is_under_way = true;
        let count = issues.len();
        // Without what says that this is one page of several: all of them are imported.
        let mut page = Map::new();
        page.insert("issues".to_owned(), Value::Array(issues));
        page.extend(
            search
                .get_mut("names")
                .map(|names| ("names".to_owned(), names.take())),
        );
        Ok(Page {
            value: (count > 0).then_some(Value::Object(page)),
            count,
            next,
        })
    }
}

/// Where a page starts, and how many issues there were before.
fn start_of(position: &str) -> (usize, Option<usize>) {
    let (start, total) = position.split_once('/').unwrap_or((position, ""));
    (start.parse().unwrap_or_default(), total.parse().ok())
}

/// Whether a list says that it has more than it shows.
fn is_cut(list: &Value, key: &str) -> bool {
    let here = list.get(key).and_then(Value::as_array).map_or(0, Vec::len);
    let total = list.get("total").and_then(Value::as_u64);
    total.is_some_and(|total| usize::try_from(total).is_ok_and(|total| total > here))
}

/// The search of a pull. Jira Cloud refuses one without a condition.
fn search(asked: &Asked) -> anyhow::Result<String> {
    let mut conditions = Vec::new();
    if let Some(filter) = &asked.filter {
        let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
        if words.windows(2).any(|two| two == ["order", "by"]) {
            return Err(anyhow!(text!(
                "`--jql` ne doit pas trier (`ORDER BY`) : Carnet trie lui-même, pour ne manquer aucune page",
                "`--jql` must not sort (`ORDER BY`): Carnet sorts by itself, so as to miss no page"
            )));
        }
        conditions.push(format!("({filter})"));
    }
    if let Some(since) = &asked.since {
        conditions.push(format!("updated >= \"{since}\""));
    }
    if conditions.is_empty() {
        conditions.push("created >= \"1970-01-02\"".to_owned());
    }
    let conditions = conditions.join(" AND ");
    Ok(format!("{conditions} ORDER BY key ASC"))
}

fn told(answer: &Answer, client: &Client<'_>) -> anyhow::Error {
    let value: Option<Value> = serde_json::from_slice(&answer.bytes).ok();
    let said = value
        .as_ref()
        .and_then(|value| value.get("errorMessages")?.get(0)?.as_str());
    anyhow!(refused(answer, client.known, said.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_has_a_condition_and_an_order() {
        let asked = |since: Option<&str>, filter: Option<&str>| Asked {
            since: since.map(str::to_owned),
            filter: filter.map(str::to_owned),
            ..Asked::default()
        };
        let cases = [
            (
                asked(None, None),
                "created >= \"1970-01-02\" ORDER BY key ASC",
            ),
            (
                asked(Some("2026-11-01"), None),
                "updated >= \"2026-11-01\" ORDER BY key ASC",
            ),
            (
                asked(Some("2026-11-01"), Some("project = A OR project = B")),
                "(project = A OR project = B) AND updated >= \"2026-11-01\" ORDER BY key ASC",
            ),
        ];
        for (asked, expected) in cases {
            assert_eq!(search(&asked).expect("a search"), expected);
        }
        assert!(search(&asked(None, Some("project = A Order  by key"))).is_err());
    }

    #[test]
    fn the_cloud_wants_a_user() {
        let token = Secret::made("CANARI".to_owned());
        let asked = Asked::default();
        assert!(Jira::new((None, &token), "site.atlassian.net", &asked).is_err());
        let user = Secret::made("a@site.example".to_owned());
        assert!(Jira::new((Some(&user), &token), "site.atlassian.net", &asked).is_ok());
        let own = Jira::new((None, &token), "jira.example", &asked).expect("a Jira");
        assert!(!own.is_cloud);
    }
}
