//! Access that is asked for: who decides, with how many votes, what voids them, what comes of it, and
//! what time does.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, World};
use tokio::time::{sleep, timeout};

use crate::desk::{Desk, accepted, code, mutate_noun, own_id, without_governance};

const REQUEST: &str = "accessRequest { id state because stage version justification
    requester { login } beneficiary { person { login } } approvers { login }
    stages { number mode needed approvers { login } seats { holder { login } vote } }
    votes { vote void comment by { login } } grant { id state source request { id } } }";

async fn ask(client: &Client, verb: &str, input: Value) -> Value {
    mutate_noun(client, verb, REQUEST, input).await
}

async fn request(client: &Client, id: &Value) -> Value {
    let inner = REQUEST.strip_prefix("accessRequest {").unwrap().strip_suffix('}').unwrap();
    let query = format!("query($id: ID!) {{ accessRequest(id: $id) {{ {inner} }} }}");
    client.data(&query, json!({ "id": id })).await["accessRequest"].clone()
}

async fn listed(client: &Client, filter: Value) -> usize {
    let query =
        "query($w: AccessRequestWhere) { accessRequests(where: $w) { totalCount nodes { id } } }";
    let list = client.data(query, json!({"w": filter})).await["accessRequests"].clone();
    assert_eq!(list["totalCount"], list["nodes"].as_array().unwrap().len());
    list["nodes"].as_array().unwrap().len()
}

async fn role(admin: &Client, name: &str) -> Value {
    let input = json!({"name": name, "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": ["ci.retire"]}]});
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    accepted(&defined)["role"]["id"].clone()
}

/// Requests for this role take these people's votes, so many of them.
async fn rule(admin: &Client, role: &Value, (people, needed): (&[Value], i32)) {
    without_governance(admin).await;
    let approvers: Vec<Value> = people.iter().map(|person| json!({"personId": person})).collect();
    let stage = json!({"order": 1, "approvers": approvers, "mode": {"quorum": needed},
        "span": {"seconds": 36_000}});
    let input = json!({"rules": [{"key": "two", "roleIds": [role], "stages": [stage]}]});
    let set = mutate_noun(admin, "setAccessPolicyRules", "accessPolicy { version }", input).await;
    accepted(&set);
}

fn wish(beneficiary: &Value, role: &Value) -> Value {
    json!({"beneficiaryId": beneficiary, "what": {"roleId": role},
        "justification": "For the night shift"})
}

fn on(request: &Value) -> Value {
    json!({"requestId": request})
}

fn with(mut input: Value, more: Value) -> Value {
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

/// A desk where two people decide on a role.
struct Ground {
    world: World,
    desk: Desk,
    role: Value,
    ada: Value,
}

impl Ground {
    async fn new() -> Self {
        let mut world = World::demo().await;
        let desk = Desk::open(&mut world).await;
        let role = role(&desk.admin, "Retirer").await;
        let people = [own_id(&desk.director).await, own_id(&desk.admin).await];
        rule(&desk.admin, &role, (&people, 2)).await;
        let ada = own_id(&desk.ada).await;
        Self { world, desk, role, ada }
    }

    async fn asked(&self) -> Value {
        let asked = ask(&self.desk.ada, "requestAccess", wish(&self.ada, &self.role)).await;
        accepted(&asked)["accessRequest"].clone()
    }
}

#[tokio::test]
async fn what_two_approve_is_there_with_the_second_vote() {
    let ground = Ground::new().await;
    let desk = &ground.desk;
    let asked = ground.asked().await;
    assert_eq!((&asked["state"], &asked["stage"]), (&json!("AWAITING"), &json!(1)));
    assert_eq!(asked["stages"][0]["needed"], 2);
    assert_eq!(asked["approvers"].as_array().unwrap().len(), 2);
    let id = &asked["id"];
    assert_eq!(listed(&desk.director, json!({"toApprove": true})).await, 1);
    assert_eq!(listed(&desk.ada, json!({"mine": true})).await, 1);
    assert_eq!(listed(&desk.cleo, json!({})).await, 0);
    assert_eq!(request(&desk.cleo, id).await, Value::Null);

    // Nobody decides for themselves, and nobody without a seat.
    let own = ask(&desk.ada, "approveAccessRequest", on(id)).await;
    assert!(code(&own) != "none", "{own}");
    let cleo = ask(&desk.cleo, "approveAccessRequest", on(id)).await;
    assert!(code(&cleo) != "none", "{cleo}");

    let yes = with(on(id), json!({"comment": "Fine"}));
    let first = ask(&desk.director, "approveAccessRequest", yes).await;
    assert_eq!(accepted(&first)["accessRequest"]["state"], "AWAITING");
    assert_eq!(listed(&desk.director, json!({"toApprove": true})).await, 0);
    let second = ask(&desk.admin, "approveAccessRequest", on(id)).await;
    let active = &accepted(&second)["accessRequest"];
    assert_eq!((&active["state"], &active["grant"]["state"]), (&json!("ACTIVE"), &json!("ACTIVE")));
    assert_eq!(active["grant"]["source"], "REQUEST");
    assert_eq!(active["grant"]["request"]["id"], *id);
    let voters: Vec<&Value> =
        active["votes"].as_array().unwrap().iter().map(|vote| &vote["by"]["login"]).collect();
    assert_eq!(voters, ["director", "admin"]);

    // Taken away, the request is over as well.
    let revoke = json!({"grantId": active["grant"]["id"]});
    accepted(&mutate_noun(&desk.admin, "revokeAccess", "grant { id }", revoke).await);
    let over = request(&desk.ada, id).await;
    assert_eq!((&over["state"], &over["because"]), (&json!("ENDED"), &json!("REVOKED")));
}

#[tokio::test]
async fn t22_a_vote_for_something_else_counts_no_more() {
    let ground = Ground::new().await;
    let desk = &ground.desk;
    let id = ground.asked().await["id"].clone();
    accepted(&ask(&desk.director, "approveAccessRequest", on(&id)).await);
    #[expect(clippy::disallowed_methods, reason = "the server goes by the real clock here")]
    let until = chrono::Utc::now() + chrono::TimeDelta::days(10);
    let amend = json!({"requestId": id, "what": {"roleId": ground.role}, "until": until,
        "justification": "For ten nights only"});
    let amended = ask(&desk.ada, "amendAccessRequest", amend).await;
    let amended = &accepted(&amended)["accessRequest"];
    assert_eq!(amended["votes"][0]["void"], true);
    assert_eq!(amended["approvers"].as_array().unwrap().len(), 2);
    let one = ask(&desk.admin, "approveAccessRequest", on(&id)).await;
    assert_eq!(accepted(&one)["accessRequest"]["state"], "AWAITING");
    let no = with(on(&id), json!({"comment": "Not at night"}));
    let rejected = ask(&desk.director, "rejectAccessRequest", no).await;
    let rejected = &accepted(&rejected)["accessRequest"];
    assert_eq!((&rejected["state"], &rejected["because"]), (&json!("REJECTED"), &json!("VOTES")));
    assert_eq!(rejected["grant"], Value::Null);
}

#[tokio::test]
async fn questions_are_answered_and_what_is_not_wanted_is_withdrawn() {
    let ground = Ground::new().await;
    let desk = &ground.desk;
    let id = ground.asked().await["id"].clone();
    let question = with(on(&id), json!({"question": "Until when?"}));
    accepted(&ask(&desk.director, "askAboutAccessRequest", question).await);
    let answer = with(on(&id), json!({"answer": "A week"}));
    let foreign = ask(&desk.admin, "answerAccessRequest", answer.clone()).await;
    assert_eq!(code(&foreign), "ACCESS_REQUEST_NOT_YOURS");
    accepted(&ask(&desk.ada, "answerAccessRequest", answer).await);
    let withdrawn = ask(&desk.ada, "withdrawAccessRequest", on(&id)).await;
    assert_eq!(accepted(&withdrawn)["accessRequest"]["state"], "WITHDRAWN");
    let late = ask(&desk.director, "approveAccessRequest", on(&id)).await;
    assert_eq!(code(&late), "ACCESS_REQUEST_NOT_AWAITING");
}

#[tokio::test]
async fn without_a_word_of_the_policy_the_administrator_decides_and_two_of_governance_on_exceptions()
 {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let role = role(&desk.admin, "Retirer").await;
    let ada = own_id(&desk.ada).await;
    let asked = ask(&desk.ada, "requestAccess", wish(&ada, &role)).await;
    let asked = accepted(&asked)["accessRequest"].clone();
    assert_eq!(asked["approvers"], json!([{"login": "admin"}]));
    let approved = ask(&desk.admin, "approveAccessRequest", on(&asked["id"])).await;
    assert_eq!(accepted(&approved)["accessRequest"]["state"], "ACTIVE");

    let input = json!({"name": "Watch", "risk": "STANDARD", "requestable": true, "maxHours": 24,
        "entries": [{"actions": ["ci.retire"]}]});
    let brief = mutate_noun(&desk.admin, "defineRole", "role { id }", input).await;
    let brief = wish(&ada, &accepted(&brief)["role"]["id"]);
    #[expect(clippy::disallowed_methods, reason = "the server's clock is this one")]
    let until = chrono::Utc::now() + chrono::TimeDelta::days(3);
    let overlong = with(brief, json!({"until": until}));
    let asked = ask(&desk.ada, "requestAccess", overlong).await;
    let asked = accepted(&asked)["accessRequest"].clone();
    assert_eq!(asked["stages"][0]["needed"], 2);
    assert_eq!(asked["approvers"].as_array().unwrap().len(), 3, "{asked}");
    for (client, state) in [(&desk.director, "AWAITING"), (&desk.admin, "ACTIVE")] {
        let approved = ask(client, "approveAccessRequest", on(&asked["id"])).await;
        assert_eq!(accepted(&approved)["accessRequest"]["state"], state);
    }
}

#[tokio::test]
async fn without_anybody_to_approve_nothing_is_approved() {
    let ground = Ground::new().await;
    let desk = &ground.desk;
    // Whoever asks is no approver, and one alone is no two.
    let director = own_id(&desk.director).await;
    let own = ask(&desk.director, "requestAccess", wish(&director, &ground.role)).await;
    let own = &accepted(&own)["accessRequest"];
    assert_eq!((&own["state"], &own["because"]), (&json!("REJECTED"), &json!("NO_APPROVER")));
    assert_eq!(own["grant"], Value::Null);
    // A client decides nothing, whoever says so.
    let carla = own_id(&desk.carla).await;
    rule(&desk.admin, &ground.role, (&[carla], 1)).await;
    let asked = ground.asked().await;
    assert!(asked["state"] != "ACTIVE" && asked["state"] != "APPROVED", "{asked}");
    assert!(ground.world.folder().exists());
}

#[tokio::test]
async fn time_reminds_escalates_and_gives_up_and_what_begins_later_begins_then() {
    let mut world = World::demo().await;
    let clock = world.folder().join("clock");
    fs::write(&clock, "2031-03-01T12:00:00Z").unwrap();
    let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.arg("--test-clock").arg(&clock);
    let server = world.serve_by(&mut command);
    let desk = Desk::signed_in(server.clone()).await;
    let role = role(&desk.admin, "Retirer").await;
    let people = [own_id(&desk.director).await, own_id(&desk.admin).await];
    rule(&desk.admin, &role, (&people, 2)).await;
    let ada = own_id(&desk.ada).await;
    let later = with(wish(&ada, &role), json!({"from": "2031-03-01T15:00:00Z"}));
    let later = ask(&desk.ada, "requestAccess", later).await;
    let later = accepted(&later)["accessRequest"]["id"].clone();
    for client in [&desk.director, &desk.admin] {
        accepted(&ask(client, "approveAccessRequest", on(&later)).await);
    }
    assert_eq!(request(&desk.ada, &later).await["state"], "APPROVED");
    let lost = ask(&desk.ada, "requestAccess", wish(&ada, &role)).await;
    let lost = accepted(&lost)["accessRequest"]["id"].clone();
    fs::write(&clock, "2031-03-01T15:00:00Z").unwrap();
    // Tokens come to their end meanwhile.
    let desk = Desk::signed_in(server.clone()).await;
    reaches(&desk.ada, &later, "ACTIVE").await;
    // Ten hours for the stage; nobody else is there to go up to.
    fs::write(&clock, "2031-03-01T21:30:00Z").unwrap();
    reminded(&world, 90).await;
    fs::write(&clock, "2031-03-01T22:00:00Z").unwrap();
    let desk = Desk::signed_in(server).await;
    reaches(&desk.ada, &lost, "TIMED_OUT").await;
}

async fn reaches(client: &Client, id: &Value, state: &str) {
    let there = async {
        while request(client, id).await["state"] != state {
            sleep(Duration::from_millis(100)).await;
        }
    };
    assert!(timeout(Duration::from_secs(20), there).await.is_ok(), "{}", request(client, id).await);
}

async fn reminded(world: &World, percent: i64) {
    let sql = "select count(*) from journal.events where event_type = 'access_request.reminded'
        and payload->'reminded'->>'percent' = $1";
    let mut database = world.superuser().await;
    let there = async {
        loop {
            let query = sqlx::query_scalar::<_, i64>(sql).bind(percent.to_string());
            if query.fetch_one(&mut database).await.unwrap() > 0 {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(Duration::from_secs(20), there).await.unwrap();
}

#[tokio::test]
async fn whoever_asks_does_not_approve_with_a_second_account_nor_lets_it_be_passed_to_them() {
    let ground = Ground::new().await;
    let desk = &ground.desk;
    let id = ground.asked().await["id"].clone();
    let (director, admin) = (own_id(&desk.director).await, own_id(&desk.admin).await);
    let link = async |client: &Client, account: &Value, human: &Value| {
        let input = json!({"personId": account, "humanId": human});
        mutate_noun(client, "personLinkAccount", "person { human { id } }", input).await
    };
    let unlink = async |client: &Client| {
        let input = json!({"personId": director});
        mutate_noun(client, "personUnlinkAccount", "person { human { id } }", input).await
    };
    // Neither by whom it concerns, nor by whoever may not.
    assert_eq!(code(&link(&desk.admin, &admin, &ground.ada).await), "PERSON_NOT_ONESELF");
    assert_eq!(code(&link(&desk.admin, &ground.ada, &admin).await), "PERSON_NOT_ONESELF");
    assert!(code(&link(&desk.ada, &director, &admin).await) != "none");
    let linked = link(&desk.admin, &director, &ground.ada).await;
    assert_eq!(accepted(&linked)["person"]["human"]["id"], ground.ada);

    let vote = ask(&desk.director, "approveAccessRequest", on(&id)).await;
    assert_eq!(code(&vote), "ACCESS_REQUEST_OWN_REQUEST");
    let mut passed = Vec::new();
    for to in [&director, &ground.ada] {
        let pass = with(on(&id), json!({"toId": to}));
        passed.push(code(&ask(&desk.admin, "delegateApproval", pass).await).to_owned());
    }
    assert_eq!(passed, ["ACCESS_REQUEST_SUCCESSOR_UNFIT"; 2]);
    accepted(&ask(&desk.admin, "approveAccessRequest", on(&id)).await);
    assert_eq!(request(&desk.ada, &id).await["state"], "AWAITING");

    // Told apart by somebody else again, it is another human's vote.
    assert!(code(&unlink(&desk.director).await) != "none");
    assert_eq!(accepted(&unlink(&desk.admin).await)["person"]["human"], Value::Null);
    let vote = ask(&desk.director, "approveAccessRequest", on(&id)).await;
    assert_eq!(accepted(&vote)["accessRequest"]["state"], "ACTIVE");
}
