use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;

use uuid::Uuid;

use super::{ANNA, CLEO, entry, ledger};
use crate::erasure::LedgerError;

const KEY: Uuid = Uuid::from_u128(5);

#[test]
fn what_is_added_is_there_once_and_for_its_owner_alone() {
    let (ledger, _folder) = ledger();
    assert!(ledger.entries().unwrap().is_empty());
    let (anna, cleo) = (entry(KEY, ANNA), entry(Uuid::from_u128(6), CLEO));
    ledger.add(&[anna].into()).unwrap();
    ledger.add(&[anna, cleo].into()).unwrap();
    ledger.add(&[].into()).unwrap();
    assert_eq!(ledger.entries().unwrap(), [anna, cleo].into());
    let text = fs::read_to_string(ledger.path()).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert_eq!(text.lines().next(), Some(format!("{KEY} person:{ANNA}").as_str()));
    assert_eq!(fs::metadata(ledger.path()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn half_a_line_counts_for_nothing_and_is_written_over() {
    let (ledger, _folder) = ledger();
    ledger.add(&[entry(KEY, ANNA)].into()).unwrap();
    let whole = fs::read_to_string(ledger.path()).unwrap();
    for half in ["0", "00000000-0000-0000-0000-000000000006 person:0000"] {
        fs::write(ledger.path(), format!("{whole}{half}")).unwrap();
        assert_eq!(ledger.entries().unwrap(), [entry(KEY, ANNA)].into());
        ledger.add(&[entry(Uuid::from_u128(6), CLEO)].into()).unwrap();
        assert_eq!(ledger.entries().unwrap().len(), 2);
    }
}

#[test]
fn a_line_that_names_no_key_is_an_error_and_never_skipped() {
    let (ledger, _folder) = ledger();
    ledger.add(&[entry(KEY, ANNA)].into()).unwrap();
    let whole = fs::read_to_string(ledger.path()).unwrap();
    let long = format!("{KEY} person:{ANNA}{}", " ".repeat(100));
    let bad = ["x", "x y", &format!("{KEY}"), &format!("{KEY} deployment"), &long, "\u{e9} \u{e9}"];
    for bad in bad {
        fs::write(ledger.path(), format!("{whole}{bad}\n{whole}")).unwrap();
        let refused = ledger.entries();
        assert!(matches!(refused, Err(LedgerError::Line { line: 2, .. })), "{bad}: {refused:?}");
        assert!(ledger.add(&[entry(KEY, CLEO)].into()).is_err());
    }
}

#[test]
fn several_write_at_once() {
    let (ledger, _folder) = ledger();
    thread::scope(|scope| {
        for nr in 0..16 {
            let ledger = &ledger;
            scope.spawn(move || {
                for part in 0..8 {
                    let key_id = Uuid::from_u128(nr * 8 + part);
                    ledger.add(&[entry(key_id, ANNA)].into()).unwrap();
                }
            });
        }
    });
    assert_eq!(ledger.entries().unwrap().len(), 128);
}
