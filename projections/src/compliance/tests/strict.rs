//! What a report is not misled by: approvals of something else, ends that have not come, roles that
//! were redefined, signatures that came late.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Fact;
use domain::access::model::{
    AccessSubject, Entry, GrantSource, Granted, Human, Lifted, RiskTier, RoleDefinition, Scope,
};
use domain::access_request::AccessRequestEvent;
use domain::access_request::event::{Approved, Submitted, Voted};
use domain::access_request::wanted::{Wanted, What};
use domain::access_request::words::Vote;
use domain::kernel::{
    AccessRequestId, CiId, DataSubject, DenyRuleId, ExceptionId, PersonId, Personal,
};
use domain::person::{PersonEvent, Role, event as person};
use domain::role::RoleEvent;
use domain::subject_access::SubjectAccessEvent;
use domain::subject_access::event::{Excepted, ExceptionEnded, Expired, GrantMade, Prolonged};
use uuid::Uuid;

use super::super::Value;
use super::{always, figure, made, number, recorded, value};
use crate::testing::access::{
    closed, defined, definition, grant, granted, made as made_grant, of, opened, role,
};
use crate::testing::{AGENT, World, at, registered};

const SOMEBODY: PersonId = PersonId(Uuid::from_u128(0x61));
const RULE: DenyRuleId = DenyRuleId(Uuid::from_u128(0x62));
const OTHER_RULE: DenyRuleId = DenyRuleId(Uuid::from_u128(0x63));

fn somebody() -> AccessSubject {
    AccessSubject::Person(SOMEBODY)
}

fn request(number: u128) -> AccessRequestId {
    AccessRequestId(Uuid::from_u128(0x70 + number))
}

/// When what was asked for ends: behind every period.
fn end() -> DateTime<Utc> {
    always().1 + TimeDelta::days(90)
}

/// Asked for and approved.
fn approved(number: u128, what: What, vote: bool) -> Vec<Fact> {
    let submitted = Submitted {
        requester: Some(SOMEBODY),
        beneficiary: somebody(),
        wanted: Wanted { what, scope: Scope::Everywhere, from: None, until: Some(end()) },
        justification: Personal::of(DataSubject::Person(SOMEBODY), "It is needed".to_owned()),
        renews: None,
    };
    let voted =
        Voted { seat: AGENT, by: AGENT, human: Human(AGENT), vote: Vote::Approve, comment: None };
    let mut events = vec![AccessRequestEvent::Submitted(Box::new(submitted))];
    events.extend(vote.then_some(AccessRequestEvent::Voted(voted)));
    events.push(AccessRequestEvent::Approved(Approved {}));
    events.into_iter().map(|event| Fact::AccessRequest(request(number), event)).collect()
}

fn requested(number: u128, of: AccessRequestId) -> GrantMade {
    let (source, until) = (GrantSource::Request, Some(end()));
    GrantMade { request: Some(of), source, until, ..made_grant(number, role(1)) }
}

fn excepted(number: u128, lifts: DenyRuleId, request: Option<AccessRequestId>) -> Fact {
    let excepted = Excepted {
        exception: ExceptionId(Uuid::from_u128(number)),
        lifts: Lifted::Deny(lifts),
        owner: AGENT,
        control: "A weekly review".to_owned(),
        from: DateTime::UNIX_EPOCH,
        until: end(),
        request,
    };
    of(somebody(), SubjectAccessEvent::Excepted(Box::new(excepted)))
}

fn permitted(number: u128, action: &str) -> GrantMade {
    let what = Granted::Entry(Box::new(Entry::of([action.parse().unwrap()])));
    GrantMade { what, ..made_grant(number, role(1)) }
}

#[tokio::test]
async fn an_approval_is_of_the_role_the_place_and_the_time_that_were_asked_for() {
    let world = World::new().await;
    let wanted = What::Role { role: role(1) };
    let control = "A weekly review".to_owned();
    let lifted = What::Exception { lifts: Lifted::Deny(RULE), control };
    let fits = requested(1, request(0));
    let sooner = GrantMade { until: Some(end() - TimeDelta::days(1)), ..requested(2, request(1)) };
    let longer = GrantMade { until: Some(end() + TimeDelta::days(1)), ..requested(3, request(0)) };
    let endless = GrantMade { until: None, ..requested(4, request(0)) };
    let item = Scope::Item(CiId(Uuid::from_u128(1)));
    let elsewhere = GrantMade { scope: item, ..requested(5, request(0)) };
    let unlike = GrantMade { request: Some(request(2)), ..permitted(6, "ticket.open") };
    let mut facts = vec![registered(SOMEBODY, "somebody", Role::Agent, None)];
    facts.push(defined(definition(1, &["ticket.open"])));
    facts.extend(approved(0, wanted.clone(), true));
    facts.extend(approved(1, wanted, false));
    facts.extend(approved(2, lifted, true));
    facts.push(opened(somebody()));
    let grants = [fits, sooner, longer, endless, elsewhere, unlike];
    facts.extend(grants.map(|grant| granted(somebody(), grant)));
    world.say(&facts).await;
    let report = made(&world, always(), world.settled().await).await;
    let chained = &figure(&report, 3, "made_upon_approval").items;
    let voters: Vec<Option<&str>> =
        chained.iter().map(|item| item.cells.get("approved_by").map(String::as_str)).collect();
    assert_eq!(voters, [Some(&*AGENT.to_string()), None]);
    assert_eq!(number(&report, 3, "made_upon_approval_without_vote"), 1);
    let unchained = figure(&report, 3, "made_without_approval");
    assert_eq!(unchained.value, Value::Number(4));
    assert_eq!(unchained.items[3].cells["actions"], "ticket.open");
}

#[tokio::test]
async fn an_exception_is_of_the_rule_that_was_asked_for_and_opens_to_its_end() {
    let world = World::new().await;
    let control = "A weekly review".to_owned();
    let lifted = What::Exception { lifts: Lifted::Deny(RULE), control };
    let mut facts = vec![registered(SOMEBODY, "somebody", Role::Agent, None)];
    facts.extend(approved(0, lifted, true));
    facts.push(opened(somebody()));
    facts.push(excepted(1, RULE, Some(request(0))));
    facts.push(excepted(2, OTHER_RULE, Some(request(0))));
    facts.push(excepted(3, RULE, None));
    facts.push(excepted(4, RULE, None));
    let ended = ExceptionEnded { exception: ExceptionId(Uuid::from_u128(4)) };
    facts.push(of(somebody(), SubjectAccessEvent::ExceptionEnded(ended)));
    world.say(&facts).await;
    let head = world.settled().await;
    let report = made(&world, always(), head).await;
    assert_eq!(number(&report, 6, "exceptions_made"), 4);
    let ended = figure(&report, 6, "exceptions_ended");
    assert_eq!((&ended.value, ended.events.to_string()), (&Value::Number(1), "9-10".to_owned()));
    assert!(ended.items[0].cells.contains_key("ended_at"));
    let open = ["exceptions_at_end", "exceptions_at_end_without_request"];
    assert_eq!(open.map(|name| number(&report, 6, name)), [3, 1]);
    let unapproved = figure(&report, 6, "exceptions_at_end_without_approval");
    let rules = unapproved.items.iter().map(|item| item.cells["deny_rule"].clone());
    assert_eq!(rules.collect::<Vec<_>>(), [OTHER_RULE, RULE].map(|rule| rule.to_string()));
}

#[tokio::test]
async fn whoever_left_has_what_ends_later_than_anything_that_was_recorded() {
    let world = World::new().await;
    let left = Fact::Person(SOMEBODY, PersonEvent::Left(person::Left {}));
    let mut facts = vec![registered(SOMEBODY, "somebody", Role::Agent, None), opened(somebody())];
    let next_day = Some(at(4) + TimeDelta::hours(25));
    let ends = GrantMade { until: next_day, ..made_grant(1, role(1)) };
    let ends_later = GrantMade { until: Some(end()), ..made_grant(2, role(1)) };
    facts.extend([defined(definition(1, &["ticket.open"])), granted(somebody(), ends), left]);
    world.say(&facts).await;
    let head = world.settled().await;
    let report = made(&world, always(), head).await;
    assert_eq!(number(&report, 4, "still_having_something"), 0);
    assert_eq!(number(&report, 4, "seconds_max"), 90_000);
    assert_eq!(number(&report, 4, "later_than_a_day"), 1);
    world.say(&[granted(somebody(), ends_later)]).await;
    let head = world.settled().await;
    let report = made(&world, always(), head).await;
    assert_eq!(number(&report, 4, "still_having_something"), 1);
    assert_eq!(value(&report, 4, "seconds_max"), Value::Nothing);
}

#[tokio::test]
async fn what_was_prolonged_expired_or_given_to_oneself_is_told_apart() {
    let world = World::new().await;
    let wanted = What::Role { role: role(1) };
    let linked = PersonEvent::AccountLinked(person::AccountLinked { human: Human(AGENT) });
    let prolonged = |number, until, request| {
        let grant = grant(number);
        of(somebody(), SubjectAccessEvent::Prolonged(Prolonged { grant, until, request }))
    };
    let soon = GrantMade { until: Some(at(99)), ..made_grant(3, role(1)) };
    let mut facts = approved(0, wanted, true);
    facts.extend([
        // 4: AGENT does everything here.
        registered(AGENT, "agent", Role::Agent, None),
        registered(SOMEBODY, "somebody", Role::Agent, None),
        opened(somebody()),
        granted(somebody(), GrantMade { until: Some(at(99)), ..made_grant(1, role(1)) }),
        granted(somebody(), GrantMade { until: Some(at(99)), ..made_grant(2, role(1)) }),
        prolonged(1, Some(end()), Some(request(0))),
        prolonged(1, None, Some(request(0))),
        prolonged(2, Some(end()), None),
        // 12
        Fact::Person(SOMEBODY, linked),
        granted(somebody(), soon),
        of(somebody(), SubjectAccessEvent::Expired(Expired { grant: grant(3) })),
    ]);
    world.say(&facts).await;
    let report = made(&world, always(), world.settled().await).await;
    let shown = |name| figure(&report, 3, name).events.to_string();
    assert_eq!(shown("prolonged"), "9-11");
    assert_eq!(
        shown("prolonged_without_approval"),
        "10-11",
        "longer than was approved, and unasked"
    );
    assert_eq!(shown("made_to_oneself"), "13", "with another account");
    assert_eq!(shown("expired"), "14");
}

#[tokio::test]
async fn of_several_leavers_the_nearest_rank_is_told() {
    let world = World::new().await;
    let people: Vec<PersonId> = (1..=3).map(|id| PersonId(Uuid::from_u128(0x90 + id))).collect();
    let mut facts = vec![defined(definition(1, &["ticket.open"]))];
    for (place, person) in people.iter().enumerate() {
        let subject = AccessSubject::Person(*person);
        facts.push(registered(*person, &format!("leaver{place}"), Role::Agent, None));
        facts.push(opened(subject));
        facts.push(granted(subject, made_grant(place as u128, role(1))));
    }
    let left = |person: &PersonId| Fact::Person(*person, PersonEvent::Left(person::Left {}));
    facts.extend(people.iter().map(left));
    // After three, four and two minutes.
    facts.extend([0, 2].map(|place| closed(AccessSubject::Person(people[place]))));
    facts.push(closed(AccessSubject::Person(people[1])));
    world.say(&facts).await;
    let report = made(&world, always(), world.settled().await).await;
    let seconds = ["seconds_p50", "seconds_p95", "seconds_max"].map(|it| number(&report, 4, it));
    assert_eq!(seconds, [180, 240, 240]);
}

#[tokio::test]
async fn what_was_privileged_when_it_was_given_is_told_whatever_the_role_is_now() {
    let world = World::new().await;
    let standard = definition(1, &["ticket.open"]);
    let privileged = RoleDefinition { risk: RiskTier::Privileged, ..standard.clone() };
    let redefined =
        |role: RoleDefinition| Fact::Role(role.id, RoleEvent::Redefined(Box::new(role)));
    let of_role = |number| granted(somebody(), made_grant(number, role(1)));
    world
        .say(&[
            registered(SOMEBODY, "somebody", Role::Agent, None),
            opened(somebody()),
            defined(standard.clone()),
            of_role(1),
            redefined(privileged),
            of_role(2),
            redefined(standard),
            of_role(3),
            granted(somebody(), permitted(4, "person.change_role")),
            granted(somebody(), permitted(5, "ticket.assign")),
        ])
        .await;
    let head = world.settled().await;
    let report = made(&world, always(), head).await;
    assert_eq!(number(&report, 7, "privileged_roles"), 0);
    assert_eq!(figure(&report, 7, "made").events.to_string(), "6,9");
    assert_eq!(figure(&report, 7, "held_at_end").events.to_string(), "9");
    // A period that begins while it is privileged knows so.
    let turn = (recorded(&world, 6).await, always().1);
    let report = made(&world, turn, head).await;
    assert_eq!(figure(&report, 7, "made").events.to_string(), "6,9");
}

#[tokio::test]
async fn an_event_waits_for_its_signature_past_the_end_of_the_period() {
    let world = World::with_story().await;
    let head = world.settled().await;
    let period = (always().0, recorded(&world, 3).await);
    let none = made(&world, period, head).await;
    assert_eq!(value(&none, 12, "slowest_signature_milliseconds"), Value::Nothing);
    let sign = "insert into journal.checkpoints (size, root, note, recorded_at)
        select 5, decode(repeat('ab', 32), 'hex'), E'x\\n5\\n\\n\u{2014} example.org/log AAAA\\n',
            recorded_at + interval '1 hour' from journal.log where global_seq = 1";
    world.tamper(sign).await;
    let late = made(&world, period, head).await;
    assert_eq!((late.through, number(&late, 12, "checkpoints_in_period")), (2, 0));
    let slowest = figure(&late, 12, "slowest_signature_milliseconds");
    assert_eq!(
        (&slowest.value, slowest.events.to_string()),
        (&Value::Number(3_600_000), "1".into())
    );
    let within = made(&world, always(), head).await;
    assert_eq!(number(&within, 12, "checkpoints_in_period"), 1);
}
