//! A macro, as a row of the read side, and what it does.

use async_graphql::{Context, ID, Object, Result};
use domain::macros::MacroStep as Step;
use projections::macros::MacroRow;

use super::words::MacroVerb;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::ticket::words::{PendingReason, Priority};
use crate::graphql::unit::Unit;

/// What is done to a ticket in one go.
pub(in crate::graphql) struct Macro(pub(in crate::graphql) MacroRow);

/// One of the things a macro does.
struct MacroStep(Step);

/// What is done to a ticket in one go: all of it, or nothing.
#[Object]
impl Macro {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.macro_id)
    }

    /// Unique, whatever its case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The unit whose staff apply it; none: all staff.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.unit_id else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// What it does, 1 to 20 steps in order.
    async fn steps(&self) -> Vec<MacroStep> {
        self.0.steps.iter().cloned().map(MacroStep).collect()
    }

    /// Whether it is not applied any more.
    async fn retired(&self) -> bool {
        self.0.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

/// One of the things a macro does. What its verb does not take is null.
#[Object]
impl MacroStep {
    /// What it does.
    async fn verb(&self) -> MacroVerb {
        (&self.0).into()
    }

    /// To which unit it gives the ticket; none: back to dispatch.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.unit() else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// How pressing it makes the ticket.
    async fn priority(&self) -> Option<Priority> {
        match &self.0 {
            Step::Prioritize { priority } => Some((*priority).into()),
            _ => None,
        }
    }

    /// What it lets the ticket wait for.
    async fn pending_reason(&self) -> Option<PendingReason> {
        match &self.0 {
            Step::Pend { pending_reason } => Some((*pending_reason).into()),
            _ => None,
        }
    }

    /// How it says the ticket was solved, in a word.
    async fn code(&self) -> Option<&str> {
        match &self.0 {
            Step::Resolve { code, .. } => Some(code),
            _ => None,
        }
    }

    /// The solution, the words it says, or the word of a tag.
    async fn text(&self) -> Option<&str> {
        match &self.0 {
            Step::Resolve { solution, .. } => Some(solution),
            Step::Reply { body } | Step::Note { body } => Some(body),
            Step::Tag { tag } | Step::Untag { tag } => Some(tag),
            Step::StartWork
            | Step::StopWork
            | Step::Assign { .. }
            | Step::Prioritize { .. }
            | Step::Pend { .. }
            | Step::Resume => None,
        }
    }
}
