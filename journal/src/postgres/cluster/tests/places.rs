use std::os::unix::fs::symlink;

use super::super::owner::is_root;
use super::super::places::make_private;
use super::*;

#[test]
fn a_cluster_lives_in_its_folder_whichever_way_that_is_named() {
    let folder = folder();
    let real = folder.path().join("real");
    symlink(&real, folder.path().join("link")).unwrap();
    fs::create_dir(&real).unwrap();
    fs::set_permissions(&real, Permissions::from_mode(0o711)).unwrap();
    let places = settle(&folder.path().join("link/../link"), folder.path()).unwrap();
    assert_eq!(places.base, real.canonicalize().unwrap());
    assert_eq!(places.run, places.base.join("run"));
}

#[test]
fn a_long_path_moves_the_sockets_and_nothing_else() {
    let folder = folder();
    let long = folder.path().join("x".repeat(90));
    let places = settle(&long, folder.path()).unwrap();
    assert_eq!(places.base, long.canonicalize().unwrap());
    assert!(!places.run.starts_with(&long) && places.run.starts_with(folder.path()));
    let hopeless = settle(&long, &long).unwrap_err().to_string();
    assert!(hopeless.contains("longer than 103 bytes"), "{hopeless}");
}

#[test]
fn a_socket_folder_prepared_by_somebody_else_is_not_used() {
    let folder = folder();
    let uid = rustix::process::geteuid().as_raw();
    let open = folder.path().join("open");
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, Permissions::from_mode(0o777)).unwrap();
    assert!(matches!(make_private(&open, uid), Err(ClusterError::Untrusted { .. })));
    let link = folder.path().join("link");
    symlink("/", &link).unwrap();
    assert!(matches!(make_private(&link, uid), Err(ClusterError::Untrusted { .. })));
    make_private(&folder.path().join("fresh"), uid).unwrap();
}

#[test]
fn below_a_closed_home_root_falls_back_and_finds_the_place_again() {
    if !is_root() {
        return;
    }
    let (folder, fallback) = (folder(), folder());
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, Permissions::from_mode(0o700)).unwrap();
    let annals = home.join(".annals");
    let first = settle(&annals, fallback.path()).unwrap();
    assert!(first.base.starts_with(fallback.path()) && first.run.starts_with(&first.base));
    assert_eq!(settle(&annals, fallback.path()).unwrap(), first);
    // Reachable in the meantime: still the same place.
    fs::set_permissions(&home, Permissions::from_mode(0o711)).unwrap();
    assert_eq!(settle(&annals, fallback.path()).unwrap(), first);
    fs::remove_dir(&first.base).unwrap();
    assert!(matches!(settle(&annals, fallback.path()), Err(ClusterError::Gone { .. })));
}

#[test]
fn an_existing_data_folder_is_never_moved_away_from() {
    if !is_root() {
        return;
    }
    let (folder, fallback) = (folder(), folder());
    let annals = folder.path().join("home/.annals");
    fs::create_dir_all(annals.join("data")).unwrap();
    fs::write(annals.join("data/PG_VERSION"), "15\n").unwrap();
    let owned_by_root = settle(&annals, fallback.path());
    assert!(matches!(owned_by_root, Err(ClusterError::OwnedByRoot { .. })));
    Owner::of_new().unwrap().give(&annals.join("data")).unwrap();
    assert_eq!(settle(&annals, fallback.path()).unwrap().base, annals);
    fs::set_permissions(folder.path().join("home"), Permissions::from_mode(0o700)).unwrap();
    let closed = settle(&annals, fallback.path());
    assert!(matches!(closed, Err(ClusterError::Unreachable { .. })), "{closed:?}");
    assert!(!annals.join("postgres-is-at").exists());
}
