//! How the work on tickets was: who is asked and who checks, what is refused, who reads what.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};
use tokio::time::{sleep, timeout};

use crate::desk::{Desk, accepted, code, followed, mutate, mutate_noun};

const QUALITY: &str = "quality { surveySentAt surveyOpenUntil
    rating { score comment at by { login } }
    check { drawnAt score checklistVersion note at by { login }
        answers { question weight score } } }";

const UNDERSTOOD: &str = "Was it understood?";
const DOCUMENTED: &str = "Is it documented?";

/// Everybody is asked, everything is checked.
async fn judged(desk: &Desk) {
    let checklist = json!([{"question": UNDERSTOOD, "weight": 2}, {"question": DOCUMENTED}]);
    let all = json!({"surveyPercent": 100, "checkPercent": 100, "checklist": checklist});
    accepted(&settings(&desk.admin, all).await);
}

async fn settings(client: &Client, quality: Value) -> Value {
    let shown = "settings { quality { surveyPercent surveyDays checkPercent checklistVersion
        checklist { question weight } } }";
    mutate_noun(client, "settingsChange", shown, json!({ "quality": quality })).await
}

/// A ticket of Carla's that Ada resolved and Carla closed.
async fn closed(desk: &Desk) -> Value {
    let id = desk.ticket("No mail").await;
    let named = |more: Value| {
        let mut input = json!({ "ticketId": id });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    accepted(&mutate(&desk.ada, "ticketStartWork", named(json!({}))).await);
    let done = named(json!({"code": "FIXED", "solution": "Mail again."}));
    accepted(&mutate_noun(&desk.ada, "ticketResolve", "ticket { id }", done).await);
    accepted(&mutate(&desk.carla, "ticketClose", named(json!({}))).await);
    id
}

async fn quality(client: &Client, id: &Value) -> Value {
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Ticket {{ {QUALITY} }} }} }}");
    client.data(&query, json!({ "id": id })).await["node"]["quality"].clone()
}

/// What staff read as soon as both samples took the ticket.
async fn drawn(desk: &Desk, id: &Value) -> Value {
    let there = async {
        loop {
            let found = quality(&desk.director, id).await;
            if found["surveySentAt"].is_string() && found["check"].is_object() {
                return found;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(Duration::from_secs(20), there).await.unwrap()
}

async fn rate(client: &Client, id: &Value, (score, comment): (i32, Value)) -> Value {
    let input = json!({"ticketId": id, "score": score, "comment": comment});
    mutate_noun(client, "ticketRate", &format!("ticket {{ {QUALITY} }}"), input).await
}

async fn check(client: &Client, id: &Value, answers: Value) -> Value {
    let input = json!({"ticketId": id, "answers": answers, "note": "Terse"});
    mutate_noun(client, "ticketCheckQuality", &format!("ticket {{ {QUALITY} }}"), input).await
}

fn both(understood: Value, documented: Value) -> Value {
    let answer = |question: &str, mut said: Value| {
        said["question"] = json!(question);
        said
    };
    json!([answer(UNDERSTOOD, understood), answer(DOCUMENTED, documented)])
}

#[tokio::test]
async fn whoever_asked_for_the_work_is_asked_and_says_how_it_was() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let before = closed(&desk).await;
    // What is closed is drawn by what the settings say when a server looks at it.
    followed(&world).await;
    judged(&desk).await;
    let id = closed(&desk).await;
    let found = drawn(&desk, &id).await;
    assert_eq!(found["rating"], Value::Null);
    let notices = "{ notifications { nodes { kind message ticket { id } } } }";
    let told = async {
        loop {
            let found = desk.carla.data(notices, json!({})).await["notifications"]["nodes"].clone();
            let found = found.as_array().unwrap().clone();
            if let Some(asked) = found.iter().find(|it| it["kind"] == "TICKET_SURVEY") {
                return asked.clone();
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    let told = timeout(Duration::from_secs(20), told).await.unwrap();
    assert_eq!(told["ticket"]["id"], id);

    let good = rate(&desk.carla, &id, (5, json!("Quick."))).await;
    let rating = accepted(&good)["ticket"]["quality"]["rating"].clone();
    assert_eq!((&rating["score"], &rating["comment"]), (&json!(5), &json!("Quick.")));
    assert_eq!(rating["by"]["login"], "client1");
    let better = rate(&desk.carla, &id, (4, Value::Null)).await;
    let rating = accepted(&better)["ticket"]["quality"]["rating"].clone();
    assert_eq!((&rating["score"], &rating["comment"]), (&json!(4), &Value::Null));
    let same = rate(&desk.carla, &id, (4, Value::Null)).await;
    assert_eq!(accepted(&same)["position"], Value::Null, "nothing new was said");

    for score in [0, 6, -1, 1_000] {
        let unfit = rate(&desk.carla, &id, (score, Value::Null)).await;
        assert_eq!(code(&unfit), "TICKET_QUALITY_RATING_UNFIT");
        assert_eq!(unfit["userErrors"][0]["field"], json!(["score"]));
    }
    let long = rate(&desk.carla, &id, (3, json!("x".repeat(2_001)))).await;
    assert_eq!(code(&long), "TICKET_QUALITY_COMMENT_UNFIT");
    assert_eq!(code(&rate(&desk.colin, &id, (1, Value::Null)).await), "TICKET_QUALITY_NOT_FOUND");
    for client in [&desk.ada, &desk.director, &desk.admin, &desk.auditor] {
        assert_eq!(code(&rate(client, &id, (1, Value::Null)).await), "FORBIDDEN");
    }
    let not_asked = rate(&desk.carla, &before, (1, Value::Null)).await;
    assert_eq!(code(&not_asked), "TICKET_QUALITY_NOT_ASKED");
    assert_eq!(quality(&desk.director, &before).await, Value::Null);
    assert_eq!(quality(&desk.ada, &id).await["rating"]["score"], 4, "and those who worked on it");

    let words = "query($id: ID!) { node(id: $id) { ... on Ticket { timeline(first: 100) {
        nodes { eventType changes { field to } } } } } }";
    let told = desk.director.data(words, json!({ "id": id })).await["node"]["timeline"].clone();
    let told: Vec<Value> = told["nodes"].as_array().unwrap().clone();
    let rated = told.iter().filter(|event| event["eventType"] == "ticket_quality.rated");
    assert_eq!(rated.count(), 2, "{told:?}");
}

#[tokio::test]
async fn heads_and_directors_check_what_others_resolved() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    judged(&desk).await;
    let id = closed(&desk).await;
    drawn(&desk, &id).await;
    let head = desk.ada.sign_in("head1", DEMO_PASSWORD).await;
    let due = "{ qualityChecksDue { totalCount nodes { drawnAt unit { name } ticket { id }
        resolvedBy { login } } } }";
    let listed = head.data(due, json!({})).await["qualityChecksDue"].clone();
    assert_eq!(listed["totalCount"], 1);
    assert_eq!(listed["nodes"][0]["ticket"]["id"], id);
    assert_eq!(listed["nodes"][0]["resolvedBy"]["login"], "agent1");
    assert_eq!(listed["nodes"][0]["unit"]["name"], "Service Desk");
    let whole = async |client: &Client| {
        client.data(due, json!({})).await["qualityChecksDue"]["totalCount"].clone()
    };
    assert_eq!((whole(&desk.director).await, whole(&desk.auditor).await), (json!(1), json!(1)));
    assert_eq!(whole(&desk.ada).await, 0, "of no unit that she heads");
    let hidden = desk.carla.ask(due, json!({})).await.body;
    assert_eq!(hidden["errors"][0]["extensions"]["code"], "FORBIDDEN");

    let passed = json!({"passed": true});
    for client in [&desk.ada, &desk.carla, &desk.auditor, &desk.admin] {
        let refused = check(client, &id, both(passed.clone(), passed.clone())).await;
        assert_eq!(code(&refused), "FORBIDDEN");
    }
    let unseen = check(&desk.colin, &id, both(passed.clone(), passed.clone())).await;
    assert_eq!(code(&unseen), "TICKET_QUALITY_NOT_FOUND");
    let both_ways = json!({"passed": true, "score": 3});
    let both_ways = check(&head, &id, both(passed.clone(), both_ways)).await;
    assert_eq!(code(&both_ways), "INVALID_INPUT");
    assert_eq!(both_ways["userErrors"][0]["meta"]["place"], "answers[1]");
    for (answers, expected) in [
        (json!([]), "TICKET_QUALITY_QUESTIONS_MISSING"),
        (json!([{"question": "Why?", "score": 1}]), "TICKET_QUALITY_QUESTION_UNKNOWN"),
        (both(json!({"score": 101}), passed.clone()), "TICKET_QUALITY_ANSWER_UNFIT"),
        (both(json!({"score": -1}), passed.clone()), "TICKET_QUALITY_ANSWER_UNFIT"),
    ] {
        let refused = check(&head, &id, answers).await;
        assert_eq!(code(&refused), expected);
        assert_eq!(refused["userErrors"][0]["field"], json!(["answers"]));
    }
    let found = check(&head, &id, both(passed.clone(), json!({"score": 50}))).await;
    let found = accepted(&found)["ticket"]["quality"]["check"].clone();
    assert_eq!((&found["score"], &found["checklistVersion"]), (&json!(83), &json!(1)));
    assert_eq!(found["answers"][1], json!({"question": DOCUMENTED, "weight": 1, "score": 50}));
    assert_eq!((&found["note"], &found["by"]["login"]), (&json!("Terse"), &json!("head1")));
    assert_eq!(whole(&head).await, 0);
    let carla = quality(&desk.carla, &id).await;
    assert!(carla["surveySentAt"].is_string() && carla["check"].is_null(), "{carla}");
}

#[tokio::test]
async fn whoever_resolved_it_judges_nothing() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    judged(&desk).await;
    let asked = json!({"kind": "INCIDENT", "title": "My own", "unitId": desk.service_desk});
    let opened = mutate(&desk.director, "ticketOpen", asked).await;
    let id = accepted(&opened)["ticket"]["id"].clone();
    let this = json!({ "ticketId": id });
    accepted(&mutate(&desk.director, "ticketStartWork", this.clone()).await);
    let done = json!({"ticketId": id, "code": "FIXED", "solution": "Done."});
    accepted(&mutate_noun(&desk.director, "ticketResolve", "ticket { id }", done).await);
    accepted(&mutate(&desk.director, "ticketClose", this).await);
    drawn(&desk, &id).await;
    let rated = rate(&desk.director, &id, (5, Value::Null)).await;
    assert_eq!(code(&rated), "TICKET_QUALITY_OWN_WORK");
    let passed = json!({"passed": true});
    let checked = check(&desk.director, &id, both(passed.clone(), passed)).await;
    assert_eq!(code(&checked), "TICKET_QUALITY_OWN_WORK");
}

#[tokio::test]
async fn a_survey_is_open_for_as_long_as_the_settings_say() {
    let mut world = World::demo().await;
    let clock = world.folder().join("clock");
    let set = |at: &str| fs::write(&clock, at).unwrap();
    set("2031-03-01T12:00:00Z");
    let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.arg("--test-clock").arg(&clock);
    let desk = Desk::signed_in(world.serve_by(&mut command)).await;
    judged(&desk).await;
    let short = settings(&desk.admin, json!({"surveyDays": 2})).await;
    let short = &accepted(&short)["settings"]["quality"];
    assert_eq!((&short["surveyDays"], &short["checklistVersion"]), (&json!(2), &json!(1)));
    let id = closed(&desk).await;
    let found = drawn(&desk, &id).await;
    assert_eq!(found["surveyOpenUntil"], "2031-03-03T12:00:00+00:00");
    set("2031-03-03T11:59:59Z");
    // Sessions are over by then too.
    let carla = Client::new(&desk.carla.base).sign_in("client1", DEMO_PASSWORD).await;
    accepted(&rate(&carla, &id, (2, Value::Null)).await);
    set("2031-03-03T12:00:00Z");
    let over = rate(&carla, &id, (5, Value::Null)).await;
    assert_eq!(code(&over), "TICKET_QUALITY_SURVEY_OVER");
}

#[tokio::test]
async fn samples_and_checklists_that_are_none_are_refused_with_their_place() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let question = json!({"question": "Well?"});
    for (unfit, expected, place) in [
        (json!({"surveyPercent": 101}), "SETTINGS_SAMPLE_UNFIT", "quality.surveyPercent"),
        (json!({"checkPercent": -1}), "SETTINGS_SAMPLE_UNFIT", "quality.checkPercent"),
        (json!({"surveyDays": 0}), "SETTINGS_SURVEY_DAYS_UNFIT", "quality.surveyDays"),
        (json!({"checkPercent": 5}), "SETTINGS_CHECKLIST_UNFIT", "quality.checklist"),
        (
            json!({"checklist": [question, question]}),
            "SETTINGS_CHECKLIST_UNFIT",
            "quality.checklist",
        ),
        (
            json!({"checklist": [question, {"question": " "}]}),
            "SETTINGS_QUESTION_UNFIT",
            "quality.checklist[1].question",
        ),
    ] {
        let refused = settings(&desk.admin, unfit).await;
        assert_eq!(code(&refused), expected, "{refused}");
        let error = &refused["userErrors"][0];
        assert_eq!(
            (&error["meta"]["place"], &error["field"]),
            (&json!(place), &json!(["quality"]))
        );
    }
    let hers = settings(&desk.director, json!({"surveyPercent": 1})).await;
    assert_eq!(code(&hers), "FORBIDDEN");
}
