//! The request's verbs: a table of contents.

use std::collections::BTreeSet;

pub use super::decide::activate::Activate;
pub use super::decide::amend::Amend;
pub use super::decide::answer::Answer;
pub use super::decide::approve::Approve;
pub use super::decide::ask_info::AskInfo;
pub use super::decide::delegate::Delegate;
pub use super::decide::end::End;
pub use super::decide::fail_activation::FailActivation;
pub use super::decide::note_deadline::NoteDeadline;
pub use super::decide::reassign::Reassign;
pub use super::decide::reject::Reject;
pub use super::decide::submit::Submit;
pub use super::decide::vacate::Vacate;
pub use super::decide::void::Void;
pub use super::decide::withdraw::Withdraw;
use super::event::AccessRequestEvent;
use super::known::RequestQuery;
use super::refusal::AccessRequestRefusal;
use super::state::AccessRequest;
use super::wanted::Wanted;
use crate::access::known::AccessNeeds;
use crate::access::model::AccessSubject;
use crate::kernel::{Command, Context, Needs, PersonId};

/// What can be asked of a request.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum AccessRequestCommand {
    Submit(Box<Submit>),
    Approve(Approve),
    Reject(Reject),
    AskInfo(AskInfo),
    Answer(Answer),
    Delegate(Delegate),
    Reassign(Reassign),
    NoteDeadline(NoteDeadline),
    Amend(Box<Amend>),
    Withdraw(Withdraw),
    Vacate(Vacate),
    Void(Void),
    Activate(Activate),
    FailActivation(FailActivation),
    End(End),
}

impl Command for AccessRequestCommand {
    type State = AccessRequest;
    type Event = AccessRequestEvent;
    type Refusal = AccessRequestRefusal;

    fn needs(&self, request: &AccessRequest) -> Needs {
        let query = match self {
            Self::Submit(c) => Some(asking(&c.wanted, None, c.beneficiary)),
            Self::Amend(c) => about(request, [], Some(&c.wanted)),
            Self::Delegate(c) => about(request, [c.to], None),
            Self::Reassign(c) => about(request, [c.to], None),
            Self::Approve(_) | Self::Reject(_) | Self::NoteDeadline(_) | Self::Vacate(_) => {
                about(request, [], None)
            }
            Self::AskInfo(_)
            | Self::Answer(_)
            | Self::Withdraw(_)
            | Self::Void(_)
            | Self::Activate(_)
            | Self::FailActivation(_)
            | Self::End(_) => None,
        };
        let beneficiary = match self {
            Self::Submit(c) => Some(c.beneficiary),
            _ => request.0.as_deref().map(|body| body.beneficiary),
        };
        Needs {
            people: beneficiary.and_then(AccessSubject::person).into_iter().collect(),
            access: AccessNeeds { request: query, ..AccessNeeds::default() },
            ..Needs::default()
        }
    }

    fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Result<Vec<AccessRequestEvent>, AccessRequestRefusal> {
        match self {
            Self::Submit(c) => c.decide(request, cx),
            Self::Approve(c) => c.decide(request, cx),
            Self::Reject(c) => c.decide(request, cx),
            Self::AskInfo(c) => c.decide(request, cx),
            Self::Answer(c) => c.decide(request, cx),
            Self::Delegate(c) => c.decide(request, cx),
            Self::Reassign(c) => c.decide(request, cx),
            Self::NoteDeadline(c) => c.decide(request, cx),
            Self::Amend(c) => c.decide(request, cx),
            Self::Withdraw(c) => c.decide(request, cx),
            Self::Vacate(c) => c.decide(request, cx),
            Self::Void(c) => c.decide(request, cx),
            Self::Activate(c) => c.decide(request, cx),
            Self::FailActivation(c) => c.decide(request, cx),
            Self::End(c) => c.decide(request, cx),
        }
    }
}

fn asking(
    wanted: &Wanted,
    requester: Option<PersonId>,
    beneficiary: AccessSubject,
) -> RequestQuery {
    let (people, spans) = (BTreeSet::new(), BTreeSet::new());
    RequestQuery { wanted: wanted.clone(), requester, beneficiary, people, spans }
}

/// What must be known of a request that was submitted: its seats' holders and these people, and how
/// long its stages take.
fn about<const N: usize>(
    request: &AccessRequest,
    people: [PersonId; N],
    amended: Option<&Wanted>,
) -> Option<RequestQuery> {
    let body = request.0.as_deref()?;
    let mut query = asking(amended.unwrap_or(&body.wanted), body.requester, body.beneficiary);
    query.people.extend(people);
    if let Ok(round) = body.round() {
        query.people.extend(round.seats.values().map(|seat| seat.holder));
        query.people.extend(body.later_holders());
    }
    let stages = body.plan.iter().flat_map(|plan| &plan.stages);
    query.spans.extend(stages.map(|stage| stage.span));
    Some(query)
}
