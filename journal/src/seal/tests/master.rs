use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::thread;

use crate::seal::{MasterKey, SealError};

fn probe(key: &MasterKey) -> Vec<u8> {
    // A key is known by what it wraps.
    let wrapped = key.wrap(&[5; 32], "probe").unwrap();
    assert_eq!(key.unwrap(&wrapped, "probe").unwrap(), [5; 32]);
    assert!(key.unwrap(&wrapped, "another").is_err());
    wrapped
}

#[test]
fn the_file_is_made_once_for_its_owner_alone_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let made = MasterKey::read_or_create(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(&path).unwrap().len(), 64);
    let read = MasterKey::read_or_create(&path).unwrap();
    assert_eq!(read.unwrap(&probe(&made), "probe").unwrap(), [5; 32]);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "no draft stays behind");
    assert!(!format!("{made:?}").contains(&fs::read_to_string(&path).unwrap()));
}

#[test]
fn a_draft_that_a_killed_start_left_is_neither_read_nor_its_openness_inherited() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    for draft in ["master.new", "master.0011223344556677.new"] {
        let draft = folder.path().join(draft);
        fs::write(&draft, "0123").unwrap();
        fs::set_permissions(&draft, Permissions::from_mode(0o644)).unwrap();
    }
    let made = MasterKey::read_or_create(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let read = MasterKey::read_or_create(&path).unwrap();
    assert!(read.unwrap(&probe(&made), "probe").is_ok());
}

#[test]
fn what_is_no_key_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let garbage = [
        "",
        "0123",
        "not a key",
        &"zz".repeat(32),
        &"+a".repeat(32),
        &"é".repeat(32),
        &"ab".repeat(33),
    ];
    for garbage in garbage {
        fs::write(&path, garbage).unwrap();
        let refused = MasterKey::read_or_create(&path);
        assert!(matches!(refused, Err(SealError::BadMasterFile)), "{garbage}");
        assert_eq!(fs::read_to_string(&path).unwrap(), garbage);
    }
    fs::write(&path, format!("{}\n", "aB".repeat(32))).unwrap();
    assert!(MasterKey::read_or_create(&path).is_ok());
    let nowhere = folder.path().join("missing").join("master.key");
    assert!(matches!(MasterKey::read_or_create(&nowhere), Err(SealError::MasterFile(_))));
}

#[test]
fn first_starts_at_once_agree_on_one_key() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let keys: Vec<MasterKey> = thread::scope(|scope| {
            let starts: Vec<_> =
                (0..8).map(|_| scope.spawn(|| MasterKey::read_or_create(&path).unwrap())).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        let wrapped = probe(&keys[0]);
        for key in &keys {
            assert!(key.unwrap(&wrapped, "probe").is_ok());
        }
    }
}
