//! Every route that the router's source names, and every export, each requested by HTTP.

use std::collections::BTreeSet;

use api::exporting::catalogue::NOUNS;

use super::Asked;
use super::known::Known;
use super::node::Node;
use crate::tidy::source::files;

const INVENTORY: &str = include_str!("../../../data/glpi-inventory/computer_1.json");
/// A question of each sort; what is not asked for is passed over.
const QUESTION: &str = r#"{"subject": {"type": "person", "id": "agent1"}, "action": {"name": "open"},
    "resource": {"type": "ticket", "id": "*"}}"#;
const PERIOD: &str = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";

/// How each route is requested: with which method, and what stands behind it.
fn requests(known: &Known) -> Vec<(&'static str, &'static str, String, String)> {
    let Known { unit, ticket, attachment, .. } = known;
    let get = |route: &'static str, path: &str| ("GET", route, path.to_owned(), String::new());
    let post = |route: &'static str, path: &str, body: &str| {
        ("POST", route, path.to_owned(), body.to_owned())
    };
    vec![
        get("/.well-known/authzen-configuration", "/.well-known/authzen-configuration"),
        post("/access/v1/evaluation", "/access/v1/evaluation", QUESTION),
        post("/access/v1/evaluations", "/access/v1/evaluations", QUESTION),
        post("/access/v1/search/action", "/access/v1/search/action", QUESTION),
        post("/access/v1/search/subject", "/access/v1/search/subject", QUESTION),
        get("/attachments/{attachment}", &format!("/attachments/{attachment}")),
        get("/exports", "/exports"),
        get("/exports/{name}", "/exports/tickets"),
        get("/graphiql", "/graphiql"),
        post("/graphql", "/graphql", r#"{"query": "{ __typename }"}"#),
        get("/graphql/schema.graphql", "/graphql/schema.graphql"),
        get("/health/live", "/health/live"),
        get("/health/ready", "/health/ready"),
        post("/import/glpi", "/import/glpi?organization=Demo&dryRun=true", INVENTORY),
        get("/metrics", "/metrics"),
        get("/reports/compliance.html", &format!("/reports/compliance.html?{PERIOD}")),
        get("/reports/compliance.json", &format!("/reports/compliance.json?{PERIOD}")),
        get("/reports/kpis.csv", &format!("/reports/kpis.csv?unit={unit}&{PERIOD}")),
        get("/reports/sla.csv", &format!("/reports/sla.csv?unit={unit}&{PERIOD}")),
        post(
            "/tickets/{ticket}/attachments",
            &format!("/tickets/{ticket}/attachments?name=a.txt"),
            "a file",
        ),
    ]
}

/// What each of them asks for.
pub(super) fn tried(node: &Node, known: &Known) -> Asked {
    let mut asked = Asked::new();
    let requests = requests(known);
    let tried: BTreeSet<String> =
        requests.iter().map(|(_, route, ..)| (*route).to_owned()).collect();
    assert_eq!(tried, routes(), "each route is tried, and no other");
    for (method, route, path, body) in requests {
        let heard = node.clients.iter().flat_map(|client| {
            node.heard(async {
                let url = format!("{}{path}", client.base);
                let method = method.parse().unwrap();
                let request = client.http().request(method, url).body(body.clone());
                let kind = if body.starts_with('{') { "application/json" } else { "text/plain" };
                let request = request.header("content-type", kind);
                request.bearer_auth(client.token().unwrap()).send().await.unwrap();
            })
        });
        asked.insert(format!("{method} {route}"), heard.collect());
    }
    for noun in NOUNS {
        let heard = node.heard(async {
            let client = &node.clients[0];
            let url = format!("{}/exports/{}", client.base, noun.name);
            client.http().get(url).bearer_auth(client.token().unwrap()).send().await.unwrap();
        });
        asked.insert(format!("export {}", noun.name), heard);
    }
    asked
}

/// As the sources name them.
fn routes() -> BTreeSet<String> {
    let sources = files(&["rs"]).into_iter();
    let http = sources.filter(|file| file.path.starts_with("api/src/http/") && !file.is_test());
    let named = http.flat_map(|file| {
        let routes = file.text.split(".route(\"").skip(1);
        let routes = routes.filter_map(|rest| rest.split('"').next()).map(str::to_owned);
        routes.collect::<Vec<_>>()
    });
    named.collect()
}
