//! Clocks as clients read them: on a ticket at any instant, in lists and queues, and as they cross
//! their thresholds. The servers live by a clock of the test's.

mod crossings;
mod lists;
mod readings;

use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{accepted, mutate_noun};

/// A server on a Monday in March, and its clock.
struct Bench {
    stranger: Client,
    clock: PathBuf,
    _world: World,
}

/// An instant of that week: `3T10:20`.
fn at(text: &str) -> DateTime<Utc> {
    format!("2031-03-0{text}:00Z").parse().unwrap()
}

impl Bench {
    async fn open(now: &str) -> Self {
        let mut world = World::demo().await;
        let clock = world.folder().join("clock");
        fs::write(&clock, at(now).to_rfc3339()).unwrap();
        let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
        command.arg("--test-clock").arg(&clock);
        let stranger = world.serve_by(&mut command);
        Self { stranger, clock, _world: world }
    }

    /// Sets the clock.
    fn set(&self, now: &str) {
        fs::write(&self.clock, at(now).to_rfc3339()).unwrap();
    }

    /// Somebody, signed in by now: nobody stays so for as long as the clock leaps.
    async fn login(&self, login: &str) -> Client {
        self.stranger.sign_in(login, DEMO_PASSWORD).await
    }

    /// Runs a mutation of a ticket at an instant of the week.
    async fn does(&self, (now, login): (&str, &str), name: &str, input: Value) -> Value {
        self.set(now);
        let client = self.login(login).await;
        let payload = mutate_noun(&client, name, "ticket { id }", input).await;
        accepted(&payload)["ticket"]["id"].clone()
    }

    /// Defines a plan with these seconds for each priority, and measures all incidents by it.
    async fn measure(&self, [reaction, work, deadline]: [i64; 3], clocks: Value) -> Value {
        let director = self.login("director").await;
        let targets = ["CRITICAL", "HIGH", "NORMAL", "LOW"].map(|priority| {
            json!({"priority": priority, "reactionSeconds": reaction, "workSeconds": work,
                   "deadlineSeconds": deadline})
        });
        let plan = json!({"name": "Gold", "targets": targets, "clocks": clocks});
        let plan = mutate_noun(&director, "slaPlanDefine", "slaPlan { id }", plan).await;
        let plan = accepted(&plan)["slaPlan"]["id"].clone();
        let sla = json!({"sla": {"on": true,
            "plans": [{"kind": "INCIDENT", "slaPlanId": plan}]}});
        let admin = self.login("admin").await;
        accepted(&mutate_noun(&admin, "settingsChange", "settings { version }", sla).await);
        plan
    }

    /// Opens an incident for the service desk.
    async fn incident(&self, now: &str, title: &str) -> Value {
        let units = "{ units { nodes { id name } } }";
        let director = self.login("director").await;
        let units = director.data(units, json!({})).await["units"]["nodes"].clone();
        let desk = units.as_array().unwrap().iter().find(|it| it["name"] == "Service Desk");
        let unit = desk.unwrap()["id"].clone();
        let input = json!({"kind": "INCIDENT", "title": title, "unitId": unit});
        self.does((now, "director"), "ticketOpen", input).await
    }
}
