//! Each parser over spoiled examples and over noise: it never panics, and what it takes it writes
//! back byte by byte. For how long says `BOLERO_RANDOM_TEST_TIME_MS`; whoever has cargo-bolero can
//! let it search by coverage.

use fuzz::{Edit, POLICY, examples, spoiled};
use journal::bundle::{Line, Manifest, check_proof};
use journal::receipts::{EventReceipt, check};
use journal::tlog::bundle::Bundle;
use journal::tlog::checkpoint::Checkpoint;
use journal::tlog::key::VerifierKey;
use journal::tlog::note::Note;
use journal::tlog::policy::Policy;
use journal::tlog::proof::LogProof;
use journal::tlog::tile::Tile;
use journal::tlog::witness::{AddCheckpoint, Declined, judge};

type Spoiled = (u8, Vec<Edit>, Option<Vec<u8>>);

fn fuzz(parser: impl Fn(&[u8]) + std::panic::RefUnwindSafe) {
    examples().iter().for_each(|example| parser(example));
    bolero::check!().with_type::<Spoiled>().for_each(|(example, edits, noise)| {
        let bytes = spoiled(*example, edits);
        parser(noise.as_ref().unwrap_or(&bytes));
    });
}

#[test]
fn notes() {
    let policy = Policy::parse(POLICY.as_bytes()).unwrap();
    fuzz(|bytes| {
        let Ok(note) = Note::parse(bytes) else { return };
        assert_eq!(note.to_string().as_bytes(), bytes);
        assert!(policy.accept(&note).is_err(), "nobody whom we know has signed");
    });
}

#[test]
fn checkpoints() {
    fuzz(|bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let Ok(checkpoint) = text.parse::<Checkpoint>() else { return };
        assert_eq!(checkpoint.to_string(), text);
    });
}

#[test]
fn proofs() {
    let policy = Policy::parse(POLICY.as_bytes()).unwrap();
    fuzz(|bytes| {
        let Ok(proof) = LogProof::parse(bytes) else { return };
        assert_eq!(proof.to_string().as_bytes(), bytes);
        assert!(proof.check(&[0; 32], &policy).is_err());
    });
}

#[test]
fn policies() {
    fuzz(|bytes| {
        let Ok(policy) = Policy::parse(bytes) else { return };
        assert!(policy.log_keys().count() <= 64);
    });
}

#[test]
fn tiles_and_keys() {
    fuzz(|bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        if let Ok(tile) = text.parse::<Tile>() {
            assert_eq!(tile.to_string(), text);
        }
        if let Ok(key) = text.parse::<VerifierKey>() {
            assert_eq!(key.to_string(), text);
        }
    });
}

#[test]
fn bundles() {
    fuzz(|bytes| {
        for width in [1, 3, 256] {
            let bundle = Bundle { index: 0, width };
            let Ok(entries) = bundle.entries(bytes) else { continue };
            assert_eq!(bundle.file(entries).unwrap(), bytes);
        }
    });
}

#[test]
fn lines_of_evidence() {
    let policy = Policy::parse(POLICY.as_bytes()).unwrap();
    let [_, _, proof, ..] = examples();
    fuzz(|bytes| {
        assert!(check_proof(&proof, bytes, &policy).is_err());
        let mut again = Vec::new();
        let Some(line) = Line::parse(bytes, &mut again) else { return };
        line.write(&mut again);
        assert_eq!(again, bytes);
    });
}

#[test]
fn manifests() {
    fuzz(|bytes| {
        let Ok(manifest) = Manifest::parse(bytes) else { return };
        assert!(manifest.events > 0);
    });
}

#[test]
fn questions_to_witnesses() {
    let logs = [Policy::parse(POLICY.as_bytes()).unwrap()];
    fuzz(|bytes| {
        let Ok(question) = AddCheckpoint::parse(bytes) else { return };
        assert_eq!(question.to_string().as_bytes(), bytes);
        let never = |_: &str| -> Result<_, Declined> { panic!("nobody whom we know has signed") };
        assert!(judge(&question, &logs, never).is_err());
    });
}

#[test]
fn receipts() {
    let policy = Policy::parse(POLICY.as_bytes()).unwrap();
    fuzz(|bytes| {
        assert!(check(bytes, &policy).is_err(), "nobody whom we know has signed");
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let Ok(receipt) = text.parse::<EventReceipt>() else { return };
        assert_eq!(receipt.to_string(), text);
        assert!(text.parse::<Checkpoint>().is_err(), "no receipt is a checkpoint");
    });
}
