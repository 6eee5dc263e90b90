//! What stands in tickets' dossiers: tags, watchers, links, custom fields.

use serde_json::{Value, json};
use testbed::{Client, World};

use crate::desk::{Desk, NOWHERE, accepted, code, mutate, mutate_noun, own_id, ticket};

const FIELD: &str = "customField { id name form choices clientVisible retired version }";

#[tokio::test]
async fn tags_are_the_desks_and_a_version_that_was_seen_is_the_tickets() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The door squeaks").await;
    let tag = async |who: &Client, tag: &str| {
        mutate(who, "ticketTag", json!({"ticketId": id, "tag": tag})).await
    };
    let tagged = tag(&desk.ada, "Oil").await;
    assert_eq!(accepted(&tagged)["ticket"]["tags"], json!(["oil"]));
    assert_eq!(
        accepted(&tag(&desk.ada, "OIL").await)["position"],
        Value::Null,
        "it was so already"
    );
    assert_eq!(code(&tag(&desk.carla, "urgent").await), "FORBIDDEN");
    assert_eq!(code(&tag(&desk.auditor, "odd").await), "FORBIDDEN");
    let hers = ticket(&desk.carla, &id).await;
    assert_eq!((&hers["tags"], &hers["watchers"]), (&json!([]), &Value::Null));

    let version = ticket(&desk.ada, &id).await["version"].as_i64().unwrap();
    let seen = |seen: i64| json!({"ticketId": id, "tag": "hinge", "expectedVersion": seen});
    let stale = mutate(&desk.ada, "ticketTag", seen(version - 1)).await;
    assert_eq!(code(&stale), "VERSION_CONFLICT");
    assert_eq!(stale["userErrors"][0]["meta"]["currentVersion"], version);
    let hidden = mutate(&desk.colin, "ticketTag", seen(version - 1)).await;
    assert_eq!(code(&hidden), "DOSSIER_NOT_FOUND", "{hidden}");
    accepted(&mutate(&desk.ada, "ticketTag", seen(version)).await);
    let off = mutate(&desk.ada, "ticketUntag", json!({"ticketId": id, "tag": "Oil"})).await;
    assert_eq!(accepted(&off)["ticket"]["tags"], json!(["hinge"]));
}

#[tokio::test]
async fn whoever_watches_a_ticket_sees_it() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The roof drips").await;
    let cleo = own_id(&desk.cleo).await;
    assert_eq!(ticket(&desk.cleo, &id).await, Value::Null);
    let peep = mutate(&desk.cleo, "ticketWatch", json!({ "ticketId": id })).await;
    assert_eq!(code(&peep), "DOSSIER_NOT_FOUND", "nobody lets themselves in");
    let watch = json!({"ticketId": id, "personId": cleo});
    let watched = mutate(&desk.ada, "ticketWatch", watch.clone()).await;
    assert_eq!(accepted(&watched)["ticket"]["watchers"], json!([{"login": "agent3"}]));
    assert_eq!(ticket(&desk.cleo, &id).await["watchers"], json!([{"login": "agent3"}]));
    let note = json!({"ticketId": id, "body": "Bring a bucket", "internal": true});
    accepted(&mutate(&desk.cleo, "ticketComment", note).await);
    let tag = mutate(&desk.cleo, "ticketTag", json!({"ticketId": id, "tag": "wet"})).await;
    assert_eq!(code(&tag), "FORBIDDEN", "to see is not to work on it");
    let client = json!({"ticketId": id, "personId": own_id(&desk.carla).await});
    assert_eq!(code(&mutate(&desk.ada, "ticketWatch", client).await), "DOSSIER_WATCHER_UNFIT");
    accepted(&mutate(&desk.ada, "ticketWatch", json!({ "ticketId": id })).await);
    accepted(&mutate(&desk.ada, "ticketUnwatch", watch).await);
    assert_eq!(ticket(&desk.cleo, &id).await, Value::Null);
    assert_eq!(ticket(&desk.ada, &id).await["watchers"], json!([{"login": "agent1"}]));
}

#[tokio::test]
async fn links_stand_on_both_tickets_and_tell_of_none_that_is_hidden() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (one, two) = (desk.ticket("Mill").await, desk.ticket("Mill stone").await);
    let link = |kind: &str, from: &Value, to: &Value| json!({"ticketId": from, "otherId": to, "kind": kind});
    let linked = mutate(&desk.ada, "ticketLink", link("CHILD", &one, &two)).await;
    let linked = &accepted(&linked)["ticket"];
    assert_eq!(linked["children"], json!({"totalCount": 1, "nodes": [{"id": two}]}));
    let below = ticket(&desk.ada, &two).await;
    assert_eq!(below["parent"]["id"], one);
    assert_eq!(below["links"]["nodes"], json!([{"kind": "PARENT", "ticket": {"id": one}}]));
    let again = mutate(&desk.ada, "ticketLink", link("PARENT", &two, &one)).await;
    assert_eq!(accepted(&again)["position"], Value::Null, "said from the other side already");
    assert_eq!(
        code(&mutate(&desk.carla, "ticketLink", link("RELATED", &one, &two)).await),
        "FORBIDDEN"
    );
    let oneself = mutate(&desk.ada, "ticketLink", link("RELATED", &one, &one)).await;
    assert_eq!(code(&oneself), "DOSSIER_LINK_TO_ITSELF");

    // A ticket of another unit, of somebody else, closed besides: a rule must not tell.
    let far =
        mutate(&desk.colin, "ticketOpen", json!({"kind": "INCIDENT", "title": "Far away"})).await;
    let far = accepted(&far)["ticket"]["id"].clone();
    let to = json!({"ticketId": far, "unitId": desk.infrastructure, "assigneeIds": []});
    accepted(&mutate(&desk.director, "ticketAssign", to).await);
    accepted(&mutate(&desk.colin, "ticketCancel", json!({ "ticketId": far })).await);
    for verb in ["ticketLink", "ticketUnlink"] {
        let hidden = mutate(&desk.ada, verb, link("CHILD", &one, &far)).await;
        let absent = mutate(&desk.ada, verb, link("CHILD", &one, &json!(NOWHERE))).await;
        assert_eq!(code(&hidden), "DOSSIER_OTHER_UNKNOWN", "{hidden}");
        assert_eq!(hidden, absent, "hidden and absent answer alike");
        let mine = mutate(&desk.ada, verb, link("PARENT", &far, &one)).await;
        let none = mutate(&desk.ada, verb, link("PARENT", &json!(NOWHERE), &one)).await;
        assert_eq!(code(&mine), "DOSSIER_NOT_FOUND", "{mine}");
        assert_eq!(mine, none, "hidden and absent answer alike");
    }

    accepted(&mutate(&desk.director, "ticketLink", link("CAUSED_BY", &one, &far)).await);
    let seen = ticket(&desk.director, &one).await["links"].clone();
    assert_eq!(seen["totalCount"], 2);
    assert_eq!(seen["nodes"][0], json!({"kind": "CAUSED_BY", "ticket": {"id": far}}));
    assert_eq!(
        ticket(&desk.ada, &one).await["links"]["totalCount"],
        1,
        "the hidden one is left out"
    );
    accepted(&mutate(&desk.ada, "ticketUnlink", link("PARENT", &two, &one)).await);
    assert_eq!(ticket(&desk.ada, &one).await["children"]["totalCount"], 0);
    assert_eq!(ticket(&desk.ada, &two).await["parent"], Value::Null);
}

#[tokio::test]
async fn custom_fields_take_what_they_are_defined_for_and_hide_from_clients() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The safe").await;
    let floor = json!({"name": "Floor", "kinds": ["INCIDENT"], "form": "SELECT",
                       "choices": ["Ground", "First"], "clientVisible": true});
    let define = async |who: &Client, field: &Value| {
        mutate_noun(who, "customFieldDefine", FIELD, field.clone()).await
    };
    assert_eq!(code(&define(&desk.ada, &floor).await), "FORBIDDEN");
    let defined = define(&desk.admin, &floor).await;
    let floor_id = accepted(&defined)["customField"]["id"].clone();
    let taken = define(&desk.admin, &floor).await;
    assert_eq!(code(&taken), "CLAIM_TAKEN");
    assert_eq!(taken["userErrors"][0]["field"], json!(["name"]));
    let risk = json!({"name": "Risk", "kinds": ["INCIDENT"], "form": "TEXT"});
    let risk = define(&desk.admin, &risk).await;
    let risk_id = accepted(&risk)["customField"]["id"].clone();

    let fill = async |who: &Client, field: &Value, what: Value| {
        let mut input = json!({"ticketId": id, "fieldId": field});
        input.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
        mutate(who, "ticketFillField", input).await
    };
    accepted(&fill(&desk.carla, &floor_id, json!({"choices": ["First"]})).await);
    assert_eq!(
        code(&fill(&desk.carla, &risk_id, json!({"text": "none"})).await),
        "DOSSIER_FIELD_UNKNOWN"
    );
    accepted(&fill(&desk.ada, &risk_id, json!({"text": "High"})).await);
    let unfit = fill(&desk.ada, &floor_id, json!({"choices": ["Attic"]})).await;
    assert_eq!(code(&unfit), "DOSSIER_VALUE_UNFIT");
    assert_eq!(unfit["userErrors"][0]["field"], json!(["choices"]));
    let both = json!({"choices": ["First"], "text": "First"});
    assert_eq!(code(&fill(&desk.ada, &floor_id, both).await), "INVALID_INPUT");
    let first = json!({"field": {"name": "Floor"}, "text": null, "choices": ["First"]});
    let high = json!({"field": {"name": "Risk"}, "text": "High", "choices": []});
    assert_eq!(ticket(&desk.ada, &id).await["fields"], json!([first, high]));
    assert_eq!(ticket(&desk.carla, &id).await["fields"], json!([first]));

    let list = "{ customFields(kind: INCIDENT) { totalCount nodes { name } } }";
    let hers = desk.carla.data(list, json!({})).await["customFields"].clone();
    // The demo has two of its own, one of them for clients.
    assert_eq!(
        hers,
        json!({"totalCount": 2, "nodes": [{"name": "Affected site"}, {"name": "Floor"}]})
    );
    assert_eq!(desk.ada.data(list, json!({})).await["customFields"]["totalCount"], 4);
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(desk.carla.data(node, json!({"id": risk_id})).await["node"], Value::Null);

    let anew = json!({"customFieldId": floor_id, "name": "Storey", "kinds": ["INCIDENT"],
                      "choices": ["Ground"], "clientVisible": true, "expectedVersion": 1});
    let redefined = mutate_noun(&desk.admin, "customFieldRedefine", FIELD, anew).await;
    assert_eq!(accepted(&redefined)["customField"]["name"], "Storey");
    let over = json!({"customFieldId": floor_id});
    let retired = mutate_noun(&desk.admin, "customFieldRetire", FIELD, over).await;
    assert_eq!(accepted(&retired)["customField"]["retired"], true);
    assert_eq!(
        ticket(&desk.carla, &id).await["fields"][0]["choices"],
        json!(["First"]),
        "it stays"
    );
    assert_eq!(
        code(&fill(&desk.ada, &floor_id, json!({"choices": ["Ground"]})).await),
        "DOSSIER_FIELD_RETIRED"
    );
    let empty = json!({"ticketId": id, "fieldId": risk_id});
    accepted(&mutate(&desk.ada, "ticketEmptyField", empty).await);
    assert_eq!(ticket(&desk.ada, &id).await["fields"].as_array().unwrap().len(), 1);
}
