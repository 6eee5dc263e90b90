//! Thresholds are recorded once each, as of their exact instant, whatever happens to the servers and
//! their clocks.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use api::gateway::history::{History, Past};
use api::gateway::{Caller, Request};
use api::workers::ticker::record_until;
use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::Aggregate;
use domain::Fact;
use domain::kernel::{Actor, SlaPlanId, Source, TicketId};
use domain::sla::stopwatch::Course;
use domain::sla::{CalendarVersion, ChangePolicy, ClockKind, Hours};
use domain::sla_plan::SlaPlanCommand;
use domain::sla_plan::command::{Define, WantedClock, WantedTargets};
use domain::ticket::command::{ApplyPlan, Open, PlanChoice, Pressing, Prioritize, StartWork};
use domain::ticket::{Priority, Ticket, TicketCommand, TicketKind};
use domain::ticket_clock::TicketClock;
use futures_util::future::join_all;
use journal::StreamEvent;
use projections::sla_timers::due_count;
use projections::worker::ImportUnderWay;
use testbed::{Process, World};
use tokio::time::{sleep, timeout};

use super::desk::Desk;

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks at something that is waited for.
const LOOK: Duration = Duration::from_millis(10);
const REACTION: ClockKind = ClockKind::Reaction;
const DEADLINE: ClockKind = ClockKind::Deadline;

/// A crossing: clock, percent, cycle, and how many seconds after the morning it was.
type Crossed = (ClockKind, u16, u32, i64);

pub(super) fn morning() -> DateTime<Utc> {
    "2031-03-03T08:00:00Z".parse().unwrap()
}

pub(super) fn after(seconds: i64) -> DateTime<Utc> {
    morning() + TimeDelta::seconds(seconds)
}

/// A node of the test's own that keeps no time, and the clock of the servers.
pub(super) struct Stage {
    pub(super) desk: Desk,
    /// Who opens tickets.
    pub(super) agent: Caller,
    clock: PathBuf,
    plan: SlaPlanId,
}

impl Stage {
    /// In the morning, with a plan: who has to react within an hour has four to solve it; of what is
    /// high a quarter, and nothing is asked of what is low.
    pub(super) async fn of(world: &World) -> Self {
        let desk = Desk::of(world).await;
        let plan = SlaPlanId(desk.app.gateway.new_id());
        let targets = |reaction_seconds, deadline_seconds| WantedTargets {
            reaction_seconds,
            work_seconds: 0,
            deadline_seconds,
        };
        let define = Define {
            name: "Gold".to_owned(),
            policy: ChangePolicy::Restate,
            targets: BTreeMap::from([
                (Priority::Critical, targets(0, 0)),
                (Priority::High, targets(900, 0)),
                (Priority::Normal, targets(3_600, 14_400)),
                (Priority::Low, targets(0, 0)),
            ]),
            reaction: WantedClock::default(),
            work: WantedClock::default(),
            deadline: WantedClock::default(),
        };
        let request = Request::new(SlaPlanCommand::Define(Box::new(define)), plan.0);
        desk.app.gateway.execute(&Caller::system(), request).await.unwrap();
        let agent = desk.caller("agent1").await;
        let stage = Self { desk, agent, clock: world.folder().join("clock"), plan };
        stage.now(0);
        stage
    }

    /// It is so many seconds after the morning.
    pub(super) fn now(&self, seconds: i64) {
        let next = self.clock.with_extension("next");
        fs::write(&next, after(seconds).to_rfc3339()).unwrap();
        fs::rename(next, &self.clock).unwrap();
    }

    /// A server by this clock.
    pub(super) fn serve(&self, world: &World) -> Process {
        let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
        Process::start(command.arg("--test-clock").arg(&self.clock), "answers at")
    }

    pub(super) async fn tell(
        &self,
        caller: &Caller,
        (id, command, at): (TicketId, TicketCommand, i64),
    ) {
        let mut request = Request { at: Some(after(at)), ..Request::new(command, id.0) };
        request.reason = Some("So it is.".to_owned());
        self.desk.app.gateway.execute(caller, request).await.unwrap();
    }

    /// A ticket under the plan, opened so many seconds after the morning.
    async fn open(&self, at: i64) -> TicketId {
        let (id, open) = self.opening().await;
        self.tell(&self.agent, (id, open, at)).await;
        id
    }

    /// The same as another desk's history.
    async fn import(&self, at: i64) -> TicketId {
        let (id, open) = self.opening().await;
        let gateway = &self.desk.app.gateway;
        let mut history = History::<TicketCommand>::begin(gateway, id.0).await;
        let past = Past {
            command: open,
            at: after(at),
            on_behalf_of: self.agent.person.as_ref().map(|person| person.who.person),
            correlation_id: gateway.new_id(),
            reason: None,
        };
        history.step(past).await.unwrap();
        history.commit().await.unwrap();
        id
    }

    async fn opening(&self) -> (TicketId, TicketCommand) {
        let gateway = &self.desk.app.gateway;
        let number = gateway.next_ticket_number(TicketKind::Incident).await.unwrap();
        let mut open = Open::new(number, TicketKind::Incident, "Something to do");
        open.plan = PlanChoice::Named(self.plan);
        (TicketId(gateway.new_id()), TicketCommand::Open(Box::new(open)))
    }

    pub(super) async fn clocks(&self, id: TicketId) -> Vec<StreamEvent> {
        self.desk.app.gateway.journal().stream(TicketClock::TYPE, id.0, 0).await.unwrap()
    }

    /// What was recorded of a ticket, in that order.
    async fn crossed(&self, id: TicketId) -> Vec<Crossed> {
        self.clocks(id).await.iter().map(crossed).collect()
    }

    /// What the stopwatch says of its stream, up to now; the earliest first.
    async fn computed(&self, id: TicketId, now: i64) -> Vec<Crossed> {
        let events = self.desk.app.gateway.journal().stream(Ticket::TYPE, id.0, 0).await.unwrap();
        let mut course = Course::default();
        for event in &events {
            let Fact::Ticket(_, said) = event.fact().unwrap() else { panic!("a ticket's") };
            course.fold(event.sequence, event.meta.occurred_at, &said);
        }
        let mut timers = course.timers(1, &BTreeMap::<CalendarVersion, Hours>::new()).unwrap();
        timers.retain(|timer| timer.at <= after(now));
        timers.sort_by_key(|timer| timer.at);
        let at = |at: DateTime<Utc>| (at - morning()).num_seconds();
        timers.iter().map(|it| (it.clock, it.percent, it.cycle, at(it.at))).collect()
    }

    /// Waits until so many crossings are recorded in all.
    pub(super) async fn recorded(&self, count: usize) {
        let reads = &self.desk.app.reads;
        let all = "select count(*) from journal.events where aggregate_type = 'ticket_clock'";
        let there = async {
            while sqlx::query_scalar::<_, i64>(all).fetch_one(reads).await.unwrap() < count as i64 {
                sleep(LOOK).await;
            }
        };
        timeout(PATIENCE, there).await.unwrap();
    }

    /// Waits until the view knows of everything and nothing is due.
    pub(super) async fn nothing_due(&self, now: i64) {
        let app = &self.desk.app;
        app.waiter.caught_up(PATIENCE).await.unwrap();
        let none = async {
            while due_count(&app.reads, after(now)).await.unwrap() > 0 {
                sleep(LOOK).await;
            }
        };
        timeout(PATIENCE, none).await.unwrap();
    }
}

fn crossed(event: &StreamEvent) -> Crossed {
    let Fact::TicketClock(_, said) = event.fact().unwrap() else { panic!("a clock's") };
    let at = event.meta.occurred_at - morning();
    assert_eq!(TimeDelta::seconds(at.num_seconds()), at, "whole seconds");
    let said = said.crossing().expect("nobody is told of it");
    (said.clock, said.percent, said.cycle, at.num_seconds())
}

/// What becomes of a ticket that nobody touches, opened so many seconds after the morning.
fn neglected(opened: i64) -> [Crossed; 4] {
    [
        (REACTION, 75, 1, opened + 2_701),
        (REACTION, 100, 1, opened + 3_601),
        (DEADLINE, 75, 1, opened + 10_801),
        (DEADLINE, 100, 1, opened + 14_401),
    ]
}

// Servers start beside the test's node, which has to go on meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_day_without_a_server_each_threshold_is_recorded_once_as_of_its_instant() {
    let world = World::demo().await;
    let stage = Stage::of(&world).await;
    // Every tenth is started in time.
    let opened: Vec<i64> = (0..270).map(|ticket| ticket * 60).collect();
    let tickets = join_all(opened.iter().map(|at| stage.open(*at))).await;
    for (ticket, at) in tickets.iter().zip(&opened).step_by(10) {
        let start = StartWork { holder: None };
        stage.tell(&stage.agent, (*ticket, start.into(), at + 1_800)).await;
    }
    let expected = |index: usize| {
        let all = neglected(opened[index]);
        if index.is_multiple_of(10) { all[2..].to_vec() } else { all.to_vec() }
    };
    let total: usize = (0..tickets.len()).map(|index| expected(index).len()).sum();
    assert!(total >= 1_000);

    let day = 86_400;
    stage.now(day);
    let (mut one, mut other) = (stage.serve(&world), stage.serve(&world));
    stage.recorded(100).await;
    one.kill();
    one = stage.serve(&world);
    stage.recorded(total).await;
    // Whoever has the lease by now: the other one sends nothing again.
    other.kill();
    let late = stage.open(0).await;
    stage.recorded(total + 4).await;
    stage.nothing_due(day).await;

    for (index, ticket) in tickets.iter().enumerate() {
        assert_eq!(stage.crossed(*ticket).await, expected(index), "{index}");
        assert_eq!(stage.computed(*ticket, day).await, expected(index), "{index}");
    }
    assert_eq!(stage.crossed(late).await, neglected(0));
    let event = &stage.clocks(late).await[0];
    assert_eq!((event.meta.actor, event.meta.source), (Actor::System, Source::Process));
    one.kill();
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}", verified.stdout);
    stage.desk.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_terms_before_a_threshold_arm_it_anew() {
    let world = World::demo().await;
    let stage = Stage::of(&world).await;
    let system = Caller::system();
    let mut tickets = Vec::new();
    for _ in 0..4 {
        tickets.push(stage.open(0).await);
    }
    let [faster, slower, released, kept] = tickets[..] else { panic!("four") };
    let _server = stage.serve(&world);
    for (ticket, priority) in [(faster, Priority::High), (slower, Priority::Low)] {
        let pressing = Pressing::Decreed(priority);
        stage.tell(&system, (ticket, Prioritize { pressing }.into(), 600)).await;
    }
    stage.tell(&system, (released, ApplyPlan { plan: None }.into(), 600)).await;
    stage.now(3_000);
    stage.recorded(3).await;
    stage.nothing_due(3_000).await;
    assert_eq!(stage.crossed(faster).await, [(REACTION, 75, 2, 676), (REACTION, 100, 2, 901)]);
    assert_eq!(stage.crossed(slower).await, []);
    assert_eq!(stage.crossed(released).await, []);
    assert_eq!(stage.crossed(kept).await, neglected(0)[..1]);
    // What was recorded stays, and judged anew it is another cycle's.
    let pressing = Pressing::Decreed(Priority::High);
    stage.tell(&system, (kept, Prioritize { pressing }.into(), 3_000)).await;
    stage.recorded(5).await;
    stage.nothing_due(3_000).await;
    let again = [neglected(0)[0], (REACTION, 75, 2, 3_000), (REACTION, 100, 2, 3_000)];
    assert_eq!(stage.crossed(kept).await, again);
    for ticket in [faster, slower, released, kept] {
        assert_eq!(stage.crossed(ticket).await, stage.computed(ticket, 3_000).await);
    }
    stage.desk.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_is_behind_makes_nothing_recorded_that_is_no_longer_true() {
    let world = World::demo().await;
    let stage = Stage::of(&world).await;
    let started = stage.open(0).await;
    let control = stage.open(60).await;
    stage.nothing_due(0).await;
    let mut database = world.superuser().await;
    let keep = "create table public.before as select * from view_sla_timers.sla_timers";
    sqlx::raw_sql(keep).execute(&mut database).await.unwrap();
    let start = StartWork { holder: None };
    stage.tell(&stage.agent, (started, start.into(), 500)).await;
    stage.nothing_due(0).await;
    // As if the view had not heard of it.
    let back = "update view_sla_timers.sla_timers t
        set version = b.version, course = b.course, next_at = b.next_at
        from public.before b where b.ticket_id = t.ticket_id";
    sqlx::raw_sql(back).execute(&mut database).await.unwrap();
    assert_eq!(due_count(&stage.desk.app.reads, after(2_701)).await.unwrap(), 1);
    stage.now(3_000);
    let _server = stage.serve(&world);
    stage.recorded(1).await;
    // When the next round is over, so is the first one, which looked at all that were due.
    let next = stage.open(0).await;
    stage.recorded(2).await;
    assert_eq!(stage.crossed(control).await, neglected(60)[..1]);
    assert_eq!(stage.crossed(next).await, neglected(0)[..1]);
    assert_eq!(stage.crossed(started).await, []);
    stage.desk.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_skips_nothing_and_unsays_nothing() {
    let world = World::demo().await;
    let stage = Stage::of(&world).await;
    let first = stage.open(0).await;
    let _server = stage.serve(&world);
    let year = 365 * 86_400;
    stage.now(year);
    stage.recorded(4).await;
    assert_eq!(stage.crossed(first).await, neglected(0));
    stage.now(1);
    let second = stage.open(1).await;
    stage.nothing_due(1).await;
    assert_eq!(stage.crossed(second).await, []);
    stage.now(2_702);
    stage.recorded(5).await;
    stage.now(year);
    stage.recorded(8).await;
    stage.nothing_due(year).await;
    assert_eq!(stage.crossed(second).await, neglected(1));
    assert_eq!(stage.crossed(first).await, neglected(0));
    stage.desk.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_an_import_is_under_way_its_tickets_wait_for_their_own_history() {
    let world = World::demo().await;
    let stage = Stage::of(&world).await;
    let _server = stage.serve(&world);
    let import = ImportUnderWay::begin(&world.options()).await.unwrap();
    let told = stage.import(0).await;
    let own = stage.open(60).await;
    stage.now(20_000);
    stage.recorded(4).await;
    assert_eq!(stage.crossed(own).await, neglected(60));
    assert_eq!(stage.crossed(told).await, []);

    let gateway = &stage.desk.app.gateway;
    assert_eq!(record_until(gateway, own, after(20_000)).await.unwrap(), 0);
    assert_eq!(record_until(gateway, told, after(2_700)).await.unwrap(), 0);
    assert_eq!(record_until(gateway, told, after(3_601)).await.unwrap(), 2);
    assert_eq!(record_until(gateway, told, after(3_601)).await.unwrap(), 0);
    assert_eq!(stage.crossed(told).await, neglected(0)[..2]);
    // It is left open: time goes on for it.
    drop(import);
    stage.recorded(8).await;
    stage.nothing_due(20_000).await;
    assert_eq!(stage.crossed(told).await, neglected(0));
    let sources: Vec<Source> =
        stage.clocks(told).await.iter().map(|event| event.meta.source).collect();
    let (import, process) = (Source::Import, Source::Process);
    assert_eq!(sources, [import, import, process, process]);
    stage.desk.app.close().await;
}
