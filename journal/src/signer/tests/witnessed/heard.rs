//! Whoever is asked is heard, whenever they answer.

use std::sync::Arc;
use std::time::Duration;

use super::{Bench, Mood, open, policy, publishes, witnessed};
use crate::signer::witnessing::Witnesses;
use crate::signer::{Carrier, Checkpoints};
use crate::testing::soon;
use crate::tlog::policy::Policy;

/// Hears them until all this holds; what was published on the way.
async fn hears(
    asked: &mut Witnesses,
    policy: &Policy,
    until: impl Fn(&Witnesses, Option<u64>) -> bool,
) -> Option<u64> {
    let mut published = None;
    soon("it is heard", async {
        loop {
            published = asked.answered(policy).map(|signed| signed.checkpoint.size).or(published);
            if until(asked, published) {
                return published;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
}

#[tokio::test]
async fn t6_whoever_knows_another_history_is_heard_behind_the_quorum_and_until_they_sign() {
    let (desk, bench) = witnessed().await;
    let policy = policy(&desk);
    let signed = Checkpoints::open(&desk.folder().checkpoints()).unwrap();
    let signed = signed.last(&policy).unwrap().unwrap();
    let mut asked =
        Witnesses::new(Arc::<Bench>::clone(&bench) as Arc<dyn Carrier>, desk.folder().log());
    bench.are([Mood::Good, Mood::SaysLate(422), Mood::Good]);
    asked.ask(&policy, &signed);
    let published = hears(&mut asked, &policy, |_, published| published.is_some()).await;
    assert_eq!(published, Some(3));
    assert!(!asked.is_in_conflict() && !asked.is_asking(), "it has not answered yet");
    hears(&mut asked, &policy, |asked, _| asked.is_in_conflict()).await;
    // That it is gone, or is not needed, clears nothing.
    bench.are([Mood::Good, Mood::Gone, Mood::Good]);
    asked.ask(&policy, &signed);
    hears(&mut asked, &policy, |_, _| bench.carried(1) == 2).await;
    hears(&mut asked, &policy, |asked, _| !asked.is_waiting()).await;
    assert!(asked.is_in_conflict());
    bench.are([Mood::Good; 3]);
    asked.ask(&policy, &signed);
    hears(&mut asked, &policy, |asked, _| !asked.is_in_conflict()).await;
}

#[tokio::test]
async fn a_tile_that_became_whole_meanwhile_is_proven_with() {
    let (desk, bench) = witnessed().await;
    let mut signer = open(&desk, &bench).await;
    publishes(&desk, &mut signer, 3).await;
    desk.happen(2, 200).await;
    // What witnesses are asked about has its partial tile no more when they are.
    let early = signer.0.step(&mut signer.1).await.unwrap();
    assert_eq!(early, Some(203));
    let policy = policy(&desk);
    let signed = Checkpoints::open(&desk.folder().checkpoints()).unwrap();
    let signed = signed.last(&policy).unwrap().unwrap();
    desk.happen(3, 100).await;
    publishes(&desk, &mut signer, 303).await;
    assert!(!desk.folder().log().join("tile/0/000.p").exists());
    let mut asked =
        Witnesses::new(Arc::<Bench>::clone(&bench) as Arc<dyn Carrier>, desk.folder().log());
    bench.are([Mood::Says(409, "3\n"); 3]);
    asked.ask(&policy, &signed);
    // They were asked once more, with the proof, before they were not believed.
    hears(&mut asked, &policy, |asked, _| asked.is_in_conflict()).await;
}
