use std::fs;
use std::thread;

use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

use super::{Chosen, Signed, check, files};
use crate::bundle::sums::Sums;
use crate::bundle::{Anchor, BundleError, Trust, Verified, export, import, verify};
use crate::sequencer;
use crate::signer::{Checkpoints, Folder, sign_once};
use crate::testing::{World, kill_backend, number, stopped, ticket};
use crate::tlog::key::{Kind, SignerKey};
use crate::tlog::policy::Policy;
use crate::verify::{Marks, check_signed};

/// Everything of a journal that its log stands on, as texts.
async fn history(conn: &mut PgConnection) -> Vec<String> {
    let all = "select l.global_seq || encode(l.leaf, 'hex') || (to_jsonb(e) - 'xid' - 'position')::text
               from journal.log l join journal.events e using (aggregate_type, aggregate_id, sequence)
               where l.global_seq <= 320 order by l.global_seq";
    sqlx::query_scalar(all).fetch_all(conn).await.unwrap()
}

async fn bring(world: &World, bundle: &Verified, data: &TempDir) -> Result<(), BundleError> {
    import(&mut world.superuser().await, bundle, &Folder::of(data.path()), |_, _| {}).await
}

async fn exported() -> (Signed, Verified) {
    let signed = Signed::new().await;
    signed.export(Chosen::All, "all").await.unwrap();
    let bundle = check(&signed.out("all")).unwrap();
    (signed, bundle)
}

#[tokio::test]
async fn a_bundle_fills_an_empty_journal_with_the_same_numbers_and_the_same_root() {
    let (signed, bundle) = exported().await;
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    bring(&world, &bundle, &data).await.unwrap();
    let mut conn = world.superuser().await;
    assert_eq!(history(&mut conn).await, history(&mut signed.world.superuser().await).await);
    let folder = Folder::of(data.path());
    let policy = Policy::parse(&fs::read(folder.policy()).unwrap()).unwrap();
    let file = Checkpoints::open(&folder.checkpoints()).unwrap();
    let mut marks = Marks::new(policy, Some(file), None).unwrap();
    let report = check_signed(&mut conn, &mut marks, |_, _| {}).await.unwrap();
    assert_eq!((report.tampering, report.size, report.unsettled), (None, 320, 0));
    assert_eq!((report.root, marks.count()), (bundle.root, 2));
}

#[tokio::test]
async fn history_goes_on_there_and_is_signed_with_the_old_key() {
    let (signed, bundle) = exported().await;
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    bring(&world, &bundle, &data).await.unwrap();
    world.append(ticket(900, 0, (0..3).map(stopped).collect())).await.unwrap();
    world.settle().await;
    let report = world.check().await;
    assert_eq!((report.tampering, report.size), (None, 323));
    let folder = Folder::of(data.path());
    let unknown = sign_once(&world.options(), &folder).await;
    assert!(unknown.is_err_and(|error| error.is_alarm()), "a key that the policy does not name");
    fs::copy(signed.data.path().join("log.key"), data.path().join("log.key")).unwrap();
    assert_eq!(sign_once(&world.options(), &folder).await.unwrap(), Some(323));
}

#[tokio::test]
async fn out_of_it_comes_the_same_bundle() {
    let (signed, bundle) = exported().await;
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    bring(&world, &bundle, &data).await.unwrap();
    let folder = Folder::of(data.path());
    let anchor = Anchor::open(&folder.policy(), &folder.checkpoints(), folder.log()).unwrap();
    let again = data.path().join("again");
    let mut conn = world.superuser().await;
    export(&mut conn, &anchor, &Chosen::All, &again, |_, _| {}).await.unwrap();
    assert_eq!(files(&again), files(&signed.out("all")));
}

#[tokio::test]
async fn what_is_not_empty_or_has_a_server_takes_nothing() {
    let (signed, bundle) = exported().await;
    let data = TempDir::new().unwrap();
    let refused = bring(&signed.world, &bundle, &data).await.unwrap_err();
    assert!(refused.to_string().contains("not empty"), "{refused}");
    let world = World::new().await;
    bring(&world, &bundle, &data).await.unwrap();
    let refused = bring(&world, &bundle, &data).await.unwrap_err();
    assert!(refused.to_string().contains("not empty"), "{refused}");
    let served = World::new().await;
    let mut server = served.superuser().await;
    let lead = format!("select 1::bigint from (select pg_advisory_lock({})) l", sequencer::LOCK);
    number(&mut server, &lead).await;
    let refused = bring(&served, &bundle, &data).await.unwrap_err();
    assert!(refused.to_string().contains("server"), "{refused}");
    server.close().await.unwrap();
}

#[tokio::test]
async fn a_part_is_not_brought_in() {
    let signed = Signed::new().await;
    signed.export(Chosen::Ticket(crate::testing::id(120)), "part").await.unwrap();
    let part = check(&signed.out("part")).unwrap();
    let refused = bring(&World::new().await, &part, &TempDir::new().unwrap()).await.unwrap_err();
    assert!(matches!(refused, BundleError::Refused(_)), "{refused}");
}

#[tokio::test]
async fn a_folder_that_signed_another_log_is_left_alone() {
    let (_signed, bundle) = exported().await;
    let other = Signed::new().await;
    let world = World::new().await;
    let refused = bring(&world, &bundle, &other.data).await.unwrap_err();
    assert!(refused.to_string().contains("another log"), "{refused}");
    assert_eq!(world.number("select count(*) from journal.events").await, 0);
}

#[tokio::test]
async fn whoever_is_killed_leaves_an_empty_journal_and_begins_again() {
    let (_signed, bundle) = exported().await;
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    let mut conn = world.superuser().await;
    let pid = number(&mut conn, "select pg_backend_pid()::bigint").await;
    let (pid, options) = (i32::try_from(pid).unwrap(), world.options());
    let cut = import(&mut conn, &bundle, &Folder::of(data.path()), |_, _| {
        let kill = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(kill_backend(&options, pid));
        };
        thread::scope(|scope| scope.spawn(kill).join().unwrap());
    })
    .await;
    assert!(matches!(cut, Err(BundleError::Journal(_))), "{cut:?}");
    assert_eq!(world.number("select count(*) from journal.events").await, 0);
    bring(&world, &bundle, &data).await.unwrap();
    assert_eq!(world.check().await.root, bundle.root);
}

#[tokio::test]
async fn claims_and_the_number_of_the_last_ticket_come_along() {
    let signed = Signed::new().await;
    signed.world.number("select setval('journal.ticket_number', 7)").await;
    signed.export(Chosen::All, "all").await.unwrap();
    let bundle = check(&signed.out("all")).unwrap();
    let world = World::new().await;
    bring(&world, &bundle, &TempDir::new().unwrap()).await.unwrap();
    assert_eq!(world.number("select nextval('journal.ticket_number')").await, 8);
    let held = "select count(*) from journal.claims where key = 'INC-7'";
    assert_eq!(world.number(held).await, 1);
}

#[tokio::test]
async fn whom_to_trust_is_whom_it_was_verified_with_and_not_whom_the_sender_names() {
    let (signed, _) = exported().await;
    // As if the sender had written it: a policy that says more.
    let out = signed.out("all");
    let theirs = fs::read_to_string(out.join("policy")).unwrap();
    let stranger = SignerKey::new("annals/another".parse().unwrap(), Kind::Note, &[7; 32]);
    let more = format!("{theirs}log {}\n", stranger.public());
    fs::write(out.join("policy"), &more).unwrap();
    let mut sums = Sums::parse(&fs::read(out.join("SHA256SUMS")).unwrap()).unwrap();
    sums.put("policy", Sha256::digest(&more).into());
    fs::write(out.join("SHA256SUMS"), sums.to_string()).unwrap();
    let trusted = Policy::parse(theirs.as_bytes()).unwrap();
    for (policy, installed) in [(Some(trusted), theirs), (None, more)] {
        let bundle = verify(&out, Trust { policy, since: None }, |_, _| {}).unwrap();
        let (world, data) = (World::new().await, TempDir::new().unwrap());
        bring(&world, &bundle, &data).await.unwrap();
        let policy = Folder::of(data.path()).policy();
        assert_eq!(fs::read_to_string(policy).unwrap(), installed);
    }
}
