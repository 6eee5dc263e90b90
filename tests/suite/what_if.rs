//! What if, over the real binaries: the server and the auditor's tool say the same of the same place
//! in the log, nothing is written, and what makes no sense is refused with its place.

use serde_json::{Value, json};
use sqlx::Row;
use testbed::{DEMO_PASSWORD, World};

use crate::desk::{Desk, accepted, code, mutate, mutate_noun};

const ASK: &str = "query($i: SlaWhatIfInput!, $after: Cursor) { slaWhatIf(input: $i) {
    at position tickets totals { clock newlyBreached newlyMet unchanged wasUnmeasured
        wouldBeUnmeasured breachedReal breachedSupposed secondsReal secondsSupposed
        secondsDifference }
    newlyBreached(first: 100, after: $after) { totalCount pageInfo { endCursor } nodes { number
        ticketId ticket { number } clock real supposed secondsReal secondsSupposed } }
    newlyMet(first: 100) { totalCount nodes { number clock real supposed secondsReal
        secondsSupposed } }
    userErrors { code message field meta } } }";

const DAY: i64 = 86_400;

async fn asked(client: &testbed::Client, input: &Value) -> Value {
    client.data(ASK, json!({"i": input})).await["slaWhatIf"].clone()
}

fn targets(deadline: i64) -> Value {
    let of = |priority: &str| json!({"priority": priority, "deadlineSeconds": deadline});
    ["CRITICAL", "HIGH", "NORMAL", "LOW"].map(of).as_slice().into()
}

/// The period that the demo's tickets and those of the test are opened in: `to` is to come, so clocks
/// are read at the place in the log.
async fn period(desk: &Desk) -> (String, String) {
    let tickets = "{ tickets(first: 100) { nodes { createdAt } } }";
    let tickets = desk.director.data(tickets, json!({})).await["tickets"]["nodes"].clone();
    let created = tickets.as_array().unwrap().iter();
    let created = created.map(|it| it["createdAt"].as_str().unwrap().parse().unwrap());
    let latest: chrono::DateTime<chrono::Utc> = created.max().unwrap();
    let days = chrono::TimeDelta::days;
    ((latest - days(300)).to_rfc3339(), (latest + days(60)).to_rfc3339())
}

/// An old ticket that nobody has solved, under a plan that it broke long ago.
async fn late(desk: &Desk) -> Value {
    let strict = json!({"name": "Strict", "targets": targets(1)});
    let strict = mutate_noun(&desk.director, "slaPlanDefine", "slaPlan { id }", strict).await;
    let plan = accepted(&strict)["slaPlan"]["id"].clone();
    let tickets = "{ tickets(first: 100) { nodes { id number state createdAt } } }";
    let tickets = desk.director.data(tickets, json!({})).await["tickets"]["nodes"].clone();
    let open =
        |it: &&Value| ["NEW", "ASSIGNED", "PENDING"].contains(&it["state"].as_str().unwrap());
    let created = |it: &&Value| it["createdAt"].as_str().unwrap().to_owned();
    let oldest = tickets.as_array().unwrap().iter().filter(open).min_by_key(created).unwrap();
    let apply = json!({"ticketId": oldest["id"], "planId": plan});
    accepted(&mutate(&desk.director, "slaPlanApply", apply).await);
    oldest["number"].clone()
}

/// The answer of the tool: what changed, and the totals.
fn replayed(world: &World, arguments: &[&str]) -> (Vec<Value>, Value) {
    let done = world.run_replay(&[&["--json", "what-if"], arguments].concat());
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
    let mut lines: Vec<Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.pop().unwrap();
    (lines, last)
}

/// Without what the passing of time adds meanwhile.
const LENGTH: &str =
    "select count(*) as n from journal.events where aggregate_type <> 'ticket_clock'";

async fn length(world: &World) -> i64 {
    let mut database = world.superuser().await;
    let row = sqlx::query(LENGTH).fetch_one(&mut database).await.unwrap();
    row.get("n")
}

fn file(world: &World, name: &str, says: &Value) -> String {
    let path = world.folder().join(name);
    std::fs::write(&path, says.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_server_and_the_tool_say_the_same_and_write_nothing() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (from, to) = period(&desk).await;
    let late = late(&desk).await;
    let weekly = json!([{"weekday": "MONDAY", "opens": "08:00", "closes": "09:00"}]);
    let office = json!({"zone": "Europe/Berlin", "weekly": weekly});
    let plan = json!({"targets": targets(30 * DAY), "policy": "CARRY_OVER"});
    let calendar = json!({"zone": "Europe/Berlin", "weekly": weekly, "clocks": ["DEADLINE"]});
    let before = length(&world).await;
    let question = json!({"plan": plan, "from": from, "to": to});
    let live = asked(&desk.director, &question).await;
    assert_eq!(live["userErrors"], json!([]), "{live}");
    let position = live["position"].as_str().unwrap().to_owned();

    // Of one place in the log there is one answer, whoever gives it.
    let at = json!({"plan": plan, "from": from, "to": to, "position": position});
    let told = asked(&desk.director, &at).await;
    let p = file(
        &world,
        "plan.json",
        &json!({"name": "Wide", "policy": "CARRY_OVER",
        "targets": targets(30 * DAY)}),
    );
    let same = ["--from", &from, "--to", &to, "--at", &position];
    let (rows, totals) = replayed(&world, &[&["--plan", &p], &same[..]].concat());
    agree(&told, &rows, &totals);
    let deadline = &told["totals"][2];
    assert!(deadline["newlyMet"].as_u64() >= Some(1), "{deadline}");
    let met = told["newlyMet"]["nodes"].as_array().unwrap();
    assert!(met.iter().any(|it| it["number"] == late && it["real"] == "BREACHED"), "{met:?}");

    // An hour a week: the plan counts in the hours of a calendar that is none yet.
    let hours = json!({"plan": plan, "calendar": calendar, "from": from, "to": to,
        "position": position});
    let told = asked(&desk.auditor, &hours).await;
    let p = file(
        &world,
        "plan.json",
        &json!({"name": "Wide", "policy": "CARRY_OVER",
        "targets": targets(30 * DAY), "clocks": [{"clock": "DEADLINE", "calendar": "Monday"}]}),
    );
    let mut named = office.clone();
    named["name"] = json!("Monday");
    let c = file(&world, "calendar.json", &named);
    let (rows, totals) = replayed(&world, &[&["--plan", &p, "--calendar", &c], &same[..]].concat());
    agree(&told, &rows, &totals);
    let csv = world
        .run_replay(&[&["what-if", "--csv", "--plan", &p, "--calendar", &c], &same[..]].concat());
    assert_eq!(csv.stdout.lines().count(), 1 + rows.len(), "{}", csv.stderr);
    assert!(csv.stdout.starts_with("difference,number,ticket,opened_at,clock,"), "{}", csv.stdout);
    let table =
        world.run_replay(&[&["what-if", "--plan", &p, "--calendar", &c], &same[..]].concat());
    assert!(table.stdout.contains("newly met: "), "{}", table.stdout);
    assert_eq!(length(&world).await, before);
}

/// The same tickets, verdicts, seconds and totals.
fn agree(told: &Value, rows: &[Value], last: &Value) {
    assert_eq!(told["userErrors"], json!([]), "{told}");
    assert_eq!(told["position"].as_str().unwrap(), last["position"].to_string());
    assert_eq!(told["tickets"], last["totals"]["tickets"]);
    assert!(told["tickets"].as_u64() > Some(3), "{told}");
    for (index, clock) in ["reaction", "work", "deadline"].into_iter().enumerate() {
        let (one, other) = (&told["totals"][index], &last["totals"][clock]);
        for (name, field) in [
            ("newlyBreached", "newly_breached"),
            ("newlyMet", "newly_met"),
            ("unchanged", "unchanged"),
            ("wasUnmeasured", "was_unmeasured"),
            ("wouldBeUnmeasured", "would_be_unmeasured"),
            ("breachedReal", "breached_real"),
            ("breachedSupposed", "breached_supposed"),
            ("secondsReal", "seconds_real"),
            ("secondsSupposed", "seconds_supposed"),
        ] {
            assert_eq!(one[name], other[field], "{clock} {name}");
        }
    }
    let lists = [("newlyBreached", "NEWLY_BREACHED"), ("newlyMet", "NEWLY_MET")];
    for (list, difference) in lists {
        let short = |it: &Value, real: &str, supposed: &str| {
            [&it["number"], &it["clock"], &it["real"], &it["supposed"], &it[real], &it[supposed]]
                .map(Value::clone)
        };
        let one = told[list]["nodes"].as_array().unwrap().iter();
        let one: Vec<_> = one.map(|it| short(it, "secondsReal", "secondsSupposed")).collect();
        let other = rows.iter().filter(|it| it["difference"] == difference);
        let other: Vec<_> = other.map(|it| short(it, "seconds_real", "seconds_supposed")).collect();
        assert_eq!(one, other, "{list}");
        assert_eq!(told[list]["totalCount"], json!(one.len()));
    }
}

#[tokio::test]
async fn heads_ask_about_their_units_and_others_not_at_all() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (from, to) = period(&desk).await;
    desk.ticket("Slow").await;
    let head = world.server().greeting.clone();
    assert!(head.contains("answers at"));
    let question = json!({"plan": {"targets": targets(60)}, "from": from, "to": to});
    let of = |unit: &Value| {
        let mut question = question.clone();
        question["unitId"] = unit.clone();
        question
    };
    for client in [&desk.ada, &desk.carla] {
        assert_eq!(code(&asked(client, &question).await), "FORBIDDEN");
        assert_eq!(code(&asked(client, &of(&desk.service_desk)).await), "FORBIDDEN");
    }
    let head = desk.ada.sign_in("head1", DEMO_PASSWORD).await;
    assert_eq!(code(&asked(&head, &of(&desk.infrastructure)).await), "FORBIDDEN");
    let own = asked(&head, &question).await;
    let named = asked(&head, &of(&desk.service_desk)).await;
    let all = asked(&desk.director, &question).await;
    assert_eq!(own["userErrors"], json!([]), "{own}");
    assert_eq!(own["tickets"], named["tickets"]);
    assert!(
        own["tickets"].as_u64() >= Some(1) && own["tickets"].as_u64() < all["tickets"].as_u64()
    );
    assert_eq!(named["tickets"], asked(&desk.admin, &of(&desk.service_desk)).await["tickets"]);
    let critical = with_priority(&question, "CRITICAL");
    assert!(asked(&desk.auditor, &critical).await["tickets"].as_u64() < all["tickets"].as_u64());
}

fn with_priority(question: &Value, priority: &str) -> Value {
    let mut question = question.clone();
    question["priority"] = json!(priority);
    question
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_place() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (from, to) = period(&desk).await;
    let hours = |from: &str| json!([{"weekday": "MONDAY", "opens": from, "closes": "12:00"}]);
    let calendar = |from: &str| json!({"zone": "Europe/Berlin", "weekly": hours(from)});
    let plan = json!({"targets": targets(60)});
    for (more, expected, field) in [
        (json!({}), "INVALID_INPUT", json!(["plan"])),
        (json!({"plan": {"targets": []}}), "SLA_PLAN_NO_TARGETS", json!(["plan", "targets"])),
        (
            json!({"plan": {"targets": targets(-1)}}),
            "SLA_PLAN_TARGET_UNFIT",
            json!(["plan", "targets"]),
        ),
        (
            json!({"plan": plan, "calendar": calendar("13:00")}),
            "CALENDAR_HOURS_ACROSS_MIDNIGHT",
            json!(["calendar", "weekly"]),
        ),
        (
            json!({"plan": plan, "calendar": calendar("08:00")}),
            "INVALID_INPUT",
            json!(["calendar"]),
        ),
        (json!({"calendar": calendar("08:00")}), "INVALID_INPUT", json!(["calendar"])),
        (json!({"plan": plan, "to": from}), "INVALID_INPUT", json!(["to"])),
        (json!({"plan": plan, "from": "2020-01-01T00:00:00Z"}), "INVALID_INPUT", json!(["to"])),
        (json!({"plan": plan, "position": "999999999"}), "INVALID_INPUT", json!(["position"])),
        (json!({"plan": plan, "unitId": "x"}), "INVALID_ID", json!(["unitId"])),
    ] {
        let mut question = json!({"from": from, "to": to});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let told = asked(&desk.director, &question).await;
        assert_eq!(code(&told), expected, "{told}");
        assert_eq!(told["userErrors"][0]["field"], field, "{told}");
        assert_eq!((&told["tickets"], &told["position"]), (&json!(0), &Value::Null));
    }
    let period = ["--from", &from, "--to", &to];
    let refused = |arguments: &[&str]| {
        let done = world.run_replay(&[&["what-if"], arguments].concat());
        assert_eq!(done.code, 2, "{}\n{}", done.stdout, done.stderr);
        assert_eq!(done.stdout, "");
        done.stderr
    };
    let told = |name: &str, says: &Value, as_what: &str| {
        let path = file(&world, name, says);
        let why = refused(&[&[as_what, path.as_str()], &period[..]].concat());
        assert!(why.contains(&path), "{why}");
        why
    };
    let why = told("p.json", &json!({"name": "Gold", "targets": []}), "--plan");
    assert!(why.contains("targets: a plan has targets (SLA_PLAN_NO_TARGETS)"), "{why}");
    let why = told("p.json", &json!({"name": "Gold", "tragets": []}), "--plan");
    assert!(why.contains("unknown field `tragets`") && why.contains("line 1 column"), "{why}");
    let clocks = json!([{"clock": "WORK", "calendar": "Mars"}]);
    let mars = json!({"name": "Gold", "targets": targets(1), "clocks": clocks});
    assert!(told("p.json", &mars, "--plan").contains("clocks[0].calendar: there is no calendar"));
    let mut odd = calendar("25:00");
    odd["name"] = json!("Odd");
    let why = told("c.json", &odd, "--calendar");
    assert!(why.contains("weekly[0].opens") && why.contains("CALENDAR_TIME_UNFIT"), "{why}");
    let mut alone = calendar("08:00");
    alone["name"] = json!("Nowhere");
    assert!(told("c.json", &alone, "--calendar").contains("name the calendar whose hours"));
    assert!(refused(&period).contains("--plan"));
    let good = file(&world, "p.json", &json!({"name": "Gold", "targets": targets(1)}));
    let of = |more: &[&str]| refused(&[&["--plan", good.as_str()], &period[..], more].concat());
    assert!(of(&["--at", "999999999"]).contains("the log has positions 1 to"));
    assert!(of(&["--unit", "Nobody"]).contains("--unit: there is no unit"));
}
