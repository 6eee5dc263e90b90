//! Choose language: how the person is addressed.

use crate::kernel::Context;
use crate::person::event::{LanguageChosen, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::settings::Language;

/// P8. A person chooses among the languages of the deployment. The same language again changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChooseLanguage {
    /// Which.
    pub language: Language,
}

impl ChooseLanguage {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.body()?;
        if body.language == Some(self.language) {
            return Ok(vec![]);
        }
        if !cx.policy.languages.contains(&self.language) {
            return Err(PersonRefusal::LanguageUnfit);
        }
        Ok(vec![PersonEvent::LanguageChosen(LanguageChosen { language: self.language })])
    }
}
