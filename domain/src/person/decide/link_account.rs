//! Link account: whose second account it is.

use super::must_be_another_human;
use crate::access::known::AccessNeeds;
use crate::access::model::{AccessSubject, Human};
use crate::kernel::{Context, Needs, PersonId};
use crate::person::event::{AccountLinked, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P14. Somebody who is neither of both says that the account belongs to another human, who is here.
/// What somebody else's it is already is taken back first. The same human again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkAccount {
    /// The stream's own identity: the second account.
    pub person: PersonId,
    /// The account that its human is known by.
    pub human: PersonId,
}

impl LinkAccount {
    pub(in crate::person) fn needs(&self) -> Needs {
        let subjects = [AccessSubject::Person(self.human)].into();
        AccessNeeds { subjects, ..AccessNeeds::rules() }.into()
    }

    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.body()?;
        let human = Human(self.human);
        match body.human {
            Some(known) if known == human => return Ok(vec![]),
            Some(_) => return Err(PersonRefusal::LinkedAlready),
            None => {}
        }
        let target = cx.facts.access.subjects.get(&AccessSubject::Person(self.human));
        let target = target.filter(|holder| holder.active).ok_or(PersonRefusal::HumanUnfit)?;
        if self.human == self.person || target.humans.contains(&Human(self.person)) {
            return Err(PersonRefusal::HumanUnfit);
        }
        must_be_another_human(self.person, cx)?;
        must_be_another_human(self.human, cx)?;
        Ok(vec![PersonEvent::AccountLinked(AccountLinked { human })])
    }
}
