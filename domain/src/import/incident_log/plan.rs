//! The steps of one row, laid out on the state as it will be after each of them.
//!
//! Follows the life cycle without asking for facts: where the domain may answer in two ways (who
//! holds a reopened ticket), the steps that follow are right for both.

use std::collections::BTreeSet;

use super::map::{Resolved, Step};
use super::row::{IncidentRow, RowState};
use crate::kernel::{PersonId, UnitId};
use crate::ticket::command::{
    Assign, Classify, Close, Open, Pend, Pressing, Prioritize, Reopen, Resolve, Resume, StartWork,
    StopWork,
};
use crate::ticket::state::Body;
use crate::ticket::{PendingReason, Ticket, TicketCommand, TicketKind, TicketState};

/// What the ticket will be in after the steps so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Now {
    /// New or assigned.
    Resting,
    /// In progress.
    Held(PersonId),
    /// Reopened: the last holder has it, or nobody.
    Returned(PersonId),
    Pending(Option<PendingReason>),
    Resolved,
    Closed,
    Cancelled,
}

/// The steps so far and what they lead to.
pub(super) struct Plan<'a> {
    row: &'a IncidentRow,
    names: &'a Resolved,
    unit: Option<UnitId>,
    assignees: BTreeSet<PersonId>,
    last_holder: Option<PersonId>,
    now: Now,
    steps: Vec<Step>,
}

/// What a priority set outright gives as its reason.
const RECORDED: &str = "as recorded, without impact or urgency";

impl<'a> Plan<'a> {
    /// All steps of the row.
    pub(super) fn of(row: &'a IncidentRow, names: &'a Resolved, ticket: &Ticket) -> Vec<Step> {
        let mut plan = Self {
            row,
            names,
            unit: names.unit,
            assignees: names.assignee.into_iter().collect(),
            last_holder: None,
            now: Now::Resting,
            steps: Vec::new(),
        };
        match ticket.0.as_deref() {
            None => {
                plan.open();
                plan.reach(row.state, false);
            }
            Some(body) => plan.follow(body),
        }
        plan.steps
    }

    /// M2, M11: data first, then the state; a closed ticket only after it was reopened.
    fn follow(&mut self, body: &Body) {
        self.unit = body.unit;
        self.assignees = body.assignees.clone();
        self.last_holder = body.last_holder;
        self.now = now(body);
        let stays = matches!(self.row.state, RowState::Closed | RowState::Unknown);
        match self.now {
            Now::Cancelled => return,
            Now::Closed if stays => return,
            Now::Closed => self.reopen(),
            Now::Resting | Now::Held(_) | Now::Returned(_) | Now::Pending(_) | Now::Resolved => {}
        }
        let was_held = matches!(self.now, Now::Held(_));
        for (key, command) in data_steps(self.row, self.names, body).into_iter().flatten() {
            if let TicketCommand::Assign(assign) = &command {
                self.unit = assign.unit;
                self.assignees = assign.assignees.clone();
                self.let_go();
            }
            self.push(key, command);
        }
        self.reach(self.row.state, was_held);
    }

    fn reach(&mut self, state: RowState, was_held: bool) {
        match state {
            RowState::Unknown if was_held => self.work(),
            RowState::Unknown => {}
            RowState::New => self.rest(),
            RowState::Active => self.work(),
            RowState::Awaiting(reason) => self.wait(reason.unwrap_or(PendingReason::Other)),
            RowState::Resolved => self.resolve(),
            RowState::Closed => {
                self.resolve();
                self.push("close", TicketCommand::Close(Close {}));
            }
        }
    }

    /// M1
    fn open(&mut self) {
        let (row, names) = (self.row, self.names);
        let command = TicketCommand::Open(Box::new(Open {
            number: names.number.clone(),
            kind: TicketKind::Incident,
            title: names.title.clone(),
            description: None,
            subject: names.subject,
            pressing: pressing(row),
            requester: Some(names.requester),
            unit: names.unit,
            assignees: self.assignees.clone(),
            external_ref: Some(row.number.clone()),
            individual: false,
            task_of: None,
            routing: None,
            plan: names.plan,
            deadline_at: None,
        }));
        let at = row.opened_at.map_or(row.updated_at, |opened| opened.min(row.updated_at));
        self.steps.push(Step { key: "open", at, by: names.author, reason: None, command });
    }

    /// M4: nobody works on it, it waits for nothing.
    fn rest(&mut self) {
        match self.now {
            Now::Resting | Now::Closed | Now::Cancelled => return,
            Now::Held(_) => self.push("stop_work", TicketCommand::StopWork(StopWork {})),
            Now::Returned(_) => self.settle(),
            Now::Pending(_) => self.push("resume", TicketCommand::Resume(Resume {})),
            Now::Resolved => {
                self.reopen();
                self.settle();
            }
        }
        self.now = Now::Resting;
    }

    /// M3: in progress, held by whom the row names.
    fn work(&mut self) {
        if self.now == Now::Resolved {
            self.reopen();
        }
        let holder = self.names.assignee.unwrap_or(self.names.doer);
        match self.now {
            Now::Held(current) if self.names.assignee.is_none_or(|named| named == current) => {
                return;
            }
            Now::Returned(last) if last == holder => {}
            Now::Held(_) | Now::Returned(_) => self.settle(),
            Now::Pending(_) => self.rest(),
            Now::Resting | Now::Resolved | Now::Closed | Now::Cancelled => {}
        }
        self.push("start_work", TicketCommand::StartWork(StartWork { holder: Some(holder) }));
        self.now = Now::Held(holder);
    }

    /// M4: waiting for `reason`.
    fn wait(&mut self, reason: PendingReason) {
        match self.now {
            Now::Pending(current) if current == Some(reason) => return,
            Now::Pending(_) => self.rest(),
            Now::Resolved => self.reopen(),
            Now::Resting | Now::Held(_) | Now::Returned(_) | Now::Closed | Now::Cancelled => {}
        }
        let command = TicketCommand::Pend(Pend { pending_reason: reason, until: None });
        self.push("pend", command);
        self.now = Now::Pending(Some(reason));
    }

    /// M5
    fn resolve(&mut self) {
        if self.now == Now::Resolved {
            return;
        }
        self.work();
        let code = self.row.closed_code.clone();
        self.push("resolve", TicketCommand::Resolve(Resolve { code, solution: None }));
        self.now = Now::Resolved;
    }

    fn reopen(&mut self) {
        self.push("reopen", TicketCommand::Reopen(Reopen {}));
        self.now = self.last_holder.map_or(Now::Resting, Now::Returned);
    }

    /// Given once more to whom it is assigned already: ends the hold if anybody has it, changes
    /// nothing else.
    fn settle(&mut self) {
        let (unit, assignees) = (self.unit, self.assignees.clone());
        self.push("settle", TicketCommand::Assign(Assign { unit, assignees, note: None }));
        self.let_go();
    }

    fn let_go(&mut self) {
        if matches!(self.now, Now::Held(_) | Now::Returned(_)) {
            self.now = Now::Resting;
        }
    }

    fn push(&mut self, key: &'static str, command: TicketCommand) {
        let reason = matches!(
            command,
            TicketCommand::Prioritize(Prioritize { pressing: Pressing::Decreed(_) })
        )
        .then_some(RECORDED);
        let (at, by) = (self.row.updated_at, self.names.doer);
        self.steps.push(Step { key, at, by, reason, command });
    }
}

/// A step's key and command, if the row differs there.
type Change = Option<(&'static str, TicketCommand)>;

/// M2, M6: classify, prioritize, assign, where the row differs from the ticket.
pub(super) fn data_steps(row: &IncidentRow, names: &Resolved, body: &Body) -> [Change; 3] {
    let classify = names
        .subject
        .filter(|subject| body.subject != Some(*subject))
        .map(|subject| TicketCommand::Classify(Classify { kind: None, subject: Some(subject) }));
    let prioritize = pressing(row)
        .filter(|pressing| match *pressing {
            Pressing::Judged(impact, urgency) => {
                (body.impact, body.urgency) != (Some(impact), Some(urgency))
            }
            Pressing::Decreed(priority) => body.priority != priority,
        })
        .map(|pressing| TicketCommand::Prioritize(Prioritize { pressing }));
    let assignees: BTreeSet<PersonId> = names.assignee.into_iter().collect();
    let assign = ((names.unit, &assignees) != (body.unit, &body.assignees)).then(|| {
        TicketCommand::Assign(Assign { unit: names.unit, assignees: assignees.clone(), note: None })
    });
    [
        classify.map(|command| ("classify", command)),
        prioritize.map(|command| ("prioritize", command)),
        assign.map(|command| ("assign", command)),
    ]
}

/// M6: by the matrix where both are known, else as recorded.
fn pressing(row: &IncidentRow) -> Option<Pressing> {
    match (row.impact, row.urgency, row.priority) {
        (Some(impact), Some(urgency), _) => Some(Pressing::Judged(impact, urgency)),
        (_, _, Some(priority)) => Some(Pressing::Decreed(priority)),
        _ => None,
    }
}

fn now(body: &Body) -> Now {
    match body.state {
        TicketState::New | TicketState::Assigned => Now::Resting,
        TicketState::InProgress => body.holder.map_or(Now::Resting, Now::Held),
        TicketState::Pending => Now::Pending(body.pending_reason),
        TicketState::Resolved => Now::Resolved,
        TicketState::Closed => Now::Closed,
        TicketState::Cancelled => Now::Cancelled,
    }
}
