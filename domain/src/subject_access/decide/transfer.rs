//! Transfer: whoever moves has what they had for a while yet.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Decided, REVIEW_DAYS, must_leave_keepers};
use crate::access::model::{Grant, GrantSource};
use crate::kernel::{Actor, Context, GrantId};
use crate::subject_access::event::{Shortened, Shortening, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::{SubjectAccess, stands};

/// SA10, SA13. Of what the person had before, what rules give no more ends with the grace, and all that
/// somebody gave them when nobody has confirmed it. What ends sooner anyway is left as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// From when on they work elsewhere.
    pub moved: DateTime<Utc>,
    /// How many days longer they keep what rules give no more.
    pub grace_days: u8,
    /// What they had before; what comes with the move is none of it.
    pub had: BTreeSet<GrantId>,
    /// Of this, what rules give no more.
    pub lost: BTreeSet<GrantId>,
}

impl Transfer {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        if cx.actor != Actor::System {
            return Err(No::SourceUnfit);
        }
        let had = access.grants().filter(|grant| self.had.contains(&grant.id));
        let shortened = had.filter(|grant| stands(grant, cx.now)).filter_map(|grant| {
            let (because, until) = self.end_of(grant)?;
            let sooner = grant.until.is_none_or(|was| until < was);
            sooner.then_some(Shortened { grant: grant.id, until, because, moved: self.moved })
        });
        let shortened: Vec<Shortened> = shortened.collect();
        let ending: Vec<GrantId> = shortened.iter().map(|it| it.grant).collect();
        must_leave_keepers(&ending, cx)?;
        Ok(shortened.into_iter().map(SubjectAccessEvent::Shortened).collect())
    }

    /// When it ends at the latest, and why; none: as it would. What begins later is looked at then.
    fn end_of(&self, grant: &Grant) -> Option<(Shortening, DateTime<Utc>)> {
        match grant.source {
            GrantSource::Rule if self.lost.contains(&grant.id) => {
                Some((Shortening::Lost, self.moved + TimeDelta::days(self.grace_days.into())))
            }
            GrantSource::Request
            | GrantSource::Template
            | GrantSource::Exception
            | GrantSource::Administrator => {
                let begins = self.moved.max(grant.from);
                Some((Shortening::Unconfirmed, begins + TimeDelta::days(REVIEW_DAYS)))
            }
            GrantSource::Rule
            | GrantSource::Birthright
            | GrantSource::BreakGlass
            | GrantSource::Delegation => None,
        }
    }
}
