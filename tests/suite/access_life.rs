//! What becomes of access over time: of whoever moves, or is suspended, and of what is of no use.

use serde_json::{Value, json};
use testbed::{Client, World};

use crate::desk::{Desk, accepted, code, followed, mutate_noun, own_id};

async fn role(admin: &Client, name: &str, actions: &[&str]) -> Value {
    let input = json!({"name": name, "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": actions}]});
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    accepted(&defined)["role"]["id"].clone()
}

async fn give(admin: &Client, whom: &Value, role: &Value) -> Value {
    let input = json!({"subjectId": whom, "what": {"roleId": role}});
    let given = mutate_noun(admin, "grantAccess", "grant { id }", input).await;
    accepted(&given)["grant"]["id"].clone()
}

/// A rule by which everybody of a unit has the role.
async fn by_unit(admin: &Client, name: &str, (unit, role): (&Value, &Value)) {
    let content = json!({"name": name, "population": [[{"unitId": unit}]],
        "gives": [{"roleId": role}]});
    let query = "query($c: AssignmentRuleContentInput) {
        assignmentRulePreview(content: $c) { digest } }";
    let seen = admin.data(query, json!({"c": content})).await["assignmentRulePreview"].clone();
    let mut input = content;
    input["seen"] = seen["digest"].clone();
    let defined = mutate_noun(admin, "defineAssignmentRule", "assignmentRule { id }", input).await;
    accepted(&defined);
}

/// What somebody has, by role.
async fn held(client: &Client, whom: &Value, role: &Value) -> Vec<Value> {
    let query = "query($w: AccessGrantWhere) { grants(where: $w, first: 100) {
        nodes { id holds source shortened endsAt movedAt } } }";
    let filter = json!({"w": {"subjectId": whom, "roleId": role, "state": "ACTIVE"}});
    let found = client.data(query, filter).await;
    found["grants"]["nodes"].as_array().unwrap().clone()
}

/// How many days after another an instant is.
fn days(from: &Value, until: &Value) -> i64 {
    let read = |it: &Value| chrono::DateTime::parse_from_rfc3339(it.as_str().unwrap()).unwrap();
    (read(until) - read(from)).num_days()
}

async fn move_to(client: &Client, whom: &Value, more: Value) -> Value {
    let mut input = json!({"personId": whom, "reason": "A new team"});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let shown = "person { position units { id } }";
    mutate_noun(client, "personMove", shown, input).await
}

#[tokio::test]
async fn whoever_moves_keeps_for_a_while_what_the_old_place_gave() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (admin, ada) = (&desk.admin, own_id(&desk.ada).await);
    let old = role(admin, "Of the old place", &["ci.retire"]).await;
    let new = role(admin, "Of the new place", &["ci.merge"]).await;
    let asked = role(admin, "Given by hand", &["ci.use"]).await;
    let bundle = role(admin, "Of the template", &["ci.relate"]).await;
    by_unit(admin, "Service desk", (&desk.service_desk, &old)).await;
    by_unit(admin, "Infrastructure", (&desk.infrastructure, &new)).await;
    let direct = give(admin, &ada, &asked).await;
    let input = json!({"name": "Infrastructure", "items": [{"what": {"roleId": bundle}}]});
    let defined = mutate_noun(admin, "defineAccessTemplate", "accessTemplate { id }", input).await;
    let template = accepted(&defined)["accessTemplate"]["id"].clone();
    followed(&world).await;
    let by_rule = held(admin, &ada, &old).await;
    assert_eq!(by_rule.len(), 1, "{by_rule:?}");

    let to = json!({"unitIds": [desk.infrastructure], "position": "Network engineer",
        "graceDays": 5, "templateIds": [template]});
    for (more, refusal, field) in [
        (json!({"graceDays": 31}), "PERSON_GRACE_UNFIT", "graceDays"),
        (json!({"from": "2099-01-01T00:00:00Z"}), "PERSON_START_UNFIT", "from"),
        (json!({"templateIds": [old]}), "INVALID_ID", "templateIds"),
    ] {
        let refused = move_to(admin, &ada, more).await;
        assert_eq!(code(&refused), refusal);
        assert_eq!(refused["userErrors"][0]["field"], json!([field]));
    }
    let own = own_id(admin).await;
    assert_eq!(code(&move_to(admin, &own, json!({})).await), "PERSON_NOT_ONESELF");
    let moved = move_to(admin, &ada, to).await;
    let person = &accepted(&moved)["person"];
    assert_eq!(person["position"], "Network engineer");
    assert_eq!(person["units"], json!([{"id": desk.infrastructure}]));

    // It is one command's, but for what rules give: that comes as to everybody.
    let sql = "select count(distinct e.metadata ->> 'command_id') from journal.events e
        where e.event_type in ('person.moved', 'person.position_taken', 'unit.left', 'unit.joined',
            'subject_access.shortened')
          and e.metadata ->> 'command_id' = (select m.metadata ->> 'command_id'
              from journal.events m where m.event_type = 'person.moved')";
    let commands: i64 =
        sqlx::query_scalar(sql).fetch_one(&mut world.superuser().await).await.unwrap();
    assert_eq!(commands, 1);
    followed(&world).await;
    let kept = held(admin, &ada, &old).await;
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!((&kept[0]["shortened"], &kept[0]["holds"]), (&json!("LOST"), &json!(true)));
    assert_eq!(days(&kept[0]["movedAt"], &kept[0]["endsAt"]), 5);
    let given = held(admin, &ada, &asked).await;
    assert_eq!((&given[0]["shortened"], &given[0]["holds"]), (&json!("UNCONFIRMED"), &json!(true)));
    assert_eq!(days(&given[0]["movedAt"], &given[0]["endsAt"]), 14);
    let fresh = held(admin, &ada, &new).await;
    assert_eq!(fresh.len(), 1, "{fresh:?}");
    assert_eq!((&fresh[0]["source"], &fresh[0]["endsAt"]), (&json!("RULE"), &Value::Null));
    let bundled = held(admin, &ada, &bundle).await;
    assert_eq!(
        (&bundled[0]["source"], &bundled[0]["shortened"]),
        (&json!("TEMPLATE"), &Value::Null)
    );

    // Somebody else confirms what is needed still; it ends as before, once and for all.
    let waiting = "{ grants(where: {shortened: UNCONFIRMED}) { nodes { id } } }";
    let listed = admin.data(waiting, json!({})).await["grants"]["nodes"].clone();
    assert_eq!(listed, json!([{"id": direct}]));
    let shown = "grant { shortened endsAt }";
    let confirm = async |by: &Client, grant: &Value| {
        let input = json!({"grantId": grant, "reason": "Still on call"});
        mutate_noun(by, "confirmAccess", shown, input).await
    };
    assert_eq!(code(&confirm(&desk.ada, &direct).await), "FORBIDDEN");
    assert_eq!(code(&confirm(admin, &kept[0]["id"]).await), "SUBJECT_ACCESS_SOURCE_UNFIT");
    let confirmed = confirm(admin, &direct).await;
    assert_eq!(accepted(&confirmed)["grant"], json!({"shortened": null, "endsAt": null}));
    let again = confirm(admin, &direct).await;
    assert_eq!(accepted(&again)["position"], Value::Null);

    // All of it is told among the changes of permissions.
    let query = "query($s: ID!) { grantHistory(where: {subjectId: $s}, first: 100) {
        nodes { kind reason grant { id } } } }";
    let told = admin.data(query, json!({"s": ada})).await["grantHistory"]["nodes"].clone();
    let of = |grant: &Value| -> Vec<String> {
        let of = told.as_array().unwrap().iter().filter(|it| it["grant"]["id"] == *grant);
        of.map(|it| it["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(of(&direct), ["GRANTED", "SHORTENED", "CONFIRMED"]);
    assert_eq!(of(&kept[0]["id"]), ["GRANTED", "SHORTENED"]);
}

#[tokio::test]
async fn the_last_who_may_give_access_is_not_suspended() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let actions = ["person.read", "person.suspend", "person.leave", "unit.leave"];
    let warden = role(&desk.admin, "Warden", &actions).await;
    let (ada, admin) = (own_id(&desk.ada).await, own_id(&desk.admin).await);
    give(&desk.admin, &ada, &warden).await;
    let shown = "person { life }";
    // Others may give access, too; without these the administrator is the last.
    for other in [own_id(&desk.director).await, own_id(&desk.auditor).await] {
        let input = json!({"personId": other});
        accepted(&mutate_noun(&desk.ada, "personLeave", shown, input).await);
    }
    let suspend = json!({"personId": admin});
    let refused = mutate_noun(&desk.ada, "personSuspend", shown, suspend).await;
    assert_eq!(code(&refused), "PERSON_LAST_KEEPER", "{refused}");
    let life = "{ viewer { person { life } } }";
    assert_eq!(desk.admin.data(life, json!({})).await["viewer"]["person"]["life"], "ACTIVE");
}

#[tokio::test]
async fn what_is_of_no_use_is_shown_first_and_then_taken_back() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (admin, ada) = (&desk.admin, own_id(&desk.ada).await);
    let retirer = role(admin, "Retirer", &["ci.retire"]).await;
    let kept = give(admin, &ada, &retirer).await;
    let double = give(admin, &ada, &retirer).await;
    let crew = json!({"name": "Crew", "purpose": "Works", "ownerId": own_id(admin).await});
    let group = mutate_noun(admin, "defineAccessGroup", "accessGroup { id }", crew);
    let group = accepted(&group.await)["accessGroup"]["id"].clone();
    let orphan = give(admin, &group, &retirer).await;
    let retire = json!({"accessGroupId": group});
    accepted(&mutate_noun(admin, "retireAccessGroup", "accessGroup { id }", retire).await);
    let roles =
        admin.data("{ roles(search: \"Access administrator\") { nodes { id } } }", json!({}));
    let privileged = give(admin, &ada, &roles.await["roles"]["nodes"][0]["id"]).await;

    let shown = "results { kind outcome grant { id state } shadowedBy { id } } hasMore position";
    let clean = async |by: &Client, more: Value| {
        let kinds = json!(["EXPIRED", "ORPHANED", "DUPLICATE", "PRIVILEGED_WITHOUT_END"]);
        let mut input = json!({"kinds": kinds, "reason": "Cleaning up"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let query = format!(
            "mutation($i: CleanUpAccessInput!) {{
                cleanUpAccess(input: $i) {{ {shown} userErrors {{ code }} }} }}"
        );
        by.data(&query, json!({ "i": input })).await["cleanUpAccess"].clone()
    };
    let found = |answer: &Value, outcome: &str| -> Vec<(Value, Value)> {
        let results = answer["results"].as_array().unwrap().iter();
        let results = results.filter(|it| it["outcome"] == outcome);
        results.map(|it| (it["kind"].clone(), it["grant"]["id"].clone())).collect()
    };
    let orphan = (json!("ORPHANED"), orphan);
    let privileged = (json!("PRIVILEGED_WITHOUT_END"), privileged);
    let double = (json!("DUPLICATE"), double);
    let dry = clean(admin, json!({})).await;
    let all = vec![orphan.clone(), privileged.clone(), double.clone()];
    assert_eq!(found(accepted(&dry), "FOUND"), all, "{dry}");
    assert_eq!((&dry["position"], &dry["hasMore"]), (&Value::Null, &json!(false)));
    assert_eq!(dry["results"][2]["shadowedBy"]["id"], kept);
    assert_eq!(clean(admin, json!({"most": 1})).await["hasMore"], true);

    let done = clean(admin, json!({"dryRun": false})).await;
    assert_eq!(found(accepted(&done), "DONE"), [orphan, double]);
    assert_eq!(found(&done, "FOUND"), std::slice::from_ref(&privileged));
    assert_eq!(done["results"][0]["grant"]["state"], "REVOKED");
    let again = clean(admin, json!({"dryRun": false})).await;
    assert_eq!(found(&again, "FOUND"), [privileged]);
    assert_eq!((found(&again, "DONE").len(), &again["position"]), (0, &Value::Null));
    assert_eq!(
        held(admin, &ada, &retirer).await[0]["holds"],
        true,
        "what it was of is still there"
    );

    // Whoever may not take grants back may not look for them so either.
    let query = "mutation { cleanUpAccess(input: {kinds: [EXPIRED]}) { hasMore } }";
    let refused = desk.cleo.ask(query, json!({})).await;
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn a_seat_that_a_leaver_was_to_have_is_somebody_elses_with_the_same_command() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let admin = &desk.admin;
    let (ada, cleo, director) =
        (own_id(&desk.ada).await, own_id(&desk.cleo).await, own_id(&desk.director).await);
    let input = json!({"name": "Decider", "risk": "STANDARD",
        "entries": [{"actions": ["access.decide"], "level": 1}, {"actions": ["access.read"]}]});
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    give(admin, &ada, &accepted(&defined)["role"]["id"]).await;
    let input = json!({"name": "Merger", "risk": "STANDARD", "requestable": true,
        "ownerId": own_id(admin).await, "entries": [{"actions": ["ci.merge"]}]});
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    let wanted = accepted(&defined)["role"]["id"].clone();
    let stage = |order: u8, person: &Value| {
        json!({"order": order, "mode": {"quorum": 1}, "span": {"seconds": 36_000},
            "approvers": [{"personId": person}]})
    };
    let stages = [stage(1, &director), stage(2, &ada)];
    let rules = json!({"rules": [{"key": "two", "roleIds": [wanted], "stages": stages}]});
    let set = mutate_noun(admin, "setAccessPolicyRules", "accessPolicy { version }", rules);
    accepted(&set.await);
    let wish = json!({"beneficiaryId": cleo, "what": {"roleId": wanted},
        "justification": "For the night shift"});
    let shown = "accessRequest { id state approvers { login } }";
    let asked = mutate_noun(&desk.cleo, "requestAccess", shown, wish).await;
    let request = accepted(&asked)["accessRequest"]["id"].clone();
    let left = json!({"personId": ada});
    accepted(&mutate_noun(admin, "personLeave", "person { life }", left).await);
    let sql = "select count(*) from journal.events s join journal.events l
        on l.metadata ->> 'command_id' = s.metadata ->> 'command_id'
        where s.event_type = 'access_request.seat_passed' and l.event_type = 'person.left'";
    let passed: i64 =
        sqlx::query_scalar(sql).fetch_one(&mut world.superuser().await).await.unwrap();
    assert_eq!(passed, 1);
    let vote = json!({"requestId": request});
    let first = mutate_noun(&desk.director, "approveAccessRequest", shown, vote.clone()).await;
    let waits = &accepted(&first)["accessRequest"];
    assert_eq!(
        (&waits["state"], &waits["approvers"]),
        (&json!("AWAITING"), &json!([{"login": "admin"}]))
    );
    let second = mutate_noun(admin, "approveAccessRequest", shown, vote).await;
    assert_eq!(accepted(&second)["accessRequest"]["state"], "ACTIVE");
}
