//! A file of random tickets over several calendars and plans, and what somebody else makes of them.

mod calendar;
mod evaluator;
mod story;

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use self::calendar::Calendar;
use self::evaluator::Verdict;
use self::story::{Plan, Story};
use super::stage::Stage;
use crate::crash::chance::{seed, switch};

/// How many tickets, unless `ANNALS_CASES` says otherwise.
const TICKETS: usize = 40;

fn tickets() -> usize {
    let asked = switch("ANNALS_CASES").and_then(|cases| usize::try_from(cases).ok());
    asked.map_or(TICKETS, |cases| cases.clamp(1, 500))
}

fn verdict(clock: &Value) -> Verdict {
    Verdict {
        limit: clock["limitSeconds"].as_i64().unwrap(),
        used: clock["usedSeconds"].as_i64().unwrap(),
        breached: !clock["breachedAt"].is_null(),
        met: clock["met"].as_bool(),
    }
}

/// When a ticket is looked at: somewhere on its way, and long after it.
fn looks(chance: &mut StdRng, story: &Story) -> [DateTime<Utc>; 3] {
    let end = story.last() + chrono::TimeDelta::days(5);
    let whole = (end - story.opened()).num_seconds();
    let mut some = || story.opened() + chrono::TimeDelta::seconds(chance.random_range(0..whole));
    [some(), some(), end]
}

#[tokio::test]
async fn random_tickets_show_what_an_independent_evaluator_makes_of_them() {
    let seed = seed();
    let mut chance = StdRng::seed_from_u64(seed);
    let calendars: Vec<Calendar> = calendar::all();
    let plans: Vec<Plan> = (0..5).map(|index| Plan::random(&mut chance, index)).collect();
    let mut stage = Stage::set().await;
    let unit = stage.units().await["Service Desk"].clone();
    let stories: Vec<Story> =
        (0..tickets()).map(|index| Story::random(&mut chance, index, plans.len())).collect();
    let mut lines: Vec<Value> = calendars.iter().map(Calendar::line).collect();
    lines.extend(plans.iter().map(Plan::line));
    lines.extend(stories.iter().flat_map(|story| story.lines(&unit)));
    let said = stage.tell("random.ndjson", &lines);
    assert!(said.contains(" 0 refused"), "seed {seed}: {said}");
    stage.find(stories.iter().map(|story| story.name.clone())).await;
    for story in &stories {
        for at in looks(&mut chance, story) {
            let sla = stage.sla(&story.name, at).await;
            let shown = ["reaction", "work", "deadline"].map(|clock| verdict(&sla[clock]));
            let expected = evaluator::verdicts(story, &plans, &calendars, at);
            assert_eq!(shown, expected, "seed {seed} at {at}: {}", json!(story.lines(&unit)));
        }
    }
}
