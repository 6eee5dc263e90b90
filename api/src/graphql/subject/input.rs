//! The verbs' inputs, each ending in a command or in several.

use async_graphql::{ID, InputObject};
use domain::kernel::SubjectId;
use domain::subject::SubjectCommand;
use domain::subject::command::{ChooseDefaults, Create, Rename, Restore, Retire};
use domain::ticket::Tier;
use uuid::Uuid;

use super::mutation::SubjectPayload;
use crate::gateway::Step;
use crate::graphql::command::{NounInput, Steps, StepsInput, Wish};
use crate::graphql::input::{optional, single, small};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::words::Priority;

/// Something new that tickets can be about, and how they start.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SubjectCreateInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    #[graphql(flatten)]
    defaults: SubjectDefaultsInput,
    #[graphql(flatten)]
    common: Common,
}

/// How tickets about a subject start.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SubjectDefaultsInput {
    /// Which unit they go to; absent: dispatch.
    unit_id: Option<ID>,
    /// Their priority when nobody says one; absent: NORMAL.
    priority: Option<Priority>,
    /// What whoever works on them has to be able to do; at most 100 characters.
    skill: Option<String>,
    /// The tier that works on them, 1 to 3; absent: any.
    tier: Option<i32>,
    /// The service level plan that measures them; absent: that of their kind.
    sla_plan_id: Option<ID>,
}

/// Another name.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SubjectRenameInput {
    /// Which subject.
    subject_id: ID,
    /// At most 200 characters, unique whatever its case.
    name: String,
    #[graphql(flatten)]
    common: Common,
}

/// How tickets about a subject start from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SubjectChooseDefaultsInput {
    /// Which subject.
    subject_id: ID,
    #[graphql(flatten)]
    defaults: SubjectDefaultsInput,
    #[graphql(flatten)]
    common: Common,
}

/// A subject that no new ticket is about.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SubjectRetireInput {
    /// Which subject.
    subject_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// A subject that new tickets may be about again.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SubjectRestoreInput {
    /// Which subject.
    subject_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl StepsInput for SubjectCreateInput {
    type Payload = SubjectPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_steps(self, fresh: Uuid) -> Result<Steps, UserError> {
        let subject = SubjectId(fresh);
        let steps = [
            SubjectCommand::Create(Create { name: self.name }),
            SubjectCommand::ChooseDefaults(self.defaults.read()?),
        ];
        let steps = steps.map(|command| (None, Step::Subject(subject, command)));
        Ok(Steps { stream: fresh, steps: steps.into() })
    }
}

impl SubjectDefaultsInput {
    fn read(self) -> Result<ChooseDefaults, UserError> {
        Ok(ChooseDefaults {
            unit: optional("unitId", self.unit_id.as_ref())?,
            priority: self.priority.map(Into::into),
            skill: self.skill,
            tier: self.tier.map(|tier| Tier(small(tier, u8::MAX))),
            sla_plan: optional("slaPlanId", self.sla_plan_id.as_ref())?,
        })
    }
}

/// The same part of every input of one command.
macro_rules! of_subject {
    ($($input:ty, |$given:ident| $command:expr;)+) => {$(
        impl NounInput for $input {
            type Command = SubjectCommand;
            type Payload = SubjectPayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<SubjectCommand>, UserError> {
                let $given = self;
                let subject: SubjectId = single("subjectId", &$given.subject_id)?;
                Ok(Wish::On(subject.0, $command))
            }
        }
    )+};
}

of_subject! {
    SubjectRenameInput, |input| SubjectCommand::Rename(Rename { name: input.name });
    SubjectChooseDefaultsInput, |input| SubjectCommand::ChooseDefaults(input.defaults.read()?);
    SubjectRetireInput, |input| SubjectCommand::Retire(Retire {});
    SubjectRestoreInput, |input| SubjectCommand::Restore(Restore {});
}
