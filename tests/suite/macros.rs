//! Templates and macros: who sees them, and that a macro does everything or nothing.

use serde_json::{Value, json};
use testbed::{Client, World};

use crate::desk::{Desk, accepted, code, mutate, mutate_noun, ticket};

const MACRO: &str = "macro { id name unit { name } steps { verb priority code text } retired }";

#[tokio::test]
async fn templates_for_clients_are_seen_by_clients() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let shown = "template { id name kind title priority tags clientVisible unit { name } retired }";
    let define = async |who: &Client, name: &str, visible: bool| {
        let content = json!({"name": name, "kind": "SERVICE_REQUEST", "title": "New badge",
                             "priority": "LOW", "tags": ["Badge"], "clientVisible": visible,
                             "unitId": desk.service_desk});
        mutate_noun(who, "templateDefine", shown, content).await
    };
    assert_eq!(code(&define(&desk.ada, "Badge", true).await), "FORBIDDEN");
    let badge = define(&desk.director, "Badge", true).await;
    let badge = accepted(&badge)["template"].clone();
    assert_eq!((&badge["tags"], &badge["priority"]), (&json!(["badge"]), &json!("LOW")));
    assert_eq!(badge["unit"]["name"], "Service Desk");
    accepted(&define(&desk.director, "Master key", false).await);
    // The demo has one of its own, for clients too.
    let list = "{ templates { totalCount nodes { name tags } } }";
    let hers = desk.carla.data(list, json!({})).await["templates"].clone();
    assert_eq!(hers["totalCount"], 2);
    assert_eq!(hers["nodes"][0], json!({"name": "Badge", "tags": []}));
    let ours = desk.ada.data(list, json!({})).await["templates"].clone();
    assert_eq!(ours["totalCount"], 3);
    let named = json!({"templateId": badge["id"], "externalRef": "SN-1"});
    let named = mutate(&desk.carla, "ticketOpen", named).await;
    assert_eq!(code(&named), "FORBIDDEN", "a name elsewhere is the desk's to give: {named}");
    accepted(&mutate(&desk.carla, "ticketOpen", json!({"templateId": badge["id"]})).await);
    let unfit = json!({"templateId": badge["id"], "name": "Badge", "kind": "TASK", "title": "x"});
    let unfit = mutate_noun(&desk.director, "templateRedefine", shown, unfit).await;
    assert_eq!(code(&unfit), "TEMPLATE_KIND_UNFIT");
    let anew =
        json!({"templateId": badge["id"], "name": "Badge", "kind": "INCIDENT", "title": "Lost"});
    let anew = mutate_noun(&desk.director, "templateRedefine", shown, anew).await;
    assert_eq!(accepted(&anew)["template"]["title"], "Lost");
    assert_eq!(desk.carla.data(list, json!({})).await["templates"]["totalCount"], 1);
    let over = json!({"templateId": badge["id"]});
    accepted(&mutate_noun(&desk.director, "templateRetire", shown, over).await);
    assert_eq!(desk.ada.data(list, json!({})).await["templates"]["totalCount"], 2);
    let all = "{ templates(withRetired: true) { totalCount } }";
    assert_eq!(desk.ada.data(all, json!({})).await["templates"]["totalCount"], 3);
}

#[tokio::test]
async fn a_macro_does_everything_or_nothing() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("Forgotten password").await;
    let define = async |name: &str, unit: &Value, steps: Value| {
        let input = json!({"name": name, "unitId": unit, "steps": steps});
        let defined = mutate_noun(&desk.director, "macroDefine", MACRO, input).await;
        accepted(&defined)["macro"].clone()
    };
    let halting = define(
        "Halting",
        &Value::Null,
        json!([{"tag": "half"}, {"note": "half done"}, {"plain": "RESUME"}]),
    )
    .await;
    let apply = async |who: &Client, it: &Value| {
        mutate(who, "ticketApplyMacro", json!({"ticketId": id, "macroId": it["id"]})).await
    };
    let refused = apply(&desk.ada, &halting).await;
    assert_eq!(code(&refused), "TICKET_WRONG_STATE", "{refused}");
    assert_eq!(refused["userErrors"][0]["meta"]["step"], 3);
    let untouched = ticket(&desk.ada, &id).await;
    assert_eq!((&untouched["tags"], &untouched["version"]), (&json!([]), &json!(2)));
    assert_eq!(untouched["conversation"]["totalCount"], 0);

    let reset = define(
        "Password reset",
        &desk.service_desk,
        json!([{"prioritize": "LOW"}, {"plain": "START_WORK"}, {"reply": "You have a new one."},
               {"tag": "Password"}, {"resolve": {"code": "RESET", "solution": "Reset it."}}]),
    )
    .await;
    assert_eq!(
        reset["steps"][4],
        json!(
        {"verb": "RESOLVE", "priority": null, "code": "RESET", "text": "Reset it."})
    );
    assert_eq!(reset["steps"][3]["text"], "password");
    let done = apply(&desk.ada, &reset).await;
    let done = &accepted(&done)["ticket"];
    assert_eq!((&done["state"], &done["tags"]), (&json!("RESOLVED"), &json!(["password"])));
    assert_eq!(done["conversation"]["nodes"][0]["body"], "You have a new one.");
    let told = "query($id: ID!) { ticket(id: $id) { timeline { nodes { eventType reason } } } }";
    let told = desk.ada.data(told, json!({ "id": id })).await["ticket"]["timeline"].clone();
    let reasons = told["nodes"].as_array().unwrap().iter();
    let reasons: Vec<&Value> = reasons.filter(|it| it["reason"] == "Password reset").collect();
    assert_eq!(reasons.len(), 5, "{told}");
}

#[tokio::test]
async fn a_macro_of_another_unit_is_as_absent() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("Wet cable").await;
    let input = json!({"name": "Dry", "unitId": desk.infrastructure, "steps": [{"tag": "dry"}]});
    let defined = mutate_noun(&desk.director, "macroDefine", MACRO, input.clone()).await;
    let dry = accepted(&defined)["macro"]["id"].clone();
    assert_eq!(code(&mutate_noun(&desk.ada, "macroDefine", MACRO, input).await), "FORBIDDEN");
    let apply = async |who: &Client, it: &Value| {
        mutate(who, "ticketApplyMacro", json!({"ticketId": id, "macroId": it})).await
    };
    let nowhere = json!("TWFjcm86MDE5MDAwMDAtMDAwMC03YWJjLTgwMDAtMDAwMDAwMDAwMDAx");
    let hidden = apply(&desk.ada, &dry).await;
    assert_eq!(code(&hidden), "MACRO_NOT_FOUND", "{hidden}");
    assert_eq!(hidden, apply(&desk.ada, &nowhere).await, "hidden and absent answer alike");
    assert_eq!(apply(&desk.carla, &dry).await, hidden);
    let list = "{ macros { totalCount nodes { name } } }";
    // The demo has one of its own, for the Service Desk.
    assert_eq!(desk.ada.data(list, json!({})).await["macros"]["totalCount"], 1);
    assert_eq!(desk.cleo.data(list, json!({})).await["macros"]["nodes"], json!([{"name": "Dry"}]));
    let carlas = desk.carla.ask(list, json!({})).await;
    assert_eq!(carlas.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(desk.ada.data(node, json!({ "id": dry })).await["node"], Value::Null);

    let anew = json!({"macroId": dry, "name": "Dry", "steps": [{"untag": "wet"}]});
    accepted(&mutate_noun(&desk.director, "macroRedefine", MACRO, anew).await);
    accepted(&apply(&desk.ada, &dry).await);
    accepted(&mutate_noun(&desk.director, "macroRetire", MACRO, json!({"macroId": dry})).await);
    assert_eq!(apply(&desk.ada, &dry).await, hidden, "retired and absent answer alike");
    let two = json!({"name": "Two", "steps": [{"tag": "a", "untag": "b"}]});
    let query = "mutation($i: MacroDefineInput!) { macroDefine(input: $i) { replayed } }";
    let answer = desk.director.ask(query, json!({ "i": two })).await;
    assert!(answer.body["errors"].is_array(), "a step is one thing: {answer:?}");
}
