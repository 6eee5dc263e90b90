//! What is answered of a moment of the past is what was answered then, and what a fold of the journal's
//! events says; and whoever may not have access explained is told no more than whether.

use serde_json::{Value, json};
use sqlx::Row;
use testbed::{Client, World};

use crate::desk::{Desk, NOWHERE, accepted, mutate, mutate_noun, own_id};

const CAN: &str = "query($s: ID, $a: String!, $r: AccessResourceInput, $at: Moment) {
    can(subjectId: $s, action: $a, resource: $r, at: $at) { allowed reason gate
        grants { id } fields { masked } } }";

/// How many things happen: `ANNALS_CASES`, else 24.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases() -> u64 {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(24)
}

async fn can(client: &Client, who: &Value, action: &str, to: &Value, at: &Value) -> Value {
    let asked = json!({"s": who, "a": action, "r": to, "at": at});
    client.data(CAN, asked).await["can"].clone()
}

/// Everybody who may, page by page.
async fn who_can(client: &Client, action: &str, to: &Value, at: &Value) -> Vec<Value> {
    let query = "query($a: String!, $r: AccessResourceInput, $at: Moment, $c: Cursor) {
        whoCan(action: $a, resource: $r, at: $at, first: 2, after: $c) {
            nodes { allowed subject { id } grants { id } } hasNextPage endCursor } }";
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let asked = json!({"a": action, "r": to, "at": at, "c": after});
        let page = client.data(query, asked).await["whoCan"].clone();
        for node in page["nodes"].as_array().unwrap() {
            assert_eq!(node["allowed"], true);
            assert_ne!(node["grants"], json!([]), "{node}");
            found.push(node["subject"]["id"].clone());
        }
        if page["hasNextPage"] == false {
            return found;
        }
        after = page["endCursor"].clone();
    }
}

/// The grants of a role that the events up to there leave somebody, folded by nothing but this.
async fn folded(world: &World, login: &str, role: &str, position: i64) -> usize {
    let sql = "select l.event_type, e.payload::text from journal.log l
        join journal.events e using (aggregate_type, aggregate_id, sequence)
        where l.aggregate_type = 'subject_access' and l.global_seq <= $1
          and l.aggregate_id = (select person_id::text from view_people.people where login = $2)
        order by l.global_seq";
    let rows = sqlx::query(sql).bind(position).bind(login);
    let rows = rows.fetch_all(&mut world.superuser().await).await.unwrap();
    let mut live: Vec<Value> = Vec::new();
    for row in rows {
        let told: Value = serde_json::from_str(row.get(1)).unwrap();
        let (kind, told) = told.as_object().unwrap().iter().next().unwrap();
        match kind.as_str() {
            "granted" if told["what"]["role"] == role => live.push(told["grant"].clone()),
            "revoked" => live.retain(|grant| *grant != told["grant"]),
            _ => {}
        }
    }
    live.len()
}

#[tokio::test]
async fn the_past_is_answered_as_it_was_answered_then() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let input = json!({"name": "Retirer", "entries": [{"actions": ["ci.retire"]}]});
    let role = mutate_noun(&desk.admin, "defineRole", "role { id }", input).await;
    let role = accepted(&role)["role"]["id"].clone();
    let sql = "select split_part(convert_from(decode($1 || repeat('=', (4 - length($1) % 4) % 4),
        'base64'), 'UTF8'), ':', 2)";
    let raw = role.as_str().unwrap().replace('-', "+").replace('_', "/");
    let plain = sqlx::query(sql).bind(raw).fetch_one(&mut world.superuser().await).await.unwrap();
    let plain: String = plain.get(0);
    let input = json!({"class": "Organization", "attributes": {"name": "One"}});
    let item = mutate_noun(&desk.director, "ciRegister", "ci { id }", input).await;
    let (item, ticket) = (json!({"ciId": accepted(&item)["ci"]["id"]}), desk.ticket("One").await);
    let ticket_is = json!({"ticketId": ticket});
    let people = [("agent1", own_id(&desk.ada).await), ("agent3", own_id(&desk.cleo).await)];
    let asked = [("ci.retire", &item), ("ticket.read", &ticket_is), ("ticket.resolve", &ticket_is)];
    let mut seed = 7_u64;
    let mut draw = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    let mut given: [Vec<Value>; 2] = Default::default();
    let mut then = Vec::new();
    for _ in 0..cases() {
        let who = draw(2) as usize;
        let done = match (draw(3), given[who].pop()) {
            (0, Some(grant)) => {
                let input = json!({"grantId": grant});
                mutate_noun(&desk.admin, "revokeAccess", "grant { id }", input).await
            }
            (2, known) => {
                given[who].extend(known);
                let unit = [&desk.service_desk, &desk.infrastructure][draw(2) as usize];
                let to = json!({"ticketId": ticket, "unitId": unit, "assigneeIds": []});
                mutate(&desk.director, "ticketAssign", to).await
            }
            (_, known) => {
                given[who].extend(known);
                let input = json!({"subjectId": people[who].1, "what": {"roleId": role}});
                let made = mutate_noun(&desk.admin, "grantAccess", "grant { id }", input).await;
                given[who].push(accepted(&made)["grant"]["id"].clone());
                made
            }
        };
        // A ticket that lies there already is not moved.
        if done["position"].is_null() {
            continue;
        }
        let mut answers = Vec::new();
        for (_, who) in &people {
            for (action, to) in asked {
                answers.push(can(&desk.auditor, who, action, to, &Value::Null).await);
            }
        }
        then.push((done["position"].clone(), answers));
    }
    let mut allowed = 0;
    for (position, answers) in &then {
        let at = json!({"asOfPosition": position});
        let mut answers = answers.iter();
        for (login, who) in &people {
            for (action, to) in asked {
                let was = answers.next().unwrap();
                let is = can(&desk.auditor, who, action, to, &at).await;
                assert_eq!(is, *was, "{login} {action} at {position}");
                allowed += usize::from(is["allowed"] == true);
                let all = who_can(&desk.auditor, action, to, &at).await;
                assert_eq!(all.contains(who), is["allowed"] == true, "{login} {action}");
            }
        }
    }
    assert!(allowed > 0 && allowed < then.len() * people.len() * asked.len(), "{allowed}");

    // The same of numbers of the log, folded by hand.
    let head = "select max(global_seq) from journal.log";
    let head: i64 = sqlx::query(head).fetch_one(&mut world.superuser().await).await.unwrap().get(0);
    for _ in 0..cases().min(50) {
        let position = head - draw(3 * cases().min(30)) as i64;
        for (login, who) in &people {
            let at = json!({"asOfPosition": position.to_string()});
            let is = can(&desk.auditor, who, "ci.retire", &item, &at).await;
            let expected = folded(&world, login, &plain, position).await;
            let there = !is.is_null();
            assert!(!there || (is["allowed"] == true) == (expected > 0), "{login} at {position}");
            assert_eq!(if there { is["grants"].as_array().unwrap().len() } else { 0 }, expected);
        }
    }
}

#[tokio::test]
async fn of_oneself_it_is_told_whether_and_of_what_is_hidden_no_more_than_of_what_is_absent() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ticket = json!({"ticketId": desk.ticket("Carla's").await});
    let absent = json!({"ticketId": NOWHERE});
    let (null, ada) = (Value::Null, own_id(&desk.ada).await);
    let told = can(&desk.carla, &null, "ticket.read", &ticket, &null).await;
    assert_eq!(told["allowed"], true);
    assert_eq!((&told["reason"], &told["grants"]), (&null, &json!([])));
    let hidden = can(&desk.colin, &null, "ticket.read", &ticket, &null).await;
    assert_eq!(hidden["allowed"], false);
    assert_eq!(hidden, can(&desk.colin, &null, "ticket.read", &absent, &null).await);
    // Who may have access explained is told why, and what is not there.
    let why = can(&desk.auditor, &ada, "role.define", &null, &null).await;
    assert_eq!((&why["reason"], &why["gate"]), (&json!("no_grant"), &json!("GRANT")));
    assert_eq!(can(&desk.auditor, &ada, "ticket.read", &absent, &null).await, null);
    let unknown = can(&desk.auditor, &ada, "ticket.fly", &null, &null).await;
    assert_eq!(unknown["reason"], "gate.unknown_action");
    // Others are nobody else's business.
    for query in [
        json!({"s": ada, "a": "ticket.read"}),
        json!({"s": own_id(&desk.cleo).await, "a": "ticket.read"}),
    ] {
        let answer = desk.colin.ask(CAN, query).await;
        assert_eq!(answer.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
    let who = "{ whoCan(action: \"ticket.read\") { nodes { allowed } } }";
    let answer = desk.ada.ask(who, json!({})).await;
    assert_eq!(answer.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn who_can_see_a_ticket_is_whoever_has_it_in_their_list_and_what_they_may_is_listed() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ticket = desk.ticket("Carla's").await;
    let asked = json!({"ticketId": ticket});
    let all = who_can(&desk.auditor, "ticket.read", &asked, &Value::Null).await;
    let query = "query($i: ID!) { ticket(id: $i) { id } tickets(first: 100) { nodes { id } } }";
    let effective = "query($s: ID!) { effectiveAccess(subjectId: $s, actions: [\"ticket.read\"]) {
        permissions { action reach grants { source role { name } } } hasMore } }";
    let clients = [&desk.director, &desk.ada, &desk.cleo, &desk.carla, &desk.colin, &desk.auditor];
    for client in clients {
        let who = own_id(client).await;
        let seen = client.data(query, json!({"i": ticket})).await;
        let listed = seen["tickets"]["nodes"].as_array().unwrap();
        let listed = listed.iter().any(|row| row["id"] == ticket);
        let may = can(&desk.auditor, &who, "ticket.read", &asked, &Value::Null).await;
        assert_eq!(seen["ticket"].is_object(), all.contains(&who), "{who}");
        assert_eq!(listed, all.contains(&who), "{who}");
        assert_eq!(may["allowed"] == true, all.contains(&who), "{who}");
        let has = desk.auditor.data(effective, json!({"s": who})).await["effectiveAccess"].clone();
        assert_eq!(has["permissions"][0]["action"], "ticket.read", "{has}");
        assert_eq!(has["permissions"][0]["grants"][0]["source"], "BIRTHRIGHT", "{has}");
    }
    assert!(all.contains(&own_id(&desk.carla).await) && !all.contains(&own_id(&desk.colin).await));
}
