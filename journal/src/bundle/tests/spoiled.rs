//! One change anywhere is found, and told where.

use std::fs;
use std::path::Path;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use super::{Chosen, Signed, check, files, tampering};
use crate::bundle::sums::Sums;
use crate::bundle::tree::Tree;
use crate::bundle::{BundleError, EVENTS, Line, SUMS};
use crate::leaf::Entry;
use crate::signer::SignError;
use crate::testing::{cases, id};
use crate::verify::Tampering;

/// Changes single bytes of every file; `told` judges what is found of it, by the byte's line.
fn spoil(folder: &Path, told: impl Fn(&str, u64, &Tampering)) {
    let mut random = StdRng::seed_from_u64(7);
    for (name, bytes) in files(folder) {
        for _ in 0..cases(12) {
            // But for the last: without its line feed a file ends too early.
            let at = random.random_range(0..bytes.len() - 1);
            let mut spoiled = bytes.clone();
            spoiled[at] ^= 1 << random.random_range(0..8);
            fs::write(folder.join(&name), &spoiled).unwrap();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            told(&name, line, &tampering(folder));
        }
        fs::write(folder.join(&name), bytes).unwrap();
    }
    check(folder).unwrap();
}

#[tokio::test]
async fn a_byte_changed_anywhere_in_a_bundle_of_all_is_found_and_its_file_or_event_named() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    spoil(&signed.out("all"), |name, line, found| {
        let told = found.to_string();
        match name {
            EVENTS => {
                let number = found.number() == i64::try_from(line).ok();
                assert!(number || told.starts_with(&format!("{EVENTS} line {line} ")), "{told}");
            }
            // The leaf of the event that the tile is of, or the file that has another digest.
            name if name.starts_with("tile/0/") => assert!(found.number().is_some(), "{told}"),
            SUMS => assert!(told.contains(SUMS), "{told}"),
            name => assert!(told.starts_with(name), "{name}: {told}"),
        }
    });
}

#[tokio::test]
async fn a_byte_changed_anywhere_in_a_part_is_found() {
    let signed = Signed::new().await;
    signed.export(Chosen::Ticket(id(105)), "part").await.unwrap();
    spoil(&signed.out("part"), |name, line, found| {
        let told = found.to_string();
        match name {
            EVENTS => {
                let at_its_line = told.starts_with(&format!("{EVENTS} line {line} "));
                assert!(at_its_line || found.number().is_some(), "{told}");
            }
            SUMS => assert!(told.contains(SUMS), "{told}"),
            name => assert!(told.starts_with(name), "{name}: {told}"),
        }
    });
}

fn lines(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join(EVENTS)).unwrap();
    text.split_inclusive('\n').map(str::to_owned).collect()
}

#[tokio::test]
async fn events_that_were_moved_doubled_or_left_out_are_found() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let out = signed.out("all");
    let sound = lines(&out);
    let found = |lines: Vec<String>| {
        fs::write(out.join(EVENTS), lines.concat()).unwrap();
        check(&out).unwrap_err()
    };
    let number = |error: BundleError| match error {
        BundleError::Tampered(found) => found.number(),
        other => panic!("{other}"),
    };
    let mut swapped = sound.clone();
    swapped.swap(6, 9);
    assert_eq!(number(found(swapped)), Some(7));
    let mut doubled = sound.clone();
    doubled.insert(7, sound[6].clone());
    assert_eq!(number(found(doubled)), Some(8));
    let mut without = sound.clone();
    without.remove(20);
    assert_eq!(number(found(without)), Some(21));
    let mut more = sound.clone();
    more.push(sound[319].clone());
    assert_eq!(number(found(more)), None);
    let short = found(sound[..300].to_vec());
    assert_eq!(short.to_string(), "events.ndjson ends after 300 of 320 events");
    let cut = found(vec![sound.concat().trim_end().to_owned()]);
    assert!(matches!(cut, BundleError::Missing { .. }), "{cut}");
}

#[tokio::test]
async fn a_bundle_that_lacks_a_file_is_not_whole() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let out = signed.out("all");
    for (name, bytes) in files(&out) {
        fs::remove_file(out.join(&name)).unwrap();
        let found = check(&out);
        assert!(matches!(found, Err(BundleError::Missing { .. })), "{name}: {found:?}");
        fs::write(out.join(name), bytes).unwrap();
    }
    let nothing = check(&signed.out("nothing"));
    assert!(matches!(nothing, Err(BundleError::NotABundle { .. })), "{nothing:?}");
}

/// Changes an event, and everything in the bundle that shows it but what was signed.
fn forge(folder: &Path, number: usize) {
    let (mut tree, mut text, mut again) = (Tree::default(), String::new(), Vec::new());
    let origin = check(folder).unwrap().manifest.origin;
    let put = |files: Vec<(String, Vec<u8>)>| {
        files.into_iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
    };
    for (place, line) in (1..).zip(lines(folder)) {
        let mut line = Line::parse(line.trim_end().as_bytes(), &mut again).unwrap();
        if place == number {
            line.payload = "{}".into();
        }
        let salt = line.salt().unwrap();
        put(tree.push(Entry::of(&origin, &line.event(&salt).unwrap())));
        line.write(&mut again);
        text += std::str::from_utf8(&again).unwrap();
        text.push('\n');
    }
    put(tree.rest());
    fs::write(folder.join(EVENTS), &text).unwrap();
    let mut sums = Sums::parse(&fs::read(folder.join(SUMS)).unwrap()).unwrap();
    sums.put(EVENTS, Sha256::digest(&text).into());
    fs::write(folder.join(SUMS), sums.to_string()).unwrap();
}

#[tokio::test]
async fn whoever_changes_an_event_and_the_whole_tree_is_betrayed_by_what_was_signed() {
    for (number, sound, size) in [(5, 0, 11), (100, 11, 320)] {
        let signed = Signed::new().await;
        signed.export(Chosen::All, "all").await.unwrap();
        forge(&signed.out("all"), number);
        let found = tampering(&signed.out("all"));
        assert_eq!(found, Tampering::Rewritten { sound, size });
    }
}

#[tokio::test]
async fn what_is_no_plain_file_is_not_read() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let (out, aside) = (signed.out("all"), signed.out("aside"));
    for (name, bytes) in files(&out) {
        let path = out.join(&name);
        fs::rename(&path, &aside).unwrap();
        std::os::unix::fs::symlink(&aside, &path).unwrap();
        assert!(check(&out).is_err(), "{name} was read through a link");
        fs::remove_file(&path).unwrap();
        // Nobody ever writes into it.
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        assert!(check(&out).is_err(), "{name} is a pipe");
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    check(&out).unwrap();
}

#[tokio::test]
async fn a_file_without_an_end_of_a_line_is_not_kept_in_memory() {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let out = signed.out("all");
    let mut sums = Sums::parse(&fs::read(out.join(SUMS)).unwrap()).unwrap();
    let nothing = vec![0; 3 * crate::tlog::note::LARGEST];
    fs::write(out.join("checkpoints"), &nothing).unwrap();
    sums.put("checkpoints", Sha256::digest(&nothing).into());
    fs::write(out.join(SUMS), sums.to_string()).unwrap();
    let found = check(&out);
    assert!(matches!(found, Err(BundleError::Untrusted(SignError::Malformed))), "{found:?}");
}
