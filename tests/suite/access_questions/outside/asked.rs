//! What other systems are answered: as the guard would answer.

use serde_json::{Value, json};

use super::{Ground, MANY, ONE, WHAT, WHO, answered, ask, invoice, user};
use crate::desk::{NOWHERE, own_id};

#[tokio::test]
async fn other_systems_ask_the_same_decisions() {
    let ground = Ground::new().await;
    let (desk, erp) = (&ground.desk, &ground.erp);
    let can = "query($s: ID!, $a: String!) { can(subjectId: $s, action: $a,
        resource: {external: {system: \"erp\", type: \"invoice\", id: \"1\"}}) { allowed reason } }";
    for (client, login) in [(&desk.ada, "agent1"), (&desk.carla, "client1")] {
        let id = own_id(client).await;
        for verb in ["read", "pay", "approve", "fly"] {
            let (s, a) = (&id, format!("erp:invoice.{verb}"));
            let here = desk.auditor.data(can, json!({"s": s, "a": a})).await["can"].clone();
            let person = json!({"type": "person", "id": id});
            for (subject, action) in
                [(user(login), verb), (user(login), a.as_str()), (person, verb)]
            {
                let there = answered(erp, ONE, &ask(subject, action, invoice("1"))).await;
                let told = (&there["decision"], &there["context"]["reason"]);
                assert_eq!(told, (&here["allowed"], &here["reason"]), "{login} {verb}");
            }
        }
    }
    // A program is asked about, too, and does not approve; who is nobody may nothing.
    let itself = json!({"type": "service_account", "id": ground.erp_id});
    let reads = answered(erp, ONE, &ask(itself.clone(), "read", invoice("1"))).await;
    assert_eq!(reads["decision"], true);
    let approves = answered(erp, ONE, &ask(itself.clone(), "approve", invoice("1"))).await;
    assert_eq!(approves["context"]["reason"], "gate.non_human_approver");
    let robot = json!({"type": "robot", "id": "7"});
    for nobody in [user("nobody"), json!({"type": "person", "id": NOWHERE}), robot] {
        let answer = answered(erp, ONE, &ask(nobody, "read", invoice("1"))).await;
        assert_eq!(answer, json!({"decision": false, "context": {"reason": "unknown_subject"}}));
    }
    let lost = json!({"type": "erp:invoice", "id": "1", "properties": {"unit": NOWHERE}});
    let nowhere = answered(erp, ONE, &ask(user("agent1"), "read", lost)).await;
    assert_eq!(nowhere["context"]["reason"], "unknown_resource");

    // Who may, and what may somebody do; both say the same.
    let people = answered(erp, WHO, &ask(json!({"type": "person"}), "pay", invoice("1"))).await;
    let ada = own_id(&desk.ada).await;
    assert_eq!(people["results"], json!([{"type": "person", "id": ada}]));
    assert_eq!(people["page"], json!({"next_token": "", "count": 1}));
    let of = json!({"type": "service_account"});
    let programs = answered(erp, WHO, &ask(of, "read", invoice("1"))).await;
    assert_eq!(programs["results"], json!([itself]));
    let both = "{ whoCan(action: \"erp:invoice.read\") { nodes { subject { id kind } } } }";
    let both = desk.auditor.data(both, json!({})).await["whoCan"]["nodes"].clone();
    assert_eq!(both[0]["subject"], json!({"id": ada, "kind": "PERSON"}));
    assert_eq!(both[1]["subject"], json!({"id": ground.erp_id, "kind": "SERVICE"}));
    assert_eq!(both[2], Value::Null);
    let asked = json!({"subject": user("agent1"), "resource": invoice("1")});
    let actions = answered(erp, WHAT, &asked).await;
    let may = json!([{"name": "erp:invoice.pay"}, {"name": "erp:invoice.read"}]);
    assert_eq!(actions, json!({"results": may}));
    let (status, told) = erp.get("/.well-known/authzen-configuration").await;
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((status, &told["policy_decision_point"]), (200, &json!(erp.base)));
    assert_eq!(told["access_evaluation_endpoint"], format!("{}{ONE}", erp.base));
    assert_eq!(told["search_resource_endpoint"], Value::Null);
}

#[tokio::test]
async fn several_are_asked_at_once_and_no_more_than_are_wanted() {
    let ground = Ground::new().await;
    let decisions = async |semantic: Option<&str>| {
        let options = semantic.map(|it| json!({"evaluations_semantic": it})).unwrap_or(json!({}));
        let all = json!({"subject": user("agent1"), "action": {"name": "read"}, "options": options,
            "resource": invoice("1"), "evaluations": [
                {}, {"action": {"name": "approve"}}, {"subject": user("client1")},
                {"resource": invoice("2")}]});
        let answer = answered(&ground.erp, MANY, &all).await;
        let each = answer["evaluations"].as_array().unwrap().clone();
        each.iter().map(|one| one["decision"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(decisions(None).await, [true, false, false, true]);
    assert_eq!(decisions(Some("execute_all")).await, [true, false, false, true]);
    assert_eq!(decisions(Some("deny_on_first_deny")).await, [true, false]);
    assert_eq!(decisions(Some("permit_on_first_permit")).await, [true]);
    let one = ask(user("agent1"), "pay", invoice("1"));
    assert_eq!(answered(&ground.erp, MANY, &one).await, answered(&ground.erp, ONE, &one).await);
}
