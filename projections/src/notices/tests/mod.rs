//! The rules by number, the table of requirements, and the tables against the log.

mod crossings;
mod requests;

use domain::Fact;
use domain::kernel::{Actor, Source, TicketId, UnitId};
use domain::notice::{NoticeChannel, NoticeKind};
use domain::person::event::{Left, Restored, RoleChanged, Suspended};
use domain::person::{PersonEvent, Role};
use domain::settings::SettingsEvent;
use domain::settings::event::{DispatchChanged, NoticesChanged};
use domain::ticket::event::{
    Cancelled, Classified, Closed, Escalated, Merged, Pended, Prioritized, Reopened, Resolved,
    ResolvedWithParent, ResolvedWithTasks, Resumed, WorkStarted, WorkStopped,
};
use domain::ticket::{PendingReason, Priority, TicketEvent, TicketKind, Tier};
use domain::ticket_dossier::TicketDossierEvent;
use domain::ticket_dossier::event::{Unwatched, Watched};
use domain::unit::UnitEvent;
use domain::unit::event::{HeadDismissed, Joined};
use journal::identity::IdentityStore;
use journal::read::LogReader;
use serde_json::Value;
use sqlx::Row;
use uuid::Uuid;

use super::testing::{
    COMMENT, DEPARTMENT, DESK, Log, NETWORK, SERVERS, TICKET, assigned, id, names, note, opened,
    organization, reply, ticket,
};
use super::{News, NoticeRow, Notices, page, since, unread_count};
use crate::testing::{AGENT, World, at};

/// The heads of bob's units, the ticket's author and its requester.
const CONCERNED: &str = "dee hal ida kay kim";

fn started(by: &str) -> Fact {
    ticket(TicketEvent::WorkStarted(WorkStarted { holder: id(by) }))
}

fn stopped(by: &str) -> Fact {
    ticket(TicketEvent::WorkStopped(WorkStopped { holder: id(by) }))
}

fn resolved() -> Fact {
    ticket(TicketEvent::Resolved(Resolved { code: None, solution: None }))
}

fn reopened() -> Fact {
    ticket(TicketEvent::Reopened(Reopened { holder: None }))
}

fn closed() -> Fact {
    ticket(TicketEvent::Closed(Closed { closed_at: at(900) }))
}

fn merged() -> Fact {
    let into = TicketId(Uuid::from_u128(0x78));
    ticket(TicketEvent::Merged(Merged { into, closed_at: at(900) }))
}

fn escalated(unit: Option<UnitId>) -> Fact {
    ticket(TicketEvent::Escalated(Escalated { tier: Tier(2), unit }))
}

fn watched(by: &str) -> Fact {
    Fact::TicketDossier(TICKET, TicketDossierEvent::Watched(Watched { person: id(by) }))
}

fn dispatch(unit: Option<UnitId>) -> Fact {
    Fact::Settings(SettingsEvent::DispatchChanged(DispatchChanged { unit }))
}

fn to_assignees(to_assignees: bool) -> Fact {
    Fact::Settings(SettingsEvent::NoticesChanged(NoticesChanged { to_assignees }))
}

fn person(name: &str, event: PersonEvent) -> Fact {
    Fact::Person(id(name), event)
}

/// Everybody is told the same by the same way.
fn assert_told(rows: &[NoticeRow], kind: NoticeKind, expected: &str, what: &str) {
    assert_eq!(names(rows), expected, "{what}");
    assert!(rows.iter().all(|row| (row.kind, row.channel) == (kind, kind.channel())), "{what}");
}

/// The column "Build" of the table B4, row by row: bob acts unless another is named, on a ticket of
/// the network unit that kay opened for kim, that ann has, and on which sam commented.
#[test]
fn the_table_of_the_requirements() {
    use NoticeKind as K;
    let parent = TicketId(Uuid::from_u128(0x79));
    let code = || "fixed".to_owned();
    let with_parent = TicketEvent::ResolvedWithParent(ResolvedWithParent { parent, code: code() });
    let with_tasks = TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code: code() });
    for (event, kind, expected) in [
        (assigned(Some(SERVERS), "", None), K::TicketForwarded, "ben sam sue"),
        (assigned(Some(SERVERS), "sam", None), K::TicketForwarded, "sam sue"),
        (escalated(Some(SERVERS)), K::TicketForwarded, "ben sam sue"),
        (started("bob"), K::TicketWorkStarted, CONCERNED),
        (stopped("ann"), K::TicketWorkStopped, CONCERNED),
        (resolved(), K::TicketResolved, CONCERNED),
        (ticket(with_parent), K::TicketResolved, CONCERNED),
        (ticket(with_tasks), K::TicketResolved, CONCERNED),
        (reopened(), K::TicketReopened, CONCERNED),
        (reply("bob", ""), K::TicketCommented, "ann dee hal ida kay kim sam"),
        (note("bob", ""), K::TicketCommented, "ann dee hal ida sam"),
        (closed(), K::TicketClosed, "ann kay kim"),
        (ticket(TicketEvent::Cancelled(Cancelled {})), K::TicketCancelled, "ann kay kim"),
        (merged(), K::TicketMerged, "ann kay kim"),
    ] {
        let mut log = Log::with_ticket(Some(NETWORK), "ann");
        log.say("sam", &reply("sam", ""));
        let what = format!("{event:?}");
        assert_told(&log.say("bob", &event), kind, expected, &what);
    }
}

#[test]
fn what_the_table_does_not_name_is_no_news() {
    let (kind, priority) = (TicketKind::Incident, Priority::High);
    let pended = Pended { pending_reason: PendingReason::Caller, until: None };
    let prioritized = Prioritized { priority, impact: None, urgency: None };
    for event in [
        TicketEvent::Pended(pended),
        TicketEvent::Resumed(Resumed {}),
        TicketEvent::Classified(Classified { kind, subject: None }),
        TicketEvent::Prioritized(prioritized),
        TicketEvent::Escalated(Escalated { tier: Tier(2), unit: Some(NETWORK) }),
    ] {
        let mut log = Log::with_ticket(Some(NETWORK), "ann");
        log.say("bob", &watched("bob"));
        assert!(log.say("hal", &ticket(event)).is_empty());
    }
}

#[test]
fn n1_a_unit_s_ticket_is_told_to_its_staff() {
    let mut log = Log::default();
    log.desk(&organization());
    let told = log.say("kay", &opened(Some(NETWORK), ""));
    assert_told(&told, NoticeKind::TicketCreated, "ann ben bob dan hal ida", "by a client");
    let row = &told[0];
    assert_eq!((row.ticket_id, row.request_id), (Some(TICKET), None));
    assert_eq!((row.actor_id, row.comment_id), (Some(id("kay")), None));
    assert_eq!(row.occurred_at, at(row.global_seq));
    let mut log = Log::default();
    log.desk(&organization());
    let told = log.say("ann", &opened(Some(NETWORK), ""));
    assert_told(&told, NoticeKind::TicketCreated, "ben bob dan hal ida", "by one of them");
}

#[test]
fn n2_people_s_ticket_is_told_to_them_and_whoever_steers_each_of_their_units() {
    for (by, people, expected) in [
        ("kay", "bob", "bob dan dee hal ida"),
        ("kay", "ben", "ben dan dee hal ida sue"),
        ("kay", "bob sam", "bob dan dee hal ida sam sue"),
        ("kay", "dee", "dee"),
        ("hal", "bob", "bob dan dee ida"),
    ] {
        let mut log = Log::default();
        log.desk(&organization());
        let told = log.say(by, &opened(Some(DESK), people));
        assert_told(&told, NoticeKind::TicketCreated, expected, people);
    }
}

#[test]
fn n3_nobody_s_ticket_is_told_to_dispatch() {
    let mut log = Log::default();
    log.desk(&organization());
    assert!(log.say("kay", &opened(None, "")).is_empty());
    for (unit, expected) in [(Some(DESK), "eve"), (Some(SERVERS), "ben sam sue"), (None, "")] {
        log.desk(&[dispatch(unit)]);
        assert_eq!(names(&log.say("kay", &opened(None, ""))), expected);
    }
}

#[test]
fn n4_a_forward_is_told_to_the_new_target() {
    let mut log = Log::with_ticket(Some(NETWORK), "ann");
    log.desk(&[dispatch(Some(DESK))]);
    for (by, event, expected) in [
        ("ben", assigned(Some(SERVERS), "", None), "sam sue"),
        ("ann", assigned(None, "", None), "eve"),
        ("eve", assigned(None, "bob", None), "bob dan dee hal ida"),
        ("ann", escalated(None), ""),
        ("ann", escalated(Some(NETWORK)), "ben bob dan hal ida"),
        ("ann", escalated(Some(NETWORK)), ""),
        ("ann", escalated(None), "eve"),
    ] {
        let what = format!("{by}: {event:?}");
        assert_told(&log.say(by, &event), NoticeKind::TicketForwarded, expected, &what);
    }
}

#[test]
fn n5_work_is_told_to_the_author_and_the_heads_of_the_actor_s_units() {
    for (by, expected, with_assignees) in [
        ("bob", CONCERNED, "ann dee hal ida kay kim"),
        ("ben", "dee hal ida kay kim sue", "ann dee hal ida kay kim sue"),
        ("hal", "dee ida kay kim", "ann dee ida kay kim"),
        ("ann", CONCERNED, CONCERNED),
        ("eve", "kay kim", "ann kay kim"),
        // Clients have no units.
        ("kay", "kim", "ann kim"),
    ] {
        for event in [started("ann"), stopped("ann"), resolved(), reopened()] {
            let mut log = Log::with_ticket(Some(NETWORK), "ann");
            assert_eq!(names(&log.say(by, &event)), expected, "{by}");
            log.desk(&[to_assignees(true)]);
            assert_eq!(names(&log.say(by, &event)), with_assignees, "{by}");
            log.desk(&[to_assignees(false)]);
            assert_eq!(names(&log.say(by, &event)), expected, "{by}");
        }
    }
}

#[test]
fn n6_a_comment_is_told_to_whoever_has_to_do_with_the_ticket() {
    let mut log = Log::with_ticket(Some(NETWORK), "ann");
    log.say("ben", &started("ben"));
    for (by, expected) in [
        ("kay", "ann ben kim"),
        ("eve", "ann ben kay kim"),
        ("bob", "ann ben dee eve hal ida kay kim"),
        ("kim", "ann ben bob eve kay"),
    ] {
        let told = log.say(by, &reply(by, ""));
        assert_told(&told, NoticeKind::TicketCommented, expected, by);
        assert!(told.iter().all(|row| row.comment_id == Some(COMMENT)));
    }
    // The hold ends: ben, who said nothing, is out of it.
    log.say("ben", &stopped("ben"));
    assert_eq!(names(&log.say("kay", &reply("kay", ""))), "ann bob eve kim");
    // A forward's note makes its writer one who commented.
    let told = log.say("sam", &assigned(Some(SERVERS), "", Some("Yours")));
    assert_told(&told, NoticeKind::TicketForwarded, "ben sue", "no notice of its own");
    assert_eq!(names(&log.say("kay", &reply("kay", ""))), "bob eve kim sam");
}

#[test]
fn n7_who_is_mentioned_is_told_of_that() {
    let mut log = Log::with_ticket(Some(NETWORK), "ann");
    let told = log.say("kay", &reply("kay", "sam ann kay"));
    let kinds: Vec<_> = told.iter().map(|row| (row.recipient_id, row.kind)).collect();
    let mut expected = vec![
        (id("ann"), NoticeKind::TicketMentioned),
        (id("sam"), NoticeKind::TicketMentioned),
        (id("kim"), NoticeKind::TicketCommented),
    ];
    expected.sort();
    assert_eq!(kinds, expected);
}

#[test]
fn n8_clients_are_told_of_no_internal_note() {
    let mut log = Log::with_ticket(Some(NETWORK), "ann");
    log.say("kay", &reply("kay", ""));
    assert_eq!(names(&log.say("bob", &note("bob", "kay kim sam"))), "ann dee hal ida sam");
}

#[test]
fn n9_the_end_is_only_listed() {
    for event in [closed(), ticket(TicketEvent::Cancelled(Cancelled {})), merged()] {
        let mut log = Log::with_ticket(Some(NETWORK), "ann");
        log.say("ben", &started("ben"));
        log.say("ben", &resolved());
        let told = log.tell(Actor::System, Source::Timer, None, &event);
        assert_eq!(names(&told), "ann ben kay kim");
        let plain = told.iter().all(|row| {
            row.channel == NoticeChannel::Feed && row.actor_id.is_none() && row.comment_id.is_none()
        });
        assert!(plain);
        log.say("kay", &reply("kay", ""));
        assert_eq!(names(&log.say("ann", &event)), "ben kim", "the last word was kay's");
        log.say("ann", &assigned(None, "bob", Some("Look")));
        assert_eq!(names(&log.say("kim", &event)), "ben bob kay", "the last word was ann's");
    }
}

#[test]
fn n10_watchers_are_told_of_all_but_the_opening() {
    let mut log = Log::default();
    log.desk(&organization());
    // A dossier may begin before its ticket.
    for name in ["eve", "kay", "bob"] {
        log.say("ann", &watched(name));
    }
    assert_eq!(names(&log.say("kim", &opened(None, "ben"))), "ben dan dee hal ida sue");
    for event in [assigned(Some(NETWORK), "ann", None), started("ann"), resolved(), reopened()] {
        assert!(names(&log.say("ann", &event)).contains("eve"), "{event:?}");
    }
    for event in [reply("ann", ""), note("ann", ""), closed(), merged()] {
        let told = names(&log.say("ann", &event));
        assert!(told.contains("bob") && told.contains("eve"), "{event:?}");
    }
    assert!(!names(&log.say("ann", &note("ann", ""))).contains("kay"), "clients never watch");
    assert!(!names(&log.say("bob", &resolved())).contains("bob"), "not of one's own doing");
    let unwatched = TicketDossierEvent::Unwatched(Unwatched { person: id("eve") });
    log.say("eve", &Fact::TicketDossier(TICKET, unwatched));
    assert!(!names(&log.say("ann", &resolved())).contains("eve"));
}

#[test]
fn n11_the_actor_and_whoever_is_not_there_are_told_nothing() {
    let mut log = Log::with_ticket(Some(NETWORK), "ann");
    let resolve = |log: &mut Log| names(&log.say("ann", &resolved()));
    assert_eq!(resolve(&mut log), CONCERNED);
    log.desk(&[
        person("kim", PersonEvent::Suspended(Suspended {})),
        person("hal", PersonEvent::Left(Left {})),
    ]);
    assert_eq!(resolve(&mut log), "dee ida kay");
    log.desk(&["kim", "hal"].map(|name| person(name, PersonEvent::Restored(Restored {}))));
    assert_eq!(resolve(&mut log), "dee ida kay kim", "who left is not restored");
    // The actor is for whom the command was made.
    let told = log.tell(Actor::Person(id("ann")), Source::Mail, Some(id("kay")), &resolved());
    assert_eq!(names(&told), "kim");
    let told = log.tell(Actor::System, Source::Process, None, &resolved());
    assert_eq!(names(&told), "kay kim", "Annals itself has no units");
    let told = log.tell(Actor::System, Source::Mail, None, &reply("kay", "kay"));
    assert_eq!(names(&told), "ann kim", "whoever handed it in");
}

#[test]
fn n12_heads_are_appointed_or_have_the_role_and_heads_of_a_department_head_its_units() {
    let mut log = Log::with_ticket(None, "");
    let heads = |log: &mut Log| names(&log.say("ann", &resolved()));
    assert_eq!(heads(&mut log), CONCERNED);
    let role = |role| PersonEvent::RoleChanged(RoleChanged { role });
    log.desk(&[person("hal", role(Role::Agent)), person("bob", role(Role::UnitHead))]);
    assert_eq!(heads(&mut log), "bob dee ida kay kim");
    let dismissed = UnitEvent::HeadDismissed(HeadDismissed { person: id("ida") });
    log.desk(&[Fact::Unit(NETWORK, dismissed)]);
    assert_eq!(heads(&mut log), "bob dee kay kim");
    let left = domain::unit::event::Left { person: id("dee") };
    log.desk(&[Fact::Unit(DEPARTMENT, UnitEvent::Left(left))]);
    assert_eq!(heads(&mut log), "bob kay kim");
    // A foreign writer's client in a unit is no staff and no head.
    let joined = |name: &str| UnitEvent::Joined(Joined { person: id(name) });
    let appointed =
        UnitEvent::HeadAppointed(domain::unit::event::HeadAppointed { person: id("kay") });
    log.desk(&[joined("kay"), appointed].map(|event| Fact::Unit(SERVERS, event)));
    assert_eq!(names(&log.say("bob", &assigned(Some(SERVERS), "", None))), "ben sam sue");
    assert_eq!(names(&log.say("bob", &assigned(None, "sam", None))), "sam sue");
}

#[test]
fn n13_imported_history_is_no_news() {
    for (actor, source) in
        [(Actor::Import, Source::Graphql), (Actor::Person(id("bob")), Source::Import)]
    {
        let mut log = Log::with_ticket(Some(NETWORK), "ann");
        for event in [opened(Some(NETWORK), ""), reply("bob", "ann"), resolved(), closed()] {
            assert!(log.tell(actor, source, Some(id("bob")), &event).is_empty());
        }
        // What it says is true all the same: bob has commented.
        assert_eq!(names(&log.say("kay", &reply("kay", ""))), "bob kim");
    }
}

#[test]
fn n14_one_recipient_is_told_once_an_event() {
    // ida is assigned, appointed, watches, commented and is mentioned.
    let mut log = Log::with_ticket(Some(NETWORK), "ida");
    log.say("ida", &watched("ida"));
    log.say("ida", &reply("ida", ""));
    let told = log.say("bob", &reply("bob", "ida"));
    assert_eq!(told.iter().filter(|row| row.recipient_id == id("ida")).count(), 1);
}

/// A life of a ticket in which the organisation changes; ann does all of it.
fn history() -> Vec<Fact> {
    let mut facts = organization();
    facts.extend([
        dispatch(Some(DESK)),
        watched("eve"),
        opened(None, ""),
        assigned(Some(NETWORK), "bob ben", Some("Please")),
        person("hal", PersonEvent::Suspended(Suspended {})),
        started("bob"),
        reply("kay", "sam"),
        Fact::Unit(SERVERS, UnitEvent::Joined(Joined { person: id("ann") })),
        to_assignees(true),
        stopped("bob"),
        escalated(Some(SERVERS)),
        note("sam", "dan kay"),
        person("hal", PersonEvent::Restored(Restored {})),
        started("sam"),
        reply("ann", ""),
        resolved(),
        reopened(),
        assigned(None, "", None),
        resolved(),
        closed(),
    ]);
    facts
}

#[tokio::test]
async fn batches_of_any_size_tell_what_the_whole_log_tells() {
    let world = World::new().await;
    world.say(&[history(), requests::history()].concat()).await;
    world.settled().await;
    let mut expected = Vec::new();
    let mut log = Log::default();
    let mut conn = world.filled(&Notices, "whole", 1_000).await;
    let mut reader = LogReader::after(world.journal.keyring(), world.journal.upcasters(), 0);
    for recorded in reader.page(&mut conn, i64::MAX, 1_000).await.unwrap() {
        expected.extend(log.take(&recorded));
    }
    assert!(expected.len() > 60, "{}", expected.len());
    for size in [1, 2, 7, 1_000] {
        let mut conn = world.filled(&Notices, &format!("by_{size}"), size).await;
        let sql = "select to_jsonb(o) as stored from outbox o order by global_seq, recipient_id";
        let rows = sqlx::query(sql).fetch_all(&mut conn).await.unwrap();
        let stored: Vec<NoticeRow> = rows
            .iter()
            .map(|row| serde_json::from_value(row.get::<Value, _>("stored")).unwrap())
            .collect();
        assert_eq!(stored, expected, "in batches of {size}");
    }
}

#[tokio::test]
async fn notices_are_listed_counted_and_marked() {
    let world = World::new().await;
    world.say(&history()).await;
    let head = world.settled().await;
    world.project().await;
    let (pool, kim) = (world.pool(), id("kim"));
    let all = page(pool, kim, false, 100, None).await.unwrap();
    let numbers: Vec<i64> = all.iter().map(|notice| notice.row.global_seq).collect();
    assert!(numbers.len() > 5 && numbers.is_sorted_by(|newer, older| newer > older));
    assert!(all.iter().all(|notice| notice.read_at.is_none() && notice.row.recipient_id == kim));
    let behind = page(pool, kim, false, 2, Some(numbers[1])).await.unwrap();
    assert_eq!(behind, all[2..4]);

    let store = IdentityStore::new(pool.clone());
    store.mark_read(kim, &[numbers[0], numbers[0], 1], at(1_000)).await.unwrap();
    store.mark_read(kim, &[numbers[0]], at(2_000)).await.unwrap();
    let unread = page(pool, kim, true, 100, None).await.unwrap();
    assert_eq!(unread, all[1..]);
    assert_eq!(unread_count(pool, kim).await.unwrap(), all.len() as i64 - 1);
    assert_eq!(page(pool, kim, false, 1, None).await.unwrap()[0].read_at, Some(at(1_000)));

    store.mark_all_read(kim, numbers[2], at(3_000)).await.unwrap();
    store.mark_all_read(kim, numbers[3], at(4_000)).await.unwrap();
    assert_eq!(page(pool, kim, true, 100, None).await.unwrap(), all[1..2]);
    assert_eq!(unread_count(pool, kim).await.unwrap(), 1);
    let read = page(pool, kim, false, 100, None).await.unwrap();
    assert!(read[2..].iter().all(|notice| notice.read_at == Some(at(3_000))));
    assert_eq!(unread_count(pool, id("kay")).await.unwrap(), all.len() as i64 - 1, "another's");

    let News { rows: popped, through } = since(pool, kim, 0, 100).await.unwrap();
    assert_eq!(through, head, "nothing else will ever come up to here");
    let mut expected: Vec<NoticeRow> = all.iter().map(|notice| notice.row.clone()).collect();
    expected.reverse();
    expected.retain(|row| row.channel == NoticeChannel::InApp);
    assert!(expected.len() < all.len(), "the end is only listed");
    assert_eq!(popped, expected);
    let some = since(pool, kim, popped[0].global_seq, 2).await.unwrap();
    assert_eq!(some.rows, popped[1..3]);
    assert_eq!(some.through, popped[2].global_seq, "a full page may have left some behind");
    assert_eq!(
        since(pool, kim, head, 100).await.unwrap(),
        News { rows: Vec::new(), through: head }
    );
    assert!(page(pool, AGENT, false, 100, None).await.unwrap().is_empty(), "ann did all of it");
}

#[tokio::test]
async fn what_a_crash_took_from_the_outbox_is_not_passed_over() {
    let world = World::new().await;
    world.say(&history()).await;
    world.project().await;
    let (pool, kim) = (world.pool(), id("kim"));
    let all = since(pool, kim, 0, 100).await.unwrap();
    let last = all.rows.last().unwrap().global_seq;
    // A server that comes back without its last commits: rows and progress are of one moment.
    world.tamper(&format!("delete from view_notices.outbox where global_seq >= {last}")).await;
    let back = format!("update view_notices.progress set applied_through = {last} - 1");
    world.tamper(&back).await;
    let less = since(pool, kim, 0, 100).await.unwrap();
    assert_eq!(less.through, last - 1);
    world.project().await;
    let rest = since(pool, kim, less.through, 100).await.unwrap();
    assert_eq!([less.rows, rest.rows].concat(), all.rows);
}
