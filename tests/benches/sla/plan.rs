//! A plan that measures: so long to react, so long to solve in the hours of a calendar.

use domain::kernel::{CalendarId, SlaPlanId};
use domain::sla::{CalendarVersion, ChangePolicy, ClockTerms, Terms};
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};
use testbed::Client as Person;
use uuid::Uuid;

use crate::Fault;

const PRIORITIES: [&str; 4] = ["CRITICAL", "HIGH", "NORMAL", "LOW"];
const DAYS: [&str; 5] = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];

/// How many seconds it leaves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Until somebody has to begin.
    pub(crate) reaction: i64,
    /// Until it has to be solved, in working time.
    pub(crate) deadline: i64,
}

/// A defined one.
#[derive(Debug)]
pub(crate) struct Plan {
    limits: Limits,
    id: SlaPlanId,
    calendar: CalendarId,
    /// The calendar as people name it.
    shown: Value,
}

fn calendar(closes: &str) -> Value {
    let day = |day: &str| json!({"weekday": day, "opens": "08:00", "closes": closes});
    json!({"name": "Bench", "zone": "Europe/Berlin", "weekly": DAYS.map(day)})
}

fn plan(limits: Limits) -> Value {
    let Limits { reaction, deadline } = limits;
    let of = |priority: &str| json!({"priority": priority, "reactionSeconds": reaction, "deadlineSeconds": deadline});
    json!({"name": "Bench", "policy": "CARRY_OVER", "targets": PRIORITIES.map(of)})
}

/// The same with half the time, all hours.
pub(super) fn half(limits: Limits) -> Value {
    plan(Limits { reaction: limits.reaction / 2, deadline: limits.deadline / 2 })
}

async fn asked(director: &Person, query: &str, input: Value) -> Result<Value, Fault> {
    let data = director.data(query, json!({"i": input})).await;
    let payload = data.as_object().and_then(|data| data.values().next()).cloned();
    let payload = payload.ok_or("no payload")?;
    match payload["userErrors"].as_array() {
        Some(errors) if errors.is_empty() => Ok(payload),
        _ => Err(payload.to_string().into()),
    }
}

const CALENDAR: &str = "mutation($i: CalendarDefineInput!) { calendarDefine(input: $i) {
    calendar { id } userErrors { code message } } }";
const PLAN: &str = "mutation($i: SlaPlanDefineInput!) { slaPlanDefine(input: $i) {
    slaPlan { id } userErrors { code message } } }";
const DEFINED: &str = "select aggregate_id from journal.events where event_type = $1";

impl Plan {
    pub(crate) async fn define(
        director: &Person,
        conn: &mut PgConnection,
        limits: Limits,
    ) -> Result<Self, Fault> {
        let made = asked(director, CALENDAR, calendar("17:00")).await?;
        let shown = made["calendar"]["id"].clone();
        let clock = |clock: &str| json!({"clock": clock, "thresholds": [100]});
        let mut wanted = plan(limits);
        let mut deadline = clock("DEADLINE");
        deadline["calendarId"] = shown.clone();
        wanted["clocks"] = json!([clock("REACTION"), deadline]);
        asked(director, PLAN, wanted).await?;
        let (id, calendar) = (
            SlaPlanId(found(conn, "sla_plan.defined").await?),
            CalendarId(found(conn, "calendar.defined").await?),
        );
        Ok(Self { limits, id, calendar, shown })
    }

    /// What is stamped into a ticket of its first version.
    pub(crate) fn terms(&self) -> Terms {
        let clock = |limit: i64, calendar| ClockTerms {
            limit_seconds: u32::try_from(limit).unwrap_or(u32::MAX),
            calendar,
            pause_states: [].into(),
            thresholds: [100].into(),
        };
        let hours = CalendarVersion { id: self.calendar, version: 1 };
        Terms {
            plan: self.id,
            plan_version: 1,
            policy: ChangePolicy::CarryOver,
            reaction: clock(self.limits.reaction, None),
            work: clock(0, None),
            deadline: clock(self.limits.deadline, Some(hours)),
        }
    }

    /// An hour more each day.
    pub(super) async fn edit_calendar(&self, director: &Person) -> Result<(), Fault> {
        let mut wanted = calendar("18:00");
        wanted["calendarId"] = self.shown.clone();
        asked(director, CALENDAR, wanted).await.map(|_| ())
    }
}

/// The one stream that began like this.
async fn found(conn: &mut PgConnection, event_type: &str) -> Result<Uuid, Fault> {
    let row = sqlx::query(DEFINED).bind(event_type).fetch_one(conn).await?;
    Ok(row.try_get::<String, _>(0)?.parse()?)
}
