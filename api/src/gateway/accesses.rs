//! What earlier steps of one request have given and taken counts for the later ones: duties are
//! separated over all of them, and the last grant by which somebody may give access is the last of
//! all of them. Called by [`desk`](super::desk) alone.

use std::collections::BTreeSet;

use domain::access::known::{AccessFacts, AccessNeeds, Beside, HolderFacts};
use domain::access::model::{AccessSubject, GrantState, Human};
use domain::access::sod::{Origin, Tenure};
use domain::kernel::{GrantId, PersonId};
use domain::person::Life;
use domain::subject_access::state::Body;

use super::desk::Desk;

impl Desk {
    /// Later steps see what earlier ones have given and taken, and to whom who was not there before.
    pub(super) fn overlay_access(&self, facts: &mut AccessFacts, needs: &AccessNeeds) {
        for subject in &needs.subjects {
            let newcomer = subject.person().and_then(|id| self.newcomer(id));
            if let Some(newcomer) = newcomer {
                facts.subjects.entry(*subject).or_insert(newcomer);
            }
        }
        let bodies = || self.accesses.values().filter_map(|kept| kept.state.0.as_deref());
        for body in bodies() {
            let is_over = |id: &GrantId| {
                body.grants.get(id).is_some_and(|grant| grant.state != GrantState::Active)
            };
            facts.keepers.retain(|keeper| !is_over(keeper));
        }
        if facts.subjects.is_empty() {
            return;
        }
        for body in bodies() {
            let humans = self.humans_behind(body.subject);
            let others = facts.subjects.iter_mut().filter(|(subject, _)| **subject != body.subject);
            others.for_each(|(_, holder)| stand_beside(holder, &humans, body));
        }
    }

    /// Somebody who is registered by these steps: nothing counts together with what they have yet.
    fn newcomer(&self, person: PersonId) -> Option<HolderFacts> {
        let body = self.people.get(&person.0)?.state.0.as_deref()?;
        let human = Human(person);
        Some(HolderFacts {
            active: body.life == Life::Active,
            humans: [human].into(),
            own: Beside::default(),
            beside: [(human, Beside::default())].into(),
        })
    }

    /// As far as somebody has asked about the subject.
    fn humans_behind(&self, subject: AccessSubject) -> BTreeSet<Human> {
        let asked = AccessNeeds { subjects: [subject].into(), ..AccessNeeds::default() };
        let mut subjects = self.known(&asked.into()).facts.access.subjects;
        subjects.remove(&subject).map(|holder| holder.humans).unwrap_or_default()
    }
}

/// What the one's stream says now stands beside the other's, for every human behind both.
fn stand_beside(holder: &mut HolderFacts, humans: &BTreeSet<Human>, body: &Body) {
    for (human, beside) in &mut holder.beside {
        if !humans.contains(human) {
            continue;
        }
        let of_stream = |it: &Tenure| match it.origin {
            Origin::Grant(id) => body.grants.contains_key(&id),
            Origin::Request(_) => false,
        };
        beside.tenures.retain(|it| !of_stream(it));
        beside.tenures.extend(body.grants.values().filter_map(Tenure::of));
        beside.exceptions.retain(|it| it.subject != body.subject);
        beside.exceptions.extend(body.exceptions.values().cloned());
    }
}
