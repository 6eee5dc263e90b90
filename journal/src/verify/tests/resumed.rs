//! A verification that goes on where another stopped: it reads no event twice and finds the same.

use std::path::Path;

use tempfile::TempDir;

use crate::signer::{Checkpoints, Folder, SignError, sign_once};
use crate::testing::{World, stopped, ticket};
use crate::tlog::policy::Policy;
use crate::verify::{LogReport, Marks, Reached, check, check_from};

/// More events than a page has; signed at 2,500 and at the end.
async fn long() -> (World, TempDir) {
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    for streams in [0..25, 25..30] {
        for stream in streams {
            world.append(ticket(stream, 0, (0..100).map(stopped).collect())).await.unwrap();
        }
        world.settle().await;
        sign_once(&world.options(), &Folder::of(data.path())).await.unwrap();
    }
    (world, data)
}

fn marks(data: &Path) -> Marks {
    let folder = Folder::of(data);
    let policy = Policy::parse(&std::fs::read(folder.policy()).unwrap()).unwrap();
    Marks::new(policy, Some(Checkpoints::open(&folder.checkpoints()).unwrap()), None).unwrap()
}

/// The report, and what was reached after each page.
async fn verify(
    world: &World,
    marks: &mut Marks,
    from: Reached,
) -> Result<(LogReport, Vec<Reached>), SignError> {
    let mut pages = Vec::new();
    let mut conn = world.superuser().await;
    let report =
        check_from(&mut conn, Some(marks), from, |step| pages.push(step.reached())).await?;
    Ok((report, pages))
}

#[tokio::test]
async fn the_rest_gives_what_the_whole_gives() {
    let (world, data) = long().await;
    let whole = check(&mut world.superuser().await, |_, _| {}).await.unwrap();
    let (report, pages) =
        verify(&world, &mut marks(data.path()), Reached::default()).await.unwrap();
    assert_eq!((report.size, report.tampering.clone()), (3_000, None));
    assert_eq!(report, whole);
    let done: Vec<i64> = pages.iter().map(|page| page.done).collect();
    assert_eq!(done, [2_000, 3_000]);
    for reached in pages {
        // Through a file.
        let text = serde_json::to_string(&reached).unwrap();
        let reached: Reached = serde_json::from_str(&text).unwrap();
        let mut marks = marks(data.path());
        let (again, rest) = verify(&world, &mut marks, reached.clone()).await.unwrap();
        assert_eq!(again, whole);
        assert!(rest.iter().all(|page| page.done > reached.done));
        assert_eq!((marks.count(), marks.signed()), (2, 3_000), "all of them were compared");
    }
}

#[tokio::test]
async fn what_was_reached_elsewhere_or_by_other_checkpoints_is_refused() {
    let (world, data) = long().await;
    let (_, pages) = verify(&world, &mut marks(data.path()), Reached::default()).await.unwrap();
    let end = pages.last().unwrap().clone();
    let mut unsigned = Vec::new();
    let mut conn = world.superuser().await;
    let step = |step: crate::verify::Step<'_>| unsigned.push(step.reached());
    check_from(&mut conn, None, Reached::default(), step).await.unwrap();
    let unsigned = unsigned.pop().unwrap();
    let other = verify(&world, &mut marks(data.path()), unsigned).await;
    assert!(matches!(other, Err(SignError::OtherMarks)), "{other:?}");
    let mut forged = serde_json::to_value(&end).unwrap();
    forged["tree"] = serde_json::json!("00");
    let forged = serde_json::from_value(forged).unwrap();
    let cut = verify(&world, &mut marks(data.path()), forged).await;
    assert!(matches!(cut, Err(SignError::Malformed)), "{cut:?}");
    let mut elsewhere = serde_json::to_value(&end).unwrap();
    elsewhere["origin"] = serde_json::json!("annals/00000000-0000-4000-8000-000000000000");
    let elsewhere = serde_json::from_value(elsewhere).unwrap();
    let found = verify(&world, &mut marks(data.path()), elsewhere).await;
    assert!(matches!(found, Err(SignError::OtherLog { .. })), "{found:?}");
}

#[tokio::test]
async fn a_history_that_changed_before_that_place_does_not_end_at_its_root() {
    let (world, data) = long().await;
    let (_, pages) = verify(&world, &mut marks(data.path()), Reached::default()).await.unwrap();
    let mut wrong = serde_json::to_value(&pages[0]).unwrap();
    let tree = wrong["tree"].as_str().unwrap().replace('a', "b");
    assert_ne!(wrong["tree"], tree.as_str());
    wrong["tree"] = serde_json::json!(tree);
    let wrong = serde_json::from_value(wrong).unwrap();
    let (report, _) = verify(&world, &mut marks(data.path()), wrong).await.unwrap();
    assert!(report.tampering.is_some(), "another tree is never the recorded one");
}
