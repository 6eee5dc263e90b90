//! Lines to PostgreSQL that are cut at random: a command that was acknowledged is stored, and one
//! whose end nobody knows tells it when it is repeated.

use std::time::Duration;

use api::boot::App;
use api::gateway::{Caller, GatewayError, Idempotency, Request};
use domain::kernel::TicketId;
use domain::ticket::command::Open;
use domain::ticket::{TicketCommand, TicketKind};
use futures_util::future::join_all;
use journal::postgres::deployment::Place;
use sqlx::{PgConnection, Row};
use testbed::World;
use tokio::time::timeout;
use uuid::Uuid;

use super::chance::{seed, switch};
use super::proxy::Proxy;

/// Who sends commands at once.
const WRITERS: usize = 8;
/// One in so many messages is lost.
const ODDS: u32 = 30;
/// A command is answered by then, well or badly.
const ANSWERED: Duration = Duration::from_secs(60);
/// How often a command is repeated whose end is unknown.
const TRIES: usize = 200;

/// What became of a command.
#[derive(Debug, Default, Clone, Copy)]
struct Fate {
    /// Answers that did not say whether it was done.
    unknown: usize,
    /// It was done at a try whose answer was lost.
    was_done: bool,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_line_loses_no_command_and_doubles_none() {
    let seed = seed();
    let world = World::demo().await;
    let options = world.options();
    let socket = options.get_socket().expect("the tests' PostgreSQL listens on a socket");
    let proxy = Proxy::start(socket, ODDS, seed);
    let url = format!(
        "postgresql://{}@localhost/{}?host={}",
        options.get_username(),
        options.get_database().unwrap(),
        proxy.folder().display().to_string().replace('/', "%2F")
    );
    let place = Place { data_dir: world.folder().to_owned(), database_url: Some(url) };
    let node = App::open(&place, None).await.unwrap();
    let ada = node.identity.person_of("agent1").await.unwrap().unwrap();
    let person = node.gateway.principal(ada).await.unwrap();
    let caller = Caller::person(ada, person);
    let commands = switch("ANNALS_CASES").unwrap_or(64).max(16) as usize / WRITERS * 4;
    proxy.cut(true);
    let fates = join_all((0..WRITERS).map(async |writer| {
        let mut fates = Vec::new();
        for number in 0..commands {
            let key =
                Uuid::from_u128(u128::from(seed) << 64 | (writer * commands + number) as u128);
            fates.push((key, insist(&node, (key, &caller)).await));
        }
        fates
    }))
    .await
    .concat();
    proxy.cut(false);
    let unknown: usize = fates.iter().map(|(_, fate)| fate.unknown).sum();
    let done = fates.iter().filter(|(_, fate)| fate.was_done).count();
    eprintln!(
        "soak: {} cuts, {unknown} answers lost, {done} of them of done commands",
        proxy.cuts()
    );
    assert!(proxy.cuts() > 0 && unknown > 0, "nothing was cut: the test proves nothing");
    let mut database = world.superuser().await;
    for (key, _) in &fates {
        assert_eq!(effects(&mut database, *key).await, 1, "{key}");
    }
    // Whatever kept the log has come back by itself.
    node.waiter.caught_up(ANSWERED).await.unwrap();
    node.close().await;
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}

/// Sends a command until it is known to be done.
async fn insist(node: &App, (key, caller): (Uuid, &Caller)) -> Fate {
    let mut fate = Fate::default();
    for _ in 0..TRIES {
        let sent =
            timeout(ANSWERED, send(node, (key, caller))).await.expect("an answer, whichever");
        match sent {
            Ok(replayed) => {
                fate.was_done = replayed;
                assert!(!replayed || fate.unknown > 0, "done before it was ever sent: {key}");
                return fate;
            }
            Err(GatewayError::Internal(_) | GatewayError::Reading(_)) => fate.unknown += 1,
            Err(refused) => panic!("a cut line is no refusal: {refused}"),
        }
    }
    panic!("{key} was never done: {fate:?}");
}

/// Whether it had been done before.
async fn send(node: &App, (key, caller): (Uuid, &Caller)) -> Result<bool, GatewayError> {
    let gateway = &node.gateway;
    let kind = TicketKind::Incident;
    let open = Open::new(gateway.next_ticket_number(kind).await?, kind, "Over a bad line");
    let id = TicketId(gateway.new_id());
    let mut request = Request::new(TicketCommand::Open(Box::new(open)), id.0);
    request.idempotency = Some(Idempotency { key, input_hash: [7; 32] });
    Ok(gateway.execute(caller, request).await?.receipt.replayed)
}

/// How many events this command made.
async fn effects(database: &mut PgConnection, key: Uuid) -> i64 {
    let sql = "select count(*) from journal.events where metadata->>'command_id' = $1::text";
    sqlx::query(sql).bind(key.to_string()).fetch_one(database).await.unwrap().get(0)
}
