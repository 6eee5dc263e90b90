//! Whoever leaves takes everything along, in the append by which they leave.

use serde_json::{Value, json};
use sqlx::Row;
use testbed::{Client, World};

use crate::desk::{Desk, accepted, code, mutate_noun, own_id};

async fn role(admin: &Client, name: &str, actions: &[&str]) -> Value {
    let input = json!({"name": name, "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": actions}]});
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    accepted(&defined)["role"]["id"].clone()
}

async fn give(admin: &Client, whom: &Value, role: &Value) {
    let input = json!({"subjectId": whom, "what": {"roleId": role}});
    accepted(&mutate_noun(admin, "grantAccess", "grant { id }", input).await);
}

async fn leave(client: &Client, person: &Value) -> Value {
    let input = json!({"personId": person, "reason": "A new job"});
    mutate_noun(client, "personLeave", "person { life }", input).await
}

#[tokio::test]
async fn what_somebody_had_lent_asked_for_and_decided_goes_with_them() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (ada, cleo, director) =
        (own_id(&desk.ada).await, own_id(&desk.cleo).await, own_id(&desk.director).await);
    let retirer = role(&desk.admin, "Retirer", &["ci.retire"]).await;
    let decider = role(&desk.admin, "Decider", &["access.decide", "access.read"]).await;
    for held in [&retirer, &decider] {
        give(&desk.admin, &ada, held).await;
    }
    #[expect(clippy::disallowed_methods, reason = "the server goes by the real clock here")]
    let until = chrono::Utc::now() + chrono::TimeDelta::days(10);
    let lend = json!({"toId": cleo, "what": {"roleId": retirer}, "until": until});
    accepted(&mutate_noun(&desk.ada, "delegateAccess", "grant { id }", lend).await);

    // Ada and the director decide on this one; she asks for another one herself.
    let wanted = role(&desk.admin, "Merger", &["ci.merge"]).await;
    let stage = json!({"order": 1, "mode": {"quorum": 1}, "span": {"seconds": 36_000},
        "approvers": [{"personId": ada}, {"personId": director}]});
    let rules = json!({"rules": [{"key": "two", "roleIds": [wanted], "stages": [stage]}]});
    let set = mutate_noun(&desk.admin, "setAccessPolicyRules", "accessPolicy { version }", rules);
    accepted(&set.await);
    let mut requests = Vec::new();
    for (client, whom) in [(&desk.cleo, &cleo), (&desk.ada, &ada)] {
        let wish = json!({"beneficiaryId": whom, "what": {"roleId": wanted},
            "justification": "For the night shift"});
        let shown = "accessRequest { id state because approvers { login } }";
        let asked = mutate_noun(client, "requestAccess", shown, wish).await;
        let asked = accepted(&asked)["accessRequest"].clone();
        assert_eq!(asked["state"], "AWAITING", "{asked}");
        requests.push(asked["id"].clone());
    }
    assert_eq!(accepted(&leave(&desk.admin, &ada).await)["person"]["life"], "LEFT");

    // Nothing of it waits for a follower: it is one command's.
    let sql = "select e.event_type from journal.events e where e.metadata ->> 'command_id' = (
            select l.metadata ->> 'command_id' from journal.events l
            where l.event_type = 'person.left' order by l.xid desc limit 1
        ) order by e.event_type";
    let rows = sqlx::query(sql).fetch_all(&mut world.superuser().await).await.unwrap();
    let told: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
    for one in ["subject_access.closed", "subject_access.revoked", "access_request.rejected"] {
        assert!(told.contains(&one), "{one} is not among {told:?}");
    }
    let query = "query($id: ID!) { accessRequest(id: $id) { state because approvers { login } } }";
    let of_cleo = desk.admin.data(query, json!({"id": requests[0]})).await["accessRequest"].clone();
    assert_eq!(of_cleo["state"], "AWAITING", "the director still decides");
    let own = desk.admin.data(query, json!({"id": requests[1]})).await["accessRequest"].clone();
    assert_eq!((&own["state"], &own["because"]), (&json!("REJECTED"), &json!("BENEFICIARY_GONE")));
    let query = "query($w: AccessGrantWhere) { grants(where: $w) { totalCount } }";
    for filter in [
        json!({"subjectId": ada, "state": "ACTIVE"}),
        json!({"subjectId": cleo, "roleId": retirer, "state": "ACTIVE"}),
    ] {
        let found = desk.admin.data(query, json!({"w": filter})).await;
        assert_eq!(found["grants"]["totalCount"], 0, "{filter}");
    }
    let answer = desk.ada.ask("{ viewer { person { id } } }", json!({})).await;
    assert_eq!(answer.body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[tokio::test]
async fn the_last_administrator_does_not_leave() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let leaver =
        role(&desk.admin, "Farewell", &["person.read", "person.leave", "unit.leave"]).await;
    let (ada, admin) = (own_id(&desk.ada).await, own_id(&desk.admin).await);
    give(&desk.admin, &ada, &leaver).await;
    // Others may give access, too; without these the administrator is the last.
    for other in [own_id(&desk.director).await, own_id(&desk.auditor).await] {
        accepted(&leave(&desk.ada, &other).await);
    }
    let refused = leave(&desk.ada, &admin).await;
    assert_eq!(code(&refused), "SUBJECT_ACCESS_LAST_KEEPER", "{refused}");
    let life = "{ viewer { person { life } } }";
    assert_eq!(desk.admin.data(life, json!({})).await["viewer"]["person"]["life"], "ACTIVE");
}
