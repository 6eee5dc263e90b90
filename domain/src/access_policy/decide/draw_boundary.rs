//! Draw boundary: a sort of subjects does nothing beyond it.

use super::Decided;
use crate::access::model::{Ceiling, SubjectKind};
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
    pub(in crate::access_policy) fn decide(self, policy: &AccessPolicy, _cx: &Context) -> Decided {
        let Self { kind, ceiling } = self;
        if ceiling.as_ref().is_some_and(|ceiling| ceiling.0.len() > PATTERNS_MAX) {
            return Err(AccessPolicyRefusal::BoundaryTooLong);
        }
        if ceiling.as_ref() == policy.boundaries.get(&kind) {
            return Ok(vec![]);
        }
        Ok(vec![AccessPolicyEvent::BoundaryDrawn(BoundaryDrawn { kind, ceiling })])
    }
}
