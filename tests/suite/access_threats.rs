//! Those who would have more than they are given: each threat of the reference by its number, tried
//! by a client of the real binary. Lists and identities (T24, T34) are crawled in `rights/crawl.rs`.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, World};

use crate::desk::{Desk, accepted, code, mutate, mutate_noun, own_id};

/// Longer than it takes until whoever keeps a view has heard that it stands.
const HEARD: Duration = Duration::from_millis(600);

/// Everything that tells what is in tickets, `$s` being what was added to them.
const TOLD: &str = "query($i: ID!, $s: String!) {
    node(id: $i) { ... on Ticket { title conversation(first: 100) { totalCount nodes { body } } } }
    ticket(id: $i) { title description tags fields { text } attachments { name }
        conversation(first: 100) { nodes { body } } links { totalCount }
        timeline(first: 100) { nodes { eventType changes { to } } } sla { reaction { crossings { percent } } }
        cis { totalCount } quality { surveySentAt } }
    timeline(nodeId: $i) { totalCount nodes { changes { to } } }
    notifications(first: 100) { nodes { message comment { body } } }
    tickets(search: $s, first: 100) { totalCount nodes { id } } }";

/// The shipped role of this name.
async fn shipped(admin: &Client, name: &str) -> Value {
    let query = "query($s: String) { roles(search: $s, first: 100) { nodes { id name } } }";
    let roles = admin.data(query, json!({"s": name})).await["roles"]["nodes"].clone();
    let found = roles.as_array().unwrap().iter().find(|role| role["name"] == name);
    found.unwrap_or_else(|| panic!("{name}: {roles}"))["id"].clone()
}

async fn give(admin: &Client, subject: &Value, role: &Value) -> Value {
    let input = json!({"subjectId": subject, "what": {"roleId": role}});
    accepted(&mutate_noun(admin, "grantAccess", "grant { id }", input).await)["grant"]["id"].clone()
}

/// A role that somebody may be given; its id.
async fn role(client: &Client, name: &str, more: Value) -> Value {
    let mut input = json!({"name": name, "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": ["ci.retire"]}]});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let defined = mutate_noun(client, "defineRole", "role { id }", input).await;
    accepted(&defined)["role"]["id"].clone()
}

/// What somebody has: by which grants, in which groups.
async fn has(admin: &Client, who: &Value) -> Value {
    let query = "query($w: AccessGrantWhere, $m: ID) {
        grants(where: $w, first: 100) { nodes { id holds } }
        accessGroups(memberId: $m, first: 100) { nodes { id } } }";
    admin.data(query, json!({"w": {"subjectId": who, "state": "ACTIVE"}, "m": who})).await
}

#[tokio::test]
async fn t18_what_is_added_after_somebody_was_shut_out_is_not_told_to_them() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let admin = &desk.admin;
    let all = admin.data("{ projections { name } }", json!({})).await["projections"].clone();
    let all: Vec<&Value> = all.as_array().unwrap().iter().map(|it| &it["name"]).collect();
    let but: Vec<&Value> = all.iter().copied().filter(|name| **name != "tickets").collect();
    let mut held_back = 0;
    // However far behind whatever can be behind is: each view by itself, all but one, all.
    let each = all.iter().map(std::slice::from_ref);
    for (round, names) in each.chain([but.as_slice(), all.as_slice()]).enumerate() {
        let team = desk.ticket(&format!("Moved {round}")).await;
        let watched = desk.ticket(&format!("Watched {round}")).await;
        let watch = json!({"ticketId": watched, "personId": own_id(&desk.cleo).await});
        accepted(&mutate(&desk.ada, "ticketWatch", watch.clone()).await);
        for (reader, ticket) in [(&desk.ada, &team), (&desk.cleo, &watched)] {
            assert_ne!(
                reader.data("query($i: ID!) { ticket(id: $i) { id } }", json!({"i": ticket})).await
                    ["ticket"],
                Value::Null
            );
        }
        held_back += turn(admin, "projectionPause", names).await;
        tokio::time::sleep(HEARD).await;
        let away = json!({"ticketId": team, "unitId": desk.infrastructure, "assigneeIds": []});
        accepted(&mutate(&desk.director, "ticketAssign", away).await);
        accepted(&mutate(&desk.director, "ticketUnwatch", watch).await);
        for (reader, ticket, whose) in [(&desk.ada, &team, "team"), (&desk.cleo, &watched, "eye")] {
            let secret = format!("unspeakable-{whose}-{round}");
            let said = json!({"ticketId": ticket, "body": secret});
            accepted(&mutate(&desk.director, "ticketComment", said).await);
            let tag = json!({"ticketId": ticket, "tag": secret});
            accepted(&mutate(&desk.director, "ticketTag", tag).await);
            let told = reader.ask(TOLD, json!({"i": ticket, "s": secret})).await.body;
            assert!(!told.to_string().contains(&secret), "{names:?}: {told}");
            assert_eq!(told["data"]["tickets"]["totalCount"], 0, "{names:?}: {told}");
            let answer = json!({"ticketId": ticket, "body": "Me too"});
            let answer = mutate(reader, "ticketComment", answer).await;
            assert!(code(&answer).ends_with("_NOT_FOUND"), "{names:?}: {answer}");
        }
        turn(admin, "projectionResume", names).await;
    }
    assert!(held_back > 2 * 25, "too little could be held back: {held_back} times");
}

#[tokio::test]
async fn t18_who_listens_from_before_they_were_shut_out_is_not_told_what_is_in_it_by_now() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ticket = desk.ticket("Moved").await;
    let away = json!({"ticketId": ticket, "unitId": desk.infrastructure, "assigneeIds": []});
    accepted(&mutate(&desk.director, "ticketAssign", away).await);
    let said = json!({"ticketId": ticket, "body": "unspeakable"});
    accepted(&mutate(&desk.director, "ticketComment", said).await);
    let query = "subscription($i: ID) { ticketChanged(ticketId: $i) { eventType
        ticket { title conversation(first: 100) { nodes { body } } } } }";
    // From the beginning: each event tells the ticket as it was, and what is in it is of now.
    let mut told = desk.ada.listen(query, json!({"i": ticket}), Some("0")).await.unwrap();
    let mut last = String::new();
    while !last.contains("ticket.assigned") {
        last = told.next().await.unwrap().data.to_string();
        assert!(!last.contains("unspeakable"), "{last}");
    }
    // Whoever sees it is told all of it.
    let mut told = desk.director.listen(query, json!({"i": ticket}), Some("0")).await.unwrap();
    assert!(told.next().await.unwrap().data.to_string().contains("unspeakable"));
}

/// Pauses or resumes views; how many of them let it happen.
async fn turn(admin: &Client, verb: &str, names: &[&Value]) -> usize {
    let mut done = 0;
    for name in names {
        let mut input = json!({"name": name});
        if verb == "projectionPause" {
            input["reason"] = json!("Held back");
        }
        let kind = format!("P{}Input", &verb[1..]);
        let query =
            format!("mutation($i: {kind}!) {{ {verb}(input: $i) {{ userErrors {{ code }} }} }}");
        let told = admin.data(&query, json!({"i": input})).await[verb].clone();
        assert!(["none", "PROJECTION_INLINE"].contains(&code(&told)), "{told}");
        done += usize::from(code(&told) == "none");
    }
    done
}

#[tokio::test]
async fn t20_whoever_may_change_rights_changes_none_of_their_own() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (admin, ada) = (&desk.admin, &desk.ada);
    let (me, cleo) = (own_id(ada).await, own_id(&desk.cleo).await);
    let (keeper, manager) =
        (shipped(admin, "Access administrator").await, shipped(admin, "CMDB manager").await);
    give(admin, &me, &keeper).await;
    let junior = role(admin, "Retirer", json!({})).await;
    let senior = role(admin, "Chief", json!({"entries": [], "juniorIds": [junior]})).await;
    give(admin, &me, &senior).await;
    let group = json!({"name": "Managers", "purpose": "To manage", "ownerId": me});
    let group = mutate_noun(admin, "defineAccessGroup", "accessGroup { id }", group).await;
    let group = accepted(&group)["accessGroup"]["id"].clone();
    give(admin, &group, &manager).await;
    let items = json!([{"what": {"roleId": junior}}]);
    let template = json!({"name": "Joiner", "items": items});
    let template =
        mutate_noun(ada, "defineAccessTemplate", "accessTemplate { id }", template).await;
    let template = accepted(&template)["accessTemplate"]["id"].clone();
    let before = has(admin, &me).await;

    let more = json!([{"actions": ["kpi.read"]}]);
    let everybody = json!([[{"role": "AGENT"}]]);
    let rule = json!({"name": "Agents manage", "population": everybody,
        "gives": [{"roleId": manager}]});
    let seen =
        "query($c: AssignmentRuleContentInput) { assignmentRulePreview(content: $c) { digest } }";
    let seen = ada.data(seen, json!({"c": rule})).await["assignmentRulePreview"]["digest"].clone();
    let mut rule_seen = rule.clone();
    rule_seen["seen"] = seen;
    for (verb, input, refusal) in [
        // A role one holds, by itself or because one holds what inherits from it.
        (
            "redefineRole",
            json!({"roleId": senior, "name": "Chief", "entries": more}),
            "ROLE_HELD_BY_ACTOR",
        ),
        (
            "redefineRole",
            json!({"roleId": junior, "name": "Retirer", "entries": more}),
            "ROLE_HELD_BY_ACTOR",
        ),
        ("defineRole", json!({"name": "Mine", "entries": more}), "ROLE_PERMISSION_NOT_HELD"),
        ("defineRole", json!({"name": "Mine", "juniorIds": [manager]}), "ROLE_PERMISSION_NOT_HELD"),
        // Grants to oneself, and of what one does not have.
        (
            "grantAccess",
            json!({"subjectId": me, "what": {"roleId": manager}}),
            "SUBJECT_ACCESS_OWN_GRANT",
        ),
        (
            "grantAccess",
            json!({"subjectId": me, "what": {"roleId": junior}}),
            "SUBJECT_ACCESS_OWN_GRANT",
        ),
        (
            "grantAccess",
            json!({"subjectId": cleo, "what": {"roleId": manager}}),
            "SUBJECT_ACCESS_NOT_HELD",
        ),
        // A template of one's own.
        (
            "applyAccessTemplate",
            json!({"subjectId": me, "templateId": template}),
            "SUBJECT_ACCESS_OWN_GRANT",
        ),
        // A group that has more, by its members and by whom it means.
        (
            "addAccessGroupMember",
            json!({"accessGroupId": group, "memberId": me}),
            "ACCESS_GROUP_OWN_MEMBERSHIP",
        ),
        (
            "addAccessGroupMember",
            json!({"accessGroupId": group, "memberId": cleo}),
            "ACCESS_GROUP_NOT_HELD",
        ),
        (
            "chooseAccessGroupPopulation",
            json!({"accessGroupId": group, "population": everybody}),
            "ACCESS_GROUP_NOT_HELD",
        ),
        // A rule that gives by itself.
        ("defineAssignmentRule", rule_seen, "ASSIGNMENT_RULE_NOT_HELD"),
    ] {
        let refused = mutate_noun(ada, verb, "__typename", input.clone()).await;
        assert!(
            code(&refused) == refusal || inner(&refused) == refusal,
            "{verb} {input}: {refused}"
        );
    }
    assert_eq!(has(admin, &me).await, before);
    let closed = ada.ask("{ events(first: 1) { totalCount } }", json!({})).await;
    assert_eq!(closed.body["errors"][0]["extensions"]["code"], "FORBIDDEN", "{closed:?}");
}

/// The refusal of the first of several.
fn inner(payload: &Value) -> &str {
    payload["results"][0]["userErrors"][0]["code"].as_str().unwrap_or("none")
}

#[tokio::test]
async fn t23_what_works_for_somebody_may_do_what_they_may_and_no_more() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (admin, carla, cleo) = (&desk.admin, &desk.carla, &desk.cleo);
    let foreign = desk.ticket("Not theirs").await;

    // Several at once are each asked for.
    let many = "mutation($i: TicketPrioritizeManyInput!) { ticketPrioritizeMany(input: $i) {
        results { userErrors { code } } } }";
    let items = json!({"items": [{"ticketId": foreign, "priority": "CRITICAL"}]});
    let many = cleo.data(many, json!({"i": items})).await["ticketPrioritizeMany"].clone();
    assert_eq!(inner(&many), "TICKET_NOT_FOUND");
    let (ada, role) = (own_id(&desk.ada).await, role(admin, "Retirer", json!({})).await);
    for mode in ["ATOMIC", "BEST_EFFORT"] {
        let items = json!([{"subjectId": ada, "what": {"roleId": role}}]);
        let batch = json!({"items": items, "mode": mode});
        let shown = "results { done userErrors { code } }";
        let batch = mutate_noun(cleo, "grantAccessBatch", shown, batch).await;
        assert!(batch["results"][0]["done"] != true, "{batch}");
        assert!(
            ["FORBIDDEN", "SUBJECT_ACCESS_NOT_FOUND"].contains(&inner(&batch))
                || code(&batch) == "FORBIDDEN",
            "{batch}"
        );
    }

    // A macro goes by the rights of whoever applies it, not of whoever wrote it.
    let steps = json!([{"prioritize": "CRITICAL"}]);
    let urgent = json!({"name": "Urgent", "steps": steps});
    let urgent = mutate_noun(&desk.director, "macroDefine", "macro { id }", urgent).await;
    let urgent = accepted(&urgent)["macro"]["id"].clone();
    let own = json!({"kind": "INCIDENT", "title": "My own"});
    let own = accepted(&mutate(carla, "ticketOpen", own).await)["ticket"]["id"].clone();
    for (client, ticket) in [(carla, &own), (carla, &foreign), (cleo, &foreign)] {
        let apply = json!({"ticketId": ticket, "macroId": urgent});
        let refused = mutate(client, "ticketApplyMacro", apply).await;
        let expected = ["FORBIDDEN", "TICKET_NOT_FOUND", "MACRO_NOT_FOUND"];
        assert!(expected.contains(&code(&refused)), "{refused}");
    }

    // What is lent is what the lender has, and nobody lends what they do not have.
    let until = json!("2999-01-01T00:00:00Z");
    let lend = json!({"toId": own_id(cleo).await, "what": {"roleId": role}, "until": until});
    let lent = mutate_noun(&desk.ada, "delegateAccess", "grant { id }", lend).await;
    assert!(code(&lent) != "none", "{lent}");
    let priority = "query($i: ID!) { ticket(id: $i) { priority } }";
    for ticket in [&own, &foreign] {
        let is = desk.director.data(priority, json!({"i": ticket})).await;
        assert_ne!(is["ticket"]["priority"], "CRITICAL");
    }
}

#[tokio::test]
async fn t32_nobody_decides_what_they_asked_for_or_benefit_from() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (admin, director) = (&desk.admin, &desk.director);
    let role = role(admin, "Retirer", json!({})).await;
    let (boss, keeper) = (own_id(director).await, own_id(admin).await);
    let approvers = json!([{"personId": boss}, {"personId": keeper}]);
    let stage = json!({"order": 1, "approvers": approvers, "mode": {"quorum": 1},
        "span": {"seconds": 36_000}});
    let rules = json!({"rules": [{"key": "one", "roleIds": [role], "stages": [stage]}]});
    accepted(&mutate_noun(admin, "setAccessPolicyRules", "accessPolicy { version }", rules).await);
    let shown = "accessRequest { id state approvers { login } }";
    // For oneself, and by somebody else for oneself.
    for asks in [director, admin] {
        let input = json!({"beneficiaryId": boss, "what": {"roleId": role},
            "justification": "For the night shift"});
        let asked = mutate_noun(asks, "requestAccess", shown, input).await;
        let request = &accepted(&asked)["accessRequest"];
        let of_request = json!({"requestId": request["id"]});
        let approvers = request["approvers"].as_array().unwrap();
        assert!(approvers.iter().all(|it| it["login"] != "director"), "{request}");
        for who in [asks, director] {
            let own = mutate_noun(who, "approveAccessRequest", shown, of_request.clone()).await;
            assert!(code(&own).starts_with("ACCESS_REQUEST_"), "{own}");
        }
        // Nor is a seat passed on to them.
        if let Some(seat) = approvers.first() {
            let to = json!({"requestId": request["id"], "toId": boss});
            let passed = mutate_noun(admin, "delegateApproval", shown, to).await;
            assert!(code(&passed) != "none", "{seat} {passed}");
        }
        let grants = "query($w: AccessGrantWhere) { grants(where: $w) { totalCount } }";
        let grants = admin.data(grants, json!({"w": {"roleId": role}})).await;
        assert_eq!(grants["grants"]["totalCount"], 0);
        mutate_noun(asks, "withdrawAccessRequest", shown, of_request).await;
    }
}
