//! The closed vocabularies of macros, as the schema knows them.

use async_graphql::Enum;
use domain::macros::MacroStep;

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum MacroVerb {
    /// Takes the hold.
    StartWork,
    /// Gives the hold up.
    StopWork,
    /// Gives it to the unit as a whole, or back to dispatch.
    Assign,
    /// Sets its priority.
    Prioritize,
    /// Lets it wait.
    Pend,
    /// Ends the waiting.
    Resume,
    /// Says how it was solved.
    Resolve,
    /// Says something to everybody who sees it.
    Reply,
    /// Says something among staff.
    Note,
    /// Puts it under a word.
    Tag,
    /// Takes it from under a word.
    Untag,
}

/// A step that needs nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum MacroPlainVerb {
    /// Takes the hold.
    StartWork,
    /// Gives the hold up.
    StopWork,
    /// Ends the waiting.
    Resume,
}

impl From<&MacroStep> for MacroVerb {
    fn from(step: &MacroStep) -> Self {
        match step {
            MacroStep::StartWork => Self::StartWork,
            MacroStep::StopWork => Self::StopWork,
            MacroStep::Assign { .. } => Self::Assign,
            MacroStep::Prioritize { .. } => Self::Prioritize,
            MacroStep::Pend { .. } => Self::Pend,
            MacroStep::Resume => Self::Resume,
            MacroStep::Resolve { .. } => Self::Resolve,
            MacroStep::Reply { .. } => Self::Reply,
            MacroStep::Note { .. } => Self::Note,
            MacroStep::Tag { .. } => Self::Tag,
            MacroStep::Untag { .. } => Self::Untag,
        }
    }
}

impl From<MacroPlainVerb> for MacroStep {
    fn from(verb: MacroPlainVerb) -> Self {
        match verb {
            MacroPlainVerb::StartWork => Self::StartWork,
            MacroPlainVerb::StopWork => Self::StopWork,
            MacroPlainVerb::Resume => Self::Resume,
        }
    }
}
