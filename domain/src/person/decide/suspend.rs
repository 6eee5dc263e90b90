//! Suspend: the person may do nothing for now.

use std::collections::BTreeSet;

use super::must_be_another;
use crate::access::known::AccessNeeds;
use crate::access::model::AccessSubject;
use crate::access::sod::Origin;
use crate::kernel::{Context, GrantId, Needs, PersonId};
use crate::person::event::{PersonEvent, Suspended};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::person::words::Life;

/// P12. Another may suspend a person, never the person, and not the last who may give access. Whoever
/// is suspended stays so.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspend {
    /// The stream's own identity: whom.
    pub person: PersonId,
}

impl Suspend {
    pub(in crate::person) fn needs(&self) -> Needs {
        let subjects = [AccessSubject::Person(self.person)].into();
        AccessNeeds { subjects, keepers: true, ..AccessNeeds::default() }.into()
    }

    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        if person.body()?.life == Life::Suspended {
            return Ok(vec![]);
        }
        must_be_another(self.person, cx)?;
        self.must_leave_keepers(cx)?;
        Ok(vec![PersonEvent::Suspended(Suspended {})])
    }

    /// Of those by whose grants somebody may give access, somebody is left.
    fn must_leave_keepers(&self, cx: &Context) -> Result<(), PersonRefusal> {
        let known = &cx.facts.access;
        let holder = known.subjects.get(&AccessSubject::Person(self.person));
        let own = holder.iter().flat_map(|holder| &holder.own.tenures);
        let own: BTreeSet<GrantId> = own
            .filter_map(|tenure| match tenure.origin {
                Origin::Grant(grant) => Some(grant),
                Origin::Request(_) => None,
            })
            .collect();
        let last = !known.keepers.is_empty() && known.keepers.is_subset(&own);
        if last { Err(PersonRefusal::LastKeeper) } else { Ok(()) }
    }
}
