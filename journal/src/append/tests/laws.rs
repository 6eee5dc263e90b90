//! Whatever is asked for at once comes out as if it had been asked for one after the other.

use std::collections::BTreeMap;

use domain::kernel::ClaimChange;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

use super::group::{claiming, hold, of, release};
use super::{queued, writer};
use crate::append::queue::Answer;
use crate::append::{Append, AppendError, StreamVersion};
use crate::testing::{World, command, id, soon};

/// How many crowds are tried: `ANNALS_CASES`, else 6.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases() -> u64 {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(6)
}

/// A journal that takes one append after the other.
#[derive(Debug, Default)]
struct Model {
    versions: BTreeMap<Uuid, i64>,
    claims: BTreeMap<String, Uuid>,
    commands: BTreeMap<Uuid, ([u8; 32], Vec<StreamVersion>)>,
}

/// What is said of an append, as far as a model can know it.
#[derive(Debug, PartialEq)]
enum Said {
    Done(Vec<StreamVersion>),
    Repeated(Vec<StreamVersion>),
    Reused,
    Stale(i64),
    Taken(String),
}

impl Model {
    fn append(&mut self, append: &Append) -> Said {
        if let Some(record) = &append.command
            && let Some((hash, first)) = self.commands.get(&record.command_id)
        {
            let same = *hash == record.input_hash;
            return if same { Said::Repeated(first.clone()) } else { Said::Reused };
        }
        let stream = &append.streams[0];
        let version = self.versions.get(&stream.aggregate_id).copied().unwrap_or_default();
        if version != stream.expected {
            return Said::Stale(version);
        }
        let changes =
            || append.claims.iter().map(|claim| (claim.aggregate_id, parts(&claim.change)));
        let mut claims = self.claims.clone();
        changes().filter(|(_, (_, held))| !held).for_each(|(_, (key, _))| {
            claims.remove(&key);
        });
        for (holder, (key, _)) in changes().filter(|(_, (_, held))| *held) {
            if let Some(other) = claims.insert(key, holder) {
                return Said::Taken(other.to_string());
            }
        }
        self.claims = claims;
        let versions = append.versions();
        self.versions.insert(stream.aggregate_id, versions[0].version);
        if let Some(record) = &append.command {
            self.commands.insert(record.command_id, (record.input_hash, versions.clone()));
        }
        Said::Done(versions)
    }
}

fn parts(change: &ClaimChange) -> (String, bool) {
    let (key, held) = match change {
        ClaimChange::Hold { key, .. } => (key, true),
        ClaimChange::Release { key, .. } => (key, false),
    };
    (format!("{key:?}"), held)
}

fn said(answer: Answer) -> Said {
    match answer {
        Ok(receipt) => Said::Done(receipt.streams),
        Err(AppendError::Repeated(receipt)) => Said::Repeated(receipt.streams),
        Err(AppendError::KeyReused) => Said::Reused,
        Err(AppendError::Stale { actual, .. }) => Said::Stale(actual),
        Err(AppendError::ClaimTaken { holder, .. }) => Said::Taken(holder),
        Err(error) => panic!("{error}"),
    }
}

/// A hundred appends that get into each other's way, and what the model says of them.
fn crowd(random: &mut StdRng, case: u64) -> (Vec<Append>, Vec<Said>) {
    let mut model = Model::default();
    let mut appends = Vec::new();
    let mut expected = Vec::new();
    for _ in 0..100 {
        let stream = u128::from(case) * 1000 + random.random_range(0..30);
        let version = model.versions.get(&id(stream)).copied().unwrap_or_default();
        let stale = random.random_bool(0.15) && version > 0;
        let number = u128::from(case) * 1000 + random.random_range(0..60);
        let record = random.random_bool(0.5).then(|| command(number, random.random_range(1..3)));
        let mut append = of(stream, if stale { version - 1 } else { version }, record);
        for key in ["a", "b", "c", "d"].map(|key| format!("{case}{key}")) {
            match random.random_range(0..12) {
                0 => append = claiming(append, hold(&key)),
                1 => append = claiming(append, release(&key)),
                2 => append = claiming(claiming(append, release(&key)), hold(&key)),
                _ => {}
            }
        }
        expected.push(model.append(&append));
        appends.push(append);
    }
    (appends, expected)
}

#[tokio::test]
async fn a_crowd_comes_out_as_if_one_had_come_after_the_other() {
    let world = World::new().await;
    for case in 0..cases() {
        let (appends, expected) = crowd(&mut StdRng::seed_from_u64(case), case);
        let writer = writer(&world.journal);
        let answers = queued(&world.journal, &writer, &appends).await;
        writer.close();
        soon("all is written", writer.run()).await;
        let mut outcomes = Vec::new();
        for answer in answers {
            outcomes.push(said(answer.await.unwrap()));
        }
        for (nr, (outcome, expected)) in outcomes.iter().zip(&expected).enumerate() {
            assert_eq!(outcome, expected, "case {case}, append {nr}: {:?}", appends[nr]);
        }
    }
    world.settle().await;
    let report = world.check().await;
    assert!(report.tampering.is_none());
}
