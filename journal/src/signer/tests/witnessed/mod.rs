//! With witnesses: nothing is published until enough of them have signed, and they sign one history.

mod heard;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tempfile::TempDir;

use super::Desk;
use crate::bundle::Anchor;
use crate::signer::error::SignError;
use crate::signer::signing::Signing;
use crate::signer::{Answer, Carrier, Checkpoints};
use crate::testing::soon;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::Note;
use crate::tlog::policy::{Policy, Refused};
use crate::verify::{Marks, Tampering, check_signed};
use crate::witness::{Witness, WitnessError};

/// How a witness behaves.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mood {
    Good,
    /// It takes the question, and never answers.
    Hangs,
    /// Nobody listens.
    Gone,
    /// This, whatever was asked.
    Says(u16, &'static str),
    /// The same, when the others have long answered.
    SaysLate(u16),
    /// A good answer to another question.
    Wrong,
}

/// Witnesses without a network.
struct Bench {
    data: Vec<TempDir>,
    witnesses: Vec<Witness>,
    moods: Mutex<Vec<Mood>>,
    heard: Mutex<BTreeMap<u16, u32>>,
    carried: Mutex<[u32; 3]>,
}

impl fmt::Debug for Bench {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bench({:?})", self.moods)
    }
}

impl Carrier for Bench {
    fn carry(&self, url: String, body: String) -> BoxFuture<'_, Result<Answer, String>> {
        let number: usize = url.strip_prefix("w:").unwrap()[..1].parse().unwrap();
        assert!(url.ends_with("/add-checkpoint"), "{url}");
        let mood = self.moods.lock().unwrap()[number];
        self.carried.lock().unwrap()[number] += 1;
        let say = |status: u16, body: String| {
            *self.heard.lock().unwrap().entry(status).or_default() += 1;
            async move { Ok(Answer { status, body: body.into_bytes() }) }.boxed()
        };
        match mood {
            Mood::Hangs => std::future::pending().boxed(),
            Mood::Gone => async { Err("nobody listens".to_owned()) }.boxed(),
            Mood::Says(status, body) => say(status, body.to_owned()),
            Mood::SaysLate(status) => async move {
                tokio::time::sleep(Duration::from_millis(300)).await;
                Ok(Answer { status, body: Vec::new() })
            }
            .boxed(),
            Mood::Good | Mood::Wrong => {
                let answer = self.witnesses[number].add_checkpoint(body.as_bytes(), 1_700_000_000);
                match answer {
                    Ok(lines) if mood == Mood::Wrong => say(200, lines.replace("AAAA", "AAAB")),
                    Ok(lines) => say(200, lines),
                    Err(WitnessError::Declined(declined)) => {
                        let size = declined.known_size().map(|size| format!("{size}\n"));
                        say(declined.status(), size.unwrap_or_default())
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }
}

impl Bench {
    /// Three witnesses, of which the policy of this desk wants two from now on. Something has to be
    /// signed already: then there is a key that they can know.
    fn of(desk: &Desk) -> Arc<Self> {
        let data: Vec<_> = (0..3).map(|_| TempDir::new().unwrap()).collect();
        let log = std::fs::read_to_string(desk.folder().policy()).unwrap();
        let mut policy = log.replace("quorum none\n", "");
        let mut witnesses = Vec::new();
        for (number, data) in data.iter().enumerate() {
            let name = format!("w{number}").parse().unwrap();
            let witness = Witness::open(data.path(), Some(name)).unwrap();
            std::fs::write(data.path().join("logs/annals"), &log).unwrap();
            policy += &format!("witness w{number} {} w:{number}/\n", witness.public());
            witnesses.push(witness);
        }
        policy += "group g 2 w0 w1 w2\nquorum g\n";
        std::fs::write(desk.folder().policy(), policy).unwrap();
        let moods = Mutex::new(vec![Mood::Good; 3]);
        let (heard, carried) = (Mutex::default(), Mutex::default());
        Arc::new(Self { data, witnesses, moods, heard, carried })
    }

    fn are(&self, moods: [Mood; 3]) {
        *self.moods.lock().unwrap() = moods.to_vec();
    }

    /// How often this one was asked.
    fn carried(&self, number: usize) -> u32 {
        self.carried.lock().unwrap()[number]
    }

    /// How often they answered with this status.
    fn heard(&self, status: u16) -> u32 {
        self.heard.lock().unwrap().get(&status).copied().unwrap_or_default()
    }
}

/// A desk whose log has three events, and its witnesses.
async fn witnessed() -> (Desk, Arc<Bench>) {
    let desk = Desk::new().await;
    desk.happen(1, 3).await;
    desk.sign().await.unwrap();
    std::fs::remove_file(desk.folder().checkpoint()).unwrap();
    let bench = Bench::of(&desk);
    (desk, bench)
}

async fn open(desk: &Desk, bench: &Arc<Bench>) -> (Signing, sqlx::PgConnection) {
    let mut conn = desk.conn().await;
    let signing = Signing::open(&desk.folder(), &mut conn).await.unwrap();
    (signing.asking(Arc::<Bench>::clone(bench)), conn)
}

fn policy(desk: &Desk) -> Policy {
    Policy::parse(&std::fs::read(desk.folder().policy()).unwrap()).unwrap()
}

/// The published checkpoint, which the policy is satisfied with.
fn published(desk: &Desk) -> Option<Checkpoint> {
    let bytes = std::fs::read(desk.folder().checkpoint()).ok()?;
    Some(policy(desk).accept(&Note::parse(&bytes).unwrap()).expect("it has its quorum"))
}

/// Steps until so many events are published.
async fn publishes(desk: &Desk, (signing, conn): &mut (Signing, sqlx::PgConnection), size: u64) {
    soon("it is published", async {
        while published(desk).is_none_or(|checkpoint| checkpoint.size < size) {
            signing.step(conn).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

/// Steps until witnesses were asked and their answers were heard.
async fn asks(signing: &mut Signing, conn: &mut sqlx::PgConnection) {
    signing.step(conn).await.unwrap();
    assert!(signing.is_asking());
    soon("they have been asked", async {
        while signing.is_asking() {
            signing.step(conn).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_published_has_its_quorum_and_the_table_and_bundles_have_it_too() {
    let (desk, bench) = witnessed().await;
    let mut signer = open(&desk, &bench).await;
    publishes(&desk, &mut signer, 3).await;
    for (stream, size) in [(2, 263), (3, 523)] {
        desk.happen(stream, 260).await;
        publishes(&desk, &mut signer, size).await;
    }
    assert_eq!((bench.heard(403), bench.heard(422)), (0, 0));
    let in_table = "select count(*) from journal.checkpoints where size = 523 and note like '%w%'";
    assert_eq!(desk.world.number(in_table).await, 1);
    let folder = desk.folder();
    let anchor = Anchor::open(&folder.policy(), &folder.checkpoints(), folder.log()).unwrap();
    assert_eq!(anchor.size(), 523);
    // What was signed since is not in a bundle before witnesses have seen it.
    bench.are([Mood::Gone; 3]);
    desk.happen(4, 1).await;
    assert_eq!(signer.0.step(&mut signer.1).await.unwrap(), Some(524));
    let anchor = Anchor::open(&folder.policy(), &folder.checkpoints(), folder.log()).unwrap();
    assert_eq!(anchor.size(), 523);
    assert_eq!(desk.checkpoints().last().unwrap().size, 524, "the file has it at once");
}

#[tokio::test]
async fn one_that_is_gone_hangs_or_lies_is_not_waited_for() {
    let (desk, bench) = witnessed().await;
    let mut signer = open(&desk, &bench).await;
    let log_line = "\u{2014} w1 AAAAAAAAAAAA\n";
    let huge = "99999999999999\n";
    let moods = [
        Mood::Gone,
        Mood::Hangs,
        Mood::Wrong,
        Mood::Says(200, ""),
        Mood::Says(200, "\n\n"),
        Mood::Says(200, log_line),
        Mood::Says(200, "annals\n4\nAAAA\n\n\u{2014} x AAAAAAA=\n"),
        Mood::Says(409, huge),
        Mood::Says(409, "0\n"),
        Mood::Says(409, "no number"),
        Mood::Says(422, ""),
        Mood::Says(500, "it is broken"),
    ];
    for (stream, mood) in (2..).zip(moods) {
        bench.are([Mood::Good, mood, Mood::Good]);
        desk.happen(stream, 1).await;
        publishes(&desk, &mut signer, u64::from(stream) + 2).await;
        let note = std::fs::read(desk.folder().checkpoint()).unwrap();
        let keys = [bench.witnesses[1].public()];
        assert!(Note::parse(&note).unwrap().verify(keys).is_err(), "{mood:?} has not signed");
    }
    assert_eq!(desk.checkpoints().last().unwrap().size, 15);
}

#[tokio::test]
async fn without_a_quorum_nothing_is_published_and_signing_goes_on_until_there_is_one() {
    let (desk, bench) = witnessed().await;
    let mut signer = open(&desk, &bench).await;
    bench.are([Mood::Good, Mood::Gone, Mood::Wrong]);
    asks(&mut signer.0, &mut signer.1).await;
    desk.happen(2, 1).await;
    assert_eq!(signer.0.step(&mut signer.1).await.unwrap(), Some(4));
    assert_eq!(published(&desk), None);
    bench.are([Mood::Good; 3]);
    // Nothing new happens: it is asked again all the same.
    publishes(&desk, &mut signer, 4).await;
}

#[tokio::test]
async fn whoever_is_killed_while_asking_asks_again() {
    let (desk, bench) = witnessed().await;
    let mut signer = open(&desk, &bench).await;
    signer.0.step(&mut signer.1).await.unwrap();
    assert!(signer.0.is_asking());
    drop(signer);
    let mut signer = open(&desk, &bench).await;
    publishes(&desk, &mut signer, 3).await;
    drop(signer);
    // Whoever begins knows of no witness what it knows.
    let mut signer = open(&desk, &bench).await;
    desk.happen(2, 1).await;
    publishes(&desk, &mut signer, 4).await;
    assert_eq!(bench.heard(422), 0);
    assert!(bench.data.iter().all(|data| data.path().join("witness.key").exists()));
}

/// Takes away whatever the data folder and the database know of checkpoints; key and policy stay.
async fn forget(desk: &Desk) {
    std::fs::remove_file(desk.folder().checkpoints()).unwrap();
    std::fs::remove_dir_all(desk.folder().log().join("tile")).unwrap();
    let forget = "alter table journal.checkpoints disable trigger checkpoints_append_only;
        delete from journal.checkpoints;";
    desk.world.tamper(forget).await;
}

/// Seals the events anew, as somebody who owns the database can.
async fn reseal(desk: &Desk) {
    let again = "delete from journal.log;
        update journal.sequencer set tree_size = 0, frontier = '', cursor_xid = '0'::xid8,
            cursor_position = 0;";
    desk.world.tamper(again).await;
    desk.world.settle().await;
    assert_eq!(desk.world.check().await.tampering, None, "in itself it is sound");
}

#[tokio::test]
async fn t6_a_rewritten_history_signed_with_the_stolen_key_gets_no_quorum() {
    let (desk, bench) = witnessed().await;
    let mut signer = open(&desk, &bench).await;
    publishes(&desk, &mut signer, 3).await;
    drop(signer);
    let true_one = std::fs::read(desk.folder().checkpoint()).unwrap();
    for more in [0, 2] {
        let edit =
            "update journal.events set payload = replace(payload::text, 'work', 'Work')::json;";
        desk.world.tamper(edit).await;
        if more > 0 {
            desk.happen(9, more).await;
        }
        reseal(&desk).await;
        forget(&desk).await;
        let mut signer = open(&desk, &bench).await;
        assert_eq!(
            signer.0.step(&mut signer.1).await.unwrap(),
            Some(3 + more),
            "the key is theirs"
        );
        asks_in_vain(&mut signer).await;
        let heard = if more == 0 { bench.heard(409) } else { bench.heard(422) };
        assert!(heard >= 2, "{:?}", bench.heard);
        assert_eq!(std::fs::read(desk.folder().checkpoint()).unwrap(), true_one);
        // An auditor who wants the quorum is not shown the new history.
        let lie = Checkpoints::open(&desk.folder().checkpoints()).unwrap();
        let lie = lie.last(&policy(&desk)).unwrap().unwrap();
        let marks = || {
            let file = Checkpoints::open(&desk.folder().checkpoints()).unwrap();
            Marks::new(policy(&desk), Some(file), None).unwrap()
        };
        assert!(marks().lack_witnesses());
        let shown = marks().and(lie.note.to_string().as_bytes()).map(|_| ());
        assert!(matches!(shown, Err(SignError::NotOurs(Refused::Quorum))));
        // With the published one the lie is told from the truth.
        let mut marks = marks().and(&true_one).unwrap();
        let mut conn = desk.world.superuser().await;
        let report = check_signed(&mut conn, &mut marks, |_, _| {}).await.unwrap();
        assert_eq!(report.tampering, Some(Tampering::Rewritten { sound: 0, size: 3 }));
    }
}

/// Until all three have said no.
async fn asks_in_vain((signing, conn): &mut (Signing, sqlx::PgConnection)) {
    soon("they have been asked", async {
        while signing.is_asking() {
            signing.step(conn).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn t4_a_restored_backup_that_forgot_everything_is_told_by_the_witnesses() {
    let (desk, bench) = witnessed().await;
    let mut signer = open(&desk, &bench).await;
    desk.happen(2, 2).await;
    publishes(&desk, &mut signer, 5).await;
    drop(signer);
    let kept = std::fs::read(desk.folder().checkpoint()).unwrap();
    let cut = "delete from journal.events e using journal.log l where l.global_seq > 3
        and (e.aggregate_type, e.aggregate_id, e.sequence) =
            (l.aggregate_type, l.aggregate_id, l.sequence);";
    desk.world.tamper(cut).await;
    reseal(&desk).await;
    forget(&desk).await;
    let mut signer = open(&desk, &bench).await;
    assert_eq!(signer.0.step(&mut signer.1).await.unwrap(), Some(3));
    asks_in_vain(&mut signer).await;
    assert!(bench.heard(409) >= 2);
    assert_eq!(
        std::fs::read(desk.folder().checkpoint()).unwrap(),
        kept,
        "nothing else is published"
    );
    let mut marks = Marks::new(policy(&desk), None, Some(&kept)).unwrap();
    let mut conn = desk.world.superuser().await;
    let report = check_signed(&mut conn, &mut marks, |_, _| {}).await.unwrap();
    assert_eq!(report.tampering, Some(Tampering::Rollback { from: 5, to: 3 }));
}

#[tokio::test]
async fn t13_witnesses_take_up_the_key_that_follows_and_drop_the_old_one() {
    let (desk, bench) = witnessed().await;
    let mut signer = open(&desk, &bench).await;
    publishes(&desk, &mut signer, 3).await;
    crate::signer::rotate(&desk.folder()).unwrap();
    desk.happen(2, 1).await;
    assert_eq!(signer.0.step(&mut signer.1).await.unwrap(), Some(4));
    asks_in_vain(&mut signer).await;
    assert!(bench.heard(403) >= 2, "they do not know the new key yet");
    assert_eq!(published(&desk).unwrap().size, 3);
    for data in &bench.data {
        std::fs::copy(desk.folder().policy(), data.path().join("logs/annals")).unwrap();
    }
    publishes(&desk, &mut signer, 4).await;
}
