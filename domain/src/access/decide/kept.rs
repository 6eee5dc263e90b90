//! The everyday questions: of a plain session, and compiled once for as long as nothing begins or ends.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};

use super::asked::{Asked, ObjectView, Session};
use super::gates::decide;
use super::world::World;
use crate::access::filter::{Filter, compile};
use crate::access::model::ActionName;
use crate::access::{Permission, Reach};
use crate::kernel::Standing;

/// Filters, and from when until when each is right.
#[derive(Debug, Default)]
pub(super) struct Kept(RwLock<BTreeMap<Permission, Compiled>>);

#[derive(Debug, Clone)]
struct Compiled {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    filter: Arc<Filter>,
}

impl Clone for Kept {
    /// Another world may become another one: it begins with nothing.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl World {
    /// With what standing the subject may do this now, in a plain session; none: they may not.
    pub fn permits(
        &self,
        permission: Permission,
        object: &ObjectView,
        at: DateTime<Utc>,
    ) -> Option<Standing> {
        let (action, session) = (ActionName::from(permission), Session::default());
        let asked = Asked { action: &action, object, fields: &[], at, session: &session };
        let decision = decide(self, &asked);
        decision.is_allowed().then(|| decision.standing.standing())
    }

    /// For which objects the subject may do this now, in a plain session.
    pub fn filter(&self, permission: Permission, at: DateTime<Utc>) -> Arc<Filter> {
        let kept = self.kept.0.read().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(&permission).filter(|it| it.from <= at && at < it.until);
        if let Some(known) = known {
            return Arc::clone(&known.filter);
        }
        drop(kept);
        let session = Session::default();
        let filter = Arc::new(compile(self, &ActionName::from(permission), at, &session));
        if let Some((from, until)) = self.steady(at) {
            let compiled = Compiled { from, until, filter: Arc::clone(&filter) };
            let mut kept = self.kept.0.write().unwrap_or_else(PoisonError::into_inner);
            kept.insert(permission, compiled);
        }
        filter
    }

    /// How far the subject's reads of this sort reach now: among all that lies in units, if that is what
    /// they read, else among what lies at the root. No barrier stands between the two.
    pub fn reach(&self, permission: Permission, at: DateTime<Utc>) -> Reach {
        let filter = self.filter(permission, at);
        if permission.reads_in_units() { filter.reach() } else { filter.reach_at_root() }
    }
}
