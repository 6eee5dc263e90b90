//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject, OneofObject};
use domain::kernel::MacroId;
use domain::macros::command::{Define, Redefine, Retire};
use domain::macros::{MacroCommand, MacroStep};

use super::mutation::MacroPayload;
use super::words::MacroPlainVerb;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{optional, single};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::words::{PendingReason, Priority};

type Wished = Result<Wish<MacroCommand>, UserError>;

/// To whom a macro gives a ticket.
#[derive(Debug, Clone, InputObject)]
struct MacroAssignInput {
    /// Which unit, as a whole; none: back to dispatch.
    unit_id: Option<ID>,
}

/// How a macro says that a ticket was solved.
#[derive(Debug, Clone, InputObject)]
struct MacroResolveInput {
    /// A short word, such as FIXED; at most 100 characters.
    code: String,
    /// How, at most 20,000 characters, written once for many.
    solution: String,
}

/// One thing that a macro does to a ticket.
#[derive(Debug, Clone, OneofObject)]
enum MacroStepInput {
    /// A verb that needs nothing more.
    Plain(MacroPlainVerb),
    /// Gives it to a unit, or back to dispatch.
    Assign(MacroAssignInput),
    /// Sets its priority; whoever applies it may say why.
    Prioritize(Priority),
    /// Lets it wait for this.
    Pend(PendingReason),
    /// Says how it was solved.
    Resolve(MacroResolveInput),
    /// Says this to everybody who sees it, at most 20,000 characters.
    Reply(String),
    /// Says this among staff, at most 20,000 characters.
    Note(String),
    /// Puts it under this word, at most 100 characters.
    Tag(String),
    /// Takes it from under this word.
    Untag(String),
}

/// A new macro.
#[derive(Debug, Clone, InputObject)]
pub(super) struct MacroDefineInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// The unit whose staff apply it; none: all staff.
    unit_id: Option<ID>,
    /// What it does, 1 to 20 steps in order.
    steps: Vec<MacroStepInput>,
    #[graphql(flatten)]
    common: Common,
}

/// What a macro is from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct MacroRedefineInput {
    /// Which one.
    macro_id: ID,
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// The unit whose staff apply it; none: all staff.
    unit_id: Option<ID>,
    /// What it does, 1 to 20 steps in order.
    steps: Vec<MacroStepInput>,
    #[graphql(flatten)]
    common: Common,
}

/// The macro that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct MacroRetireInput {
    /// Which one.
    macro_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl MacroStepInput {
    fn into_step(self) -> Result<MacroStep, UserError> {
        Ok(match self {
            Self::Plain(verb) => verb.into(),
            Self::Assign(to) => MacroStep::Assign { unit: optional("steps", to.unit_id.as_ref())? },
            Self::Prioritize(priority) => MacroStep::Prioritize { priority: priority.into() },
            Self::Pend(reason) => MacroStep::Pend { pending_reason: reason.into() },
            Self::Resolve(how) => MacroStep::Resolve { code: how.code, solution: how.solution },
            Self::Reply(body) => MacroStep::Reply { body },
            Self::Note(body) => MacroStep::Note { body },
            Self::Tag(tag) => MacroStep::Tag { tag },
            Self::Untag(tag) => MacroStep::Untag { tag },
        })
    }
}

fn steps(inputs: Vec<MacroStepInput>) -> Result<Vec<MacroStep>, UserError> {
    inputs.into_iter().map(MacroStepInput::into_step).collect()
}

fn on(id: &ID, command: MacroCommand) -> Wished {
    let it: MacroId = single("macroId", id)?;
    Ok(Wish::On(it.0, command))
}

impl NounInput for MacroDefineInput {
    type Command = MacroCommand;
    type Payload = MacroPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let unit = optional("unitId", self.unit_id.as_ref())?;
        let define = Define { name: self.name, unit, steps: steps(self.steps)? };
        Ok(Wish::New(MacroCommand::Define(define)))
    }
}

impl NounInput for MacroRedefineInput {
    type Command = MacroCommand;
    type Payload = MacroPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let unit = optional("unitId", self.unit_id.as_ref())?;
        let redefine = Redefine { name: self.name, unit, steps: steps(self.steps)? };
        on(&self.macro_id, MacroCommand::Redefine(redefine))
    }
}

impl NounInput for MacroRetireInput {
    type Command = MacroCommand;
    type Payload = MacroPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        on(&self.macro_id, MacroCommand::Retire(Retire {}))
    }
}
