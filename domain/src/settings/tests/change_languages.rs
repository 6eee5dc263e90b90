//! C4

use super::{after, established, needs_settings};
use crate::kernel::Refusal;
use crate::settings::command::ChangeLanguages;
use crate::settings::event::LanguagesChanged;
use crate::settings::{Language, SettingsCommand, SettingsEvent, SettingsRefusal};

fn change(languages: &[Language]) -> SettingsCommand {
    SettingsCommand::ChangeLanguages(ChangeLanguages { languages: languages.to_vec() })
}

#[test]
fn c4_the_order_counts() {
    let history = |languages: &[Language]| {
        let languages = languages.to_vec();
        [established(), SettingsEvent::LanguagesChanged(LanguagesChanged { languages })]
    };
    let (german_first, english_first) =
        ([Language::De, Language::En], [Language::En, Language::De]);
    after(history(&german_first)).when(change(&german_first)).nothing();
    let [_, changed] = history(&english_first);
    let settings = after(history(&german_first)).when(change(&english_first)).then([changed]);
    assert_eq!(settings.state().policy().languages, english_first);
    needs_settings(change(&german_first));
}

#[test]
fn c4_at_least_one_and_none_twice() {
    let unfit = SettingsRefusal::LanguagesUnfit;
    assert_eq!(unfit.field(), Some("languages"));
    after([established()]).when(change(&[])).refused(unfit.clone());
    after([established()]).when(change(&[Language::En, Language::En])).refused(unfit);
}
