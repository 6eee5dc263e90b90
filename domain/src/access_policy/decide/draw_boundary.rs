//! Draw boundary: a sort of subjects does nothing beyond it.

use super::Decided;
use crate::access::doer::Doer;
use crate::access::model::{ActionName, ActionPattern, Ceiling, SubjectKind};
use crate::access_policy::event::{AccessPolicyEvent, BoundaryDrawn};
use crate::access_policy::refusal::AccessPolicyRefusal;
use crate::access_policy::state::AccessPolicy;
use crate::kernel::Context;

/// Most patterns of a boundary.
pub(in crate::access_policy) const PATTERNS_MAX: usize = 200;

/// AP1, AP6. Subjects of this sort do nothing else from now on. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawBoundary {
    /// Which sort.
    pub kind: SubjectKind,
    /// What they may do at most; none: anything that is granted.
    pub ceiling: Option<Ceiling>,
}

impl DrawBoundary {
    pub(in crate::access_policy) fn decide(self, policy: &AccessPolicy, cx: &Context) -> Decided {
        let Self { kind, ceiling } = self;
        if ceiling.as_ref().is_some_and(|ceiling| ceiling.0.len() > PATTERNS_MAX) {
            return Err(AccessPolicyRefusal::BoundaryTooLong);
        }
        if ceiling.as_ref() == policy.boundaries.get(&kind) {
            return Ok(vec![]);
        }
        must_not_bind((policy.boundaries.get(&kind), ceiling.as_ref()), cx)?;
        Ok(vec![AccessPolicyEvent::BoundaryDrawn(BoundaryDrawn { kind, ceiling })])
    }
}

/// AP6: what is permitted after, and was not before, whoever does it does not hold.
fn must_not_bind(
    (before, after): (Option<&Ceiling>, Option<&Ceiling>),
    cx: &Context,
) -> Result<(), AccessPolicyRefusal> {
    let (Some(before), doer) = (before, Doer::of(cx)) else { return Ok(()) };
    let widened =
        |name: &ActionName| !before.permits(name) && after.is_none_or(|after| after.permits(name));
    let mut names = doer.rules.registry.actions().map(|(_, info)| &info.name);
    let bound = names.find(|name| widened(name) && doer.holds_some(&ActionPattern::from(*name)));
    match bound.filter(|_| !doer.is_annals()) {
        Some(action) => Err(AccessPolicyRefusal::BoundaryBindsActor { action: action.clone() }),
        None => Ok(()),
    }
}
