//! Users that come and go.

use super::entry::Holder;
use super::*;

#[tokio::test]
async fn the_first_user_starts_it_and_the_last_one_stops_it() {
    let folder = folder();
    let cluster = join(folder.path()).await;
    let mut connection = connect(&cluster).await.unwrap();
    run(&mut connection, "CREATE TABLE kept AS SELECT 7::bigint AS n").await;
    cluster.leave().await.unwrap();
    assert_eq!(postmaster(folder.path()), None);
    let cluster = join(folder.path()).await;
    let mut connection = connect(&cluster).await.unwrap();
    assert_eq!(number(&mut connection, "SELECT n FROM kept").await, 7);
    let fsync: String = sqlx::query_scalar("SHOW fsync").fetch_one(&mut connection).await.unwrap();
    assert_eq!(fsync, "on");
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn a_second_process_keeps_it_running_after_the_first_has_left() {
    let folder = folder();
    let cluster = join(folder.path()).await;
    let holder = Holder::start(folder.path());
    assert_eq!(holder.said, "joined");
    let pid = postmaster(folder.path());
    cluster.leave().await.unwrap();
    assert_eq!(postmaster(folder.path()), pid);
    holder.end();
    assert_eq!(postmaster(folder.path()), None);
}

#[tokio::test]
async fn we_keep_it_running_after_the_process_that_started_it_has_left() {
    let folder = folder();
    let holder = Holder::start(folder.path());
    let cluster = join(folder.path()).await;
    let pid = postmaster(folder.path());
    holder.end();
    assert_eq!(postmaster(folder.path()), pid);
    assert_eq!(number(&mut connect(&cluster).await.unwrap(), "SELECT 1::bigint").await, 1);
    cluster.leave().await.unwrap();
    assert_eq!(postmaster(folder.path()), None);
}

#[tokio::test]
async fn users_who_come_at_once_share_one_server() {
    let folder = folder();
    let joined = (0..4).map(|_| tokio::spawn(Cluster::join(serving(folder.path()))));
    let mut clusters = Vec::new();
    for task in joined.collect::<Vec<_>>() {
        clusters.push(task.await.unwrap().unwrap());
    }
    let pid = postmaster(folder.path());
    let last = clusters.pop().unwrap();
    for cluster in clusters {
        cluster.leave().await.unwrap();
    }
    assert_eq!(postmaster(folder.path()), pid);
    last.leave().await.unwrap();
    assert_eq!(postmaster(folder.path()), None);
}
