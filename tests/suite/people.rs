//! People, units, subjects, settings and notices through the API: each verb once with the right to
//! it, and refused.

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

/// Sends a mutation of one input; its payload.
async fn mutate(by: &Client, name: &str, input: Value, shows: &str) -> Value {
    let input_type = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let mutation = format!(
        "mutation($i: {input_type}!) {{ {name}(input: $i) {{ {shows} userErrors {{ code field }} }} }}"
    );
    by.data(&mutation, json!({ "i": input })).await[name].clone()
}

/// Done without a refusal; what the payload shows of its noun.
async fn done(by: &Client, name: &str, input: Value, (noun, fields): (&str, &str)) -> Value {
    let shows = format!("{noun} {{ {fields} }} position");
    let payload = mutate(by, name, input, &shows).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}: {payload}");
    assert!(payload["position"].is_string(), "{name}: {payload}");
    payload[noun].clone()
}

/// Refused; the code and the field.
async fn refused(by: &Client, name: &str, input: Value) -> (String, Value) {
    let payload = mutate(by, name, input, "position").await;
    assert!(payload["position"].is_null(), "{name}: {payload}");
    let error = &payload["userErrors"][0];
    (error["code"].as_str().unwrap_or("none").to_owned(), error["field"][0].clone())
}

async fn person(by: &Client, login: &str) -> Value {
    let asked = "query($s: String!) { people(search: $s) { nodes {
        id name login email phone units { name } heads { name } } } }";
    let found = by.data(asked, json!({ "s": login })).await["people"]["nodes"].clone();
    let all = found.as_array().unwrap();
    all.iter().find(|one| one["login"] == login).unwrap_or(&Value::Null).clone()
}

async fn unit_id(by: &Client, name: &str) -> Value {
    let asked = "query($s: String!) { units(search: $s) { nodes { id name } } }";
    let found = by.data(asked, json!({ "s": name })).await["units"]["nodes"].clone();
    found[0]["id"].clone()
}

async fn is_out(client: &Client) -> bool {
    client.ask("{ viewer { role } }", json!({})).await.status == 401
}

#[tokio::test]
async fn people_are_registered_with_all_that_is_theirs_or_not_at_all() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let desk = unit_id(&admin, "service desk").await;
    let bakery = unit_id(&admin, "bakery").await;
    let nora = |units: Value| {
        json!({
            "login": "Nora", "name": "Nora Neu", "email": "nora@demo.example",
            "phone": "ДОБ. 12-34", "kind": "STAFF", "unitIds": units, "password": "first password",
            "mustChangePassword": true,
        })
    };
    assert_eq!(refused(&ada, "personRegister", nora(json!([desk]))).await.0, "FORBIDDEN");
    let bad = refused(&admin, "personRegister", nora(json!([desk, bakery]))).await;
    assert_eq!(bad, ("UNIT_PERSON_UNFIT".to_owned(), json!("unitIds")));
    let mut short = nora(json!([desk]));
    short["password"] = json!("short");
    let short = refused(&admin, "personRegister", short).await;
    assert_eq!(short, ("PASSWORD_TOO_SHORT".to_owned(), json!("password")));
    let mut client = nora(json!([]));
    client["role"] = json!("CLIENT");
    assert_eq!(refused(&admin, "personRegister", client).await.0, "PERSON_ROLE_UNFIT");
    assert_eq!(person(&admin, "Nora").await, Value::Null, "nothing was left behind");

    let mut input = nora(json!([desk]));
    input["idempotencyKey"] = json!("nora");
    let shows = "person { id role kind version units { name } } replayed";
    let first = mutate(&admin, "personRegister", input.clone(), shows).await;
    assert_eq!(first["userErrors"], json!([]), "{first}");
    assert_eq!(first["person"]["role"], "AGENT");
    assert_eq!(first["person"]["version"], 2, "the password is told of, too");
    assert_eq!(first["person"]["units"], json!([{"name": "Service Desk"}]));
    let again = mutate(&admin, "personRegister", input, shows).await;
    assert_eq!((&again["replayed"], &again["person"]), (&json!(true), &first["person"]));
    let taken = refused(&admin, "personRegister", nora(json!([]))).await;
    assert_eq!(taken.0, "CLAIM_TAKEN");
    let nora = stranger.sign_in("nora", "first password").await;
    let viewer = nora.data("{ viewer { mustChangePassword } }", json!({})).await;
    assert_eq!(viewer["viewer"]["mustChangePassword"], true);
    for search in ["доб. 12", "NEU", "nora@DEMO"] {
        let asked = "query($s: String!) { people(search: $s) { totalCount nodes { login } } }";
        let found = admin.data(asked, json!({ "s": search })).await["people"].clone();
        assert_eq!(found, json!({"totalCount": 1, "nodes": [{"login": "Nora"}]}), "{search}");
    }
}

#[tokio::test]
async fn who_is_suspended_or_has_left_is_out_at_once() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let sign_in = "mutation($i: SignInInput!) { signIn(input: $i) { refreshToken } }";
    let input = json!({"i": {"login": "agent1", "password": DEMO_PASSWORD}});
    let token = stranger.data(sign_in, input).await["signIn"]["refreshToken"].clone();
    let id = person(&admin, "agent1").await["id"].clone();
    let of_ada = json!({ "personId": id });
    let shows = ("person", "life units { name }");
    assert_eq!(refused(&ada, "personSuspend", of_ada.clone()).await.0, "FORBIDDEN");
    let own = json!({"personId": person(&admin, "admin").await["id"]});
    assert_eq!(refused(&admin, "personSuspend", own.clone()).await.0, "PERSON_NOT_ONESELF");
    assert_eq!(done(&admin, "personSuspend", of_ada.clone(), shows).await["life"], "SUSPENDED");
    assert!(is_out(&ada).await);
    let refresh = "mutation($i: TokenRefreshInput!) { tokenRefresh(input: $i) {
        token userErrors { code } } }";
    let refreshed = stranger.data(refresh, json!({"i": {"refreshToken": token}})).await;
    assert_eq!(refreshed["tokenRefresh"]["userErrors"][0]["code"], "SIGN_IN_EXPIRED");

    assert_eq!(
        refused(&ben(&stranger).await, "personRestore", of_ada.clone()).await.0,
        "FORBIDDEN"
    );
    assert_eq!(done(&admin, "personRestore", of_ada.clone(), shows).await["life"], "ACTIVE");
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    assert_eq!(refused(&admin, "personLeave", own).await.0, "PERSON_NOT_ONESELF");
    let left = done(&admin, "personLeave", of_ada.clone(), shows).await;
    assert_eq!(left, json!({"life": "LEFT", "units": []}));
    assert!(is_out(&ada).await);
    assert_eq!(refused(&admin, "personRestore", of_ada).await.0, "PERSON_LEFT");
}

async fn ben(stranger: &Client) -> Client {
    stranger.sign_in("agent2", DEMO_PASSWORD).await
}

#[tokio::test]
async fn every_verb_of_a_person_works_with_the_right_and_without_it_does_not() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let ben = ben(&stranger).await;
    let ada = person(&admin, "agent1").await["id"].clone();
    let bens = person(&admin, "agent2").await["id"].clone();
    let carla = person(&admin, "client1").await["id"].clone();
    // The demo knows one skill of hers.
    let list = "query($id: ID!) { person(id: $id) { skills { skill level certifiedUntil } } }";
    let known = admin.data(list, json!({"id": ada})).await["person"]["skills"].clone();
    let emails = known[0].clone();
    for (name, fields, field, value) in [
        ("personRename", json!({"name": "Ada Byron"}), "name", json!("Ada Byron")),
        ("personChangeContacts", json!({"phone": "+1 2"}), "phone", json!("+1 2")),
        ("personTakePosition", json!({"position": "Engineer"}), "position", json!("Engineer")),
        ("personChangeRole", json!({"role": "DIRECTOR"}), "role", json!("DIRECTOR")),
        ("personChooseLanguage", json!({"language": "DE"}), "language", json!("DE")),
        (
            "personCertifySkill",
            json!({"skill": "Network", "level": 3, "certifiedUntil": "2031-03-01"}),
            "skills { skill level certifiedUntil }",
            json!([emails, {"skill": "network", "level": 3, "certifiedUntil": "2031-03-01"}]),
        ),
        (
            "personWithdrawSkill",
            json!({"skill": "NETWORK"}),
            "skills { skill }",
            json!([{"skill": "e-mail"}]),
        ),
        ("personAssignTier", json!({"tier": 2}), "tier", json!(2)),
        (
            "personAppointDeputy",
            json!({"deputyId": bens, "from": "2031-03-01", "until": "2031-03-09"}),
            "deputy { person { name } from until }",
            json!({"person": {"name": "Ben Agent"}, "from": "2031-03-01", "until": "2031-03-09"}),
        ),
        ("personDismissDeputy", json!({}), "deputy { from }", Value::Null),
    ] {
        let mut input = fields;
        input["personId"] = ada.clone();
        assert_eq!(refused(&ben, name, input.clone()).await.0, "FORBIDDEN", "{name}");
        let shown = done(&admin, name, input, ("person", field)).await;
        assert_eq!(shown[field.split(' ').next().unwrap()], value, "{name}");
    }
    let bakery = unit_id(&admin, "Bakery").await;
    let out = json!({ "personId": carla });
    let gone =
        done(&admin, "personChangeOrganization", out, ("person", "organization { id }")).await;
    assert_eq!(gone["organization"], Value::Null);
    let staff = json!({"personId": ada, "organizationId": bakery});
    let unfit = refused(&admin, "personChangeOrganization", staff).await;
    assert_eq!(unfit, ("PERSON_ORGANIZATION_UNFIT".to_owned(), json!("organizationId")));
    let skill = |level: i64| json!({"personId": ada, "skill": "x", "level": level});
    for level in [0, 6, 300, -1] {
        let unfit = refused(&admin, "personCertifySkill", skill(level)).await;
        assert_eq!(unfit, ("PERSON_LEVEL_UNFIT".to_owned(), json!("level")));
    }
    let positions = ben.data("{ jobPositions { name peopleCount } }", json!({})).await;
    assert_eq!(positions["jobPositions"][0], json!({"name": "Engineer", "peopleCount": 1}));
    let asked = "{ people(where: {role: {eq: DIRECTOR}, kind: {eq: STAFF}}) { totalCount } }";
    assert_eq!(ben.data(asked, json!({})).await["people"]["totalCount"], 2);
}

#[tokio::test]
async fn units_are_created_with_their_heads_and_every_verb_works() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let ben = ben(&stranger).await;
    let bens = person(&admin, "agent2").await["id"].clone();
    let carla = person(&admin, "client1").await["id"].clone();
    let parent = unit_id(&admin, "IT Services").await;
    let printers = |heads: Value| json!({"name": "Printers", "kind": "SUPPORT_UNIT", "parentId": parent, "headIds": heads});
    assert_eq!(refused(&ben, "unitCreate", printers(json!([]))).await.0, "FORBIDDEN");
    let unfit = refused(&admin, "unitCreate", printers(json!([bens, carla]))).await;
    assert_eq!(unfit, ("UNIT_PERSON_UNFIT".to_owned(), json!("headIds")));
    assert_eq!(unit_id(&admin, "Printers").await, Value::Null, "nothing was left behind");
    let shows = ("unit", "id parent { id } heads { name } people { nodes { name } }");
    let made = done(&admin, "unitCreate", printers(json!([bens])), shows).await;
    assert_eq!(made["parent"]["id"], parent);
    assert_eq!(made["heads"], json!([{"name": "Ben Agent"}]));
    assert_eq!(made["people"]["nodes"], json!([{"name": "Ben Agent"}]));
    let unit = made["id"].clone();
    let cleo = person(&admin, "agent3").await["id"].clone();
    for (name, mut input, field, value) in [
        ("unitRename", json!({"name": "Paper"}), "name", json!("Paper")),
        (
            "unitJoin",
            json!({ "personId": cleo }),
            "people { totalCount }",
            json!({"totalCount": 2}),
        ),
        ("unitDismissHead", json!({ "personId": bens }), "heads { id }", json!([])),
        ("unitAppointHead", json!({ "personId": cleo }), "heads { id }", json!([{ "id": cleo }])),
        ("unitLeave", json!({ "personId": cleo }), "heads { id }", json!([])),
        ("unitChooseRouting", json!({"method": "ROUND_ROBIN"}), "routing", json!("ROUND_ROBIN")),
    ] {
        input["unitId"] = unit.clone();
        // A head chooses how the unit works; Ben heads it until he is dismissed.
        if name != "unitJoin" {
            assert_eq!(refused(&ben, name, input.clone()).await.0, "FORBIDDEN", "{name}");
        }
        let shown = done(&admin, name, input, ("unit", field)).await;
        assert_eq!(shown[field.split(' ').next().unwrap()], value, "{name}");
    }
    let of_unit = json!({ "unitId": unit });
    assert_eq!(refused(&admin, "unitClose", of_unit.clone()).await.0, "UNIT_HAS_PEOPLE");
    let leave = json!({"unitId": unit, "personId": bens});
    done(&admin, "unitLeave", leave.clone(), ("unit", "id")).await;
    let members = "query($u: ID!) { people(where: {unitId: {eq: $u}}) { totalCount } }";
    let members = admin.data(members, json!({ "u": unit })).await;
    assert_eq!(members["people"]["totalCount"], 0, "whoever left is no member");
    assert_eq!(refused(&admin, "unitLeave", leave).await.0, "UNIT_NOT_MEMBER");
    let closed = done(&admin, "unitClose", of_unit, ("unit", "closed")).await;
    assert_eq!(closed["closed"], true);
    assert_eq!(
        unit_id(&admin, "Paper").await,
        Value::Null,
        "closed units are listed when asked for"
    );
    let asked = "{ units(where: {closed: {eq: true}}) { nodes { name } } }";
    assert_eq!(admin.data(asked, json!({})).await["units"]["nodes"], json!([{"name": "Paper"}]));
    let bakery = unit_id(&admin, "bakery").await;
    let lead = json!({"unitId": bakery, "personId": carla});
    assert_eq!(refused(&ben, "unitAppointLead", lead.clone()).await.0, "FORBIDDEN");
    let led = done(&admin, "unitAppointLead", lead, ("unit", "lead { name }")).await;
    assert_eq!(led["lead"]["name"], "Carla Client");
}

#[tokio::test]
async fn a_lead_speaks_for_the_group_in_that_role_and_while_of_no_other_group() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let lena = stranger.sign_in("lead", DEMO_PASSWORD).await;
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let report = json!({"kind": "INCIDENT", "title": "No bread"});
    done(&carla, "ticketOpen", report, ("ticket", "id")).await;
    let sees = async || {
        let seen = "{ people(search: \"client1\") { totalCount }
            tickets(search: \"no bread\") { totalCount } }";
        let seen = lena.data(seen, json!({})).await;
        (seen["people"]["totalCount"] == 1, seen["tickets"]["totalCount"] == 1)
    };
    assert_eq!(sees().await, (true, true));
    let leads = person(&admin, "lead").await["id"].clone();
    let role = |role: &str| json!({"personId": leads, "role": role});
    done(&admin, "personChangeRole", role("CLIENT"), ("person", "role")).await;
    assert_eq!(sees().await, (false, false), "no lead any more");
    done(&admin, "personChangeRole", role("CLIENT_GROUP_LEAD"), ("person", "role")).await;
    assert_eq!(sees().await, (true, true));
    let mill = json!({"name": "Mill", "kind": "CUSTOMER_ORGANIZATION"});
    let mill = done(&admin, "unitCreate", mill, ("unit", "id")).await["id"].clone();
    let moved = json!({"personId": leads, "organizationId": mill});
    done(&admin, "personChangeOrganization", moved, ("person", "id")).await;
    assert_eq!(sees().await, (false, false), "of another organisation");
}

#[tokio::test]
async fn subjects_start_tickets_and_clients_learn_their_names_alone() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let ben = ben(&stranger).await;
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let desk = unit_id(&admin, "Service Desk").await;
    let vpn = |tier: i64| json!({"name": "VPN", "unitId": desk, "priority": "HIGH", "tier": tier});
    assert_eq!(refused(&ben, "subjectCreate", vpn(2)).await.0, "FORBIDDEN");
    assert_eq!(refused(&admin, "subjectCreate", vpn(9)).await.0, "SUBJECT_TIER_UNFIT");
    let fields = "id name retired defaults { unit { id } priority skill tier }";
    let made = done(&admin, "subjectCreate", vpn(2), ("subject", fields)).await;
    let defaults = json!({"unit": {"id": desk}, "priority": "HIGH", "skill": null, "tier": 2});
    assert_eq!(made["defaults"], defaults);
    let id = made["id"].clone();
    for (name, mut input, field, value) in [
        ("subjectRename", json!({"name": "Tunnels"}), "name", json!("Tunnels")),
        (
            "subjectChooseDefaults",
            json!({"skill": "Network"}),
            "defaults { skill tier }",
            json!({"skill": "network", "tier": null}),
        ),
        ("subjectRetire", json!({}), "retired", json!(true)),
    ] {
        input["subjectId"] = id.clone();
        assert_eq!(refused(&ben, name, input.clone()).await.0, "FORBIDDEN", "{name}");
        let shown = done(&admin, name, input, ("subject", field)).await;
        assert_eq!(shown[field.split(' ').next().unwrap()], value, "{name}");
    }
    let asked = "query($r: Boolean!) { subjects(search: \"TUNNEL\", includeRetired: $r) {
        totalCount nodes { name defaults { tier } } } }";
    let found = carla.data(asked, json!({"r": false})).await["subjects"].clone();
    assert_eq!(found, json!({"totalCount": 0, "nodes": []}));
    let found = carla.data(asked, json!({"r": true})).await["subjects"]["nodes"].clone();
    assert_eq!(found, json!([{"name": "Tunnels", "defaults": null}]));
    let of_it = json!({ "subjectId": id });
    assert_eq!(refused(&ben, "subjectRestore", of_it.clone()).await.0, "FORBIDDEN");
    let back = done(&admin, "subjectRestore", of_it, ("subject", "retired")).await;
    assert_eq!(back["retired"], false);
}

#[tokio::test]
async fn settings_change_all_at_once_or_not_at_all_and_have_a_history() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let ben = ben(&stranger).await;
    let read = "{ settings { closeAfterDays reopenAfterCloseDays languages dispatchUnit { name }
        notices: noticesToAssignees attachments { maxBytes mediaTypes } version
        priorityMatrix { impact urgency priority } } }";
    let before = ben.data(read, json!({})).await["settings"].clone();
    assert_eq!(before["priorityMatrix"].as_array().unwrap().len(), 9);
    assert_eq!(refused(&ben, "settingsChange", json!({"closeAfterDays": 5})).await.0, "FORBIDDEN");
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    for who in [&carla, &admin] {
        let nothing = mutate(who, "settingsChange", json!({}), "settings { version }").await;
        assert_eq!(nothing["settings"], Value::Null, "{nothing}");
        assert_eq!(nothing["userErrors"][0]["code"], "INVALID_INPUT");
    }
    let half = json!({"closeAfterDays": 5, "attachments": {"maxBytes": 0}});
    let unfit = refused(&admin, "settingsChange", half).await;
    assert_eq!(unfit.0, "SETTINGS_MAX_BYTES_UNFIT");
    assert_eq!(ben.data(read, json!({})).await["settings"], before, "nothing was left behind");

    let desk = unit_id(&admin, "Infrastructure").await;
    let change = json!({
        "closeAfterDays": 5, "languages": ["DE", "EN"], "attachments": {"mediaTypes": ["image/png"]},
        "dispatchUnitId": desk, "noticesToAssignees": true, "expectedVersion": before["version"],
        "priorityMatrix": [{"impact": "LOW", "urgency": "LOW", "priority": "NORMAL"}],
    });
    let after = done(&admin, "settingsChange", change.clone(), ("settings", "version")).await;
    assert_eq!(after["version"], before["version"].as_i64().unwrap() + 6);
    let stale = refused(&admin, "settingsChange", change).await;
    assert_eq!(stale.0, "VERSION_CONFLICT");
    let now = ben.data(read, json!({})).await["settings"].clone();
    assert_eq!((&now["closeAfterDays"], &now["notices"]), (&json!(5), &json!(true)));
    assert_eq!(now["reopenAfterCloseDays"], before["reopenAfterCloseDays"]);
    assert_eq!(
        (&now["languages"], &now["dispatchUnit"]["name"]),
        (&json!(["DE", "EN"]), &json!("Infrastructure"))
    );
    let files = json!({"maxBytes": before["attachments"]["maxBytes"], "mediaTypes": ["image/png"]});
    assert_eq!(now["attachments"], files);
    let nobody = json!({ "dispatchUnitId": null });
    let last = mutate(&admin, "settingsChange", nobody, "position").await;

    let history = "{ settingsHistory { totalCount nodes { eventType } } }";
    let auditor = stranger.sign_in("auditor", DEMO_PASSWORD).await;
    let asked = auditor.request(history, json!({}));
    let asked = asked.header("x-after-position", last["position"].as_str().unwrap());
    let told: Value = asked.send().await.unwrap().json().await.unwrap();
    let told = told["data"]["settingsHistory"].clone();
    assert_eq!(told["totalCount"], before["version"].as_i64().unwrap() + 7);
    assert!(told["nodes"].to_string().contains("settings.dispatch_changed"), "{told}");
    let asked = ben.ask(history, json!({})).await;
    assert_eq!(asked.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn clients_learn_the_names_of_those_who_help_them_and_nothing_else() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ben = ben(&stranger).await;
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let lena = stranger.sign_in("lead", DEMO_PASSWORD).await;
    let opened = done(
        &carla,
        "ticketOpen",
        json!({"kind": "INCIDENT", "title": "No bread"}),
        ("ticket", "id requester { login email kind }"),
    )
    .await;
    assert_eq!(opened["requester"]["email"], "client1@demo.example", "of oneself one sees all");
    let ticket = json!({ "ticketId": opened["id"] });
    done(&ben, "ticketStartWork", ticket, ("ticket", "id")).await;
    let asked = "query($id: ID!) { ticket(id: $id) { holder {
        id name login email phone kind role life units { id } heads { id } organization { id }
        position language skills { level } tier deputy { from } registeredAt version } } }";
    let holder = carla.data(asked, json!({ "id": opened["id"] })).await["ticket"]["holder"].clone();
    let told: Vec<&str> = holder
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, value)| !value.is_null() && **value != json!([]))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(told, ["id", "name"], "{holder}");
    let by_id = "query($id: ID!) { person(id: $id) { name } node(id: $id) { id } }";
    let hidden = carla.data(by_id, json!({ "id": holder["id"] })).await;
    assert_eq!(hidden, json!({"person": null, "node": null}));
    let everybody = "{ people { totalCount nodes { login } } }";
    let seen = carla.data(everybody, json!({})).await["people"].clone();
    assert_eq!(seen, json!({"totalCount": 1, "nodes": [{"login": "client1"}]}));
    assert_eq!(lena.data(everybody, json!({})).await["people"]["totalCount"], 3);
    let positions = carla.ask("{ jobPositions { name } }", json!({})).await;
    assert_eq!(positions.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn notices_speak_the_readers_language_and_are_marked_as_read() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ben = ben(&stranger).await;
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let me = carla.data("{ viewer { person { id } } }", json!({})).await["viewer"].clone();
    let german = json!({"personId": me["person"]["id"], "language": "DE"});
    done(&carla, "personChooseLanguage", german, ("person", "language")).await;
    let all = json!({"all": true});
    let mark = "unreadCount";
    assert_eq!(mutate(&carla, "notificationsMarkRead", all, mark).await["unreadCount"], 0);
    let input = json!({"kind": "INCIDENT", "title": "No bread"});
    let ticket = done(&carla, "ticketOpen", input, ("ticket", "id number")).await;
    let of_it = json!({ "ticketId": ticket["id"] });
    for verb in ["ticketStartWork", "ticketStopWork"] {
        let payload = mutate(&ben, verb, of_it.clone(), "position").await;
        after(&carla, &payload["position"]).await;
    }
    let asked = "{ viewer { unreadNotices } notifications(unreadOnly: true) { totalCount nodes {
        id kind message channel readAt actor { name email } ticket { number } comment { id } } } }";
    let told = carla.data(asked, json!({})).await;
    assert_eq!(told["viewer"]["unreadNotices"], 2, "{told}");
    let newest = told["notifications"]["nodes"][0].clone();
    assert_eq!(newest["kind"], "TICKET_WORK_STOPPED");
    let number = ticket["number"].as_str().unwrap();
    let sentence = format!("Die Arbeit an {number} wurde unterbrochen (Ben Agent).");
    assert_eq!(newest["message"], sentence);
    assert_eq!(newest["actor"], json!({"name": "Ben Agent", "email": null}));
    assert_eq!((&newest["readAt"], &newest["comment"]), (&Value::Null, &Value::Null));

    let these = |ids: Value| json!({ "ids": ids });
    let foreign = mutate(&ben, "notificationsMarkRead", these(json!([newest["id"]])), mark).await;
    assert_eq!(foreign["userErrors"][0]["code"], "INVALID_ID");
    let both = json!({"all": true, "ids": []});
    let both = mutate(&carla, "notificationsMarkRead", both, mark).await;
    assert_eq!(both["userErrors"][0]["code"], "INVALID_INPUT");
    let one = mutate(&carla, "notificationsMarkRead", these(json!([newest["id"]])), mark).await;
    assert_eq!((&one["unreadCount"], &one["userErrors"]), (&json!(1), &json!([])));
    let rest = mutate(&carla, "notificationsMarkRead", json!({"all": true}), mark).await;
    assert_eq!(rest["unreadCount"], 0);
    let left = carla.data(asked, json!({})).await;
    assert_eq!(left["notifications"]["totalCount"], 0);
}

/// Waits until all that is read shows what was done.
async fn after(client: &Client, position: &Value) {
    let position = position.as_str().unwrap();
    let request = client.request("{ viewer { role } }", json!({}));
    request.header("X-After-Position", position).send().await.unwrap();
}
