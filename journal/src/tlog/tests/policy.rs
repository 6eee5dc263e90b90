//! Policies: whom a reader trusts.

use super::signer;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::key::{Kind, SignerKey};
use crate::tlog::note::{Note, NoteError};
use crate::tlog::policy::{Policy, PolicyError, Refused};

fn witness(seed: u8) -> SignerKey {
    signer(&format!("w{seed}"), Kind::Cosignature, seed)
}

/// A checkpoint of `log`, signed by these.
fn signed(size: u64, by: &[&SignerKey]) -> Note {
    let mut note = Note::new(&Checkpoint::new("log", size, [4; 32]).to_string()).unwrap();
    by.iter().for_each(|key| note.sign(key, 1_700_000_000));
    note
}

fn parse(text: &str) -> Result<Policy, PolicyError> {
    Policy::parse(text.as_bytes())
}

/// The example of the specification: two of X1 to X3 and any of Y1 to Y3.
fn example() -> String {
    let witness = |name: &str, seed| format!("witness {name} {}\n", witness(seed).public());
    let [x, y] = [("X", 10), ("Y", 20)].map(|(name, base)| {
        (1..4).map(|n| witness(&format!("{name}{n}"), base + n)).collect::<String>()
    });
    format!(
        "# whom we trust\nlog {} https://log.example\n\n{x}\t group X-witnesses 2 X1 X2  X3 \n\n{y}\
         group Y-witnesses any Y1 Y2 Y3\n\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n",
        signer("log", Kind::Note, 1).public()
    )
}

#[test]
fn a_quorum_is_what_the_groups_say() {
    let (policy, log) = (parse(&example()).unwrap(), signer("log", Kind::Note, 1));
    for (witnesses, enough) in [
        (vec![], false),
        (vec![11, 12], false),
        (vec![11, 21], false),
        (vec![21, 22, 23], false),
        (vec![11, 12, 13], false),
        (vec![11, 13, 22], true),
        (vec![11, 12, 13, 21, 22, 23], true),
        // The same witness twice, and a stranger.
        (vec![11, 11, 21], false),
        (vec![11, 14, 21], false),
    ] {
        let witnesses: Vec<SignerKey> = witnesses.into_iter().map(witness).collect();
        let keys: Vec<&SignerKey> = std::iter::once(&log).chain(&witnesses).collect();
        let accepted = policy.accept(&signed(7, &keys));
        match enough {
            true => assert_eq!(accepted.unwrap().size, 7),
            false => assert_eq!(accepted, Err(Refused::Quorum)),
        }
    }
}

#[test]
fn without_the_logs_own_signature_witnesses_do_not_help() {
    let policy = parse(&example()).unwrap();
    let witnesses = [11, 12, 21].map(witness);
    let all: Vec<&SignerKey> = witnesses.iter().collect();
    let unsigned = Refused::Note(NoteError::Unsigned);
    assert_eq!(policy.accept(&signed(7, &all)), Err(unsigned.clone()));
    assert_eq!(policy.accept(&signed(7, &[&signer("log", Kind::Note, 2)])), Err(unsigned));
    let mut note = Note::new("other\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n").unwrap();
    note.sign(&signer("log", Kind::Note, 1), 0);
    assert_eq!(policy.accept(&note), Err(Refused::UnknownLog("other".to_owned())));
    let note = Note::new("no checkpoint\n").unwrap();
    assert!(matches!(policy.accept(&note), Err(Refused::Checkpoint(_))));
}

#[test]
fn a_single_witness_or_none_can_be_the_quorum() {
    let log = signer("log", Kind::Note, 1);
    let lines = format!("log {}\nwitness w {}\n", log.public(), witness(11).public());
    let one = parse(&format!("{lines}quorum w\n")).unwrap();
    assert_eq!(one.accept(&signed(7, &[&log])), Err(Refused::Quorum));
    assert!(one.accept(&signed(7, &[&log, &witness(11)])).is_ok());
    let none = parse(&format!("{lines}quorum none\n")).unwrap();
    assert!(none.accept(&signed(7, &[&log])).is_ok());
    // A witness that is known must not have signed another text, wanted or not.
    let mut text = signed(7, &[&log]).to_string();
    let other = signed(8, &[&witness(11)]).to_string();
    text.push_str(other.split_once("\n\n").unwrap().1);
    let forged = Note::parse(text.as_bytes()).unwrap();
    assert!(matches!(none.accept(&forged), Err(Refused::Note(NoteError::BadSignature(_)))));
}

#[test]
fn t13_a_retired_key_signs_no_larger_tree() {
    let (old, new) = (signer("log", Kind::Note, 1), signer("log", Kind::Note, 2));
    let policy = parse(&format!(
        "log {}\nlog {}\n#annals-from {} 100\nquorum none\n",
        old.public(),
        new.public(),
        new.public().id()
    ))
    .unwrap();
    assert!(policy.accept(&signed(99, &[&old])).is_ok());
    assert!(policy.accept(&signed(100, &[&new])).is_ok());
    let retired = |key: &SignerKey, size| Err(Refused::Retired(key.public().id(), size));
    assert_eq!(policy.accept(&signed(100, &[&old])), retired(&old, 100));
    assert_eq!(policy.accept(&signed(99, &[&new])), retired(&new, 99));
    assert!(policy.accept(&signed(100, &[&old, &new])).is_ok(), "both may have signed");
}

#[test]
fn a_malformed_policy_is_refused_with_its_line() {
    let log = signer("log", Kind::Note, 1);
    let (id, log) = (log.public().id(), log.public().to_string());
    let [w1, w2] = [11, 12].map(|seed| witness(seed).public().to_string());
    let log_named_otherwise = signer("log2", Kind::Note, 1).public().to_string();
    let many = |count: u8| {
        (0..count)
            .map(|n| format!("log {}\n", signer("log", Kind::Note, n).public()))
            .collect::<String>()
    };
    assert!(parse(&format!("{}quorum none\n", many(64))).is_ok());
    for (text, line, fault) in [
        (format!("log {log}\r\nquorum none\n"), 1, "control characters"),
        (format!("log {log}\nlog {log}\nquorum none\n"), 2, "said before"),
        (format!("log {log}\nlog {log_named_otherwise}\nquorum none\n"), 2, "said before"),
        (format!("log {w1}\nquorum none\n"), 1, "0x01"),
        (format!("witness w {log}\nquorum none\n"), 1, "0x04"),
        (format!("witness w {w1}\nwitness v {w1}\nquorum none\n"), 2, "said before"),
        (format!("witness w {w1}\nwitness w {w2}\nquorum none\n"), 2, "said before"),
        (format!("witness none {w1}\nquorum none\n"), 1, "said before"),
        (format!("log {}\nquorum none\n", log.replace("+A", "+B")), 1, "not"),
        ("log\nquorum none\n".to_owned(), 1, "none of"),
        ("Quorum none\n".to_owned(), 1, "none of"),
        ("quorum none none\n".to_owned(), 1, "none of"),
        ("quorum none\nquorum none\n".to_owned(), 2, "said before"),
        ("quorum nobody\n".to_owned(), 1, "no line before"),
        (format!("quorum w\nwitness w {w1}\n"), 1, "no line before"),
        (format!("witness w {w1}\ngroup g any none\nquorum g\n"), 2, "no line before"),
        (format!("witness w {w1}\ngroup g any g\nquorum g\n"), 2, "no line before"),
        (format!("witness w {w1}\ngroup g any\nquorum g\n"), 2, "as many members"),
        (format!("witness w {w1}\ngroup g 0 w\nquorum g\n"), 2, "as many members"),
        (format!("witness w {w1}\ngroup g 2 w\nquorum g\n"), 2, "as many members"),
        (format!("witness w {w1}\ngroup g 01 w\nquorum g\n"), 2, "none of"),
        (format!("witness w {w1}\ngroup g 1 w w\nquorum g\n"), 2, "said before"),
        (format!("witness w {w1}\ngroup g 1 w\ngroup h 1 w\nquorum g\n"), 3, "said before"),
        (format!("{}quorum none\n", many(65)), 65, "64"),
        (format!("log {log}\n#annals-from {id}\nquorum none\n"), 2, "none of"),
        (format!("log {log}\n#annals-from {id} 0\nquorum none\n"), 2, "none of"),
        (format!("log {log}\n#annals-from 00000000 9\nquorum none\n"), 2, "no line before"),
        (
            format!("log {log}\n#annals-from {id} 9\n#annals-from {id} 10\nquorum none\n"),
            3,
            "said before",
        ),
    ] {
        let error = parse(&text).unwrap_err();
        let PolicyError::Line { line: found, fault: why } = &error else {
            panic!("{error}: {text}")
        };
        assert_eq!(*found, line, "{error}: {text}");
        assert!(why.to_string().contains(fault), "{error}: {text}");
    }
    assert_eq!(parse("quorum none").unwrap_err(), PolicyError::File);
    assert_eq!(parse("# nothing\n").unwrap_err(), PolicyError::NoQuorum);
    assert_eq!(parse(&"#\n".repeat(40_000)).unwrap_err(), PolicyError::File);
}

#[test]
fn later_keys_follow_earlier_ones() {
    let keys = [1, 2, 3].map(|seed| signer("log", Kind::Note, seed));
    let logs: String = keys.iter().map(|key| format!("log {}\n", key.public())).collect();
    let from = |key: usize, size: u64| format!("#annals-from {} {size}\n", keys[key].public().id());
    let ordered = format!("{logs}{}{}quorum none\n", from(1, 10), from(2, 20));
    let policy = parse(&ordered).unwrap();
    for (size, key) in [(9, 0), (10, 1), (19, 1), (20, 2), (u64::MAX, 2)] {
        for (place, signer) in keys.iter().enumerate() {
            assert_eq!(policy.accept(&signed(size, &[signer])).is_ok(), place == key, "{size}");
        }
    }
    let disordered = format!("{logs}{}{}quorum none\n", from(1, 20), from(2, 20));
    assert!(matches!(parse(&disordered), Err(PolicyError::Line { line: 5, .. })));
}
