//! Each answer that the protocol has, and that what was answered lasts.

use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::{NOW, ORIGIN, Tree, log_key, witness};
use crate::signer::SignError;
use crate::tlog::key::{Kind, SignerKey};
use crate::tlog::note::Note;
use crate::tlog::witness::{AddCheckpoint, AskError, Declined, size_of};
use crate::witness::{Witness, WitnessError};

/// What it says to this; 200 when it signs.
fn status(witness: &Witness, ask: &AddCheckpoint) -> u16 {
    match witness.add_checkpoint(ask.to_string().as_bytes(), NOW) {
        Ok(_) => 200,
        Err(WitnessError::Declined(declined)) => declined.status(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn what_it_signs_is_a_cosignature_of_that_checkpoint_at_that_time() {
    let data = TempDir::new().unwrap();
    let (witness, tree) = (witness(&data), Tree::new(0, 20, 1));
    let lines = witness.add_checkpoint(tree.ask(0, 20).to_string().as_bytes(), NOW).unwrap();
    let mut note = tree.note(20);
    note.adopt(lines.as_bytes(), witness.public()).unwrap();
    let signed = note.verify([witness.public()]).unwrap();
    assert_eq!(signed[0].at, Some(NOW));
    let signed = note.verify([tree.key.public()]).unwrap();
    assert_eq!(signed[0].at, None, "the log's own is still there");
    assert!(tree.note(19).adopt(lines.as_bytes(), witness.public()).is_err(), "of no other");
}

#[test]
fn it_follows_a_log_that_grows_and_no_other_way() {
    let data = TempDir::new().unwrap();
    let (witness, tree, other) = (witness(&data), Tree::new(10, 40, 1), Tree::new(10, 40, 2));
    assert_eq!(status(&witness, &tree.ask(3, 8)), 409, "it knows nothing of 3");
    assert_eq!(status(&witness, &tree.ask(0, 8)), 200);
    assert_eq!(status(&witness, &tree.ask(8, 8)), 200, "the same once more");
    assert_eq!(status(&witness, &other.ask(8, 9)), 200, "up to 10 they are the same");
    assert_eq!(status(&witness, &tree.ask(9, 30)), 200);
    assert_eq!(status(&witness, &other.ask(30, 31)), 422);
    assert_eq!(status(&witness, &other.ask(30, 30)), 409, "as large, and another");
    assert_eq!(status(&witness, &other.ask(7, 30)), 409, "from wherever");
    assert_eq!(status(&witness, &tree.ask(8, 31)), 409, "from what it no longer knows");
    assert_eq!(status(&witness, &tree.ask(0, 5)), 409, "back");
    assert_eq!(status(&witness, &AddCheckpoint { old: 31, ..tree.ask(30, 30) }), 400);
    let short = AddCheckpoint { proof: Vec::new(), ..tree.ask(30, 31) };
    assert_eq!(status(&witness, &short), 422);
    assert_eq!(witness.latest(ORIGIN).unwrap(), Some(tree.checkpoint(30)));
    assert_eq!(status(&witness, &tree.ask(30, 40)), 200);
}

#[test]
fn only_logs_that_it_knows_and_only_with_keys_that_count() {
    let data = TempDir::new().unwrap();
    let (witness, mut tree) = (witness(&data), Tree::new(0, 9, 1));
    tree.key = log_key(2);
    assert_eq!(status(&witness, &tree.ask(0, 5)), 403);
    let mut elsewhere = Note::new(&tree.note(5).text().replace(ORIGIN, "annals/other")).unwrap();
    elsewhere.sign(&tree.key, 0);
    assert_eq!(status(&witness, &AddCheckpoint { note: elsewhere, ..tree.ask(0, 5) }), 404);
    // T13: the old key counts for nothing from size 6 on.
    let (old, new) = (log_key(1), log_key(2));
    let policy = format!(
        "log {}\nlog {}\n#annals-from {} 6\nquorum none\n",
        old.public(),
        new.public(),
        new.public().id()
    );
    std::fs::write(data.path().join("logs/annals"), policy).unwrap();
    let by = |key: &SignerKey, old, size| {
        let mut tree = Tree::new(0, 9, 1);
        tree.key = key.clone();
        status(&witness, &tree.ask(old, size))
    };
    assert_eq!(by(&new, 0, 5), 403, "not yet");
    assert_eq!(by(&old, 0, 5), 200);
    assert_eq!(by(&old, 5, 6), 403, "no longer");
    assert_eq!(by(&new, 5, 6), 200);
    assert_eq!(witness.logs().unwrap(), [ORIGIN]);
    std::fs::write(data.path().join("logs/annals"), "nonsense").unwrap();
    assert_eq!(by(&new, 6, 9), 404, "nobody knows whose it is");
}

#[test]
fn a_policy_that_is_none_stops_no_other_log() {
    let data = TempDir::new().unwrap();
    let (witness, tree) = (witness(&data), Tree::new(0, 9, 1));
    let logs = data.path().join("logs");
    std::fs::write(logs.join("a.swp"), "half a pol").unwrap();
    std::fs::write(logs.join("z"), "nonsense").unwrap();
    assert_eq!(status(&witness, &tree.ask(0, 5)), 200);
    // Those that are none do not count among those that are read.
    for number in 0..70 {
        std::fs::write(logs.join(format!("aa{number}")), "nonsense").unwrap();
    }
    assert_eq!(status(&witness, &tree.ask(5, 9)), 200);
    assert_eq!(witness.logs().unwrap(), [ORIGIN]);
}

#[test]
fn t7_two_trees_of_one_size_are_kept_as_evidence_and_a_proof_that_fails_is_none() {
    let data = TempDir::new().unwrap();
    let (witness, tree) = (witness(&data), Tree::new(5, 9, 1));
    assert_eq!(status(&witness, &tree.ask(0, 9)), 200);
    let declined =
        |ask: &AddCheckpoint| match witness.add_checkpoint(ask.to_string().as_bytes(), NOW) {
            Err(WitnessError::Declined(declined)) => declined,
            other => panic!("{other:?}"),
        };
    let forks = data.path().join("forks");
    assert!(matches!(declined(&Tree::new(5, 12, 1).ask(3, 12)), Declined::Conflict(9)));
    let unproven = AddCheckpoint { old: 9, proof: Vec::new(), note: Tree::new(5, 12, 2).note(12) };
    assert!(matches!(declined(&unproven), Declined::Inconsistent(_)));
    assert!(!forks.exists(), "anybody can ask so");
    for own in 2..40 {
        let other = Tree::new(5, 9, own).ask(9, 9);
        assert_eq!(declined(&other), Declined::Fork(9));
        assert_eq!(declined(&other), Declined::Fork(9));
        if own == 2 {
            let log = std::fs::read_dir(&forks).unwrap().next().unwrap().unwrap().path();
            let kept = std::fs::read_dir(log).unwrap().next().unwrap().unwrap().path();
            let both = format!("{}\n{}\n", tree.note(9), other.note);
            assert_eq!(std::fs::read_to_string(kept).unwrap(), both);
        }
    }
    let log = std::fs::read_dir(&forks).unwrap().next().unwrap().unwrap().path();
    assert_eq!(std::fs::read_dir(log).unwrap().count(), 16, "and no more");
    // Nobody else has signed what a stranger makes up.
    let mut stranger = Tree::new(5, 9, 50);
    stranger.key = log_key(2);
    assert!(matches!(declined(&stranger.ask(9, 9)), Declined::Unsigned(_)));
    assert_eq!(witness.latest(ORIGIN).unwrap(), Some(tree.checkpoint(9)));
}

#[test]
fn what_is_malformed_is_refused_and_nothing_is_kept() {
    let data = TempDir::new().unwrap();
    let (witness, tree) = (witness(&data), Tree::new(0, 9, 1));
    let good = tree.ask(0, 9).to_string();
    let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    let with = |lines: &str| good.replacen("old 0\n", lines, 1);
    for bad in [
        String::new(),
        "old 0\n".to_owned(),
        "old 0\n\n".to_owned(),
        with("old 00\n"),
        with("old -1\n"),
        with("old 18446744073709551616\n"),
        with("OLD 0\n"),
        with("old 0\r\n"),
        with("old 0\nAAAA\n"),
        with(&format!("old 0\n{}", hash.repeat(64))),
        with("\n"),
        good.replacen("\n\n", "\n", 1),
        format!("{good}more"),
    ] {
        match witness.add_checkpoint(bad.as_bytes(), NOW) {
            Err(WitnessError::Declined(declined @ Declined::Malformed(_))) => {
                assert_eq!(declined.status(), 400);
            }
            other => panic!("{bad:?}: {other:?}"),
        }
    }
    // As many as there may be are read, and do not prove it.
    let many = with(&format!("old 0\n{}", hash.repeat(63)));
    let declined = witness.add_checkpoint(many.as_bytes(), NOW);
    assert!(matches!(declined, Err(WitnessError::Declined(Declined::Inconsistent(_)))));
    assert_eq!(AddCheckpoint::parse(b"old 1\nx\n\n"), Err(AskError::Form));
    assert_eq!(witness.latest(ORIGIN).unwrap(), None);
    assert_eq!([size_of(b"7\n"), size_of(b"7"), size_of(b"07\n")], [Some(7), None, None]);
}

#[test]
fn what_it_signed_last_outlives_it_and_a_spoiled_memory_signs_nothing() {
    let data = TempDir::new().unwrap();
    let tree = Tree::new(0, 20, 1);
    let first = witness(&data);
    assert_eq!(status(&first, &tree.ask(0, 12)), 200);
    let again = Witness::open(data.path(), None);
    assert!(matches!(again, Err(WitnessError::File(SignError::Locked(_)))), "one at a time");
    let public = first.public().clone();
    drop(first);
    let second = Witness::open(data.path(), None).unwrap();
    assert_eq!(*second.public(), public);
    assert_eq!(status(&second, &tree.ask(0, 20)), 409);
    assert_eq!(status(&second, &tree.ask(12, 20)), 200);
    let seen = std::fs::read_dir(data.path().join("seen")).unwrap().next().unwrap().unwrap();
    std::fs::write(seen.path(), "nothing").unwrap();
    let error = second.add_checkpoint(tree.ask(0, 20).to_string().as_bytes(), NOW);
    assert!(matches!(error, Err(WitnessError::Spoiled(_))), "{error:?}");
}

#[test]
fn its_key_is_made_once_named_once_and_nobody_elses_to_read() {
    let data = TempDir::new().unwrap();
    assert!(matches!(Witness::open(data.path(), None), Err(WitnessError::Nameless)));
    drop(witness(&data));
    let path = data.path().join("witness.key");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let other = Witness::open(data.path(), Some("other".parse().unwrap()));
    assert!(
        matches!(other, Err(WitnessError::Named(name)) if name.as_str() == "witness.example/w1")
    );
    // A log's key is no witness's.
    let log = SignerKey::new("x".parse().unwrap(), Kind::Note, &[1; 32]);
    std::fs::write(&path, log.to_secret()).unwrap();
    let spoiled = Witness::open(data.path(), None);
    assert!(matches!(spoiled, Err(WitnessError::File(SignError::Key { .. }))));
}
