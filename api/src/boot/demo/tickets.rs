//! The demo's tickets: what came in, and how far each of them got.

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{Actor, PersonId, UnitId};
use domain::ticket::command::{
    Assign, Cancel, Close, Escalate, EscalateTo, Open, Pend, Pressing, Prioritize, Reopen, Resolve,
    Resume, StartWork, StopWork,
};
use domain::ticket::{Impact, PendingReason, Priority, TicketCommand, TicketKind, Tier, Urgency};
use uuid::Uuid;

use super::{App, GatewayError, Seed, World};

/// What a client asks for: subject (index), title, story.
const STORIES: [(usize, &str, &str); 12] = [
    (0, "Mails to suppliers come back", "Every order since this morning bounces with code 550."),
    (1, "Wi-Fi in the warehouse drops", "The scanners lose the network near gate 3."),
    (2, "Label printer prints half labels", "The lower half of each label stays white."),
    (3, "New colleague needs an account", "Starts on Monday in the night shift."),
    (4, "Oven 2 does not report its temperature", "The display at the office shows dashes."),
    (0, "Shared mailbox is full", "We cannot receive complaints any more."),
    (1, "VPN asks for the password twice", "Since the update, at every start."),
    (2, "Invoices come out in colour", "They should be black and white to save ink."),
    (3, "Password forgotten after holidays", "Account locked, please help."),
    (4, "Till 4 freezes when paying by card", "About once an hour, restart helps."),
    (1, "Branch office is offline", "Nobody at Harbour Street reaches the order system."),
    (0, "Spam in the order mailbox", "Hundreds of mails a day since last week."),
];

/// How far a ticket got; each is a prefix of a day's work.
#[derive(Debug, Clone, Copy)]
enum Course {
    Dispatch,
    Unassigned,
    Assigned,
    Working,
    Stopped,
    Waiting(PendingReason),
    Resumed,
    Forwarded,
    Escalated,
    Resolved,
    Reopened,
    Closed,
    ClosedAfterReopening,
    Cancelled,
}

/// Forty tickets, every state among them several times.
const COURSES: [Course; 20] = [
    Course::Dispatch,
    Course::Unassigned,
    Course::Assigned,
    Course::Working,
    Course::Stopped,
    Course::Waiting(PendingReason::Caller),
    Course::Resumed,
    Course::Forwarded,
    Course::Escalated,
    Course::Resolved,
    Course::Reopened,
    Course::Closed,
    Course::ClosedAfterReopening,
    Course::Cancelled,
    Course::Waiting(PendingReason::Vendor),
    Course::Closed,
    Course::Resolved,
    Course::Working,
    Course::Closed,
    Course::Dispatch,
];
const ROUNDS: usize = 2;
/// Between two steps of a ticket.
const STEP: TimeDelta = TimeDelta::minutes(11);

pub(super) async fn seed(seed: &Seed, app: &App, world: &World) -> Result<(), GatewayError> {
    let count = COURSES.len() * ROUNDS;
    // The last ticket's only step is the last of all.
    if Ticket::new(seed, app, world, count - 1).opened_before().await?.is_some() {
        return Ok(());
    }
    for number in 0..count {
        Ticket::new(seed, app, world, number).play().await?;
    }
    Ok(())
}

/// One ticket while it is played.
pub(super) struct Ticket<'a> {
    seed: &'a Seed,
    app: &'a App,
    world: &'a World,
    number: usize,
    id: Uuid,
    at: DateTime<Utc>,
    step: usize,
}

impl<'a> Ticket<'a> {
    pub(super) fn new(seed: &'a Seed, app: &'a App, world: &'a World, number: usize) -> Self {
        // Spread over the last weeks, the newest an hour ago.
        let hours = i64::try_from(COURSES.len() * ROUNDS - number).unwrap_or(1) * 16;
        let at = seed.started - TimeDelta::hours(hours - 15) - TimeDelta::minutes(7);
        Self { seed, app, world, number, id: seed.new_id(), at, step: 0 }
    }

    async fn play(&mut self) -> Result<(), GatewayError> {
        let course = COURSES[self.number % COURSES.len()];
        self.open().await?;
        let desk = self.unit("Service Desk");
        let agent = if self.number.is_multiple_of(2) { "agent1" } else { "agent2" };
        match course {
            Course::Dispatch => Ok(()),
            Course::Unassigned => self.assign("director", desk, &[], None).await,
            Course::Assigned => self.assign("head1", desk, &[agent], None).await,
            Course::Cancelled => self.act("client1", Cancel {}.into(), Some("solved itself")).await,
            _ => {
                self.assign("head1", desk, &[agent], None).await?;
                self.act(agent, StartWork { holder: None }.into(), None).await?;
                self.worked_on(course, agent).await
            }
        }
    }

    async fn worked_on(&mut self, course: Course, agent: &'static str) -> Result<(), GatewayError> {
        match course {
            Course::Stopped => self.act(agent, StopWork {}.into(), None).await,
            Course::Waiting(pending_reason) => self.pend(agent, pending_reason).await,
            Course::Resumed => {
                self.pend(agent, PendingReason::Caller).await?;
                self.act(agent, Resume {}.into(), None).await
            }
            Course::Forwarded => {
                let infrastructure = self.unit("Infrastructure");
                let note = "Cabling checked, the fault is behind the switch.";
                self.assign(agent, infrastructure, &["agent3"], Some(note)).await
            }
            Course::Escalated => {
                let urgent = Prioritize { pressing: Pressing::Decreed(Priority::Critical) };
                self.act(agent, urgent.into(), Some("the bakery stands still")).await?;
                let up = Escalate { to: EscalateTo::Tier(Tier(2)) };
                self.act(agent, up.into(), Some("needs a network specialist")).await
            }
            Course::Resolved => {
                self.at = self.at.max(self.lately());
                self.resolve(agent).await
            }
            Course::Reopened | Course::ClosedAfterReopening => {
                self.resolve(agent).await?;
                self.act("client1", Reopen {}.into(), Some("it happened again")).await?;
                if matches!(course, Course::Reopened) {
                    return Ok(());
                }
                self.resolve(agent).await?;
                self.act("client1", Close {}.into(), None).await
            }
            Course::Closed => {
                self.resolve(agent).await?;
                self.act("head1", Close {}.into(), None).await
            }
            Course::Dispatch
            | Course::Unassigned
            | Course::Assigned
            | Course::Working
            | Course::Cancelled => Ok(()),
        }
    }

    async fn open(&mut self) -> Result<(), GatewayError> {
        if let Some(id) = self.opened_before().await? {
            // A number is spent on a new ticket only.
            self.id = id;
            self.step += 1;
            self.at += STEP;
            return Ok(());
        }
        let (subject, title, story) = STORIES[self.number % STORIES.len()];
        let kind = match subject {
            3 => TicketKind::ServiceRequest,
            _ => TicketKind::Incident,
        };
        let (impact, urgency) = match self.number % 4 {
            0 => (Impact::High, Urgency::Medium),
            1 => (Impact::Medium, Urgency::Medium),
            2 => (Impact::Low, Urgency::High),
            _ => (Impact::Low, Urgency::Low),
        };
        let number = self.seed.gateway.next_ticket_number(kind).await?;
        let open = Open {
            description: Some(story.to_owned()),
            subject: self.world.subjects.get(subject).copied(),
            pressing: Some(Pressing::Judged(impact, urgency)),
            ..Open::new(number, kind, title)
        };
        let command = TicketCommand::Open(Box::new(open));
        self.id = self.perform(self.client(), command, None).await?;
        Ok(())
    }

    /// Within the last days: what was resolved earlier, the desk would have closed by itself.
    fn lately(&self) -> DateTime<Utc> {
        let hours = i64::try_from(COURSES.len() * ROUNDS - self.number).unwrap_or(1);
        self.seed.started - TimeDelta::hours(hours)
    }

    /// Whoever withdraws or contradicts is the client who asked.
    fn client(&self) -> &'static str {
        let own = matches!(
            COURSES[self.number % COURSES.len()],
            Course::Cancelled | Course::Reopened | Course::ClosedAfterReopening
        );
        if own || self.number.is_multiple_of(3) { "client1" } else { "client2" }
    }

    /// The ticket, if an earlier start opened it.
    pub(super) async fn opened_before(&self) -> Result<Option<Uuid>, GatewayError> {
        let actor = Actor::Person(self.person(self.client()));
        self.seed.answered(actor, &self.step_name(0)).await
    }

    fn step_name(&self, step: usize) -> String {
        format!("ticket {} step {step}", self.number)
    }

    async fn assign(
        &mut self,
        by: &'static str,
        unit: Option<UnitId>,
        people: &[&'static str],
        note: Option<&str>,
    ) -> Result<(), GatewayError> {
        let assignees = people.iter().map(|login| self.person(login)).collect();
        let assign = Assign { unit, assignees, note: note.map(str::to_owned) };
        self.act(by, assign.into(), None).await
    }

    async fn pend(
        &mut self,
        by: &'static str,
        pending_reason: PendingReason,
    ) -> Result<(), GatewayError> {
        let pend = Pend { pending_reason, until: None };
        self.act(by, pend.into(), Some("asked for details")).await
    }

    async fn resolve(&mut self, by: &'static str) -> Result<(), GatewayError> {
        let resolve = Resolve {
            code: Some("FIXED".to_owned()),
            solution: Some("Configuration corrected and tested with the client.".to_owned()),
        };
        self.act(by, resolve.into(), None).await
    }

    async fn act(
        &mut self,
        by: &'static str,
        command: TicketCommand,
        reason: Option<&str>,
    ) -> Result<(), GatewayError> {
        self.perform(by, command, reason).await.map(|_| ())
    }

    async fn perform(
        &mut self,
        by: &'static str,
        command: TicketCommand,
        reason: Option<&str>,
    ) -> Result<Uuid, GatewayError> {
        let caller = self.seed.caller(self.app, self.person(by)).await?;
        let step = self.step_name(self.step);
        self.step += 1;
        let at = self.at;
        self.at += STEP;
        self.seed.step(&caller, &step, (self.id, command, reason), at).await
    }

    fn person(&self, login: &str) -> PersonId {
        self.world.people.get(login).copied().unwrap_or(PersonId(Uuid::nil()))
    }

    fn unit(&self, name: &str) -> Option<UnitId> {
        self.world.units.get(name).copied()
    }
}
