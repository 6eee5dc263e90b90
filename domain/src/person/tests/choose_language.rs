//! P8

use super::{a_client, given, needs_somebody};
use crate::kernel::Refusal;
use crate::person::command::ChooseLanguage;
use crate::person::event::LanguageChosen;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};
use crate::settings::{Language, Policy};

fn choose(language: Language) -> PersonCommand {
    PersonCommand::ChooseLanguage(ChooseLanguage { language })
}

fn chosen(language: Language) -> PersonEvent {
    PersonEvent::LanguageChosen(LanguageChosen { language })
}

fn only_english() -> Policy {
    Policy { languages: vec![Language::En], ..Policy::shipped() }
}

#[test]
fn p8_a_person_chooses_one_of_the_deployments_languages() {
    let person = given(a_client()).when(choose(Language::Uk)).then([chosen(Language::Uk)]).state();
    assert_eq!(person.body().unwrap().language, Some(Language::Uk));
    let unfit = PersonRefusal::LanguageUnfit;
    assert_eq!(unfit.field(), Some("language"));
    given(a_client()).under(only_english()).when(choose(Language::Uk)).refused(unfit);
    needs_somebody(choose(Language::En));
}

#[test]
fn p8_whoever_chose_keeps_it() {
    let history = [a_client(), vec![chosen(Language::Uk)]].concat();
    given(history).under(only_english()).when(choose(Language::Uk)).nothing();
}
