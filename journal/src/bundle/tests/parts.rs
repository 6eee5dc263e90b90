use std::fs;
use std::path::Path;

use chrono::{TimeDelta, TimeZone, Utc};
use domain::kernel::{Actor, PersonId};

use super::{Chosen, Signed, check};
use crate::bundle::sums::Sums;
use crate::bundle::{
    BundleError, EVENTS, MANIFEST, Proven, SUMS, Trust, check_proof, files, prove, verify,
};
use crate::testing::id;
use crate::tlog::policy::Policy;

#[tokio::test]
async fn a_ticket_is_proven_by_itself() {
    let signed = Signed::new().await;
    let exported = signed.export(Chosen::Ticket(id(120)), "part").await.unwrap();
    assert_eq!((exported.manifest.events, exported.manifest.size), (8, 320));
    let found = check(&signed.out("part")).unwrap();
    assert_eq!((found.manifest, found.checkpoints), (exported.manifest, 1));
}

#[tokio::test]
async fn an_event_left_out_of_the_middle_of_a_ticket_is_missed() {
    let signed = Signed::new().await;
    signed.export(Chosen::Ticket(id(120)), "part").await.unwrap();
    let out = signed.out("part");
    // Whoever leaves it out makes everything else fit.
    leave_out(&out, 3);
    let found = check(&out).unwrap_err().to_string();
    assert_eq!(found, "events.ndjson was changed: a stream does not count from 1 without gaps");
}

/// Takes a line out of a part, and out of everything that counts it.
fn leave_out(folder: &Path, place: usize) {
    let text = fs::read_to_string(folder.join(EVENTS)).unwrap();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    lines.remove(place);
    let mut manifest = check(folder).unwrap().manifest;
    manifest.events -= 1;
    manifest.kinds.values_mut().for_each(|count| *count -= 1);
    let mut sums = Sums::parse(&fs::read(folder.join(SUMS)).unwrap()).unwrap();
    for name in [EVENTS, MANIFEST] {
        fs::remove_file(folder.join(name)).unwrap();
    }
    files::write(folder, EVENTS, lines.concat().as_bytes(), &mut sums).unwrap();
    manifest.write(folder, &mut sums).unwrap();
    fs::write(folder.join(SUMS), sums.to_string()).unwrap();
}

#[tokio::test]
async fn a_person_comes_with_what_they_did() {
    let signed = Signed::new().await;
    let number = |query| signed.world.number(query);
    let by = "select count(*) from journal.events e join journal.log l
              using (aggregate_type, aggregate_id, sequence)
              where l.global_seq <= 320 and e.metadata->>'actor' = ";
    let of = "select count(*) from journal.events where aggregate_type = 'person'";
    let (actor, own) = (Actor::Person(PersonId(id(3))).to_string(), number(of).await);
    let did = signed.world.number(&format!("{by} '{actor}'")).await;
    let exported = signed.export(Chosen::Person(id(3)), "part").await.unwrap();
    assert!(exported.manifest.events >= own && exported.manifest.events <= own + did);
    check(&signed.out("part")).unwrap();
}

#[tokio::test]
async fn a_period_ends_before_its_end() {
    let signed = Signed::new().await;
    let mut conn = signed.world.superuser().await;
    let at = "select recorded_at from journal.log where global_seq = $1";
    let mut at =
        async |number: i64| sqlx::query_scalar(at).bind(number).fetch_one(&mut conn).await.unwrap();
    let (from, to) = (at(12).await, at(20).await);
    let exported = signed.export(Chosen::Period { from, to }, "part").await.unwrap();
    assert_eq!(exported.manifest.events, 8);
    check(&signed.out("part")).unwrap();
}

#[tokio::test]
async fn chosen_events_are_all_there_and_no_other() {
    let signed = Signed::new().await;
    let numbers = vec![3, 57, 58, 320];
    let exported = signed.export(Chosen::Events(numbers.clone()), "part").await.unwrap();
    assert_eq!(exported.manifest.events, 4);
    let out = signed.out("part");
    assert_eq!(check(&out).unwrap().manifest.chosen, Chosen::Events(numbers));
    // Whoever leaves one out makes everything else fit.
    leave_out(&out, 1);
    assert!(matches!(check(&out), Err(BundleError::NotABundle { .. })));
    for (nr, numbers) in
        [vec![], vec![0], vec![5, 5], vec![6, 5], vec![321]].into_iter().enumerate()
    {
        let exported = signed.export(Chosen::Events(numbers), &format!("none{nr}")).await;
        assert!(matches!(exported, Err(BundleError::Refused(_))), "{exported:?}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_exported() {
    let signed = Signed::new().await;
    let to = Utc.timestamp_opt(0, 0).unwrap();
    let from = to - TimeDelta::days(1);
    // The ticket of 200 was not signed yet.
    for chosen in [Chosen::Ticket(id(999)), Chosen::Ticket(id(200)), Chosen::Period { from, to }] {
        let exported = signed.export(chosen, "part").await;
        assert!(matches!(exported, Err(BundleError::Refused(_))), "{exported:?}");
        assert!(!signed.out("part").exists());
    }
}

#[tokio::test]
async fn a_folder_that_holds_something_is_left_alone() {
    let signed = Signed::new().await;
    fs::create_dir(signed.out("part")).unwrap();
    fs::write(signed.out("part").join("mine"), "mine").unwrap();
    let exported = signed.export(Chosen::Ticket(id(120)), "part").await;
    assert!(matches!(exported, Err(BundleError::Refused(_))), "{exported:?}");
    assert_eq!(super::files(&signed.out("part")).len(), 1);
}

#[tokio::test]
async fn a_part_is_compared_with_the_checkpoint_it_ends_with_and_no_other() {
    let signed = Signed::new().await;
    signed.export(Chosen::Ticket(id(120)), "part").await.unwrap();
    let newest = fs::read(signed.signer().log().join("checkpoint")).unwrap();
    let since = |bytes| Trust { policy: None, since: Some(bytes) };
    verify(&signed.out("part"), since(&newest), |_, _| {}).unwrap();
    let every = fs::read_to_string(signed.signer().checkpoints()).unwrap();
    let first: String = every.split_inclusive("\n\n").take(2).collect();
    let earlier = first.strip_suffix('\n').unwrap().as_bytes();
    let found = verify(&signed.out("part"), since(earlier), |_, _| {});
    assert!(matches!(found, Err(BundleError::Refused(_))), "{found:?}");
}

#[tokio::test]
async fn every_event_is_proven_by_its_own_file_and_by_no_other() {
    let signed = Signed::new().await;
    let policy = Policy::parse(&fs::read(signed.signer().policy()).unwrap()).unwrap();
    let mut conn = signed.world.superuser().await;
    let mut before = None;
    for number in [1, 2, 11, 12, 255, 256, 257, 320] {
        let proven = prove(&mut conn, &signed.anchor(), number).await.unwrap();
        let Proven { proof, event, leaf } = proven;
        assert!(proof.check(&leaf, &policy).is_ok());
        let proof = proof.to_string();
        let (proven, checkpoint) = check_proof(proof.as_bytes(), &event, &policy).unwrap();
        assert_eq!((proven, checkpoint.size), (number, 320));
        if let Some(other) = before.replace(event) {
            let found = check_proof(proof.as_bytes(), &other, &policy);
            assert!(matches!(found, Err(BundleError::Tampered(_))), "{found:?}");
        }
    }
    for number in [0, -1, 321, 322] {
        let proven = prove(&mut conn, &signed.anchor(), number).await;
        assert!(matches!(proven, Err(BundleError::Refused(_))), "{number}");
    }
}

#[tokio::test]
async fn the_event_of_a_proof_is_a_line_of_a_bundle() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let lines = fs::read_to_string(signed.out("all").join(EVENTS)).unwrap();
    let mut conn = signed.world.superuser().await;
    let Proven { event, .. } = prove(&mut conn, &signed.anchor(), 57).await.unwrap();
    assert_eq!(lines.split_inclusive('\n').nth(56).unwrap().as_bytes(), event);
}
