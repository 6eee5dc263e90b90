//! The worked rows D1 to D20: told as commands, read at an instant.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::Row as _;

use super::stage::{Stage, line, naming, seconds};

/// What somebody does.
#[derive(Clone, Copy)]
enum Act {
    Lock(&'static str),
    Unlock(&'static str),
    Complete(&'static str),
    NotDone(&'static str),
    /// To this unit.
    Forward(&'static str, &'static str),
    Urgent(&'static str),
    Archive(&'static str),
}

use Act::{Archive, Complete, Forward, Lock, NotDone, Unlock, Urgent};

const A: &str = "agent1";
const B: &str = "agent2";
const CLEO: &str = "agent3";
const HEAD: &str = "head1";
const AUTHOR: &str = "client1";
const UNIT: &str = "Service Desk";
const OTHER: &str = "Infrastructure";

/// When it is looked at, what is used then, whether that is within, at or beyond each limit, and
/// which share of it is left.
type Seen = (i64, [i64; 3], [&'static str; 3], [u8; 3]);

struct Row {
    name: &'static str,
    plan: &'static str,
    priority: &'static str,
    acts: &'static [(i64, Act)],
    seen: &'static [Seen],
    /// How many of the acts the rules refuse.
    refused: usize,
}

const OK: [&str; 3] = ["ok"; 3];
const NORMAL: Row =
    Row { name: "", plan: "X", priority: "NORMAL", acts: &[], seen: &[], refused: 0 };
const LATER: i64 = 300_000;

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { name: "D1", acts: &[(1_200, Lock(A)), (6_600, Complete(A))],
          seen: &[(LATER, [1_200, 5_400, 6_600], OK, [34, 25, 78])], ..NORMAL },
    Row { name: "D2", acts: &[(1_801, Lock(A)), (5_401, Complete(A))],
          seen: &[(LATER, [1_801, 3_600, 5_401], ["BREACH", "ok", "ok"], [0, 50, 82])], ..NORMAL },
    Row { name: "D3", acts: &[(600, Lock(A)), (1_800, Unlock(A)), (3_000, Lock(B)),
                              (6_600, Unlock(B)), (7_200, Lock(A)), (9_000, Complete(A))],
          seen: &[(LATER, [600, 6_600, 9_000], OK, [67, 9, 69])], ..NORMAL },
    Row { name: "D4", acts: &[(300, Lock(A)), (2_100, Forward(A, OTHER)), (5_700, Lock(CLEO)),
                              (8_700, Complete(CLEO))],
          seen: &[(LATER, [300, 4_800, 8_700], OK, [84, 34, 70])], ..NORMAL },
    Row { name: "D5", acts: &[(1_500, Forward(AUTHOR, OTHER)), (2_400, Lock(CLEO)),
                              (4_200, Complete(CLEO))],
          seen: &[(LATER, [2_400, 1_800, 4_200], ["BREACH", "ok", "ok"], [0, 75, 86])], ..NORMAL },
    Row { name: "D6", acts: &[(900, Lock(A)), (3_600, Complete(A)), (7_200, NotDone(AUTHOR)),
                              (9_900, Complete(A))],
          seen: &[(LATER, [900, 5_400, 9_900], OK, [50, 25, 66])], ..NORMAL },
    Row { name: "D7", acts: &[(600, Lock(A)), (4_200, Complete(A)), (10_800, NotDone(HEAD)),
                              (12_600, Unlock(A)), (14_400, Lock(B)), (17_400, Complete(B))],
          seen: &[(LATER, [600, 8_400, 17_400], ["ok", "BREACH", "ok"], [67, 0, 40])], ..NORMAL },
    Row { name: "D8", acts: &[(100, Lock(A)), (2_100, Complete(A)), (20_000, NotDone(AUTHOR)),
                              (21_000, Complete(A)), (28_000, NotDone(AUTHOR)),
                              (29_500, Complete(A))],
          seen: &[(10_000, [100, 2_000, 2_100], OK, [95, 73, 93]),
                  (LATER, [100, 4_500, 29_500], ["ok", "ok", "BREACH"], [95, 38, 0])], ..NORMAL },
    Row { name: "D9", acts: &[(1_800, Lock(A)), (2_400, Unlock(A)), (22_200, Lock(B)),
                              (28_800, Complete(B))],
          seen: &[(LATER, [1_800, 7_200, 28_800], ["="; 3], [0, 0, 0])], ..NORMAL },
    Row { name: "D10", acts: &[(1_801, Lock(A)), (2_401, Unlock(A)), (22_200, Lock(B)),
                               (28_801, Complete(B))],
          seen: &[(LATER, [1_801, 7_201, 28_801], ["BREACH"; 3], [0, 0, 0])], ..NORMAL },
    Row { name: "D11", priority: "HIGH",
          seen: &[(600, [600, 0, 600], ["=", "ok", "ok"], [0, 100, 96]),
                  (601, [601, 0, 601], ["BREACH", "ok", "ok"], [0, 100, 96])], ..NORMAL },
    Row { name: "D12", priority: "HIGH",
          acts: &[(300, Lock(A)), (900, Unlock(A)), (1_500, Lock(B))],
          seen: &[(3_600, [300, 2_700, 3_600], OK, [50, 25, 75]),
                  (4_500, [300, 3_600, 4_500], ["ok", "=", "ok"], [50, 0, 69]),
                  (4_501, [300, 3_601, 4_501], ["ok", "BREACH", "ok"], [50, 0, 69])], ..NORMAL },
    Row { name: "D13", acts: &[(600, Lock(A)), (1_200, Complete(A)), (5_000, NotDone(AUTHOR))],
          seen: &[(6_000, [600, 1_600, 6_000], OK, [67, 78, 80])], ..NORMAL },
    Row { name: "D14", acts: &[(700, Lock(A)), (1_000, Urgent(A)), (4_000, Complete(A))],
          seen: &[(999, [700, 299, 999], OK, [62, 96, 97]),
                  (LATER, [700, 3_300, 4_000], ["BREACH", "ok", "ok"], [0, 9, 73])], ..NORMAL },
    Row { name: "D15", acts: &[(500, Lock(A)), (500, Unlock(A)), (1_000, Lock(B)),
                               (1_600, Complete(B))],
          seen: &[(LATER, [500, 600, 1_600], OK, [73, 92, 95])], ..NORMAL },
    Row { name: "D16", acts: &[(120, Lock(A)), (300, Lock(B)), (900, Unlock(HEAD)),
                               (960, Lock(B)), (2_000, Complete(B))],
          seen: &[(LATER, [120, 1_820, 2_000], OK, [94, 75, 94])], refused: 1, ..NORMAL },
    Row { name: "D17", plan: "None", acts: &[(99_999, Lock(A)), (100_599, Complete(A))],
          seen: &[(LATER, [99_999, 600, 100_599], ["none"; 3], [0, 0, 0])], ..NORMAL },
    Row { name: "D18", priority: "LOW", acts: &[(14_400, Lock(A)), (43_200, Complete(A))],
          seen: &[(LATER, [14_400, 28_800, 43_200], ["=", "=", "ok"], [0, 0, 84])], ..NORMAL },
    Row { name: "D19", acts: &[(400, Lock(A)), (1_000, Forward(A, OTHER)), (1_600, Lock(CLEO)),
                               (2_200, Forward(CLEO, UNIT)), (2_800, Lock(B)),
                               (4_600, Complete(B)), (5_000, NotDone(AUTHOR)), (5_600, Unlock(B)),
                               (6_000, Lock(HEAD)), (7_800, Complete(HEAD))],
          seen: &[(LATER, [400, 5_400, 7_800], OK, [78, 25, 73])], ..NORMAL },
    Row { name: "D20", acts: &[(1_200, Lock(A)), (6_600, Complete(A)), (265_800, Archive(HEAD)),
                               (270_000, NotDone(AUTHOR))],
          seen: &[(LATER, [1_200, 5_400, 6_600], OK, [34, 25, 78])], refused: 1, ..NORMAL },
];

fn plan(name: &str, targets: [(&str, [i64; 3]); 4]) -> Value {
    let of = |(priority, [reaction, work, deadline]): (&str, [i64; 3])| {
        json!({"priority": priority, "reactionSeconds": reaction, "workSeconds": work,
               "deadlineSeconds": deadline})
    };
    let input = json!({"name": name, "targets": targets.map(of)});
    naming(name, line(seconds(-60), "director", ("slaPlanDefine", input)))
}

fn plans() -> [Value; 2] {
    let high = [600, 3_600, 14_400];
    let targets = [
        ("CRITICAL", high),
        ("HIGH", high),
        ("NORMAL", [1_800, 7_200, 28_800]),
        ("LOW", [14_400, 28_800, 259_200]),
    ];
    [plan("X", targets), plan("None", targets.map(|(priority, _)| (priority, [0; 3])))]
}

fn told(row: &Row, unit: impl Fn(&str) -> Value) -> Vec<Value> {
    let opened = json!({"kind": "INCIDENT", "title": row.name, "externalRef": row.name, "priority": row.priority,
        "slaPlanId": format!("${}", row.plan), "unitId": unit(UNIT), "reason": "as worked out"});
    let opened = naming(row.name, line(seconds(0), HEAD, ("ticketOpen", opened)));
    let ticket = format!("${}", row.name);
    let acts = row.acts.iter().map(|(at, act)| {
        let (who, mutation, more) = match act {
            Lock(who) => (who, "ticketStartWork", json!({})),
            Unlock(who) => (who, "ticketStopWork", json!({})),
            Complete(who) => {
                (who, "ticketResolve", json!({"code": "FIXED", "solution": "it works"}))
            }
            NotDone(who) => (who, "ticketReopen", json!({})),
            Forward(who, to) => (who, "ticketAssign", json!({"unitId": unit(to)})),
            Urgent(who) => {
                (who, "ticketPrioritize", json!({"priority": "HIGH", "reason": "as worked out"}))
            }
            Archive(who) => (who, "ticketClose", json!({})),
        };
        let mut input = more;
        input["ticketId"] = json!(ticket);
        line(seconds(*at), who, (mutation, input))
    });
    std::iter::once(opened).chain(acts).collect()
}

fn flag(clock: &Value) -> &'static str {
    match () {
        () if clock["limitSeconds"] == 0 => "none",
        () if !clock["breachedAt"].is_null() => "BREACH",
        () if clock["usedSeconds"] == clock["limitSeconds"] => "=",
        () => "ok",
    }
}

#[tokio::test]
async fn each_worked_row_comes_out_as_it_was_worked_out() {
    let mut stage = Stage::set().await;
    let units = stage.units().await;
    let mut lines = plans().to_vec();
    lines.extend(ROWS.iter().flat_map(|row| told(row, |name| units[name].clone())));
    let said = stage.tell("section-d.ndjson", &lines);
    let refused: usize = ROWS.iter().map(|row| row.refused).sum();
    assert!(said.contains(&format!("{refused} refused")), "{said}");
    stage.find(ROWS.iter().map(|row| row.name.to_owned())).await;
    for row in ROWS {
        for (at, used, flags, left) in row.seen {
            let sla = stage.sla(row.name, seconds(*at)).await;
            let clocks = ["reaction", "work", "deadline"].map(|clock| sla[clock].clone());
            let shown = clocks.each_ref().map(|clock| clock["usedSeconds"].as_i64().unwrap());
            assert_eq!(shown, *used, "{} at {at}", row.name);
            assert_eq!(clocks.each_ref().map(flag), *flags, "{} at {at}", row.name);
            let left =
                left.map(|percent| if row.plan == "X" { json!(percent) } else { json!(null) });
            let shown = clocks.each_ref().map(|clock| clock["remainingPercent"].clone());
            assert_eq!(shown, left, "{} at {at}", row.name);
        }
    }
    assert_eq!(breaches(&stage, "D2").await, [seconds(1_801)]);
    assert_eq!(breaches(&stage, "D10").await, [seconds(1_801), seconds(28_801), seconds(28_801)]);
}

/// When limits were breached, as recorded: by the import as far as the history goes, behind its last
/// line by the server.
async fn breaches(stage: &Stage, name: &str) -> Vec<DateTime<Utc>> {
    let expected = ROWS.iter().find(|row| row.name == name).unwrap().seen[0].2;
    let expected = expected.iter().filter(|flag| **flag == "BREACH").count();
    let mut database = stage.world.superuser().await;
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let rows = sqlx::query(RECORDED).bind(name).fetch_all(&mut database).await.unwrap();
        if rows.len() >= expected {
            return rows.iter().map(|row| row.get("at")).collect();
        }
        assert!(Instant::now() < until, "{name}: {} of {expected}", rows.len());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

const RECORDED: &str = "\
    select (clock.metadata ->> 'occurred_at')::timestamptz as at
    from journal.events clock join journal.events ticket using (aggregate_id)
    where ticket.event_type = 'ticket.opened' and ticket.payload #>> '{opened,external_ref}' = $1
        and clock.event_type = 'ticket_clock.breached'
    order by at";
