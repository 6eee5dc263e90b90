use std::sync::Arc;

use domain::Fact;
use domain::kernel::{ClaimChange, ClaimKey};
use serde_json::{Value, json};

use super::written_together;
use crate::append::{Append, AppendError, ClaimOf};
use crate::inline::InlineView;
use crate::journal::Journal;
use crate::testing::{World, id, run, stopped, ticket};

/// Keeps the version of each ticket.
#[derive(Debug)]
struct Versions {
    sql: &'static str,
}

const FIRST: Versions = Versions {
    sql: "insert into public.first (id, version)
          select r->>'id', (r->>'version')::bigint from jsonb_array_elements({rows}) as r
          on conflict (id) do update set version = excluded.version",
};
const SECOND: Versions = Versions {
    sql: "insert into public.second (id, version)
          select r->>'id', (r->>'version')::bigint * 100 from jsonb_array_elements({rows}) as r
          on conflict (id) do update set version = excluded.version",
};

impl InlineView for Versions {
    fn sql(&self) -> &'static str {
        self.sql
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let mut versions = std::collections::BTreeMap::new();
        for (fact, sequence) in facts {
            let Fact::Ticket(id, _) = fact else { continue };
            versions.insert(id.to_string(), *sequence);
        }
        versions.into_iter().map(|(id, version)| json!({"id": id, "version": version})).collect()
    }
}

async fn with_views(world: &World) -> Journal {
    for table in ["first", "second"] {
        let statement = format!(
            "create table public.{table} (id text primary key, version bigint);
             grant select, insert, update on public.{table} to annals_app"
        );
        run(&mut world.superuser().await, &statement).await.unwrap();
    }
    world.with_views(vec![Arc::new(FIRST), Arc::new(SECOND)]).await
}

fn two(first: i64, second: i64, claims: Vec<ClaimOf>) -> Append {
    let streams =
        vec![ticket(1, first, vec![stopped(1), stopped(2)]), ticket(2, second, vec![stopped(3)])];
    Append { streams, claims, ..Append::default() }
}

async fn kept(world: &World) -> [i64; 2] {
    let sum = |table| format!("select coalesce(sum(version), 0)::bigint from public.{table}");
    [world.number(&sum("first")).await, world.number(&sum("second")).await]
}

#[tokio::test]
async fn every_view_changes_with_the_append_itself() {
    let world = World::new().await;
    let journal = with_views(&world).await;
    journal.append(&two(0, 0, Vec::new())).await.unwrap();
    assert_eq!(kept(&world).await, [2 + 1, 300]);
    journal.append(&two(2, 1, Vec::new())).await.unwrap();
    assert_eq!(kept(&world).await, [4 + 2, 600]);
    // An append without a row for them leaves them alone.
    journal.append(&Append::default()).await.unwrap();
    assert_eq!(kept(&world).await, [4 + 2, 600]);
}

#[tokio::test]
async fn no_view_changes_when_nothing_is_appended() {
    let world = World::new().await;
    let journal = with_views(&world).await;
    let claim = || ClaimOf {
        aggregate_type: "ticket",
        aggregate_id: id(1),
        change: ClaimChange::Hold { scope: "x", key: ClaimKey::Plain("1".to_owned()) },
    };
    journal.append(&two(0, 0, vec![claim()])).await.unwrap();
    let taken = journal.append(&two(2, 1, vec![claim()])).await;
    assert!(matches!(taken, Err(AppendError::ClaimTaken { .. })), "{taken:?}");
    let stale = journal.append(&two(2, 0, Vec::new())).await;
    assert!(matches!(stale, Err(AppendError::Stale { .. })), "{stale:?}");
    assert_eq!(kept(&world).await, [2 + 1, 300]);
}

#[tokio::test]
async fn a_group_changes_each_row_once_and_in_the_order_of_the_appends() {
    let world = World::new().await;
    let journal = with_views(&world).await;
    let one = |stream, expected| Append {
        streams: vec![ticket(stream, expected, vec![stopped(1)])],
        ..Append::default()
    };
    let mut appends: Vec<Append> = (1..=10).rev().map(|stream| one(stream, 0)).collect();
    appends.push(one(3, 1));
    let (groups, outcomes) = written_together(&journal, &appends).await;
    assert_eq!(groups, [10, 1]);
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(kept(&world).await, [9 + 2, 1100]);
}

#[tokio::test]
async fn two_that_change_the_same_row_never_share_a_statement() {
    let world = World::new().await;
    with_views(&world).await;
    let journal = world.with_views(vec![Arc::new(OneRow)]).await;
    let one =
        |stream| Append { streams: vec![ticket(stream, 0, vec![stopped(1)])], ..Append::default() };
    let (groups, outcomes) = written_together(&journal, &[one(1), one(2), one(3)]).await;
    assert_eq!(groups, [1, 1, 1]);
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(kept(&world).await, [3, 0]);
}

/// Counts events in a single row.
#[derive(Debug)]
struct OneRow;

impl InlineView for OneRow {
    fn sql(&self) -> &'static str {
        "insert into public.first (id, version)
         select r->>'id', (r->>'count')::bigint from jsonb_array_elements({rows}) as r
         on conflict (id) do update set version = first.version + excluded.version"
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        vec![json!({"id": "all", "count": facts.len()})]
    }
}
