//! The versions of plans and calendars that are in force now.

use domain::kernel::{Facts, Needs};

use super::stale::{Newer, Stale, Stamped};
use crate::gateway::{Gateway, GatewayError};

/// What the directory says of some plans and calendars.
#[derive(Debug)]
pub(super) struct Newest(pub(super) Facts);

impl Newest {
    /// As of now: of these, of the plans that these terms name, and of their calendars.
    pub(super) async fn of(
        gateway: &Gateway,
        terms: &[Stamped],
        others: impl Iterator<Item = Newer>,
    ) -> Result<Self, GatewayError> {
        let plans = terms.iter().map(|it| it.plan.0).collect();
        let mut needs = Needs { plans, sla: true, ..Needs::default() };
        for other in others {
            match other {
                Newer::Plan(id, _) => needs.plans.insert(id),
                Newer::Calendar(id, _) => needs.calendars.insert(id),
            };
        }
        Ok(Self(gateway.directory().known(&needs).await?.facts))
    }

    /// Those whose terms are older, with what is newer.
    pub(super) fn ahead_of(&self, terms: &[Stamped]) -> Vec<Stale> {
        let found = terms.iter().filter_map(|it| Some(Stale::of(it, self.newer(it)?)));
        found.collect()
    }

    /// Whether nothing has come after this.
    pub(super) fn is(&self, version: Newer) -> bool {
        let known = match version {
            Newer::Plan(id, _) => self.0.plans.get(&id).map(|it| Newer::Plan(id, it.version)),
            Newer::Calendar(id, _) => {
                self.0.calendars.get(&id).map(|it| Newer::Calendar(id, it.version))
            }
        };
        known == Some(version)
    }

    /// One is enough: what is restated comes under all that is newest.
    fn newer(&self, it: &Stamped) -> Option<Newer> {
        let (plan, stamped) = it.plan;
        let newest = self.0.plans.get(&plan)?.version;
        if newest > stamped {
            return Some(Newer::Plan(plan, newest));
        }
        it.calendars.iter().find_map(|calendar| {
            let newest = self.0.calendars.get(&calendar.id)?.version;
            (newest > calendar.version).then_some(Newer::Calendar(calendar.id, newest))
        })
    }
}
