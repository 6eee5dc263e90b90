//! Whole starts in awkward places.

use super::super::binaries::Binaries;
use super::super::owner::is_root;
use super::*;
use std::process::Stdio;

#[tokio::test]
async fn a_path_with_spaces_commas_and_quotes_serves() {
    let folder = folder();
    let odd = folder.path().join("a b, c \"d\" 'e'");
    let cluster = join(&odd).await;
    assert_eq!(cluster.socket_dir(), odd.join("run"));
    assert_eq!(number(&mut connect(&cluster).await.unwrap(), "SELECT 1::bigint").await, 1);
    assert_eq!(cluster.notices(), [""; 0]);
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_serves() {
    let folder = folder();
    let long = folder.path().join("x".repeat(90));
    let cluster = join(&long).await;
    assert!(!cluster.socket_dir().starts_with(folder.path()));
    assert!(long.join("data/PG_VERSION").exists());
    assert_eq!(number(&mut connect(&cluster).await.unwrap(), "SELECT 1::bigint").await, 1);
    let outside = cluster.socket_dir().to_path_buf();
    cluster.leave().await.unwrap();
    fs::remove_dir_all(if is_root() { outside.parent().unwrap() } else { &outside }).unwrap();
}

#[tokio::test]
async fn below_a_closed_home_root_serves_and_says_where() {
    if !is_root() {
        return;
    }
    let folder = folder();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    let cluster = join(&folder.path().join(".annals")).await;
    let base = cluster.socket_dir().parent().unwrap().to_path_buf();
    let notice = cluster.notices().concat();
    assert!(notice.ends_with(&format!("is in {}/data", base.display())), "{notice}");
    cluster.leave().await.unwrap();
    fs::remove_dir_all(base).unwrap();
}

#[tokio::test]
async fn a_half_made_database_is_set_aside_and_a_new_one_made() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("data/base/1")).unwrap();
    Owner::of_new().unwrap().give(&folder.path().join("data")).unwrap();
    let cluster = join(folder.path()).await;
    let notice = cluster.notices().concat();
    assert!(notice.contains("was only half made; it was moved to"), "{notice}");
    let names = fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name());
    let aside = names.filter_map(|name| name.into_string().ok());
    let aside: Vec<String> = aside.filter(|name| name.starts_with("data.half-made-")).collect();
    assert_eq!(aside.len(), 1);
    assert!(folder.path().join(&aside[0]).join("base/1").exists());
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let said = refusal(Path::new("/proc/annals")).await;
    assert!(said.starts_with("the folder /proc/annals cannot be written: "), "{said}");
}

#[tokio::test]
async fn a_single_user_process_on_the_data_is_named_and_left_alone() {
    let folder = folder();
    join(folder.path()).await.leave().await.unwrap();
    let (places, owner) = places(folder.path());
    let binaries = Binaries::find(&places.data(), &owner).unwrap();
    let mut single = owner
        .command(binaries.postgres())
        .args(["--single", "-D"])
        .arg(places.data())
        .arg("postgres")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    eventually("single-user mode", || postmaster(folder.path()).is_some());
    let said = refusal(folder.path()).await;
    let pid = single.id();
    assert!(said.starts_with(&format!("process {pid} of an earlier PostgreSQL")), "{said}");
    drop(single.stdin.take());
    assert!(single.wait().unwrap().success());
}

#[tokio::test]
async fn a_test_cluster_asks_for_no_password_and_leaves_no_data() {
    let folder = folder();
    let options = ClusterOptions { purpose: Purpose::Test, ..serving(folder.path()) };
    let cluster = Cluster::join(options).await.unwrap();
    assert_eq!(cluster.password(), None);
    let mut connection = connect(&cluster).await.unwrap();
    let fsync: String = sqlx::query_scalar("SHOW fsync").fetch_one(&mut connection).await.unwrap();
    assert_eq!(fsync, "off");
    let said = refusal(folder.path()).await;
    assert!(said.ends_with("was made for test; it is not used for serve"), "{said}");
    cluster.leave().await.unwrap();
    assert!(!folder.path().join("data").exists() && !folder.path().join("ANNALS_CLUSTER").exists());
}

#[tokio::test]
async fn the_password_is_asked_for_and_kept_from_others() {
    let folder = folder();
    let cluster = join(folder.path()).await;
    let stranger = cluster.superuser().password("wrong").connect().await;
    assert!(stranger.is_err());
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
    assert_eq!((mode("secret") & 0o777, mode("run") & 0o777), (0o600, 0o700));
    assert_eq!(cluster.password().unwrap().len(), 48);
    assert!(!format!("{cluster:?}").contains(cluster.password().unwrap()));
    assert!(!folder.path().join("run/password").exists());
    cluster.leave().await.unwrap();
    fs::remove_file(folder.path().join("secret")).unwrap();
    let said = refusal(folder.path()).await;
    assert!(said.contains("with the database password is missing"), "{said}");
}
