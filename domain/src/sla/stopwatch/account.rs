//! A clock's account: under which terms it counts which part of a course (S8).

use super::mark::{Mark, Phase, What};
use crate::sla::terms::{ChangePolicy, ClockKind, ClockTerms, Terms};

/// From a mark on, these terms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'a> {
    /// The index of the mark.
    pub(super) first: usize,
    /// None: nothing is counted.
    pub(super) terms: Option<&'a Terms>,
    /// Whether a later change started at 0.
    pub(super) forgotten: bool,
}

/// The account of one clock.
#[derive(Debug)]
pub(super) struct Account<'a> {
    clock: ClockKind,
    stretches: Vec<Stretch<'a>>,
    /// The index of the mark since which it is judged like this.
    pub(super) since: usize,
}

/// A change that met a resolved ticket.
type Waiting<'a> = (Option<&'a Terms>, ChangePolicy);

impl<'a> Account<'a> {
    /// The account of a clock after these marks; the first one is the opening.
    pub(super) fn of(clock: ClockKind, marks: &'a [Mark]) -> Self {
        let mut account = Self { clock, stretches: Vec::new(), since: 0 };
        let mut waiting: Vec<Waiting<'a>> = Vec::new();
        let (mut phase, mut finished) = (Phase::Waiting, false);
        for (index, mark) in marks.iter().enumerate() {
            match &mark.what {
                What::Opened(terms) => account.restate(index, terms.as_deref()),
                What::TermsRestated(terms, _) => {
                    let terms = terms.as_deref();
                    match policy_of(terms) {
                        ChangePolicy::Restate => {
                            waiting.clear();
                            account.restate(index, terms);
                        }
                        policy if phase.is_done() => waiting.push((terms, policy)),
                        policy if !finished => account.change(index, terms, policy),
                        _ => {}
                    }
                }
                What::Reopened(_) => {
                    for (terms, policy) in waiting.drain(..).filter(|_| !finished) {
                        account.change(index, terms, policy);
                    }
                }
                _ => {}
            }
            phase = phase.after(&mark.what);
            finished |= clock == ClockKind::Reaction && phase.is_reacted_to();
        }
        account
    }

    /// The newest terms judge everything from the opening.
    fn restate(&mut self, index: usize, terms: Option<&'a Terms>) {
        self.stretches = vec![Stretch { first: 0, terms, forgotten: false }];
        self.since = index;
    }

    /// What was counted is kept, or not; from now on it counts otherwise.
    fn change(&mut self, index: usize, terms: Option<&'a Terms>, policy: ChangePolicy) {
        if policy == ChangePolicy::Restart {
            self.stretches.iter_mut().for_each(|stretch| stretch.forgotten = true);
        }
        self.stretches.push(Stretch { first: index, terms, forgotten: false });
        self.since = index;
    }

    /// The stretch in which the time after this mark lies.
    pub(super) fn stretch(&self, index: usize) -> Option<&Stretch<'a>> {
        self.stretches.iter().rev().find(|stretch| stretch.first <= index)
    }

    /// What judges it: the newest terms that apply to it.
    pub(super) fn terms(&self) -> Option<&'a Terms> {
        self.stretches.last()?.terms
    }

    /// Likewise, this clock's own.
    pub(super) fn own(&self) -> Option<&'a ClockTerms> {
        self.terms().map(|terms| terms.of(self.clock))
    }

    /// Which clock's it is.
    pub(super) fn clock(&self) -> ClockKind {
        self.clock
    }
}

/// What a change does to the time before it. To have no terms any more brings no policy: nothing
/// is judged then.
fn policy_of(terms: Option<&Terms>) -> ChangePolicy {
    terms.map_or(ChangePolicy::Restate, |terms| terms.policy)
}
