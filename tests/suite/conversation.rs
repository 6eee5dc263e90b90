//! What is said on tickets, what stands in their dossiers, and macros: who may, and who reads it.

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

const ERRORS: &str = "userErrors { code message field meta } position replayed";

const TALK: &str = "ticket { id version state conversation(first: 100) { totalCount nodes {
    id body internal author { name } mentions { name } originTicket { id } } }
    tags watchers { login } parent { id } children { totalCount nodes { id } }
    links { totalCount nodes { kind ticket { id } } }
    fields { field { name } text choices } }";

/// Runs a mutation that answers a ticket; its payload.
async fn mutate(client: &Client, name: &str, input: Value) -> Value {
    mutate_noun(client, name, TALK, input).await
}

async fn mutate_noun(client: &Client, name: &str, shown: &str, input: Value) -> Value {
    let kind = name.chars().next().unwrap().to_uppercase().chain(name.chars().skip(1));
    let kind: String = kind.collect();
    let query =
        format!("mutation($i: {kind}Input!) {{ {name}(input: $i) {{ {shown} {ERRORS} }} }}");
    client.data(&query, json!({"i": input})).await[name].clone()
}

fn code(payload: &Value) -> &str {
    payload["userErrors"][0]["code"].as_str().unwrap_or("none")
}

fn accepted(payload: &Value) -> &Value {
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    payload
}

async fn ticket(client: &Client, id: &Value) -> Value {
    let query =
        format!("query($id: ID!) {{ node(id: $id) {{ ... on Ticket {{ {} }} }} }}", inner());
    client.data(&query, json!({ "id": id })).await["node"].clone()
}

/// What is shown of a ticket, without the field around it.
fn inner() -> &'static str {
    TALK.strip_prefix("ticket {").and_then(|rest| rest.strip_suffix('}')).unwrap()
}

async fn unit(client: &Client, name: &str) -> Value {
    let data = client.data("{ units { nodes { id name } } }", json!({})).await;
    let units = data["units"]["nodes"].as_array().unwrap();
    units.iter().find(|unit| unit["name"] == name).unwrap()["id"].clone()
}

async fn own_id(client: &Client) -> Value {
    client.data("{ viewer { person { id } } }", json!({})).await["viewer"]["person"]["id"].clone()
}

/// The people of these tests.
struct Desk {
    director: Client,
    ada: Client,
    cleo: Client,
    carla: Client,
    colin: Client,
    auditor: Client,
    admin: Client,
    service_desk: Value,
    infrastructure: Value,
}

impl Desk {
    async fn open(world: &mut World) -> Self {
        let stranger = world.serve();
        let login = async |login: &str| stranger.sign_in(login, DEMO_PASSWORD).await;
        let director = login("director").await;
        Self {
            service_desk: unit(&director, "Service Desk").await,
            infrastructure: unit(&director, "Infrastructure").await,
            director,
            ada: login("agent1").await,
            cleo: login("agent3").await,
            carla: login("client1").await,
            colin: login("client2").await,
            auditor: login("auditor").await,
            admin: login("admin").await,
        }
    }

    /// A ticket of Carla's that is the service desk's.
    async fn ticket(&self, title: &str) -> Value {
        let asked = json!({"kind": "INCIDENT", "title": title});
        let opened = mutate(&self.carla, "ticketOpen", asked).await;
        let id = accepted(&opened)["ticket"]["id"].clone();
        let to = json!({"ticketId": id, "unitId": self.service_desk, "assigneeIds": []});
        accepted(&mutate(&self.director, "ticketAssign", to).await);
        id
    }
}

/// A ticket that is none.
const NOWHERE: &str = "VGlja2V0OjAxOTAwMDAwLTAwMDAtN2FiYy04MDAwLTAwMDAwMDAwMDAwMQ";

#[tokio::test]
async fn replies_are_for_everybody_who_sees_the_ticket_and_notes_for_staff() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The oven is cold").await;
    let say = async |who: &Client, body: &str, internal: bool| {
        let said = json!({"ticketId": id, "body": body, "internal": internal});
        mutate(who, "ticketComment", said).await
    };
    let replied = say(&desk.ada, "Which oven?", false).await;
    let shown = &accepted(&replied)["ticket"]["conversation"];
    assert_eq!(shown["nodes"][0]["body"], "Which oven?");
    assert_eq!(shown["nodes"][0]["author"]["name"], "Ada Agent");
    accepted(&say(&desk.ada, "She has three of them.", true).await);
    let hers = say(&desk.carla, "The big one.", false).await;
    let hers = &accepted(&hers)["ticket"]["conversation"];
    assert_eq!(hers["totalCount"], 2, "what staff say among themselves is not counted: {hers}");
    assert_eq!(hers["nodes"][0]["author"], Value::Null, "clients do not see who works here");
    assert_eq!(hers["nodes"][1]["author"]["name"], "Carla Client");
    let ours = ticket(&desk.ada, &id).await["conversation"].clone();
    let internal: Vec<&Value> =
        ours["nodes"].as_array().unwrap().iter().map(|said| &said["internal"]).collect();
    assert_eq!(internal, [false, true, false]);

    let note = &ours["nodes"][1]["id"];
    let read = "query($id: ID!) { node(id: $id) { ... on Comment { body } } }";
    let by = async |who: &Client| who.data(read, json!({ "id": note })).await["node"].clone();
    assert_eq!(by(&desk.ada).await["body"], "She has three of them.");
    assert_eq!(by(&desk.carla).await, Value::Null);
    assert_eq!(by(&desk.cleo).await, Value::Null, "not her unit's");

    assert_eq!(code(&say(&desk.carla, "psst", true).await), "FORBIDDEN");
    assert_eq!(code(&say(&desk.auditor, "hm", false).await), "FORBIDDEN");
    assert_eq!(code(&say(&desk.ada, " ", false).await), "CONVERSATION_BODY_UNFIT");
    let hidden = say(&desk.colin, "hello", false).await;
    let nowhere = json!({"ticketId": NOWHERE, "body": "hello"});
    let absent = mutate(&desk.colin, "ticketComment", nowhere).await;
    assert_eq!(code(&hidden), "CONVERSATION_NOT_FOUND");
    assert_eq!(hidden, absent, "hidden and absent answer alike");
    assert_eq!(ticket(&desk.ada, &id).await["conversation"]["totalCount"], 3);
}

#[tokio::test]
async fn a_conversation_is_paged_goes_on_when_closed_and_hears_a_repeated_comment_once() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The till beeps").await;
    accepted(&mutate(&desk.ada, "ticketStartWork", json!({ "ticketId": id })).await);
    let solved = json!({"ticketId": id, "code": "FIXED", "solution": "Turned down."});
    accepted(&mutate(&desk.ada, "ticketResolve", solved).await);
    accepted(&mutate(&desk.carla, "ticketClose", json!({ "ticketId": id })).await);
    for body in ["one", "two", "three"] {
        let said = json!({"ticketId": id, "body": body, "idempotencyKey": body});
        let first = mutate(&desk.carla, "ticketComment", said.clone()).await;
        assert_eq!(accepted(&first)["replayed"], false);
        let again = mutate(&desk.carla, "ticketComment", said).await;
        assert_eq!(accepted(&again)["replayed"], true);
        assert_eq!(again["position"], first["position"]);
    }
    let page = "query($id: ID!, $after: Cursor) { ticket(id: $id) {
        conversation(first: 2, after: $after) {
            totalCount nodes { body } pageInfo { hasNextPage endCursor } } } }";
    let read = async |after: &Value| {
        let data = desk.carla.data(page, json!({"id": id, "after": after})).await;
        data["ticket"]["conversation"].clone()
    };
    let first = read(&Value::Null).await;
    assert_eq!(first["nodes"], json!([{"body": "one"}, {"body": "two"}]));
    assert_eq!(
        (&first["totalCount"], &first["pageInfo"]["hasNextPage"]),
        (&json!(3), &json!(true))
    );
    let second = read(&first["pageInfo"]["endCursor"]).await;
    assert_eq!(second["nodes"], json!([{"body": "three"}]));
    assert_eq!(second["pageInfo"]["hasNextPage"], false);

    let other = desk.ticket("The bell rings").await;
    accepted(&mutate(&desk.ada, "ticketComment", json!({"ticketId": other, "body": "ding"})).await);
    let lists = "{ tickets(first: 50) { nodes { id conversation(first: 1) {
        totalCount nodes { body } pageInfo { hasNextPage } } } } }";
    let listed = desk.carla.data(lists, json!({})).await["tickets"]["nodes"].clone();
    let of = |id: &Value| {
        let found = listed.as_array().unwrap().iter().find(|it| it["id"] == *id).unwrap();
        found["conversation"].clone()
    };
    assert_eq!(of(&other)["nodes"], json!([{"body": "ding"}]));
    assert_eq!(of(&id)["nodes"], json!([{"body": "one"}]));
    assert_eq!(of(&id)["totalCount"], 3);
    assert_eq!(of(&id)["pageInfo"]["hasNextPage"], true);
}

#[tokio::test]
async fn staff_are_called_upon_and_in_replies_those_whose_ticket_it_is() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The cake fell").await;
    let (carla, colin, cleo) =
        (own_id(&desk.carla).await, own_id(&desk.colin).await, own_id(&desk.cleo).await);
    let call = async |internal: bool, whom: &Value| {
        let said =
            json!({"ticketId": id, "body": "Look", "internal": internal, "mentionIds": [whom]});
        mutate(&desk.ada, "ticketComment", said).await
    };
    let called = call(false, &carla).await;
    let called = &accepted(&called)["ticket"]["conversation"]["nodes"][0];
    assert_eq!(called["mentions"], json!([{"name": "Carla Client"}]));
    accepted(&call(true, &cleo).await);
    for (internal, whom) in [(true, &carla), (false, &colin), (true, &colin)] {
        let refused = call(internal, whom).await;
        assert_eq!(code(&refused), "CONVERSATION_MENTION_UNFIT");
        assert_eq!(refused["userErrors"][0]["meta"]["personId"], *whom);
        assert_eq!(refused["userErrors"][0]["field"], json!(["mentionIds"]));
    }
    let none = json!({"ticketId": id, "body": "Look", "mentionIds": [id]});
    assert_eq!(code(&mutate(&desk.ada, "ticketComment", none).await), "INVALID_ID");
}

#[tokio::test]
async fn a_forward_note_is_an_internal_comment() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The lamp flickers").await;
    let on = json!({"ticketId": id, "unitId": desk.infrastructure, "assigneeIds": [],
                    "note": "Mind the ladder"});
    accepted(&mutate(&desk.ada, "ticketAssign", on).await);
    let seen = ticket(&desk.cleo, &id).await["conversation"]["nodes"].clone();
    assert_eq!(seen[0]["body"], "Mind the ladder");
    assert_eq!(
        (&seen[0]["internal"], &seen[0]["author"]["name"]),
        (&json!(true), &json!("Ada Agent"))
    );
    assert_eq!(ticket(&desk.carla, &id).await["conversation"]["totalCount"], 0);
}

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

const FIELD: &str = "customField { id name form choices clientVisible retired version }";

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
    assert_eq!(hers, json!({"totalCount": 1, "nodes": [{"name": "Floor"}]}));
    assert_eq!(desk.ada.data(list, json!({})).await["customFields"]["totalCount"], 2);
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
    let list = "{ templates { totalCount nodes { name tags } } }";
    let hers = desk.carla.data(list, json!({})).await["templates"].clone();
    assert_eq!(hers, json!({"totalCount": 1, "nodes": [{"name": "Badge", "tags": []}]}));
    let ours = desk.ada.data(list, json!({})).await["templates"].clone();
    assert_eq!(ours["totalCount"], 2);
    let unfit = json!({"templateId": badge["id"], "name": "Badge", "kind": "TASK", "title": "x"});
    let unfit = mutate_noun(&desk.director, "templateRedefine", shown, unfit).await;
    assert_eq!(code(&unfit), "TEMPLATE_KIND_UNFIT");
    let anew =
        json!({"templateId": badge["id"], "name": "Badge", "kind": "INCIDENT", "title": "Lost"});
    let anew = mutate_noun(&desk.director, "templateRedefine", shown, anew).await;
    assert_eq!(accepted(&anew)["template"]["title"], "Lost");
    assert_eq!(desk.carla.data(list, json!({})).await["templates"]["totalCount"], 0);
    let over = json!({"templateId": badge["id"]});
    accepted(&mutate_noun(&desk.director, "templateRetire", shown, over).await);
    assert_eq!(desk.ada.data(list, json!({})).await["templates"]["totalCount"], 1);
    let all = "{ templates(withRetired: true) { totalCount } }";
    assert_eq!(desk.ada.data(all, json!({})).await["templates"]["totalCount"], 2);
}

const MACRO: &str = "macro { id name unit { name } steps { verb priority code text } retired }";

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
    assert_eq!(desk.ada.data(list, json!({})).await["macros"]["totalCount"], 0);
    assert_eq!(desk.cleo.data(list, json!({})).await["macros"]["totalCount"], 1);
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
