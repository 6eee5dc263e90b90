//! The verbs on a subject's access: a table of contents.

pub use super::decide::break_glass::BreakGlass;
pub use super::decide::close::Close;
pub use super::decide::confirm::Confirm;
pub use super::decide::delegate::Delegate;
pub use super::decide::end_delegation::EndDelegation;
pub use super::decide::end_exception::EndException;
pub use super::decide::entitle::Entitle;
pub use super::decide::except::Except;
pub use super::decide::expire::Expire;
pub use super::decide::grant::Grant;
pub use super::decide::prolong::Prolong;
pub use super::decide::reopen::Reopen;
pub use super::decide::revoke::Revoke;
pub use super::decide::transfer::Transfer;
use super::event::SubjectAccessEvent;
use super::refusal::SubjectAccessRefusal;
use super::state::SubjectAccess;
use crate::access::known::AccessNeeds;
use crate::access::model::AccessSubject;
use crate::kernel::{Command, Context, Needs};

/// What can be asked of a subject's access.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum SubjectAccessCommand {
    Grant(Box<Grant>),
    Prolong(Prolong),
    Transfer(Transfer),
    Confirm(Confirm),
    Revoke(Revoke),
    Expire(Expire),
    Delegate(Box<Delegate>),
    EndDelegation(EndDelegation),
    BreakGlass(Box<BreakGlass>),
    Except(Box<Except>),
    EndException(EndException),
    Close(Close),
    Reopen(Reopen),
    Entitle(Entitle),
}

impl Command for SubjectAccessCommand {
    type State = SubjectAccess;
    type Event = SubjectAccessEvent;
    type Refusal = SubjectAccessRefusal;

    fn needs(&self, access: &SubjectAccess) -> Needs {
        match self {
            Self::Grant(c) => rules_and(Some(c.subject)),
            Self::Prolong(_) | Self::Confirm(_) => {
                rules_and(access.0.as_deref().map(|body| body.subject))
            }
            Self::Delegate(c) => rules_and(Some(AccessSubject::Person(c.to))),
            Self::BreakGlass(c) => {
                let mut needs = rules_and(Some(c.subject));
                needs.access.policy = true;
                needs.access.groups = c.group.into_iter().collect();
                needs
            }
            Self::Except(c) => {
                let mut needs = rules_and(Some(c.subject));
                needs.people = [c.owner].into();
                needs.access.subjects.insert(AccessSubject::Person(c.owner));
                needs
            }
            Self::Entitle(c) => {
                let mut needs = rules_and(Some(AccessSubject::Person(c.person)));
                needs.access.keepers = true;
                needs
            }
            Self::Reopen(_) => subject(access.0.as_deref().map(|body| body.subject)),
            Self::Revoke(_) | Self::Close(_) | Self::Transfer(_) => {
                let mut needs = rules_and(access.0.as_deref().map(|body| body.subject));
                needs.access.keepers = true;
                needs
            }
            Self::Expire(_) | Self::EndDelegation(_) | Self::EndException(_) => Needs::default(),
        }
    }

    fn decide(
        self,
        access: &SubjectAccess,
        cx: &Context,
    ) -> Result<Vec<SubjectAccessEvent>, SubjectAccessRefusal> {
        match self {
            Self::Grant(c) => c.decide(access, cx),
            Self::Prolong(c) => c.decide(access, cx),
            Self::Transfer(c) => c.decide(access, cx),
            Self::Confirm(c) => c.decide(access, cx),
            Self::Revoke(c) => c.decide(access, cx),
            Self::Expire(c) => c.decide(access, cx),
            Self::Delegate(c) => c.decide(access, cx),
            Self::EndDelegation(c) => c.decide(access, cx),
            Self::BreakGlass(c) => c.decide(access, cx),
            Self::Except(c) => c.decide(access, cx),
            Self::EndException(c) => c.decide(access, cx),
            Self::Close(c) => c.decide(access, cx),
            Self::Reopen(c) => c.decide(access, cx),
            Self::Entitle(c) => c.decide(access, cx),
        }
    }
}

fn subject(subject: Option<AccessSubject>) -> Needs {
    let subjects = subject.into_iter().collect();
    AccessNeeds { subjects, ..AccessNeeds::default() }.into()
}

fn rules_and(whom: Option<AccessSubject>) -> Needs {
    let mut needs = subject(whom);
    needs.access.rules = true;
    needs
}
