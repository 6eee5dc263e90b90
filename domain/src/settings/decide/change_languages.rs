//! Change languages: in which people may be addressed.

use std::collections::BTreeSet;

use crate::kernel::Context;
use crate::settings::event::{LanguagesChanged, SettingsEvent};
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::Settings;
use crate::settings::words::Language;

/// C4. There is at least one language, and none twice. The same ones in the same order again change
/// nothing. Whoever chose another keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeLanguages {
    /// The first is for those who chose none.
    pub languages: Vec<Language>,
}

impl ChangeLanguages {
    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        _cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        if settings.established()?.languages == self.languages {
            return Ok(vec![]);
        }
        let different: BTreeSet<_> = self.languages.iter().collect();
        if different.is_empty() || different.len() < self.languages.len() {
            return Err(SettingsRefusal::LanguagesUnfit);
        }
        Ok(vec![SettingsEvent::LanguagesChanged(LanguagesChanged { languages: self.languages })])
    }
}
