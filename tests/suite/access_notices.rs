//! Who hears of access requests: whoever is to decide, and whoever wants to know what became of them.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, World};

use crate::desk::{Desk, accepted, mutate_noun, own_id};

const TOLD: &str = "kind message ticketId ticket { id } accessRequestId accessRequest { id state }
    actor { login }";

/// For how long silence is listened to.
const WHILE: Duration = Duration::from_millis(400);

/// A role that somebody answers for, who may decide.
async fn role(admin: &Client, owner: &Value) -> Value {
    let decides = json!({"entry": {"actions": ["access.decide"], "level": 3}});
    let grant = json!({"subjectId": owner, "what": decides});
    accepted(&mutate_noun(admin, "grantAccess", "grant { id }", grant).await);
    let input = json!({"name": "Retirer", "risk": "STANDARD", "requestable": true,
        "ownerId": owner, "entries": [{"actions": ["ci.retire"]}]});
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    accepted(&defined)["role"]["id"].clone()
}

async fn does(client: &Client, verb: &str, input: Value) -> Value {
    let done = mutate_noun(client, verb, "accessRequest { id }", input).await;
    accepted(&done)["accessRequest"]["id"].clone()
}

async fn listed(client: &Client) -> Vec<Value> {
    let query = format!("{{ notifications(first: 20) {{ nodes {{ {TOLD} }} }} }}");
    let list = client.data(&query, json!({})).await["notifications"]["nodes"].clone();
    let of_requests = |it: &&Value| it["kind"].as_str().unwrap().starts_with("ACCESS_REQUEST");
    list.as_array().unwrap().iter().filter(of_requests).cloned().collect()
}

#[tokio::test]
async fn a_request_is_told_to_who_decides_and_what_became_of_it_to_who_wanted_it() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (ada, cleo) = (own_id(&desk.ada).await, own_id(&desk.cleo).await);
    let role = role(&desk.admin, &cleo).await;
    let query = format!("subscription {{ notifications {{ {TOLD} }} }}");
    let listen = async |client: &Client| client.listen(&query, json!({}), None).await.unwrap();
    let (mut decides, mut asks) = (listen(&desk.cleo).await, listen(&desk.admin).await);
    let (mut benefits, mut others) = (listen(&desk.ada).await, listen(&desk.colin).await);

    let wish = json!({"beneficiaryId": ada, "what": {"roleId": role},
        "justification": "For the night shift"});
    let request = does(&desk.admin, "requestAccess", wish).await;
    let told = decides.data().await["notifications"].clone();
    let sentence = "Access request for Retirer: your vote is waited for (Administrator).";
    let expected = json!({"kind": "ACCESS_REQUEST_AWAITING", "message": sentence, "ticketId": null,
        "ticket": null, "accessRequestId": request, "actor": {"login": "admin"},
        "accessRequest": {"id": request, "state": "AWAITING"}});
    assert_eq!(told, expected);
    assert_eq!(listed(&desk.cleo).await, [expected]);
    assert!(asks.is_silent(WHILE).await && benefits.is_silent(WHILE).await);

    let question = json!({"requestId": request, "question": "Until when?"});
    does(&desk.cleo, "askAboutAccessRequest", question).await;
    assert_eq!(asks.data().await["notifications"]["kind"], "ACCESS_REQUEST_QUESTIONED");
    let answer = json!({"requestId": request, "answer": "A week"});
    does(&desk.admin, "answerAccessRequest", answer).await;
    let told = decides.data().await["notifications"].clone();
    assert_eq!(told["kind"], "ACCESS_REQUEST_ANSWERED");
    assert!(!told.to_string().contains("week") && benefits.is_silent(WHILE).await, "{told}");

    does(&desk.cleo, "approveAccessRequest", json!({ "requestId": request })).await;
    for outcome in ["ACCESS_REQUEST_APPROVED", "ACCESS_REQUEST_ACTIVATED"] {
        for live in [&mut asks, &mut benefits] {
            assert_eq!(live.data().await["notifications"]["kind"], outcome);
        }
    }
    assert!(decides.is_silent(WHILE).await && others.is_silent(WHILE).await);
    assert!(listed(&desk.colin).await.is_empty());

    // Whoever may not see it any more hears that there was one, and nothing of it.
    let hide = "update view_access_requests.access_requests set party_ids = '{}'";
    sqlx::query(hide).execute(&mut world.superuser().await).await.unwrap();
    let told = listed(&desk.cleo).await;
    assert_eq!(told.len(), 2);
    for notice in told {
        assert_eq!(notice["accessRequestId"], request);
        assert_eq!((&notice["accessRequest"], &notice["actor"]), (&Value::Null, &Value::Null));
        let message = notice["message"].as_str().unwrap();
        assert!(message.starts_with("Access request for …"), "{message}");
    }
}
