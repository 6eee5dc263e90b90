use std::fs;

use super::{Chosen, Signed, Trust, check, files};
use crate::bundle::{BundleError, verify};
use crate::signer::rotate;
use crate::testing::id;
use crate::tlog::bundle::Bundle;
use crate::tlog::key::{Kind, SignerKey};
use crate::tlog::policy::Policy;
use crate::verify::Tampering;

#[tokio::test]
async fn a_bundle_of_all_is_sound_and_says_what_it_is() {
    let signed = Signed::new().await;
    let exported = signed.export(Chosen::All, "all").await.unwrap();
    assert_eq!(
        (exported.manifest.events, exported.manifest.size, exported.unsigned),
        (320, 320, 1)
    );
    let mut told = Vec::new();
    let found = verify(&signed.out("all"), Trust::default(), |done, of| told.push((done, of)));
    let found = found.unwrap();
    assert_eq!(found.manifest, exported.manifest);
    assert_eq!(found.checkpoints, 2, "both of the file");
    assert_eq!(told.last(), Some(&(320, 320)));
    assert_eq!(found.manifest.kinds["ticket.opened/1"], 1);
    assert_eq!(found.manifest.kinds.values().sum::<i64>(), 320);
}

#[tokio::test]
async fn the_same_history_makes_the_same_files() {
    let signed = Signed::new().await;
    for name in ["one", "another"] {
        signed.export(Chosen::All, name).await.unwrap();
    }
    assert_eq!(files(&signed.out("one")), files(&signed.out("another")));
}

#[tokio::test]
async fn names_and_texts_of_people_stay_sealed() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    for (name, bytes) in files(&signed.out("all")) {
        let text = String::from_utf8_lossy(&bytes);
        for planted in ["a tale", "cleopatra", "because"] {
            assert!(!text.contains(planted), "{planted} stands in {name}");
        }
    }
}

#[tokio::test]
async fn erasing_somebody_changes_no_byte_of_it() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "before").await.unwrap();
    signed.world.erase(&format!("person:{}", id(3))).await;
    signed.export(Chosen::All, "after").await.unwrap();
    assert_eq!(files(&signed.out("before")), files(&signed.out("after")));
}

#[tokio::test]
async fn keys_that_followed_one_another_vouch_for_it_together() {
    let signed = Signed::new().await;
    rotate(&signed.signer()).unwrap();
    signed.sign().await;
    let exported = signed.export(Chosen::All, "all").await.unwrap();
    assert_eq!((exported.manifest.size, exported.unsigned), (321, 0));
    assert_eq!(check(&signed.out("all")).unwrap().checkpoints, 3);
    // Whoever knows the first key alone has to be given the policy first.
    let policy = fs::read_to_string(signed.signer().policy()).unwrap();
    let first: String = policy.split_inclusive('\n').take(2).collect();
    let policy = Some(Policy::parse(first.as_bytes()).unwrap());
    let found = verify(&signed.out("all"), Trust { policy, since: None }, |_, _| {});
    assert!(matches!(found, Err(BundleError::Untrusted(_))), "{found:?}");
}

#[tokio::test]
async fn the_tree_lies_where_tools_of_others_look_for_it() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let out = signed.out("all");
    for path in ["tile/0/000", "tile/0/001.p/64", "tile/1/000.p/1", "tile/entries/001.p/64"] {
        assert!(out.join(path).is_file(), "{path}");
    }
    let entries = fs::read(out.join("tile/entries/000")).unwrap();
    let entries = Bundle { index: 0, width: 256 }.entries(&entries).unwrap().len();
    assert_eq!(entries, 256);
}

#[tokio::test]
async fn a_checkpoint_that_somebody_kept_is_compared() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let every = fs::read_to_string(signed.signer().checkpoints()).unwrap();
    let first = every.split_inclusive("\n\n").take(2).collect::<String>();
    let kept = first.strip_suffix('\n').unwrap();
    let since = |bytes| Trust { policy: None, since: Some(bytes) };
    let found = verify(&signed.out("all"), since(kept.as_bytes()), |_, _| {}).unwrap();
    assert_eq!(found.checkpoints, 3);
    let other = kept.replace("\n11\n", "\n12\n");
    let found = verify(&signed.out("all"), since(other.as_bytes()), |_, _| {});
    assert!(matches!(found, Err(BundleError::Input(_))), "{found:?}");
}

#[tokio::test]
async fn who_trusts_others_is_not_told_that_it_is_sound() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let policy = fs::read_to_string(signed.signer().policy()).unwrap();
    let log = policy.lines().next().unwrap();
    let witness = SignerKey::new("w.example".parse().unwrap(), Kind::Cosignature, &[9; 32]);
    let foreign = SignerKey::new("example.com/log".parse().unwrap(), Kind::Note, &[9; 32]);
    for text in [
        format!("log {}\nquorum none\n", foreign.public()),
        format!("{log}\n#annals-from {} 321\nquorum none\n", log.split('+').nth(1).unwrap()),
        format!("{log}\nwitness w {}\nquorum w\n", witness.public()),
    ] {
        let policy = Policy::parse(text.as_bytes()).unwrap();
        let trust = Trust { policy: Some(policy), since: None };
        let found = verify(&signed.out("all"), trust, |_, _| {});
        assert!(matches!(found, Err(BundleError::Untrusted(_))), "{text} {found:?}");
    }
}

#[tokio::test]
async fn what_was_changed_in_the_database_is_not_exported() {
    let signed = Signed::new().await;
    signed
        .world
        .tamper(
            "update journal.events e set event_version = '2' from journal.log l
             where l.global_seq = 300 and (e.aggregate_type, e.aggregate_id, e.sequence) =
                 (l.aggregate_type, l.aggregate_id, l.sequence)",
        )
        .await;
    let exported = signed.export(Chosen::All, "all").await;
    let Err(BundleError::Tampered(found)) = exported else { panic!("{exported:?}") };
    assert_eq!(found.number(), Some(300));
    // What was begun is no bundle.
    let unfinished = check(&signed.out("all"));
    assert!(matches!(unfinished, Err(BundleError::Missing { .. })), "{unfinished:?}");
}

#[tokio::test]
async fn events_that_are_gone_from_the_end_are_a_rollback() {
    let signed = Signed::new().await;
    let anchor = "update journal.sequencer set tree_size = 300";
    signed.world.tamper(anchor).await;
    let exported = signed.export(Chosen::All, "all").await;
    let Err(BundleError::Tampered(found)) = exported else { panic!("{exported:?}") };
    assert_eq!(found, Tampering::Rollback { from: 320, to: 300 });
}

/// What is written for whoever has to read a bundle without us.
const REFERENCE: &str = include_str!("../../../../docs/reference/evidence-bundle.md");

#[tokio::test]
async fn the_reference_names_every_file_and_every_field() {
    let signed = Signed::new().await;
    signed.world.number("select setval('journal.ticket_number', 7)").await;
    for (chosen, name) in [(Chosen::All, "all"), (Chosen::Ticket(id(120)), "part")] {
        signed.export(chosen, name).await.unwrap();
        let mut words = Vec::new();
        for (name, bytes) in files(&signed.out(name)) {
            let text = String::from_utf8_lossy(&bytes);
            let json = match name.as_str() {
                "manifest.json" => &text,
                "events.ndjson" => text.split('\n').next().unwrap(),
                _ => "{}",
            };
            let json: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(json).unwrap();
            words.extend(json.into_iter().map(|(field, _)| field));
            // Of the tree's files their folders.
            let folder = |name: &str| {
                name.strip_prefix("tile/")
                    .map(|rest| format!("tile/{}/…", rest.split('/').next().unwrap()))
            };
            words.push(folder(&name).unwrap_or(name));
        }
        for word in words {
            assert!(REFERENCE.contains(&format!("`{word}`")), "{word}");
        }
    }
}
