use std::process::Command;

use super::super::pidfile::{PidFile, heal, living, read};
use super::*;

fn file(first: &str) -> String {
    format!("{first}\n/x/data\n1700000000\n5432\n/x/run\n\n 5432001         0\nready   \n")
}

#[test]
fn a_ready_server_is_read_with_its_socket_folder() {
    let parsed = PidFile::parse(file("4711").as_bytes()).unwrap();
    assert_eq!((parsed.pid, parsed.is_ready()), (4711, true));
    assert_eq!(parsed.socket_dir, Some(PathBuf::from("/x/run")));
}

#[test]
fn a_negative_number_is_a_single_user_process_and_never_a_process_group() {
    let parsed = PidFile::parse(file("-4711").as_bytes()).unwrap();
    assert_eq!((parsed.pid, parsed.standalone, parsed.is_ready()), (4711, true, false));
}

#[test]
fn a_torn_file_is_none() {
    for torn in ["", "\n", "0\n", "47x\n", "-\n", "99999999999\n", "-9223372036854775808\n"] {
        assert_eq!(PidFile::parse(torn.as_bytes()), None, "{torn:?}");
    }
}

#[test]
fn a_number_is_only_believed_when_that_process_works_in_the_folder() {
    let folder = folder();
    let (places, owner) = places(folder.path());
    fs::create_dir(places.data()).unwrap();
    // Ended, but not waited for: it still has a number.
    let mut zombie = Command::new("true").spawn().unwrap();
    for pid in [std::process::id(), 1, zombie.id()] {
        fs::write(places.data().join("postmaster.pid"), file(&pid.to_string())).unwrap();
        assert_eq!(living(&places.data(), &owner).unwrap(), None);
    }
    zombie.wait().unwrap();
}

#[test]
fn healing_keeps_the_shared_memory_line_and_removes_a_torn_file() {
    let folder = folder();
    let (places, owner) = places(folder.path());
    fs::create_dir(places.data()).unwrap();
    let path = places.data().join("postmaster.pid");
    fs::write(&path, file("1")).unwrap();
    heal(&places, &owner).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), file(&std::process::id().to_string()));
    fs::write(&path, "").unwrap();
    heal(&places, &owner).unwrap();
    assert_eq!(read(&places.data()).unwrap(), None);
    assert!(!path.exists());
}

#[tokio::test]
async fn a_reused_number_in_the_pid_file_and_in_the_socket_lock_does_not_stop_a_start() {
    let folder = folder();
    join(folder.path()).await.leave().await.unwrap();
    // Process 1 always lives.
    let text = file("1").replace("/x", folder.path().to_str().unwrap());
    for stale in ["data/postmaster.pid", "run/.s.PGSQL.5432.lock"] {
        fs::write(folder.path().join(stale), &text).unwrap();
    }
    fs::write(folder.path().join("run/.s.PGSQL.5432"), "").unwrap();
    let cluster = join(folder.path()).await;
    assert_eq!(number(&mut connect(&cluster).await.unwrap(), "SELECT 1::bigint").await, 1);
    cluster.leave().await.unwrap();
}
