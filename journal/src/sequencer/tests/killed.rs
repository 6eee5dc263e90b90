//! T10: a sequencer killed at any of its waits. Its server process may still do what it was told.

use super::{Leader, log, step};
use crate::postgres::connect::ActingAs;
use crate::testing::{World, asked, cases, stopped, ticket};

/// Moments of a sequencer's life at which it is killed.
const POINTS: usize = 50;
/// Steps of a life that is not.
const STEPS: i64 = 8;

/// How often two events of the log stand in another order than that of transaction and position, or
/// twice: none, and the tree is the only one these events can have.
const DISORDER: &str = "select count(*) from (
        select l.global_seq, row_number() over (order by e.xid, e.position) as nr
        from journal.events e left join journal.log l using (aggregate_type, aggregate_id, sequence)
    ) o where global_seq is distinct from nr";

#[tokio::test]
async fn t10_a_sequencer_killed_at_any_of_its_waits_leaves_a_dense_log_with_its_root() {
    for _ in 0..(cases(POINTS) / POINTS).max(1) {
        let world = World::new().await;
        let mut done = 0;
        for point in 1..=POINTS {
            let mut conn = world.acting_as(ActingAs::Sequencer).await;
            let stream = u128::try_from(point).unwrap();
            let life = async {
                let mut leader = Leader::take_over(&mut conn).await.unwrap();
                for n in 0..STEPS {
                    let events = vec![stopped(1), stopped(2), stopped(3)];
                    world.append(ticket(stream, 3 * n, events)).await.unwrap();
                    assert!(step(&mut leader, &mut conn).await.is_some(), "nobody else leads");
                }
            };
            done += usize::from(asked(point, life).await);
            if point % 10 == 0 {
                world.settle().await;
                assert_eq!(world.number(DISORDER).await, 0, "killed at {point}");
            }
        }
        world.settle().await;
        let numbers: Vec<i64> = log(&world).await.iter().map(|entry| entry.0).collect();
        assert_eq!(numbers, (1..=i64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
        let doubled = "select count(*) - count(distinct leaf) from journal.log";
        assert_eq!((world.number(doubled).await, world.number(DISORDER).await), (0, 0));
        let report = world.check().await;
        assert_eq!((report.tampering, report.unsettled), (None, 0));
        assert!(!numbers.is_empty() && done < POINTS, "some were killed: {done} were not");
    }
}
