//! The versions of plans and calendars that are in force now.

use domain::kernel::{Facts, Needs};

use super::stale::{Newer, Stale, Stamped};
use crate::gateway::{Gateway, GatewayError};

/// What the directory says of the plans that some terms name, and of all calendars.
#[derive(Debug)]
pub(super) struct Newest(pub(super) Facts);

impl Newest {
    /// As of now. Not asked for when there are no terms.
    pub(super) async fn of(gateway: &Gateway, terms: &[Stamped]) -> Result<Self, GatewayError> {
        if terms.is_empty() {
            return Ok(Self(Facts::default()));
        }
        let plans = terms.iter().map(|it| it.plan.0).collect();
        let needs = Needs { plans, sla: true, ..Needs::default() };
        Ok(Self(gateway.directory().known(&needs).await?.facts))
    }

    /// The ticket with what is newer than its terms; none when nothing is.
    pub(super) fn ahead_of(&self, it: &Stamped) -> Option<Stale> {
        let (plan, stamped) = it.plan;
        let newest = self.0.plans.get(&plan)?.version;
        if newest > stamped {
            return Some(Stale::of(it, Newer::Plan(plan, newest)));
        }
        it.calendars.iter().find_map(|calendar| {
            let newest = self.0.calendars.get(&calendar.id)?.version;
            let newer = Newer::Calendar(calendar.id, newest);
            (newest > calendar.version).then(|| Stale::of(it, newer))
        })
    }
}
