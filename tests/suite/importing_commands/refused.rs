//! What is refused, and what is not.

use serde_json::{Value, json};
use testbed::World;

use super::{events, import, line, named, text, write};

/// Lines that are refused, each with its code and the field at fault.
fn unfit() -> Vec<(String, &'static str, Value)> {
    let at = "2026-01-05T08:00:00Z";
    let open = || json!({"kind": "INCIDENT", "title": "No light"});
    let good = || line("08:00:00", "agent1", "ticketOpen", open());
    let with = |key: &str, value: Value| {
        let mut line = good();
        line[key] = value;
        line.to_string()
    };
    let without = |key: &str| {
        let mut line = good();
        line.as_object_mut().unwrap().remove(key);
        line.to_string()
    };
    let twice = |part: &str| {
        let line = good().to_string();
        assert!(line.contains(part), "{line}");
        line.replace(part, &format!("{part},{part}"))
    };
    let says =
        |mutation: &str, input: Value| line("08:00:00", "agent1", mutation, input).to_string();
    let opening = |more: Value| {
        let mut input = open();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        with("input", input)
    };
    let nothing = "VGlja2V0OjAwMDAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA";
    vec![
        ("{\"at\": ".to_owned(), "LINE_NOT_JSON", Value::Null),
        ("[1]".to_owned(), "LINE_NOT_JSON", Value::Null),
        (" ".repeat(1 << 20) + &good().to_string(), "LINE_TOO_LONG", Value::Null),
        (twice("\"title\":\"No light\""), "LINE_KEY_TWICE", json!(["input", "title"])),
        (twice("\"actor\":\"agent1\""), "LINE_KEY_TWICE", json!(["actor"])),
        (with("extra", json!(1)), "LINE_KEY_UNKNOWN", json!(["extra"])),
        (without("at"), "LINE_KEY_MISSING", json!(["at"])),
        (without("input"), "LINE_KEY_MISSING", json!(["input"])),
        (with("actor", json!(7)), "LINE_VALUE_UNFIT", json!(["actor"])),
        (with("input", json!([])), "LINE_VALUE_UNFIT", json!(["input"])),
        (with("at", json!("yesterday")), "LINE_VALUE_UNFIT", json!(["at"])),
        (with("at", json!("9999-01-01T00:00:00Z")), "AT_IN_FUTURE", json!(["at"])),
        (with("at", json!("1869-01-01T00:00:00Z")), "AT_ABSURD", json!(["at"])),
        (with("actor", json!("nobody")), "ACTOR_UNKNOWN", json!(["actor"])),
        (with("mutation", json!("ticketFly")), "MUTATION_UNKNOWN", json!(["mutation"])),
        (says("signOut", json!({})), "MUTATION_NOT_IMPORTED", json!(["mutation"])),
        (says("projectionRebuild", json!({})), "MUTATION_NOT_IMPORTED", json!(["mutation"])),
        (with("ref", json!("two words")), "REF_UNFIT", json!(["ref"])),
        (with("ref", json!("$T")), "REF_UNFIT", json!(["ref"])),
        (opening(json!({"unitId": "$nowhere"})), "REF_UNKNOWN", json!(["input"])),
        (
            named(line("08:00:00", "nobody", "ticketOpen", open()), "bad").to_string(),
            "ACTOR_UNKNOWN",
            json!(["actor"]),
        ),
        (says("ticketStartWork", json!({"ticketId": "$bad"})), "REF_REFUSED", json!(["input"])),
        (named(good(), "bad").to_string(), "REF_REPEATED", json!(["ref"])),
        (
            named(line("08:00:00", "agent1", "ticketOpenMany", json!({"items": [open()]})), "many")
                .to_string(),
            "REF_OF_SEVERAL",
            json!(["ref"]),
        ),
        (opening(json!({"colour": "red"})), "INPUT_UNFIT", json!(["input"])),
        (opening(json!({"priority": "VERY"})), "INPUT_UNFIT", json!(["input"])),
        (says("ticketStartWork", json!({})), "INPUT_UNFIT", json!(["input"])),
        (
            opening(json!({"idempotencyKey": "mine"})),
            "INPUT_HAS_KEY",
            json!(["input", "idempotencyKey"]),
        ),
        (
            says(
                "personRegister",
                json!({"login": "pat", "name": "Pat", "kind": "STAFF", "password": "s"}),
            ),
            "INPUT_HAS_PASSWORD",
            json!(["input", "password"]),
        ),
        (says("ticketStartWork", json!({"ticketId": "$no id"})), "INVALID_ID", json!(["ticketId"])),
        (says("ticketStartWork", json!({"ticketId": nothing})), "TICKET_NOT_FOUND", Value::Null),
        (
            says("ticketOpen", json!({"kind": "INCIDENT", "title": "", "reason": at})),
            "TICKET_TEXT_UNFIT",
            json!(["title"]),
        ),
    ]
}

#[tokio::test]
async fn what_cannot_be_is_refused_line_by_line_and_stops_nothing() {
    let world = World::demo().await;
    let refused = unfit();
    let mut lines: Vec<String> = refused.iter().map(|(line, ..)| line.clone()).collect();
    lines.push(String::new());
    lines.push(
        line("08:00:00", "agent1", "ticketOpen", json!({"kind": "INCIDENT", "title": "T"}))
            .to_string(),
    );
    let file = write(&world, "unfit.ndjson", &lines);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.extend(b"\n{\"at\": \"\xff\"}");
    std::fs::write(&file, bytes).unwrap();
    let (said, answers) = import(&world, &file, &[]);
    for (answer, (text, code, field)) in answers.iter().zip(&refused) {
        let shown = &text[..text.len().min(300)];
        assert_eq!((&answer["code"], &answer["field"]), (&json!(code), field), "{shown}\n{answer}");
        assert_eq!(answer["outcome"], "REFUSED");
    }
    let all = refused.len();
    assert_eq!(
        (&answers[all]["outcome"], &answers[all]["line"]),
        (&json!("DONE"), &json!(all + 2))
    );
    assert_eq!(answers[all + 1]["code"], "LINE_NOT_JSON");
    let expected = format!("{} lines: 1 done, 0 repeated, {} refused", all + 2, all + 1);
    assert!(said.starts_with(&expected), "{said}");
    let strict = world.run_annals(&["import", "commands", file.to_str().unwrap(), "--strict"]);
    assert_eq!(strict.code, 3);
}

#[tokio::test]
async fn history_is_exempt_from_roles_and_from_no_rule() {
    let world = World::demo().await;
    let ticket = |reference: &str| json!({"ticketId": format!("${reference}")});
    let solved = || json!({"ticketId": "$T", "code": "FIXED", "solution": "Light."});
    let opening =
        |more: &str| json!({"kind": "INCIDENT", "title": "No light", "description": more});
    let lines = [
        (named(line("08:00:00", "client1", "ticketOpen", opening("one")), "T"), ""),
        (line("08:01:00", "agent1", "ticketResolve", solved()), "TICKET_WRONG_STATE"),
        (line("08:02:00", "agent1", "ticketStartWork", ticket("T")), ""),
        (line("08:03:00", "agent2", "ticketStartWork", ticket("T")), "TICKET_HELD"),
        (line("08:04:00", "agent2", "ticketResolve", solved()), "TICKET_NOT_HELD_BY_ACTOR"),
        (line("08:05:00", "auditor", "ticketStopWork", ticket("T")), ""),
        (line("08:06:00", "client1", "ticketStartWork", ticket("T")), "TICKET_ASSIGNEE_UNFIT"),
        (line("08:07:00", "agent2", "ticketStartWork", ticket("T")), ""),
        (line("08:08:00", "agent2", "ticketResolve", solved()), ""),
        (line("08:09:00", "agent1", "ticketClose", ticket("T")), ""),
        (line("08:10:00", "agent1", "ticketReopen", ticket("T")), "TICKET_REOPEN_WINDOW_PASSED"),
        (line("08:11:00", "agent1", "settingsChange", json!({"reopenAfterCloseDays": 1})), ""),
        (line("08:12:00", "agent1", "ticketReopen", ticket("T")), ""),
        (
            named(
                line(
                    "08:13:00",
                    "agent1",
                    "personRegister",
                    json!({"login": "old", "name": "Old", "kind": "STAFF", "role": "AGENT"}),
                ),
                "O",
            ),
            "",
        ),
        (line("08:14:00", "agent1", "personLeave", json!({"personId": "$O"})), ""),
        (line("08:15:00", "old", "ticketOpen", opening("two")), "ACTOR_INACTIVE"),
        (
            line(
                "08:16:00",
                "agent1",
                "ticketOpenMany",
                json!({"items": [opening("a"), opening("b")]}),
            ),
            "",
        ),
        (
            line(
                "08:17:00",
                "agent1",
                "ticketCloseMany",
                json!({"items": [ticket("T"), ticket("T")]}),
            ),
            "TICKET_WRONG_STATE",
        ),
    ];
    let file = write(&world, "roles.ndjson", &text(&lines.clone().map(|(line, _)| line)));
    let (_, first) = import(&world, &file, &[]);
    for (answer, (line, code)) in first.iter().zip(&lines) {
        assert_eq!(answer["code"].as_str().unwrap_or_default(), *code, "{line}\n{answer}");
    }
    assert_eq!(first[16]["ids"].as_array().unwrap().len(), 2, "{}", first[16]);
    assert_eq!(first[17]["field"], json!(["items", "0"]), "{}", first[17]);
    let once = events(&world).await;
    let (_, again) = import(&world, &file, &[]);
    for (answer, before) in again.iter().zip(&first) {
        if before["outcome"] == "DONE" {
            assert_eq!(answer["outcome"], "REPEATED", "{answer}");
            assert_eq!(answer["ids"], before["ids"]);
        } else {
            assert_eq!(answer["code"], "REFUSED_BEFORE", "{answer}");
        }
    }
    assert_eq!(events(&world).await, once);
    // Corrected it is another line, and tried.
    let mut corrected = lines.map(|(line, _)| line);
    corrected[15]["actor"] = json!("agent2");
    let file = write(&world, "roles.ndjson", &text(&corrected));
    let (_, third) = import(&world, &file, &[]);
    assert_eq!(third[15]["outcome"], "DONE", "{}", third[15]);
    assert_eq!(events(&world).await, once + 1);
}
