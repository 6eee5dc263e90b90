//! One verb a file; the bounds of what is defined stand here.

pub mod define;
pub mod redefine;
pub mod retire;

use std::collections::BTreeSet;

use super::refusal::CustomFieldRefusal;
use super::words::FieldForm;
use crate::kernel::text::{self, NAME_MAX, WORD_MAX};
use crate::ticket::TicketKind;

/// How many choices a field offers.
const CHOICES_MAX: usize = 100;

fn fit_name(name: &str) -> Result<String, CustomFieldRefusal> {
    text::line(name, NAME_MAX).map_err(CustomFieldRefusal::NameUnfit)
}

fn kinds_must_fit(kinds: &BTreeSet<TicketKind>) -> Result<(), CustomFieldRefusal> {
    if kinds.is_empty() { Err(CustomFieldRefusal::KindsUnfit) } else { Ok(()) }
}

/// F2: trimmed, in their order.
fn fit_choices(form: FieldForm, choices: &[String]) -> Result<Vec<String>, CustomFieldRefusal> {
    let count = match form {
        FieldForm::Text | FieldForm::TextArea => 0..=0,
        FieldForm::Select | FieldForm::MultiSelect => 1..=CHOICES_MAX,
    };
    if !count.contains(&choices.len()) {
        return Err(CustomFieldRefusal::ChoicesUnfit);
    }
    let choices: Vec<String> = choices
        .iter()
        .map(|choice| text::line(choice, WORD_MAX))
        .collect::<Result<_, _>>()
        .map_err(CustomFieldRefusal::ChoiceUnfit)?;
    if choices.iter().collect::<BTreeSet<_>>().len() < choices.len() {
        return Err(CustomFieldRefusal::ChoicesUnfit);
    }
    Ok(choices)
}
