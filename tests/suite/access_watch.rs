//! Those who watch over access: what a grant would come to, what rules give by themselves, and who
//! tried what they may not.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, World};
use tokio::time::{Instant, sleep};

use crate::desk::{Desk, accepted, code, followed, mutate_noun, own_id};

/// A role of its own by which somebody may retire items.
async fn keeper(admin: &Client) -> Value {
    let input = json!({"name": "Keeper", "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": ["ci.use", "ci.retire"]}]});
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    accepted(&defined)["role"]["id"].clone()
}

async fn preview(client: &Client, subject: &Value, role: &Value) -> Value {
    let query = "query($s: ID!, $w: AccessGrantedInput!) {
        accessPreview(subjectId: $s, what: $w) { concerned people { person { login }
            changes { action class highRisk before after } ticketsBefore ticketsAfter
            breaches { consequence rule { name } }
            ways { kind role { name } group { name } rules } } } }";
    let asked = json!({"s": subject, "w": {"roleId": role}});
    client.data(query, asked).await["accessPreview"].clone()
}

#[tokio::test]
async fn what_a_grant_would_come_to_is_told_before_it_is_given() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (admin, ada) = (&desk.admin, own_id(&desk.ada).await);
    let role = keeper(admin).await;
    let told = preview(admin, &ada, &role).await;
    assert_eq!(told["concerned"], 1);
    let told = &told["people"][0];
    let change = json!({"action": "ci.retire", "class": "OPERATION", "highRisk": false,
        "before": "nothing", "after": "everything"});
    assert_eq!(told["changes"], json!([change]));
    assert_eq!(told["ticketsBefore"], told["ticketsAfter"]);
    assert_eq!((&told["breaches"], &told["ways"]), (&json!([]), &json!([])));

    // Whoever sees every ticket sees more than an agent does.
    let roles = admin.data("{ roles(search: \"Director\") { nodes { id } } }", json!({})).await;
    let director = roles["roles"]["nodes"][0]["id"].clone();
    let told = preview(admin, &ada, &director).await["people"][0].clone();
    assert!(told["ticketsAfter"].as_i64() > told["ticketsBefore"].as_i64(), "{told}");

    // Given, nothing is left to come of it; and nobody without the permission is told.
    let given = json!({"subjectId": ada, "what": {"roleId": role}});
    accepted(&mutate_noun(admin, "grantAccess", "grant { id }", given).await);
    assert_eq!(preview(admin, &ada, &role).await["people"][0]["changes"], json!([]));
    let query = "query($s: ID!, $r: ID!) {
        accessPreview(subjectId: $s, what: {roleId: $r}) { concerned } }";
    let refused = desk.ada.ask(query, json!({"s": ada, "r": role})).await;
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

async fn by_rule(client: &Client, role: &Value) -> Vec<String> {
    let query = "query($w: AccessGrantWhere) { grants(where: $w, first: 100) {
        nodes { holds source subject { person { login } } } } }";
    let found = client.data(query, json!({"w": {"roleId": role}})).await;
    let nodes = found["grants"]["nodes"].as_array().unwrap().clone();
    let holding = nodes.iter().filter(|node| node["holds"] == true && node["source"] == "RULE");
    let logins = holding.map(|node| node["subject"]["person"]["login"].as_str().unwrap());
    logins.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_rule_gives_to_whoever_comes_to_be_meant_and_takes_from_whoever_is_no_more() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let admin = &desk.admin;
    let role = keeper(admin).await;
    let content = json!({"name": "Auditors keep", "population": [[{"role": "AUDITOR"}]],
        "gives": [{"roleId": role}]});
    let query = "query($c: AssignmentRuleContentInput) {
        assignmentRulePreview(content: $c) { gains digest } }";
    let seen = admin.data(query, json!({"c": content})).await["assignmentRulePreview"].clone();
    assert_eq!(seen["gains"], 1);
    let mut input = content.clone();
    input["seen"] = seen["digest"].clone();
    let shown = "assignmentRule { id }";
    let defined = mutate_noun(admin, "defineAssignmentRule", shown, input).await;
    let rule = accepted(&defined)["assignmentRule"]["id"].clone();
    followed(&world).await;
    assert_eq!(by_rule(admin, &role).await, ["auditor"]);

    let ada = own_id(&desk.ada).await;
    let become_one = |role: &str| json!({"personId": ada, "role": role});
    let shown = "person { id }";
    accepted(&mutate_noun(admin, "personChangeRole", shown, become_one("AUDITOR")).await);
    followed(&world).await;
    let mut both = by_rule(admin, &role).await;
    both.sort();
    assert_eq!(both, ["agent1", "auditor"]);
    accepted(&mutate_noun(admin, "personChangeRole", shown, become_one("AGENT")).await);
    followed(&world).await;
    assert_eq!(by_rule(admin, &role).await, ["auditor"]);

    let retire = json!({"assignmentRuleId": rule});
    accepted(&mutate_noun(admin, "retireAssignmentRule", "assignmentRule { id }", retire).await);
    followed(&world).await;
    assert_eq!(by_rule(admin, &role).await, Vec::<String>::new());
}

/// The decisions of this filter, once there are so many.
async fn logged(client: &Client, filter: Value, least: usize) -> Vec<Value> {
    let query = "query($f: DecisionLogFilter!) { decisionLog(filter: $f, first: 100) { totalCount
        nodes { actor { kind person { login } } action effect reason grantIds times objectId } } }";
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let found = client.data(query, json!({"f": filter})).await["decisionLog"].clone();
        let nodes = found["nodes"].as_array().unwrap().clone();
        if nodes.len() >= least {
            assert_eq!(found["totalCount"], nodes.len());
            return nodes;
        }
        assert!(Instant::now() < until, "only {} of {least} decisions are kept", nodes.len());
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn who_tried_what_they_may_not_and_who_used_much_is_kept() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (admin, ada) = (&desk.admin, own_id(&desk.ada).await);
    let input = json!({"name": "Keeper", "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": ["ci.use", "ci.retire"]}]});
    let refused = mutate_noun(&desk.ada, "defineRole", "role { id }", input).await;
    assert_eq!(code(&refused), "FORBIDDEN");
    let denied = logged(admin, json!({"personId": ada, "effect": "DENY"}), 1).await;
    assert_eq!(denied[0]["action"], "role.define");
    assert_eq!(denied[0]["reason"], "no_grant");
    assert_eq!(denied[0]["actor"], json!({"kind": "PERSON", "person": {"login": "agent1"}}));
    assert_eq!(denied[0]["grantIds"], json!([]));

    // So is what was allowed, if much depends on it, with the grants by which it was.
    keeper(admin).await;
    let allowed = logged(admin, json!({"action": "role.define", "effect": "ALLOW"}), 1).await;
    assert_eq!(allowed[0]["actor"]["person"]["login"], "admin");
    assert_eq!(allowed[0]["grantIds"].as_array().unwrap().len(), 1);
    let of_nothing = logged(admin, json!({"action": "ticket.open"}), 0).await;
    assert_eq!(of_nothing, Vec::<Value>::new());

    // A list that is closed to somebody is a decision, too.
    let closed = "{ decisionLog { totalCount } }";
    let refused = desk.ada.ask(closed, json!({})).await;
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let denied = logged(admin, json!({"personId": ada, "action": "decision_log.read"}), 1).await;
    assert_eq!((&denied[0]["effect"], &denied[0]["objectId"]), (&json!("DENY"), &Value::Null));
}
