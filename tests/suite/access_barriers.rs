//! Barriers: where what is granted above a unit ends, who draws and lifts one, who gives access behind
//! it, and that every way of asking goes by it.

use serde_json::{Value, json};
use testbed::{Client, World};

use crate::desk::{Desk, accepted, code, followed, mutate_noun, own_id};

const CAN: &str = "query($s: ID!, $r: AccessResourceInput!, $at: Moment) {
    can(subjectId: $s, action: \"ticket.read\", resource: $r, at: $at) { allowed reason } }";
const SEEN: &str = "query($i: ID!) { ticket(id: $i) { id }
    tickets(first: 100) { totalCount nodes { id } } }";
const HISTORY: &str = "{ grantHistory(where: {kind: [BARRIER_DRAWN, BARRIER_LIFTED]}) {
    totalCount nodes { kind subject { id } scope { unit { name } } barriers reason
    actor { person { login } } } } }";

/// A ticket of a unit, and what is done about the unit's barrier.
struct Ground {
    _world: World,
    desk: Desk,
    ticket: Value,
    keeper: Value,
}

impl Ground {
    async fn new() -> Self {
        let mut world = World::demo().await;
        let desk = Desk::open(&mut world).await;
        let ticket = desk.ticket("Somebody is ill").await;
        let input = json!({"name": "Keeper of a unit", "entries": [
            {"actions": ["access.grant", "access.revoke", "access.read", "ticket.read"]}]});
        let keeper = mutate_noun(&desk.admin, "defineRole", "role { id }", input).await;
        let keeper = accepted(&keeper)["role"]["id"].clone();
        followed(&world).await;
        Self { _world: world, desk, ticket, keeper }
    }

    async fn draw(&self, by: &Client, classes: Value) -> Value {
        let input = json!({"unitId": self.desk.service_desk, "classes": classes,
            "reason": "Only their own people"});
        mutate_noun(by, "unitDrawBarrier", "unit { barriers }", input).await
    }

    async fn lift(&self, by: &Client) -> Value {
        let input = json!({"unitId": self.desk.service_desk, "reason": "Over"});
        mutate_noun(by, "unitLiftBarrier", "unit { barriers }", input).await
    }

    /// This at the unit, or everywhere.
    async fn grant(&self, by: &Client, (to, what): (&Client, Value), there: bool) -> Value {
        let mut input = json!({"subjectId": own_id(to).await, "what": what});
        if there {
            input["scope"] = json!({"unitId": self.desk.service_desk});
        }
        mutate_noun(by, "grantAccess", "grant { id }", input).await
    }

    /// Whether somebody sees the ticket: by its id, in the list and in its count, and by what is said of
    /// them, one by one and of all.
    async fn sees(&self, who: &Client) -> bool {
        let seen = who.data(SEEN, json!({"i": self.ticket})).await;
        let list = seen["tickets"]["nodes"].as_array().unwrap();
        let listed = list.iter().any(|row| row["id"] == self.ticket);
        assert_eq!(seen["tickets"]["totalCount"], list.len());
        assert_eq!(seen["ticket"].is_object(), listed);
        let subject = own_id(who).await;
        assert_eq!(self.may(&subject, Value::Null).await["allowed"], listed);
        let query = "query($r: AccessResourceInput!) {
            whoCan(action: \"ticket.read\", resource: $r, first: 100) { nodes { subject { id } } } }";
        let all = self.desk.auditor.data(query, json!({"r": self.resource()})).await;
        let all = all["whoCan"]["nodes"].as_array().unwrap().clone();
        assert_eq!(all.iter().any(|row| row["subject"]["id"] == subject), listed);
        listed
    }

    fn resource(&self) -> Value {
        json!({"ticketId": self.ticket})
    }

    async fn may(&self, subject: &Value, at: Value) -> Value {
        let asked = json!({"s": subject, "r": self.resource(), "at": at});
        self.desk.auditor.data(CAN, asked).await["can"].clone()
    }
}

#[tokio::test]
async fn what_is_granted_above_ends_at_a_barrier_until_it_is_lifted() {
    let ground = Ground::new().await;
    let desk = &ground.desk;
    let (both, data) = (json!(["DATA", "OPERATION"]), json!(["DATA"]));
    assert_eq!(code(&ground.draw(&desk.admin, json!([])).await), "UNIT_BARRIER_UNFIT");
    assert_eq!(code(&ground.draw(&desk.director, both.clone()).await), "FORBIDDEN");
    // Nobody could give access there any more.
    assert_eq!(code(&ground.draw(&desk.admin, both.clone()).await), "UNIT_NOBODY_LEFT");
    let keeps = json!({"roleId": ground.keeper});
    accepted(&ground.grant(&desk.admin, (&desk.director, keeps.clone()), true).await);
    let drawn = ground.draw(&desk.admin, both.clone()).await;
    assert_eq!(accepted(&drawn)["unit"]["barriers"], both);
    assert_eq!(ground.draw(&desk.admin, both.clone()).await["position"], Value::Null);

    // The auditor sees past barriers, the keeper has it there.
    for (who, sees) in [
        (&desk.admin, false),
        (&desk.ada, false),
        (&desk.cleo, false),
        (&desk.carla, false),
        (&desk.auditor, true),
        (&desk.director, true),
    ] {
        assert_eq!(ground.sees(who).await, sees, "{}", own_id(who).await);
    }
    let admin = own_id(&desk.admin).await;
    assert_eq!(ground.may(&admin, Value::Null).await["reason"], "out_of_scope");

    // From above nothing is given there; by the keeper it is, and no more than they have.
    let reads = || json!({"entry": {"actions": ["ticket.read"]}});
    let above = ground.grant(&desk.admin, (&desk.cleo, reads()), true).await;
    assert_eq!(code(&above), "FORBIDDEN", "{above}");
    let more = json!({"entry": {"actions": ["ticket.resolve"]}});
    let more = ground.grant(&desk.director, (&desk.cleo, more), true).await;
    assert_eq!(code(&more), "SUBJECT_ACCESS_NOT_HELD");
    let given = ground.grant(&desk.director, (&desk.cleo, reads()), true).await;
    assert!(ground.sees(&desk.cleo).await);
    let revoke = json!({"grantId": accepted(&given)["grant"]["id"]});
    let foreign = mutate_noun(&desk.admin, "revokeAccess", "grant { id }", revoke.clone()).await;
    assert_eq!(code(&foreign), "FORBIDDEN", "{foreign}");
    accepted(&mutate_noun(&desk.director, "revokeAccess", "grant { id }", revoke).await);
    assert!(!ground.sees(&desk.cleo).await);

    // Nobody lifts what keeps something from them, wholly or in part.
    for refused in [ground.lift(&desk.admin).await, ground.draw(&desk.admin, data).await] {
        assert_eq!(code(&refused), "UNIT_BARRIER_BINDS_ACTOR");
        assert!(refused["userErrors"][0]["meta"]["action"].is_string(), "{refused}");
    }
    assert_eq!(code(&ground.lift(&desk.director).await), "FORBIDDEN");
    // Whoever sees past it anyway may be let.
    let draws = json!({"entry": {"actions": ["unit.draw_barrier"]}});
    accepted(&ground.grant(&desk.admin, (&desk.auditor, draws), false).await);
    let lifted = ground.lift(&desk.auditor).await;
    assert_eq!(accepted(&lifted)["unit"]["barriers"], json!([]));
    assert_eq!(ground.lift(&desk.auditor).await["position"], Value::Null);
    for who in [&desk.admin, &desk.ada, &desk.carla, &desk.auditor, &desk.director] {
        assert!(ground.sees(who).await);
    }

    // It was so then, and is told with who and why.
    let told = desk.auditor.data(HISTORY, json!({})).await["grantHistory"].clone();
    assert_eq!(told["totalCount"], 2);
    let first = json!({"kind": "BARRIER_DRAWN", "subject": null, "barriers": both,
        "scope": {"unit": {"name": "Service Desk"}}, "reason": "Only their own people",
        "actor": {"person": {"login": "admin"}}});
    assert_eq!(told["nodes"][0], first);
    let last = &told["nodes"][1];
    assert_eq!((&last["kind"], &last["barriers"]), (&json!("BARRIER_LIFTED"), &json!([])));
    for (payload, allowed) in [(&drawn, false), (&given, false), (&lifted, true)] {
        let at = json!({"asOfPosition": payload["position"]});
        assert_eq!(ground.may(&admin, at).await["allowed"], allowed, "{payload}");
    }
}

#[tokio::test]
async fn a_barrier_against_reading_leaves_the_rest_to_those_above() {
    let ground = Ground::new().await;
    let desk = &ground.desk;
    accepted(&ground.draw(&desk.admin, json!(["DATA"])).await);
    assert!(!ground.sees(&desk.admin).await && ground.sees(&desk.auditor).await);
    let query = "query($s: ID!, $r: AccessResourceInput!) {
        can(subjectId: $s, action: \"unit.rename\", resource: $r) { allowed } }";
    let asked = json!({"s": own_id(&desk.admin).await, "r": {"unitId": desk.service_desk}});
    assert_eq!(desk.auditor.data(query, asked).await["can"]["allowed"], true);
    // What is done there is given from above, what is read is not.
    let reads = json!({"entry": {"actions": ["ticket.read"]}});
    let reads = ground.grant(&desk.admin, (&desk.cleo, reads), true).await;
    assert_eq!(code(&reads), "SUBJECT_ACCESS_NOT_HELD");
    let watches = json!({"entry": {"actions": ["ticket.watch"]}});
    accepted(&ground.grant(&desk.admin, (&desk.cleo, watches), true).await);
}
