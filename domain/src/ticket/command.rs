//! The ticket's verbs: a table of contents. Each verb's rule stands in `decide/<verb>.rs`.

pub use super::decide::apply_plan::ApplyPlan;
pub use super::decide::assign::Assign;
pub use super::decide::cancel::Cancel;
pub use super::decide::classify::Classify;
pub use super::decide::close::Close;
pub use super::decide::escalate::{Escalate, EscalateTo};
pub use super::decide::merge::Merge;
pub use super::decide::open::Open;
pub use super::decide::pend::Pend;
pub use super::decide::prioritize::{Pressing, Prioritize};
pub use super::decide::reopen::Reopen;
pub use super::decide::resolve::Resolve;
pub use super::decide::resolve_with_parent::ResolveWithParent;
pub use super::decide::resolve_with_tasks::ResolveWithTasks;
pub use super::decide::restate_terms::RestateTerms;
pub use super::decide::resume::Resume;
pub use super::decide::start_work::StartWork;
pub use super::decide::stop_work::StopWork;
pub use super::decide::terms::PlanChoice;
use super::decide::terms::needs_of;
use super::event::TicketEvent;
use super::refusal::TicketRefusal;
use super::state::Ticket;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a ticket.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum TicketCommand {
    Open(Box<Open>),
    Assign(Assign),
    StartWork(StartWork),
    StopWork(StopWork),
    Pend(Pend),
    Resume(Resume),
    Resolve(Resolve),
    ResolveWithParent(ResolveWithParent),
    Reopen(Reopen),
    Close(Close),
    Cancel(Cancel),
    Classify(Classify),
    Prioritize(Prioritize),
    Escalate(Escalate),
    Merge(Merge),
    ResolveWithTasks(ResolveWithTasks),
    ApplyPlan(ApplyPlan),
    RestateTerms(RestateTerms),
}

macro_rules! from_verb {
    ($($verb:ident),+ $(,)?) => {$(
        impl From<$verb> for TicketCommand {
            fn from(verb: $verb) -> Self {
                Self::$verb(verb)
            }
        }
    )+};
}

from_verb!(
    Assign,
    StartWork,
    StopWork,
    Pend,
    Resume,
    Resolve,
    ResolveWithParent,
    Reopen,
    Close,
    Cancel,
    Classify,
    Prioritize,
    Escalate,
    Merge,
    ResolveWithTasks,
    ApplyPlan,
    RestateTerms,
);

impl Command for TicketCommand {
    type State = Ticket;
    type Event = TicketEvent;
    type Refusal = TicketRefusal;

    fn needs(&self, ticket: &Ticket) -> Needs {
        match self {
            Self::Open(c) => c.needs(),
            Self::Assign(c) => c.needs(),
            Self::StartWork(c) => c.needs(),
            Self::Reopen(c) => c.needs(ticket),
            Self::Classify(c) => c.needs(ticket),
            Self::Prioritize(_) => needs_of(ticket.0.as_deref()),
            Self::ApplyPlan(c) => c.needs(),
            Self::RestateTerms(c) => c.needs(ticket),
            Self::Escalate(c) => c.needs(),
            Self::Merge(c) => c.needs(),
            Self::StopWork(_)
            | Self::Pend(_)
            | Self::Resume(_)
            | Self::Resolve(_)
            | Self::ResolveWithParent(_)
            | Self::Close(_)
            | Self::Cancel(_)
            | Self::ResolveWithTasks(_) => Needs::default(),
        }
    }

    fn decide(self, ticket: &Ticket, cx: &Context) -> Result<Vec<TicketEvent>, TicketRefusal> {
        match self {
            Self::Open(c) => c.decide(ticket, cx),
            Self::Assign(c) => c.decide(ticket, cx),
            Self::StartWork(c) => c.decide(ticket, cx),
            Self::StopWork(c) => c.decide(ticket, cx),
            Self::Pend(c) => c.decide(ticket, cx),
            Self::Resume(c) => c.decide(ticket, cx),
            Self::Resolve(c) => c.decide(ticket, cx),
            Self::ResolveWithParent(c) => c.decide(ticket, cx),
            Self::Reopen(c) => c.decide(ticket, cx),
            Self::Close(c) => c.decide(ticket, cx),
            Self::Cancel(c) => c.decide(ticket, cx),
            Self::Classify(c) => c.decide(ticket, cx),
            Self::Prioritize(c) => c.decide(ticket, cx),
            Self::Escalate(c) => c.decide(ticket, cx),
            Self::Merge(c) => c.decide(ticket, cx),
            Self::ResolveWithTasks(c) => c.decide(ticket, cx),
            Self::ApplyPlan(c) => c.decide(ticket, cx),
            Self::RestateTerms(c) => c.decide(ticket, cx),
        }
    }

    fn claims(_before: &Ticket, event: &TicketEvent) -> Vec<ClaimChange> {
        let TicketEvent::Opened(opened) = event else { return Vec::new() };
        let hold =
            |scope, key: &String| ClaimChange::Hold { scope, key: ClaimKey::Plain(key.clone()) };
        let mut claims = vec![hold("ticket.number", &opened.number)];
        claims.extend(opened.external_ref.as_ref().map(|key| hold("ticket.external_ref", key)));
        claims
    }
}
