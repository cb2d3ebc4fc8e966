//! Pulls of Jira, of one's own and of the cloud, and of NinjaOne: each page once, and none passed over.

use std::fs;

use super::ninjaone::Ninjaone;
use super::server::{self, Server};
use super::{carnet, command, jira, no_secret, project, records, told};

#[test]
fn jira_of_ones_own_is_asked_from_number_to_number() {
    let server = Server::start(|request| jira::answer(request, 120));
    let folder = project();
    let root = folder.path();
    let url = server.url();
    let since = ["--since", "2026-11-01", "--jql", "project = SUP"];
    let arguments = [&["import", "jira", "--url", &url][..], &since].concat();
    let (code, told) = carnet(root, &arguments);
    assert_eq!(code, 0, "{told}");
    assert_eq!(records(root, "tickets"), 120, "{told}");
    // Each page is one of all: none is told to be a part.
    assert!(!told.contains("une page d’une recherche"), "{told}");
    let starts: Vec<String> = server
        .asked()
        .iter()
        .map(|request| request.query("startAt").to_owned())
        .collect();
    assert_eq!(starts, ["0", "50", "100"]);
    let jql = "(project = SUP) AND updated >= \"2026-11-01\" ORDER BY key ASC";
    assert!(
        server
            .asked()
            .iter()
            .all(|request| request.query("jql") == jql)
    );
    no_secret(root);
}

#[test]
fn jira_cloud_is_asked_by_tokens_and_gives_all_comments() {
    let server = Server::start(|request| jira::answer(request, 120));
    let folder = project();
    let root = folder.path();
    let url = server.url();
    let mut command = command(root, &["import", "jira", "--url", &url]);
    command.env("CARNET_JIRA_USER", jira::USER);
    let (code, told) = told(command);
    assert_eq!(code, 0, "{told}");
    assert_eq!(records(root, "tickets"), 120, "{told}");
    let ticket = fs::read_to_string(root.join("inventory/tickets/sup-1.yaml")).expect("a ticket");
    let remarks = ["Remarque 1", "Remarque 2", "Remarque 3"];
    assert!(
        remarks.iter().all(|remark| ticket.contains(remark)),
        "{ticket}"
    );
    let searches = |request: &server::Request| request.path == "rest/api/3/search/jql";
    assert_eq!(server.count(searches), 3);
    no_secret(root);
}

#[test]
fn ninjaone_comes_in_whole_though_an_answer_of_its_cursor_is_lost() {
    let console = Ninjaone::new(150);
    let server = Server::start(move |request| console.answer(request));
    let folder = project();
    let root = folder.path();
    let url = server.url();
    let (code, told) = carnet(root, &["import", "ninjaone", "--url", &url]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(
        (records(root, "assets"), records(root, "tickets")),
        (150, 4),
        "{told}"
    );
    for number in 1..=5 {
        let path = root.join(format!("inventory/assets/pc-{number:03}.yaml"));
        let device = fs::read_to_string(path).expect("a device");
        assert!(device.contains(&format!("Programme {number}")), "{device}");
    }
    assert!(told.contains("backup/jobs, laissé de côté"), "{told}");
    let tokens = server.count(|request| request.path == "ws/oauth/token");
    assert_eq!(tokens, 2, "the first has expired");
    no_secret(root);
    let since = ["import", "ninjaone", "--url", &url, "--since", "2026-11-01"];
    let (code, told) = carnet(root, &since);
    assert_eq!(code, 2);
    assert!(told.contains("l’API de NinjaOne ne sait pas"), "{told}");
}
