//! The load: clients that insist on an answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::chance::chance;
use super::ledger::{Acknowledged, Order};
use super::nodes::{Doors, RECOVERY};

/// Who works at the desk; each several times over.
const LOGINS: [&str; 4] = ["agent1", "agent2", "head1", "director"];
/// How long one request may take: no answer by then is a hang.
const REQUEST: Duration = Duration::from_secs(30);
/// For how long a session must be good; the token itself lives a little longer.
const SESSION: Duration = Duration::from_secs(9 * 60);
/// Before a client tries again.
const AGAIN: Duration = Duration::from_millis(30);

/// Clients at work.
pub(super) struct Load {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
    clients: JoinSet<Vec<Acknowledged>>,
    people: Vec<Insistent>,
}

/// Somebody who insists.
#[derive(Debug, Clone)]
pub(super) struct Insistent {
    doors: Doors,
    session: Arc<Mutex<Session>>,
    number: usize,
}

/// Somebody's session; several clients may use it.
#[derive(Debug)]
struct Session {
    login: &'static str,
    person: Client,
    since: Instant,
}

impl Load {
    /// So many clients, from now on.
    pub(super) async fn start(doors: &Doors, count: usize, seed: u64) -> Self {
        let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let people = sign_in(doors, count).await;
        let desk = desk(&people[0].person(&doors.open()[0]).await.0).await;
        let hot = people[0].insist(&Order::open(format!("{seed} hot"), &desk)).await;
        let mut clients = JoinSet::new();
        for who in people.clone() {
            let (stop, done) = (Arc::clone(&stop), Arc::clone(&done));
            let mut work = Work { who, seed, desk: desk.clone(), hot: hot.clone(), done };
            clients.spawn(async move {
                let mut chance = chance(seed, work.who.number as u64 + 1);
                let mut told = Vec::new();
                let mut round = 0;
                while !stop.load(Ordering::Relaxed) {
                    work.round(round, &mut chance, &mut told).await;
                    round += 1;
                }
                told
            });
        }
        Self { stop, done, clients, people }
    }

    /// How many commands were acknowledged.
    pub(super) fn acknowledged(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Lets each client finish what it does; who they are, and what they were told.
    pub(super) async fn finish(self) -> (Vec<Insistent>, Vec<Acknowledged>) {
        self.stop.store(true, Ordering::Relaxed);
        let told = self.clients.join_all().await.into_iter().flatten().collect();
        (self.people, told)
    }
}

/// What a client goes through.
struct Work {
    who: Insistent,
    seed: u64,
    desk: Value,
    hot: Value,
    done: Arc<AtomicU64>,
}

impl Work {
    /// One ticket from its opening to its end, and a word to the ticket that everybody talks of.
    async fn round(&mut self, round: u64, chance: &mut StdRng, told: &mut Vec<Acknowledged>) {
        let key =
            |verb: &str, who: &Insistent| format!("{} {} {round} {verb}", self.seed, who.number);
        let open = Order::open(key("open", &self.who), &self.desk);
        let ticket = self.does(open, told).await;
        let start = Order::start_work(key("start", &self.who), &ticket);
        self.does(start, told).await;
        let about = if chance.random_bool(0.3) { &self.hot } else { &ticket };
        let comment = Order::comment(key("comment", &self.who), about);
        self.does(comment, told).await;
        let resolve = Order::resolve(key("resolve", &self.who), &ticket);
        self.does(resolve, told).await;
    }

    async fn does(&self, order: Order, told: &mut Vec<Acknowledged>) -> Value {
        let ticket = self.who.insist(&order).await;
        self.done.fetch_add(1, Ordering::Relaxed);
        told.push(Acknowledged { order, ticket: ticket.clone(), client: self.who.number });
        ticket
    }
}

impl Insistent {
    /// Sends a command until it is answered; the ticket that the answer names.
    pub(super) async fn insist(&self, order: &Order) -> Value {
        self.answered(order).await["ticket"]["id"].clone()
    }

    /// Sends a command until it is answered; the answer.
    pub(super) async fn answered(&self, order: &Order) -> Value {
        let begun = Instant::now();
        let mut last = Value::Null;
        let mut turn = self.number;
        loop {
            assert!(begun.elapsed() < 2 * RECOVERY, "never answered: {order:?}, at last {last}");
            let open = self.doors.open();
            if let Some(base) = open.get(turn % open.len().max(1)) {
                match self.ask(base, order).await {
                    Ok(answer) => return answer,
                    Err(other) => last = other,
                }
            }
            turn += 1;
            sleep(AGAIN).await;
        }
    }

    /// With this person's session, at one of the servers; and since when it is theirs.
    async fn person(&self, base: &str) -> (Client, Instant) {
        let session = self.session.lock().await;
        (session.person.at(base), session.since)
    }

    /// Whether the session of that time was old enough to end, and there is a new one: made here, or
    /// meanwhile by another client of the same person.
    async fn signs_in_again(&self, base: &str, asked_with: Instant) -> bool {
        let mut session = self.session.lock().await;
        if session.since != asked_with {
            return true;
        }
        if session.since.elapsed() < SESSION {
            return false;
        }
        session.person = Client::new(base).sign_in(session.login, DEMO_PASSWORD).await;
        session.since = Instant::now();
        true
    }

    /// The answer, or what came instead: a broken line, or an error that says what it is.
    async fn ask(&self, base: &str, order: &Order) -> Result<Value, Value> {
        let (person, since) = self.person(base).await;
        let request = person.request(&order.document(), json!({"i": order.input}));
        let broken = |error: reqwest::Error| {
            assert!(!error.is_timeout(), "no answer within {REQUEST:?}: {order:?}");
            json!(error.to_string())
        };
        let response = request.timeout(REQUEST).send().await.map_err(broken)?;
        let status = response.status().as_u16();
        let text = response.text().await.map_err(broken)?;
        if status == 401 && self.signs_in_again(base, since).await {
            return Err(json!("the session had ended"));
        }
        let body: Value = serde_json::from_str(&text)
            .unwrap_or_else(|_| panic!("an answer that is no GraphQL: {status} {text}"));
        assert_ne!(status, 401, "the session was lost: {body}");
        let payload = &body["data"][order.verb];
        let refused = &payload["userErrors"][0]["code"];
        if refused == "BUSY" {
            return Err(body);
        }
        assert!(refused.is_null(), "{order:?} is refused: {body}");
        if body.get("errors").is_none() && payload["ticket"]["id"].is_string() {
            return Ok(payload.clone());
        }
        // Done perhaps, but not shown: the views may be late.
        let code = &body["errors"][0]["extensions"]["code"];
        assert!(payload.is_object() || code.is_string(), "an error without a code: {body}");
        Err(body)
    }
}

/// The people, each login signed in once.
async fn sign_in(doors: &Doors, count: usize) -> Vec<Insistent> {
    let stranger = Client::new(&doors.open()[0]);
    let mut sessions = Vec::new();
    for login in LOGINS {
        let person = stranger.sign_in(login, DEMO_PASSWORD).await;
        let session = Session { login, person, since: Instant::now() };
        sessions.push(Arc::new(Mutex::new(session)));
    }
    let sessions = sessions.iter().cycle().take(count).enumerate();
    sessions
        .map(|(number, session)| Insistent {
            doors: doors.clone(),
            session: Arc::clone(session),
            number,
        })
        .collect()
}

/// The unit whose tickets these are.
async fn desk(person: &Client) -> Value {
    let units = person.data("{ units { nodes { id name } } }", json!({})).await;
    let mut units = units["units"]["nodes"].as_array().unwrap().iter();
    units.find(|unit| unit["name"] == "Service Desk").unwrap()["id"].clone()
}
