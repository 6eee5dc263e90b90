//! One verb a file; the bounds of what a macro does stand here.

pub mod define;
pub mod redefine;
pub mod retire;

use super::refusal::MacroRefusal;
use super::step::MacroStep;
use crate::kernel::text::{self, LONG_TEXT_MAX, NAME_MAX, TextFault, WORD_MAX};
use crate::kernel::{Context, UnitId};

/// How many things one macro does.
pub(super) const STEPS_MAX: usize = 20;

fn fit_name(name: &str) -> Result<String, MacroRefusal> {
    text::line(name, NAME_MAX).map_err(MacroRefusal::NameUnfit)
}

/// M1, M2: every unit that is named takes tickets.
fn units_must_fit(
    unit: Option<UnitId>,
    steps: &[MacroStep],
    cx: &Context,
) -> Result<(), MacroRefusal> {
    let mut units = steps.iter().filter_map(MacroStep::unit).chain(unit);
    if units.any(|unit| !cx.facts.takes_tickets(unit)) {
        return Err(MacroRefusal::UnitUnfit);
    }
    Ok(())
}

/// M2: as they are stored, in their order.
fn fit_steps(steps: Vec<MacroStep>) -> Result<Vec<MacroStep>, MacroRefusal> {
    if steps.is_empty() || steps.len() > STEPS_MAX {
        return Err(MacroRefusal::StepsUnfit);
    }
    let fit = |(index, step)| {
        fit_step(step).map_err(|fault| MacroRefusal::StepTextUnfit { step: index + 1, fault })
    };
    steps.into_iter().enumerate().map(fit).collect()
}

fn fit_step(step: MacroStep) -> Result<MacroStep, TextFault> {
    let tag = |tag: &str| text::line(&tag.to_lowercase(), WORD_MAX);
    let body = |body: &str| text::required(body, LONG_TEXT_MAX);
    Ok(match step {
        MacroStep::Resolve { code, solution } => {
            MacroStep::Resolve { code: text::line(&code, WORD_MAX)?, solution: body(&solution)? }
        }
        MacroStep::Reply { body: words } => MacroStep::Reply { body: body(&words)? },
        MacroStep::Note { body: words } => MacroStep::Note { body: body(&words)? },
        MacroStep::Tag { tag: word } => MacroStep::Tag { tag: tag(&word)? },
        MacroStep::Untag { tag: word } => MacroStep::Untag { tag: tag(&word)? },
        step @ (MacroStep::StartWork
        | MacroStep::StopWork
        | MacroStep::Assign { .. }
        | MacroStep::Prioritize { .. }
        | MacroStep::Pend { .. }
        | MacroStep::Resume) => step,
    })
}
