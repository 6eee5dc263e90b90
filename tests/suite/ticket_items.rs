//! Tickets and the items of the CMDB that they are about: what falls with them, who answers for them,
//! and what a service says of the plan.

use serde_json::{Value, json};
use testbed::{Client, World};

use crate::desk::{Desk, accepted, code, mutate_noun};

const SHOWN: &str =
    "ticket { id number unit { name } routing { outcome item { name } subject { name } }
    service { name } slaPlan { name } allowedActions
    cis { totalCount nodes { ci { name class } role depth } }
    impactComputed { position digest count contacts context depth truncated services { name } } }";

async fn act(who: &Client, name: &str, input: Value) -> Value {
    mutate_noun(who, name, SHOWN, input).await
}

/// A new item; its id.
async fn item(who: &Client, class: &str, attributes: Value, relations: &[(&str, &Value)]) -> Value {
    let relations: Vec<Value> =
        relations.iter().map(|(relation, to)| json!({"relation": relation, "toId": to})).collect();
    let asked = json!({"class": class, "attributes": attributes, "relations": relations});
    let registered = mutate_noun(who, "ciRegister", "ci { id }", asked).await;
    accepted(&registered)["ci"]["id"].clone()
}

/// Name, role and depth of each, as they are listed.
fn listed(payload: &Value) -> Vec<(String, String, i64)> {
    let nodes = accepted(payload)["ticket"]["cis"]["nodes"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    nodes
        .iter()
        .map(|it| (text(&it["ci"]["name"]), text(&it["role"]), it["depth"].as_i64().unwrap()))
        .collect()
}

fn wanted(rows: &[(&str, &str, i64)]) -> Vec<(String, String, i64)> {
    rows.iter()
        .map(|(name, role, depth)| ((*name).to_owned(), (*role).to_owned(), *depth))
        .collect()
}

/// A server with what hangs on it.
struct Hall {
    server: Value,
    mail: Value,
}

async fn hall(desk: &Desk) -> Hall {
    let who = &desk.ada;
    let named = json!({"name": "srv-1", "support_unit": "Infrastructure"});
    let server = item(who, "Server", named, &[]).await;
    let offer = item(who, "Service", json!({"name": "Letters"}), &[]).await;
    let leans: [(&str, &Value); 2] = [("depends_on", &server), ("provides", &offer)];
    let mail = item(who, "ApplicationSolution", json!({"name": "Mail"}), &leans).await;
    let of = [("contact_of", &mail)];
    item(who, "Team", json!({"name": "Post room"}), &of).await;
    Hall { server, mail }
}

#[tokio::test]
async fn a_ticket_on_an_item_goes_to_its_unit_and_says_what_falls() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let hall = hall(&desk).await;
    let open = |more: Value| {
        let mut asked = json!({"kind": "INCIDENT", "title": "The server is down"});
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        asked
    };
    let opened = act(&desk.ada, "ticketOpen", open(json!({"ciIds": [hall.server]}))).await;
    let rows = [("srv-1", "MANUAL", 0), ("Mail", "COMPUTED", 1), ("Post room", "COMPUTED", 2)];
    assert_eq!(listed(&opened), wanted(&rows), "{opened}");
    let ticket = &opened["ticket"];
    assert_eq!(ticket["unit"]["name"], "Infrastructure");
    assert_eq!(ticket["routing"]["item"]["name"], "srv-1");
    let impact = &ticket["impactComputed"];
    assert_eq!(
        [&impact["count"], &impact["contacts"], &impact["context"], &impact["depth"]],
        [&json!(2), &json!(1), &json!(0), &json!(10)]
    );
    assert_eq!(impact["services"], json!([{"name": "Letters"}]));
    assert_eq!(
        (impact["digest"].as_str().unwrap().len(), &impact["truncated"]),
        (64, &json!(false))
    );

    // Known on each item, whichever way.
    let known = "query($id: ID!, $open: Boolean) { node(id: $id) { ... on Ci {
        tickets(open: $open) { totalCount nodes { id } } } } }";
    for id in [&hall.server, &hall.mail] {
        let data = desk.ada.data(known, json!({"id": id, "open": true})).await;
        let nodes = json!({"totalCount": 1, "nodes": [{"id": ticket["id"]}]});
        assert_eq!(data["node"]["tickets"], nodes);
        let over = desk.ada.data(known, json!({"id": id, "open": false})).await;
        assert_eq!(over["node"]["tickets"]["totalCount"], 0);
    }

    // A unit that is named goes before; what is unknown or not theirs to say is refused whole.
    let named = json!({"ciIds": [hall.server], "unitId": desk.service_desk});
    let named = act(&desk.ada, "ticketOpen", open(named)).await;
    assert_eq!(accepted(&named)["ticket"]["unit"]["name"], "Service Desk");
    assert_eq!(named["ticket"]["impactComputed"]["context"], 1, "the first one is open, too");
    let client = act(&desk.carla, "ticketOpen", open(json!({"ciIds": [hall.server]}))).await;
    assert_eq!(code(&client), "FORBIDDEN");
    let nothing = "Q2k6MDE5MDAwMDAtMDAwMC03YWJjLTgwMDAtMDAwMDAwMDAwMDAx";
    let unknown = act(&desk.ada, "ticketOpen", open(json!({"ciIds": [nothing]}))).await;
    assert_eq!(code(&unknown), "TICKET_ITEMS_ITEM_UNKNOWN", "{unknown}");
    assert_eq!(unknown["userErrors"][0]["field"], json!(["ciIds"]));
}

#[tokio::test]
async fn items_are_linked_walled_off_unlinked_and_computed_anew() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let hall = hall(&desk).await;
    let id = desk.ticket("Nothing works").await;
    let link = |ci: &Value, role: &str| json!({"ticketId": id, "ciId": ci, "role": role});
    let linked = act(&desk.ada, "ticketLinkItem", link(&hall.server, "MANUAL")).await;
    let all = [("srv-1", "MANUAL", 0), ("Mail", "COMPUTED", 1), ("Post room", "COMPUTED", 2)];
    assert_eq!(listed(&linked), wanted(&all));
    let digest = linked["ticket"]["impactComputed"]["digest"].clone();
    let again = act(&desk.ada, "ticketLinkItem", link(&hall.server, "MANUAL")).await;
    assert_eq!(accepted(&again)["position"], Value::Null, "it was so already");
    let walled = act(&desk.ada, "ticketLinkItem", link(&hall.mail, "NOT_IMPACTED")).await;
    let mut both = listed(&walled);
    both.sort();
    assert_eq!(both, wanted(&[("Mail", "NOT_IMPACTED", 0), ("srv-1", "MANUAL", 0)]));
    let only = json!({"ticketId": id, "ciId": hall.mail});
    let unlinked = act(&desk.ada, "ticketUnlinkItem", only).await;
    assert_eq!(listed(&unlinked), wanted(&all));
    assert_eq!(unlinked["ticket"]["impactComputed"]["digest"], digest, "the very set again");

    // The graph changes: what was computed stands until it is computed anew.
    let anew = async || act(&desk.ada, "ticketRecomputeImpact", json!({"ticketId": id})).await;
    assert_eq!(accepted(&anew().await)["position"], Value::Null, "nothing has changed");
    let late = json!({"name": "Fax"});
    item(&desk.ada, "ApplicationSolution", late, &[("depends_on", &hall.server)]).await;
    let computed = anew().await;
    assert_eq!(listed(&computed).len(), 4, "{computed}");
    assert_ne!(computed["ticket"]["impactComputed"]["digest"], digest);

    // Whom it is none of their business.
    let asked = link(&hall.server, "MANUAL");
    assert_eq!(code(&act(&desk.carla, "ticketLinkItem", asked.clone()).await), "FORBIDDEN");
    assert_eq!(code(&act(&desk.colin, "ticketLinkItem", asked).await), "TICKET_ITEMS_NOT_FOUND");
    let hers = "query($id: ID!) { node(id: $id) { ... on Ticket {
        cis { totalCount } impactComputed { count } service { name } } } }";
    let hers = desk.carla.data(hers, json!({ "id": id })).await;
    assert_eq!(hers["node"], json!({"cis": null, "impactComputed": null, "service": null}));
}

#[tokio::test]
async fn the_service_that_is_asked_for_is_shown_and_is_a_service() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let hall = hall(&desk).await;
    let service = item(&desk.ada, "Service", json!({"name": "Telephones"}), &[]).await;
    let open = |service: &Value| json!({"kind": "SERVICE_REQUEST", "title": "A new telephone", "serviceId": service});
    let opened = act(&desk.ada, "ticketOpen", open(&service)).await;
    assert_eq!(accepted(&opened)["ticket"]["service"]["name"], "Telephones");
    assert_eq!(opened["ticket"]["impactComputed"], Value::Null, "nothing failed");
    assert_eq!(opened["ticket"]["slaPlan"], Value::Null);
    // The plan that it names, where plans measure tickets.
    let targets = ["CRITICAL", "HIGH", "NORMAL", "LOW"]
        .map(|priority| json!({"priority": priority, "reactionSeconds": 1800}));
    for name in ["Gold", "Silver"] {
        let plan = json!({"name": name, "policy": "RESTATE", "targets": targets, "clocks": []});
        let defined = mutate_noun(&desk.director, "slaPlanDefine", "slaPlan { id }", plan).await;
        let id = &accepted(&defined)["slaPlan"]["id"];
        let plans = json!([{"kind": "SERVICE_REQUEST", "slaPlanId": id}]);
        let on = json!({"sla": {"on": true, "plans": plans}});
        let shown = "settings { version }";
        accepted(&mutate_noun(&desk.admin, "settingsChange", shown, on).await);
    }
    let silver = act(&desk.ada, "ticketOpen", open(&service)).await;
    assert_eq!(accepted(&silver)["ticket"]["slaPlan"]["name"], "Silver", "that of its kind");
    let named = json!({"ciId": service, "attributes": {"sla_plan": "gold"}});
    accepted(&mutate_noun(&desk.ada, "ciCorrect", "ci { id }", named).await);
    let gold = act(&desk.ada, "ticketOpen", open(&service)).await;
    assert_eq!(accepted(&gold)["ticket"]["slaPlan"]["name"], "Gold", "that of its service");

    let refused = act(&desk.ada, "ticketOpen", open(&hall.server)).await;
    assert_eq!(code(&refused), "TICKET_ITEMS_NO_SERVICE");
    assert_eq!(refused["userErrors"][0]["field"], json!(["serviceId"]));
}
