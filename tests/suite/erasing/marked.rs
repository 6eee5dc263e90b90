//! Everything that people said and are called is planted as a marker, and afterwards is nowhere.

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::Connection;
use testbed::{Client, World};
use tokio::time::{sleep, timeout};

use super::{approved, certified, dump, erasure, hits};
use crate::desk::{Desk, accepted, code, mutate, mutate_noun, own_id, without_governance};

/// What Nora is called and says. `md` and a number: nothing else has them.
pub(crate) const NORAS: [&str; 22] = [
    "md01login",
    "md02name",
    "md03mail",
    "md04phone",
    "md05name",
    "md06mail",
    "md07phone",
    "md08title",
    "md09story",
    "md10reason",
    "md11comment",
    "md12note",
    "md13file",
    "md14content",
    "md15field",
    "md16pending",
    "md17solution",
    "md18justification",
    "md19answer",
    "md20withdrawn",
    "md21baseline",
    "md23check",
];
/// What an item tells of somebody who is no user.
const CONTACTS: [&str; 2] = ["md40contact", "md41mail"];
/// What Carla says.
const CARLAS: [&str; 3] = ["md30title", "md31comment", "md32survey"];
/// What others say where these two do.
const KEPT: [&str; 2] = ["kept-by-ada", "kept-by-dana"];

/// Everybody is asked, everything is checked.
async fn judged(admin: &Client) {
    let all = json!({"quality": {"surveyPercent": 100, "checkPercent": 100,
        "checklist": [{"question": "Was it understood?", "weight": 1}]}});
    let shown = "settings { quality { surveyPercent } }";
    accepted(&mutate_noun(admin, "settingsChange", shown, all).await);
}

/// Nora, signed in.
pub(crate) async fn nora(stranger: &Client, desk: &Desk) -> Client {
    let input = json!({"login": "md01login", "name": "Md02name", "email": "md03mail@demo.example",
        "phone": "md04phone", "kind": "STAFF", "role": "DIRECTOR", "unitIds": [desk.service_desk],
        "password": "first password"});
    let made = mutate_noun(&desk.admin, "personRegister", "person { id }", input).await;
    let id = accepted(&made)["person"]["id"].clone();
    let rename = json!({"personId": id, "name": "Md05name"});
    accepted(&mutate_noun(&desk.admin, "personRename", "person { id }", rename).await);
    let contacts = json!({"personId": id, "email": "md06mail@demo.example", "phone": "md07phone"});
    accepted(&mutate_noun(&desk.admin, "personChangeContacts", "person { id }", contacts).await);
    stranger.sign_in("md01login", "first password").await
}

async fn attach(client: &Client, ticket: &Value) {
    let path = format!("{}/tickets/{}/attachments", client.base, ticket.as_str().unwrap());
    let sent = client.http().post(path).query(&[("name", "md13file.txt")]);
    let sent = sent.header("content-type", "text/plain").body("md14content".repeat(40));
    let answer = sent.bearer_auth(client.token().unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
}

/// Nora's ticket, with all that may be said on one.
async fn said_on_a_ticket(desk: &Desk, nora: &Client) -> Value {
    let field = json!({"name": "Room", "kinds": ["INCIDENT"], "form": "TEXT"});
    let field = mutate_noun(&desk.admin, "customFieldDefine", "customField { id }", field).await;
    let field = accepted(&field)["customField"]["id"].clone();
    let opened = json!({"kind": "INCIDENT", "title": "md08title", "description": "md09story",
        "reason": "md10reason"});
    let id = accepted(&mutate(nora, "ticketOpen", opened).await)["ticket"]["id"].clone();
    let on = |more: Value| {
        let mut input = json!({ "ticketId": id });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let own = own_id(nora).await;
    let to = json!({"unitId": desk.service_desk, "assigneeIds": [own]});
    accepted(&mutate(&desk.director, "ticketAssign", on(to)).await);
    accepted(&mutate(nora, "ticketComment", on(json!({"body": "md11comment"}))).await);
    let note = json!({"body": "md12note", "internal": true});
    accepted(&mutate(nora, "ticketComment", on(note)).await);
    accepted(&mutate(&desk.ada, "ticketComment", on(json!({"body": KEPT[0]}))).await);
    attach(nora, &id).await;
    let filled = json!({"fieldId": field, "text": "md15field"});
    accepted(&mutate(nora, "ticketFillField", on(filled)).await);
    accepted(&mutate(nora, "ticketStartWork", on(json!({}))).await);
    let pended = json!({"pendingReason": "CALLER", "reason": "md16pending"});
    accepted(&mutate(nora, "ticketPend", on(pended)).await);
    accepted(&mutate(nora, "ticketResume", on(json!({}))).await);
    accepted(&mutate(nora, "ticketStartWork", on(json!({}))).await);
    let done = json!({"code": "FIXED", "solution": "md17solution"});
    accepted(&mutate(nora, "ticketResolve", on(done)).await);
    id
}

/// What Nora says elsewhere.
async fn said_elsewhere(desk: &Desk, nora: &Client) {
    let own = own_id(nora).await;
    let role = json!({"name": "Retirer", "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": ["ci.retire"]}]});
    let role = mutate_noun(&desk.admin, "defineRole", "role { id }", role).await;
    let role = accepted(&role)["role"]["id"].clone();
    // Nobody but the director has a seat.
    without_governance(&desk.admin).await;
    let seat = json!([{"personId": own_id(&desk.director).await}]);
    let stage = json!({"order": 1, "approvers": seat, "mode": {"quorum": 1},
        "span": {"seconds": 36_000}});
    let rules = json!({"rules": [{"key": "one", "roleIds": [role], "stages": [stage]}]});
    let shown = "accessPolicy { version }";
    accepted(&mutate_noun(&desk.admin, "setAccessPolicyRules", shown, rules).await);
    let wish = json!({"beneficiaryId": own, "what": {"roleId": role},
        "justification": "md18justification"});
    let shown = "accessRequest { id state }";
    let asked = mutate_noun(nora, "requestAccess", shown, wish).await;
    let request = &accepted(&asked)["accessRequest"]["id"];
    let why = json!({"requestId": request, "question": KEPT[1]});
    accepted(&mutate_noun(&desk.director, "askAboutAccessRequest", shown, why).await);
    let answer = json!({"requestId": request, "answer": "md19answer"});
    accepted(&mutate_noun(nora, "answerAccessRequest", shown, answer).await);
    let never_mind = json!({"requestId": request, "reason": "md20withdrawn"});
    accepted(&mutate_noun(nora, "withdrawAccessRequest", shown, never_mind).await);
    let named = json!({"name": "Before the move", "note": "md21baseline"});
    accepted(&mutate_noun(nora, "baselineName", "baseline { id }", named).await);
}

/// Somebody who is no user, as an item.
async fn contact(nora: &Client) -> Value {
    let house = json!({"class": "Organization", "attributes": {"name": "The house"}});
    let house = mutate_noun(nora, "ciRegister", "ci { id }", house).await;
    let house = accepted(&house)["ci"]["id"].clone();
    let attributes = json!({"name": "md40contact", "email": "md41mail@demo.example",
        "organization": house});
    let item = json!({"class": "Person", "attributes": attributes});
    let item = mutate_noun(nora, "ciRegister", "ci { id }", item).await;
    accepted(&item)["ci"]["id"].clone()
}

/// Asks for the item's erasure; it is retired before that is decided on.
async fn contact_approved(desk: &Desk, item: &Value) -> Value {
    let why = json!({"personId": item, "ground": "OBJECTION", "why": "No customer any more"});
    let shown = "erasure { id phase person { id } item { id life } }";
    let asked = mutate_noun(&desk.admin, "erasureRequest", shown, why).await;
    let asked = &accepted(&asked)["erasure"];
    assert_eq!((&asked["person"], &asked["item"]["id"]), (&Value::Null, item));
    let yes = json!({"erasureId": asked["id"]});
    let early = mutate_noun(&desk.director, "erasureApprove", shown, yes.clone()).await;
    assert_eq!(code(&early), "ERASURE_PERSON_ACTIVE");
    let retire = json!({"ciId": item});
    accepted(&mutate_noun(&desk.director, "ciRetire", "ci { id }", retire).await);
    let approved = mutate_noun(&desk.director, "erasureApprove", shown, yes).await;
    assert_eq!(accepted(&approved)["erasure"]["item"]["life"], "RETIRED");
    asked["id"].clone()
}

/// A ticket of Carla's that was closed, that she rates and Nora checks.
async fn said_afterwards(desk: &Desk, nora: &Client) -> Value {
    let id = desk.ticket("md30title").await;
    let on = |more: Value| {
        let mut input = json!({ "ticketId": id });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    accepted(&mutate(&desk.carla, "ticketComment", on(json!({"body": "md31comment"}))).await);
    accepted(&mutate(&desk.ada, "ticketStartWork", on(json!({}))).await);
    let done = json!({"code": "FIXED", "solution": KEPT[1]});
    accepted(&mutate(&desk.ada, "ticketResolve", on(done)).await);
    accepted(&mutate(&desk.carla, "ticketClose", on(json!({}))).await);
    let query =
        "query($id: ID!) { ticket(id: $id) { quality { surveySentAt check { drawnAt } } } }";
    let drawn = async {
        loop {
            let found = desk.director.data(query, json!({ "id": id })).await;
            let quality = &found["ticket"]["quality"];
            if quality["surveySentAt"].is_string() && quality["check"].is_object() {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(Duration::from_secs(30), drawn).await.unwrap();
    let rated = on(json!({"score": 2, "comment": "md32survey"}));
    accepted(&mutate_noun(&desk.carla, "ticketRate", "ticket { id }", rated).await);
    let answers = json!([{"question": "Was it understood?", "score": 50}]);
    let checked = on(json!({"answers": answers, "note": "md23check"}));
    accepted(&mutate_noun(nora, "ticketCheckQuality", "ticket { id }", checked).await);
    id
}

/// Says all of it; Nora's ticket and Carla's.
pub(super) async fn planted(desk: &Desk, nora: &Client) -> [Value; 2] {
    judged(&desk.admin).await;
    let hers = said_on_a_ticket(desk, nora).await;
    said_elsewhere(desk, nora).await;
    [hers, said_afterwards(desk, nora).await]
}

/// All that the API tells of these tickets, and of whatever somebody looks for.
async fn told(desk: &Desk, tickets: &[Value], markers: &[&str]) -> String {
    let client = &desk.director;
    let mut all = String::new();
    for ticket in tickets {
        let query = "query($i: ID!) { ticket(id: $i) { title description solution tags
            requester { name login } reporter { name } fields { text } attachments { name }
            conversation(first: 100) { nodes { body author { name } } }
            quality { rating { comment } check { note } }
            timeline(first: 100) { nodes { eventType reason changes { field from to } } } } }";
        all.push_str(&client.data(query, json!({"i": ticket})).await.to_string());
    }
    for marker in markers {
        let query =
            "query($s: String!) { tickets(search: $s, first: 100) { totalCount nodes { title } }
            people(search: $s, first: 100) { totalCount nodes { name login } }
            cis(search: $s, first: 100) { totalCount nodes { name } } }";
        let found = client.data(query, json!({"s": marker})).await;
        for noun in ["tickets", "people", "cis"] {
            assert_eq!(found[noun]["totalCount"], 0, "{marker} finds {found}");
        }
    }
    let lists = "{ people(first: 100) { nodes { name login email phone } }
        baselines(first: 100) { nodes { name note } } cis(first: 100) { nodes { name attributesJson } }
        notifications(first: 100) { nodes { message comment { body } } } }";
    all.push_str(&client.data(lists, json!({})).await.to_string());
    for noun in api::exporting::catalogue::NOUNS {
        all.push_str(&exported(desk, noun.name).await);
    }
    all
}

/// What one of them may export.
async fn exported(desk: &Desk, noun: &str) -> String {
    for client in [&desk.auditor, &desk.admin, &desk.director] {
        let path = format!("{}/exports/{noun}", client.base);
        let request = client.http().get(path).query(&[("format", "ndjson")]);
        let answer = request.bearer_auth(client.token().unwrap()).send().await.unwrap();
        if answer.status() == 200 {
            return answer.text().await.unwrap();
        }
    }
    panic!("nobody may export {noun}")
}

/// All files of a folder, as text.
fn files(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&files(&path));
        } else {
            all.push_str(&path.display().to_string());
            all.push_str(&String::from_utf8_lossy(&fs::read(&path).unwrap()));
        }
    }
    all
}

/// What is stored of the first events, byte by byte, as a digest.
async fn stored(world: &World, through: i64) -> String {
    let digest =
        "select md5(string_agg(e.payload::text || e.metadata::text, '' order by l.global_seq))
        from journal.log l join journal.events e using (aggregate_type, aggregate_id, sequence)
        where l.global_seq <= $1";
    let mut database = world.superuser().await;
    let found = sqlx::query_scalar(digest).bind(through).fetch_one(&mut database).await.unwrap();
    database.close().await.unwrap();
    found
}

/// Starts the server, which writes all it has to say into this file.
fn serve(world: &mut World, log: &Path) -> Client {
    let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    let file = File::options().create(true).append(true).open(log).unwrap();
    command.env("ANNALS_LOG", "debug").stderr(Stdio::from(file));
    world.serve_by(&mut command)
}

#[tokio::test]
async fn t29_whatever_three_people_said_or_are_called_is_nowhere_once_they_are_erased() {
    let mut world = World::demo().await;
    let log = world.folder().join("said");
    let stranger = serve(&mut world, &log);
    let desk = Desk::signed_in(stranger.clone()).await;
    let nora = nora(&stranger, &desk).await;
    let (her, carla) = (own_id(&nora).await, own_id(&desk.carla).await);
    let tickets = planted(&desk, &nora).await;
    let item = contact(&nora).await;
    let markers: Vec<&str> = NORAS.iter().chain(&CARLAS).chain(&CONTACTS).copied().collect();
    let before = dump(&world.options()).await;
    let planted = hits(&before, &markers);
    let unplanted: Vec<_> = markers.iter().filter(|marker| !planted.contains(marker)).collect();
    // What files hold is sealed as well.
    assert_eq!(unplanted, [&"md14content"]);
    let through: i64 = sqlx::query_scalar("select tree_size from journal.sequencer")
        .fetch_one(&mut world.superuser().await)
        .await
        .unwrap();
    let bytes = stored(&world, through).await;

    // Somebody keeps how tickets stood.
    let kept =
        world.run_replay(&["as-of", &through.to_string(), "view", "tickets", "--into", "kept"]);
    assert_eq!(kept.code, 0, "{}", kept.stderr);

    let hers = approved(&desk, &her).await;
    let carlas = approved(&desk, &carla).await;
    let certificate = certified(&desk.director, &hers).await;
    certified(&desk.director, &carlas).await;
    let contacts = contact_approved(&desk, &item).await;
    certified(&desk.director, &contacts).await;
    assert_eq!(certificate["keys"].as_array().unwrap().len(), 1);
    assert!(certificate["streams"].as_i64().unwrap() >= 6, "{certificate}");
    assert!(certificate["views"].as_array().unwrap().len() >= 8, "{certificate}");
    let besides = certificate["besides"].as_array().unwrap();
    let count = |what: &str| {
        let found = besides.iter().find(|it| it["what"] == what);
        found.unwrap_or_else(|| panic!("{certificate}"))["count"].as_i64().unwrap()
    };
    assert_eq!((count("attachments"), count("credentials")), (1, 1));

    let after = dump(&world.options()).await;
    assert_eq!(hits(&after, &markers), Vec::<&str>::new(), "in the database");
    assert!(KEPT.iter().all(|kept| after.contains(kept)), "what others said stays");
    let answers = told(&desk, &tickets, &markers).await;
    assert_eq!(hits(&answers, &markers), Vec::<&str>::new(), "in answers");
    assert!(KEPT.iter().all(|kept| answers.contains(kept)), "{answers}");
    let (_, metrics) = desk.director.get("/metrics").await;
    assert_eq!(hits(&metrics, &markers), Vec::<&str>::new(), "in metrics");
    assert!(fs::metadata(&log).unwrap().len() > 10_000, "it says little");
    assert_eq!(hits(&files(world.folder()), &markers), Vec::<&str>::new(), "in files, or the log");

    // Asked for again there is nothing to do, and nobody is sealed for any more.
    let again = json!({"personId": her, "ground": "OBJECTION", "why": "Once more"});
    let again = super::ask(&desk.admin, "erasureRequest", again).await;
    assert_eq!(code(&again), "ERASURE_PERSON_ERASED", "{again}");
    assert_eq!(erasure(&desk.director, &hers).await["phase"], "CERTIFIED");

    // The history is the same to the byte, and whoever signed it says so.
    assert_eq!(stored(&world, through).await, bytes);
    assert_eq!(world.take_server().stop("TERM"), 0);
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
    let rebuilt = world.run_replay(&["rebuild", "all"]);
    assert_eq!(rebuilt.code, 0, "{}\n{}", rebuilt.stdout, rebuilt.stderr);
    assert!(!rebuilt.stdout.contains("differ"), "{}", rebuilt.stdout);
    let position = certificate["position"].as_str().unwrap();
    let proof = world.folder().join("certificate.proof");
    let proven = world.run_replay(&["prove", position, "--out", &proof.display().to_string()]);
    assert_eq!(proven.code, 0, "{position}: {}\n{}", proven.stdout, proven.stderr);
    assert_eq!(hits(&dump(&world.options()).await, &markers), Vec::<&str>::new());
}

#[tokio::test]
async fn whoever_kills_the_server_at_any_step_only_makes_it_take_longer() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let desk = Desk::signed_in(stranger.clone()).await;
    let nora = nora(&stranger, &desk).await;
    let her = own_id(&nora).await;
    planted(&desk, &nora).await;
    let id = approved(&desk, &her).await;
    for wait in [0, 300, 900, 1_500, 2_100, 2_700] {
        sleep(Duration::from_millis(wait)).await;
        world.take_server().kill();
        world.serve();
    }
    let director = world.take_server();
    drop(director);
    let director = world.serve_for("director").await;
    certified(&director, &id).await;
    assert_eq!(hits(&dump(&world.options()).await, &NORAS), Vec::<&str>::new());
    drop(world.take_server());
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}
