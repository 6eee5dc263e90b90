//! What says who may do what: roles, rules, groups, templates and types of other systems are defined,
//! listed, defined anew, retired, and read as they were; what is refused and where; and the page of the
//! book about it, as it stands there.

use std::collections::BTreeMap;

use api::boot::App;
use api::gateway::{Caller, Request};
use cqrs_es::DomainEvent;
use domain::access::model::{AccessSubject, GrantSource, Granted, Scope};
use domain::access::standard::{standard_role_of, standard_roles};
use domain::kernel::{GrantId, Meta, PersonId};
use domain::person::Role;
use domain::role::{self, RoleCommand};
use domain::subject_access::event::{GrantMade, Opened};
use domain::subject_access::{SubjectAccess, SubjectAccessEvent};
use journal::{Append, NewEvent, StreamAppend};
use serde_json::{Value, json};
use sqlx::Row;
use testbed::{Client, DEMO_PASSWORD, World};

use crate::classes::{examples, filled, same};
use crate::desk::{accepted, code, mutate_noun, own_id};

const PAGE: &str = include_str!("../../docs/how-to/define-roles-and-rules.md");

const ROLE: &str = "role { id name risk entries { actions when standing fields personal level
    condition { kind zone from until } obligations } juniors { name } mask seniors { nodes { name } }
    requestable maxHours shipped retired version }";

/// A server where the administrator holds what the standard role of administrators permits.
async fn desk() -> (World, Client, Client) {
    let mut world = World::demo().await;
    let app = App::open(&world.place(), None).await.unwrap();
    let gateway = &app.gateway;
    for standard in standard_roles() {
        let definition = standard.definition.clone();
        let stream = definition.id.0;
        if gateway.journal().load::<role::Role>(stream).await.unwrap().version == 0 {
            let define = Box::new(role::command::Define { definition });
            let request = Request::new(RoleCommand::Define(define), stream);
            gateway.execute(&Caller::system(), request).await.unwrap();
        }
    }
    let sql = "select person_id from view_people.people where login = 'admin'";
    let row = sqlx::query(sql).fetch_one(&mut world.superuser().await).await.unwrap();
    let admin = PersonId(row.get(0));
    if gateway.journal().load::<SubjectAccess>(admin.0).await.unwrap().version == 0 {
        gateway.journal().append(&birthright(admin, gateway.new_id())).await.unwrap();
    }
    app.close().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let agent = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    (world, admin, agent)
}

/// What an administrator has by who they are.
fn birthright(person: PersonId, fresh: uuid::Uuid) -> Append {
    let standard = standard_role_of(Role::SystemAdministrator);
    let at = chrono::DateTime::UNIX_EPOCH;
    let granted = GrantMade {
        grant: GrantId(fresh),
        what: Granted::Role(standard.definition.id),
        scope: Scope::Everywhere,
        from: at,
        until: None,
        source: GrantSource::Birthright,
        request: None,
        delegated_by: None,
        pierces: standard.pierces,
        pattern: None,
    };
    let subject = AccessSubject::Person(person);
    let events = [
        SubjectAccessEvent::Opened(Opened { subject }),
        SubjectAccessEvent::Granted(Box::new(granted)),
    ];
    let events = events.map(|event| NewEvent {
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: json!(event),
        meta: Meta { command_id: fresh, ..Meta::unsaid(at) },
    });
    let stream = StreamAppend {
        aggregate_type: "subject_access",
        aggregate_id: person.0,
        expected: 0,
        events: events.into(),
    };
    Append { streams: vec![stream], ..Append::default() }
}

/// What became of a verb on a role.
async fn on_role(client: &Client, verb: &str, input: Value) -> Value {
    mutate_noun(client, &format!("{verb}Role"), ROLE, input).await
}

fn role(name: &str, actions: &[&str]) -> Value {
    json!({"name": name, "entries": [{"actions": actions, "personal": true}]})
}

fn with(mut input: Value, more: Value) -> Value {
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

async fn names(client: &Client, list: &str, arguments: &str) -> Vec<String> {
    let query = format!("{{ {list}{arguments} {{ totalCount nodes {{ name }} }} }}");
    let page = client.data(&query, json!({})).await[list].clone();
    let nodes = page["nodes"].as_array().unwrap();
    assert_eq!(page["totalCount"], json!(nodes.len()), "{page}");
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_role_is_defined_listed_defined_anew_retired_and_read_as_it_was() {
    let (_world, admin, agent) = desk().await;
    let looker = role("Looker", &["ticket.read", "timeline.read"]);
    assert_eq!(code(&on_role(&agent, "define", looker.clone()).await), "FORBIDDEN");
    let input = with(looker.clone(), json!({"idempotencyKey": "one", "reason": "They asked"}));
    let defined = on_role(&admin, "define", input.clone()).await;
    let id = accepted(&defined)["role"]["id"].clone();
    assert_eq!(on_role(&admin, "define", input).await["replayed"], true);
    assert_eq!(defined["role"]["entries"][0]["actions"], json!(["ticket.read", "timeline.read"]));
    assert_eq!(
        (&defined["role"]["version"], &defined["role"]["shipped"]),
        (&json!(1), &json!(false))
    );
    let taken = on_role(&admin, "define", json!({"name": "LOOKER"})).await;
    assert_eq!((code(&taken), &taken["userErrors"][0]["field"]), ("CLAIM_TAKEN", &json!(["name"])));

    let chief = json!({"name": "Chief looker", "juniorIds": [id], "mask": ["timeline.*"]});
    let chief = on_role(&admin, "define", chief).await;
    assert_eq!(accepted(&chief)["role"]["juniors"], json!([{"name": "Looker"}]));
    // Everybody who works here reads roles.
    assert_eq!(names(&agent, "roles", "(search: \"LOOKER\")").await, ["Chief looker", "Looker"]);
    let asked = "query($i: ID!, $a: Position) { role(id: $i, at: {asOfPosition: $a}) { name version
        seniors { nodes { name } } permissions { totalCount nodes { action class inherited } } } }";
    let at = |position: &Value| json!({"i": id, "a": position});
    let now = agent.data(asked, at(&chief["position"])).await["role"].clone();
    assert_eq!(now["seniors"]["nodes"], json!([{"name": "Chief looker"}]));
    let told = json!([{"action": "ticket.read", "class": "DATA", "inherited": false},
        {"action": "timeline.read", "class": "DATA", "inherited": false}]);
    assert_eq!(now["permissions"], json!({"totalCount": 2, "nodes": told}));
    let of_chief = json!({"i": chief["role"]["id"], "a": chief["position"]});
    let of_chief = agent.data(asked, of_chief).await["role"]["permissions"].clone();
    let told = json!([{"action": "ticket.read", "class": "DATA", "inherited": true}]);
    assert_eq!(
        of_chief,
        json!({"totalCount": 1, "nodes": told}),
        "what is masked is not inherited"
    );

    let anew = with(role("Looker", &["ticket.read"]), json!({"roleId": id, "expectedVersion": 1}));
    let redefined = on_role(&admin, "redefine", anew.clone()).await;
    assert_eq!(accepted(&redefined)["role"]["version"], 2);
    assert_eq!(code(&on_role(&admin, "redefine", anew).await), "VERSION_CONFLICT");
    let then = agent.data(asked, at(&defined["position"])).await["role"].clone();
    assert_eq!((&then["version"], &then["permissions"]["totalCount"]), (&json!(1), &json!(2)));
    assert_eq!(then["seniors"]["nodes"], json!([]), "there was none yet");

    let inherited = on_role(&admin, "retire", json!({"roleId": id})).await;
    assert_eq!(code(&inherited), "ROLE_STILL_INHERITED");
    assert_eq!(inherited["userErrors"][0]["meta"]["roleId"], chief["role"]["id"]);
    for retired in [&chief["role"]["id"], &id] {
        let retired = on_role(&admin, "retire", json!({"roleId": retired})).await;
        assert_eq!(accepted(&retired)["role"]["retired"], true);
    }
    assert!(names(&agent, "roles", "(search: \"looker\")").await.is_empty());
    let all = names(&agent, "roles", "(search: \"looker\", withRetired: true)").await;
    assert_eq!(all, ["Chief looker", "Looker"]);
    let over = on_role(&admin, "redefine", with(role("Looker", &[]), json!({"roleId": id}))).await;
    assert_eq!(code(&over), "ROLE_RETIRED");
    let trail = "query($i: ID!) { timeline(nodeId: $i) { nodes { eventType reason } } }";
    let trail = admin.data(trail, json!({"i": id})).await["timeline"]["nodes"].clone();
    let types: Vec<&Value> = trail.as_array().unwrap().iter().map(|it| &it["eventType"]).collect();
    assert_eq!(types, ["role.defined", "role.redefined", "role.retired"]);
    assert_eq!(trail[0]["reason"], "They asked");
}

#[tokio::test]
async fn what_a_role_must_not_be_is_refused_where_it_stands() {
    let (_world, admin, _) = desk().await;
    let looker = on_role(&admin, "define", role("Looker", &["ticket.read"])).await;
    let looker = accepted(&looker)["role"]["id"].clone();
    let chief = on_role(&admin, "define", json!({"name": "Chief", "juniorIds": [looker]})).await;
    let chief = accepted(&chief)["role"]["id"].clone();
    let apart = json!({"name": "Apart", "action": "BLOCK",
        "kind": {"static": {"roleIds": [chief], "actions": ["ci.read"], "count": 2}}});
    let apart = mutate_noun(&admin, "defineSodRule", "sodRule { id }", apart).await;
    let apart = accepted(&apart)["sodRule"]["id"].clone();
    let own = admin.data("{ roles(search: \"system admin\") { nodes { id shipped } } }", json!({}));
    let own = own.await["roles"]["nodes"][0].clone();
    assert_eq!(own["shipped"], true);
    let entry = |part: Value| {
        let entry = with(json!({"actions": ["ticket.read"]}), part);
        json!({"name": "X", "entries": [entry]})
    };
    for (verb, input, expected, field) in [
        ("define", role("X", &["kpi.read"]), "ROLE_PERMISSION_NOT_HELD", Some("entries")),
        ("define", role("X", &["nothing.read"]), "ROLE_ENTRY_UNFIT", Some("entries")),
        ("define", role("X", &["ticket"]), "INVALID_INPUT", Some("entries")),
        ("define", entry(json!({"level": 300})), "INVALID_INPUT", Some("entries")),
        ("define", entry(json!({"level": 3})), "ROLE_ENTRY_UNFIT", Some("entries")),
        (
            "define",
            entry(json!({"fields": ["a"], "personal": true})),
            "INVALID_INPUT",
            Some("entries"),
        ),
        ("define", json!({"name": "X", "mask": ["x.y"]}), "ROLE_MASK_UNFIT", Some("mask")),
        ("define", json!({"name": "X", "maxHours": 0}), "ROLE_HOURS_UNFIT", Some("maxHours")),
        ("define", json!({"name": "X", "maxHours": -1}), "INVALID_INPUT", Some("maxHours")),
        ("define", json!({"name": "X", "juniorIds": [apart]}), "INVALID_ID", Some("juniorIds")),
        (
            "define",
            json!({"name": "X", "juniorIds": [chief], "entries": [{"actions": ["ci.read"]}]}),
            "ROLE_BREAKS_SOD",
            None,
        ),
        (
            "redefine",
            json!({"roleId": looker, "name": "Looker", "juniorIds": [chief]}),
            "ROLE_CIRCULAR",
            Some("juniorIds"),
        ),
        ("redefine", json!({"roleId": own["id"], "name": "Mine"}), "ROLE_HELD_BY_ACTOR", None),
        ("retire", json!({"roleId": own["id"]}), "ROLE_HELD_BY_ACTOR", None),
    ] {
        let refused = on_role(&admin, verb, input.clone()).await;
        assert_eq!(code(&refused), expected, "{input}: {refused}");
        assert_eq!(refused["userErrors"][0]["field"], json!(field.map(|it| [it])), "{refused}");
        assert_eq!(refused["role"], Value::Null);
    }
    let broken = json!({"name": "X", "juniorIds": [chief], "entries": [{"actions": ["ci.read"]}]});
    let broken = on_role(&admin, "define", broken).await["userErrors"][0]["meta"].clone();
    assert_eq!((&broken["ruleId"], &broken["subjectCount"]), (&apart, &json!(0)), "{broken}");
    let zone = json!({"condition": {"all": [{"timeWindow": {"zone": "Mars", "from": "8", "until": "9"}}]}});
    let zone = on_role(&admin, "define", entry(zone)).await["userErrors"][0]["meta"].clone();
    assert_eq!(zone["place"], "entries[0].condition.all[0].timeWindow.zone");
}

#[tokio::test]
async fn rules_groups_templates_and_types_are_defined_and_retired() {
    let (_world, admin, agent) = desk().await;
    let looker = on_role(&admin, "define", role("Looker", &["ticket.read"])).await;
    let looker = accepted(&looker)["role"]["id"].clone();
    let ada = own_id(&agent).await;
    let group = "accessGroup { id name purpose owner { login } population { kind personKind tier }
        members { totalCount nodes { kind person { login } group { name } } } retired version }";
    let defined = json!({"name": "Board", "purpose": "Decides", "ownerId": ada});
    let board = mutate_noun(&admin, "defineAccessGroup", group, defined.clone()).await;
    let board = accepted(&board)["accessGroup"]["id"].clone();
    let on = |more: Value| with(json!({"accessGroupId": board}), more);
    let add = async |member: &Value| {
        mutate_noun(&admin, "addAccessGroupMember", group, on(json!({"memberId": member}))).await
    };
    let added = add(&ada).await;
    let members = json!({"totalCount": 1, "nodes": [{"kind": "PERSON", "person": {"login": "agent1"}, "group": null}]});
    assert_eq!(accepted(&added)["accessGroup"]["members"], members);
    assert_eq!(code(&add(&board).await), "ACCESS_GROUP_CYCLE");
    assert_eq!(code(&add(&own_id(&admin).await).await), "ACCESS_GROUP_OWN_MEMBERSHIP");
    assert_eq!(code(&add(&looker).await), "INVALID_ID");
    let tests = json!([[{"kind": "STAFF"}, {"tier": 2}]]);
    let chosen = on(json!({"population": tests}));
    let chosen = mutate_noun(&admin, "chooseAccessGroupPopulation", group, chosen).await;
    let told = json!([[{"kind": "KIND", "personKind": "STAFF", "tier": null},
        {"kind": "TIER", "personKind": null, "tier": 2}]]);
    assert_eq!(accepted(&chosen)["accessGroup"]["population"], told);
    let list =
        "query($m: ID) { accessGroups(memberId: $m) { nodes { name members { totalCount } } } }";
    let of_ada = admin.data(list, json!({"m": ada})).await["accessGroups"]["nodes"].clone();
    assert_eq!(of_ada, json!([{"name": "Board", "members": {"totalCount": 1}}]));
    // Who has access is not everybody's to read; that there are groups is.
    let hidden = agent.ask(list, json!({"m": ada})).await;
    assert_eq!(hidden.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let shown = agent.data(list, json!({})).await["accessGroups"]["nodes"].clone();
    let named =
        json!([{"name": "Access governance", "members": null}, {"name": "Board", "members": null}]);
    assert_eq!(shown, named);

    let deny = "denyRule { id name strength forEverybody subject { kind id } role { name } actions
        scope { everywhere unit { name } } condition { kind riskAtMost } fields retired version }";
    let unit = agent.data("{ units(first: 1) { nodes { id name } } }", json!({})).await;
    let unit = unit["units"]["nodes"][0].clone();
    let shut = json!({"name": "Shut", "strength": "SOFT", "whom": {"subjectId": board},
        "actions": ["ticket.merge"], "scope": {"unitId": unit["id"]}, "condition": {"riskAtMost": 3}});
    let shut = mutate_noun(&admin, "defineDenyRule", deny, shut).await;
    let told = accepted(&shut)["denyRule"].clone();
    assert_eq!(told["subject"], json!({"kind": "GROUP", "id": board}));
    assert_eq!(told["scope"], json!({"everywhere": false, "unit": {"name": unit["name"]}}));
    assert_eq!(told["condition"], json!({"kind": "RISK_AT_MOST", "riskAtMost": 3}));
    let anew = json!({"denyRuleId": told["id"], "name": "Shut", "strength": "HARD",
        "whom": {"roleId": looker}, "actions": ["ticket.merge"], "fields": ["solution"]});
    let anew = mutate_noun(&admin, "redefineDenyRule", deny, anew).await;
    let (rule, fields) = (&accepted(&anew)["denyRule"], json!(["solution"]));
    assert_eq!((&rule["role"]["name"], &rule["fields"]), (&json!("Looker"), &fields));
    let all = json!({"name": "All", "strength": "HARD", "whom": {"all": "EVERYBODY"}, "actions": ["deny_rule.*"]});
    let locked = mutate_noun(&admin, "defineDenyRule", deny, all).await;
    assert_eq!(code(&locked), "DENY_RULE_NOBODY_LEFT");
    let retired = json!({"denyRuleId": told["id"]});
    let retired = mutate_noun(&admin, "retireDenyRule", deny, retired).await;
    assert_eq!(accepted(&retired)["denyRule"]["retired"], true);
    let hidden = agent.ask("{ denyRules { nodes { name } } }", json!({})).await;
    assert_eq!(hidden.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(names(&admin, "denyRules", "(withRetired: true)").await, ["Shut"]);

    let sod =
        "sodRule { name action objectType duties { name actions } count roles { name } version }";
    let duties = json!([{"name": "ask", "actions": ["access.request"]}, {"name": "decide", "actions": ["access.decide"]}]);
    let apart = json!({"name": "Four eyes", "action": "BLOCK", "kind": {"dynamic": {"objectType": "access", "duties": duties}}});
    let apart = mutate_noun(&admin, "defineSodRule", sod, apart).await;
    assert_eq!(accepted(&apart)["sodRule"]["duties"], duties);
    let alone = json!({"name": "Alone", "action": "BLOCK", "kind": {"static": {"roleIds": [looker], "count": 2}}});
    let alone = mutate_noun(&admin, "defineSodRule", sod, alone).await;
    assert_eq!(
        (code(&alone), &alone["userErrors"][0]["field"]),
        ("SOD_RULE_SET_UNFIT", &json!(["kind"]))
    );

    let shown = "accessTemplate { id items { role { name } entry { actions } scope { everywhere } hours } version }";
    let items = json!([{"what": {"roleId": looker}, "hours": 24}, {"what": {"entry": {"actions": ["ci.read"]}}}]);
    let newcomer = json!({"name": "Newcomer", "items": items});
    let newcomer = mutate_noun(&admin, "defineAccessTemplate", shown, newcomer).await;
    let told = &accepted(&newcomer)["accessTemplate"]["items"];
    assert_eq!((&told[0]["role"]["name"], &told[0]["hours"]), (&json!("Looker"), &json!(24)));
    assert_eq!(told[1]["entry"]["actions"], json!(["ci.read"]));
    let none =
        mutate_noun(&admin, "defineAccessTemplate", shown, json!({"name": "None", "items": []}));
    assert_eq!(code(&none.await), "ACCESS_TEMPLATE_ITEMS_UNFIT");

    let shown = "resourceType { id system name label verbs { action class highRisk } version }";
    let verbs = json!([{"verb": "read", "class": "DATA"}]);
    let invoice = json!({"system": "erp", "name": "invoice", "label": "Invoice", "verbs": verbs});
    let invoice = mutate_noun(&admin, "defineResourceType", shown, invoice).await;
    let id = accepted(&invoice)["resourceType"]["id"].clone();
    let approve = json!([{"verb": "approve", "class": "APPROVAL", "highRisk": true}]);
    let fewer = json!({"resourceTypeId": id, "label": "Invoice", "verbs": approve});
    let fewer = mutate_noun(&admin, "redefineResourceType", shown, fewer).await;
    assert_eq!(code(&fewer), "RESOURCE_TYPE_VERB_MISSING");
    assert_eq!(fewer["userErrors"][0]["meta"], json!({"verb": "read"}));
    assert_eq!(names(&agent, "resourceTypes", "(search: \"ERP:\")").await, ["invoice"]);

    let unseen = json!({"name": "Staff", "population": [[{"kind": "STAFF"}]], "gives": [{"roleId": looker}], "seen": "x"});
    let unseen = mutate_noun(&admin, "defineAssignmentRule", "assignmentRule { id }", unseen).await;
    assert_eq!(
        (code(&unseen), &unseen["userErrors"][0]["field"]),
        ("ASSIGNMENT_RULE_NOT_SIMULATED", &json!(["seen"]))
    );
    assert!(names(&agent, "assignmentRules", "").await.is_empty());
}

#[tokio::test]
async fn the_policy_is_changed_part_by_part_and_read_as_it_was() {
    let (_world, admin, agent) = desk().await;
    let looker = on_role(&admin, "define", role("Looker", &["ticket.read"])).await;
    let looker = accepted(&looker)["role"]["id"].clone();
    let ada = own_id(&agent).await;
    let board = json!({"name": "Board", "purpose": "Decides", "ownerId": ada});
    let board = mutate_noun(&admin, "defineAccessGroup", "accessGroup { id }", board).await;
    let board = accepted(&board)["accessGroup"]["id"].clone();
    let policy =
        "accessPolicy { version justificationMin maxEscalations withoutSubordinates rulePeopleMax
        span { calendar { name } seconds } governance { name } owner { login }
        rules { key roles { name } tiers stages { order mode quorum span { seconds }
            approvers { kind person { login } group { name } role { name } }
            thresholds { approve reject among { kind } } } }
        boundaries { kind ceiling } emergencies { role { name } group { name } } }";
    let asked = format!(
        "query($a: Position) {{ accessPolicy(at: {{asOfPosition: $a}}) {{ {} }} }}",
        policy.strip_prefix("accessPolicy {").unwrap().strip_suffix('}').unwrap()
    );
    let shipped = agent.data(&asked, json!({})).await["accessPolicy"].clone();
    assert_eq!((&shipped["version"], &shipped["span"]["seconds"]), (&json!(2), &json!(259_200)));
    let change = async |name: &str, input: Value| mutate_noun(&admin, name, policy, input).await;

    let stage = json!({"order": 1, "approvers": [{"office": "SUPERIOR"}, {"personId": ada}, {"groupId": board}],
        "mode": {"quorum": 2}, "span": {"seconds": 86400}});
    let last = json!({"order": 2, "approvers": [{"office": "ROLE_OWNER"}], "span": {"seconds": 60},
        "mode": {"thresholds": [{"approve": 1, "reject": 1}]}});
    let rules = json!({"rules": [{"key": "Lookers", "roleIds": [looker], "tiers": ["STANDARD"], "stages": [stage, last]}]});
    let set = change("setAccessPolicyRules", rules).await;
    let rule = accepted(&set)["accessPolicy"]["rules"][0].clone();
    assert_eq!(
        (&rule["roles"], &rule["tiers"]),
        (&json!([{"name": "Looker"}]), &json!(["STANDARD"]))
    );
    assert_eq!(
        (&rule["stages"][0]["mode"], &rule["stages"][0]["quorum"]),
        (&json!("QUORUM"), &json!(2))
    );
    assert_eq!(rule["stages"][0]["approvers"].as_array().unwrap().len(), 3);
    assert_eq!(rule["stages"][1]["thresholds"], json!([{"approve": 1, "reject": 1, "among": []}]));
    let twice = json!({"key": "X", "stages": []});
    let nobody = change("setAccessPolicyRules", json!({"rules": [twice]})).await;
    assert_eq!(code(&nobody), "ACCESS_POLICY_ROLES_MISSING");

    let chosen = change("chooseAccessGovernance", json!({"groupId": board, "personId": ada})).await;
    assert_eq!(accepted(&chosen)["accessPolicy"]["governance"]["name"], "Board");
    let limits = json!({"justificationMin": 20, "maxEscalations": 1, "span": {"seconds": 3600},
        "withoutSubordinates": false, "rulePeopleMax": 5});
    let limited = change("changeAccessLimits", limits.clone()).await;
    assert_eq!(accepted(&limited)["accessPolicy"]["justificationMin"], 20);
    let wrong = change("changeAccessLimits", with(limits, json!({"maxEscalations": 9}))).await;
    assert_eq!(
        (code(&wrong), &wrong["userErrors"][0]["field"]),
        ("ACCESS_POLICY_ESCALATIONS_UNFIT", &json!(["maxEscalations"]))
    );
    let drawn = json!({"kind": "SERVICE", "ceiling": ["ci.*"]});
    let drawn = change("drawAccessBoundary", drawn).await;
    assert_eq!(
        accepted(&drawn)["accessPolicy"]["boundaries"],
        json!([{"kind": "SERVICE", "ceiling": ["ci.*"]}])
    );
    let ready = json!({"roles": [{"roleId": looker, "groupId": board}]});
    let ready = change("prepareAccessEmergencies", ready).await;
    let told = json!([{"role": {"name": "Looker"}, "group": {"name": "Board"}}]);
    assert_eq!(accepted(&ready)["accessPolicy"]["emergencies"], told);
    assert_eq!(ready["accessPolicy"]["version"], 7);

    let then = agent.data(&asked, json!({"a": set["position"]})).await["accessPolicy"].clone();
    assert_eq!((&then["version"], &then["justificationMin"]), (&json!(3), &json!(10)));
    let forbidden =
        mutate_noun(&agent, "drawAccessBoundary", policy, json!({"kind": "SERVICE"})).await;
    assert_eq!(code(&forbidden), "FORBIDDEN");
    let history = admin.data("{ accessPolicyHistory { totalCount } }", json!({})).await;
    assert_eq!(history["accessPolicyHistory"]["totalCount"], 7);
}

#[tokio::test]
async fn a_rule_grants_by_itself_once_what_comes_of_it_was_seen() {
    let (_world, admin, agent) = desk().await;
    let content = async |name: &str, risk: &str| {
        let role = with(role(name, &["ticket.read"]), json!({"risk": risk}));
        let role = on_role(&admin, "define", role).await;
        json!({"name": name, "population": [[{"role": "AUDITOR"}]], "gives": [{"roleId": accepted(&role)["role"]["id"]}]})
    };
    let asked = "query($r: ID, $c: AssignmentRuleContentInput) {
        assignmentRulePreview(assignmentRuleId: $r, content: $c) { gains loses breaches digest } }";
    let shown =
        "assignmentRule { id name inForce { gives { role { name } } population { kind role } }
        waiting { proposedBy { login } } retired version }";
    let plain = content("Looker", "STANDARD").await;
    let forbidden = agent.ask(asked, json!({"c": plain})).await;
    assert_eq!(forbidden.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let seen = admin.data(asked, json!({"c": plain})).await["assignmentRulePreview"].clone();
    assert!(seen["gains"].as_i64().unwrap() > 0 && seen["loses"] == 0, "{seen}");
    let unseen = with(plain.clone(), json!({"seen": "0"}));
    let unseen = mutate_noun(&admin, "defineAssignmentRule", shown, unseen).await;
    assert_eq!(code(&unseen), "ASSIGNMENT_RULE_NOT_SIMULATED");
    let input = with(plain, json!({"seen": seen["digest"]}));
    let defined = mutate_noun(&admin, "defineAssignmentRule", shown, input).await;
    let rule = accepted(&defined)["assignmentRule"].clone();
    assert_eq!(rule["inForce"]["gives"], json!([{"role": {"name": "Looker"}}]));
    assert_eq!(rule["inForce"]["population"], json!([[{"kind": "ROLE", "role": "AUDITOR"}]]));
    assert_eq!(rule["waiting"], Value::Null);

    // What is privileged waits for somebody else.
    let high = content("Chief", "PRIVILEGED").await;
    let seen = admin.data(asked, json!({"c": high})).await["assignmentRulePreview"].clone();
    let input = with(high, json!({"seen": seen["digest"]}));
    let proposed = mutate_noun(&admin, "defineAssignmentRule", shown, input).await;
    let rule = accepted(&proposed)["assignmentRule"].clone();
    assert_eq!(
        (&rule["inForce"], &rule["waiting"]),
        (&Value::Null, &json!({"proposedBy": {"login": "admin"}}))
    );
    let waits = admin.data(asked, json!({"r": rule["id"]})).await["assignmentRulePreview"].clone();
    let confirm = json!({"assignmentRuleId": rule["id"], "seen": waits["digest"]});
    let alone = mutate_noun(&admin, "confirmAssignmentRule", shown, confirm).await;
    assert_eq!(code(&alone), "ASSIGNMENT_RULE_SAME_PERSON");
    let declined = json!({"assignmentRuleId": rule["id"]});
    let declined = mutate_noun(&admin, "declineAssignmentRule", shown, declined).await;
    assert_eq!(accepted(&declined)["assignmentRule"]["waiting"], Value::Null);
    let retired = json!({"assignmentRuleId": defined["assignmentRule"]["id"]});
    let retired = mutate_noun(&admin, "retireAssignmentRule", shown, retired).await;
    assert_eq!(accepted(&retired)["assignmentRule"]["retired"], true);
}

#[tokio::test]
async fn the_page_about_it_is_true() {
    let (_world, admin, _) = desk().await;
    let mut bound: BTreeMap<String, Value> = BTreeMap::new();
    for (query, json) in examples(PAGE) {
        let (answers, given): (Vec<_>, Vec<_>) =
            json.into_iter().partition(|json| json.get("data").is_some());
        let given = filled(given.first().cloned().unwrap_or(json!({})), &bound);
        let told = admin.data(&query, given).await;
        match answers.first() {
            Some(expected) => same(&expected["data"], &told, &mut bound),
            None => assert!(!told.to_string().contains("\"code\""), "{query}: {told}"),
        }
    }
    assert!(bound.contains_key("$ROLE"), "the page makes a role");
}
