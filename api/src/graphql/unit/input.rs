//! The verbs' inputs, each ending in a command or in several.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use domain::kernel::{PersonId, UnitId};
use domain::unit::UnitCommand;
use domain::unit::command::{
    AppointHead, AppointLead, ChooseRouting, Close, Create, DismissHead, DrawBarrier, Join, Leave,
    LiftBarrier, Rename,
};
use uuid::Uuid;

use super::UnitKind;
use super::mutation::UnitPayload;
use crate::gateway::Step;
use crate::graphql::command::{NounInput, Steps, StepsInput, Wish};
use crate::graphql::input::{one_way, optional, several, single};
use crate::graphql::payload::Common;
use crate::graphql::permission::words::ActionClass;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::RoutingMethod;

/// Whoever has more heads has none.
const HEADS_MAX: usize = 50;

/// A new unit.
#[derive(Debug, Clone, InputObject)]
pub(super) struct UnitCreateInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// What sort.
    kind: UnitKind,
    /// The department that a support unit stands in.
    parent_id: Option<ID>,
    /// The staff who join it at once and head it, at most 50.
    head_ids: Option<Vec<ID>>,
    /// The client who speaks for a customer organisation.
    lead_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

impl StepsInput for UnitCreateInput {
    type Payload = UnitPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_steps(self, fresh: Uuid) -> Result<Steps, UserError> {
        let unit = UnitId(fresh);
        let heads: BTreeSet<PersonId> = several("headIds", self.head_ids.as_deref())?;
        if heads.len() > HEADS_MAX {
            return Err(one_way("headIds", "a unit starts with at most 50 heads"));
        }
        let lead: Option<PersonId> = optional("leadId", self.lead_id.as_ref())?;
        let parent = optional("parentId", self.parent_id.as_ref())?;
        let create = Create { name: self.name, kind: self.kind.into(), parent };
        let mut commands = vec![(None, UnitCommand::Create(create))];
        for person in heads {
            commands.push((Some("headIds"), UnitCommand::Join(Join { person })));
            commands.push((Some("headIds"), UnitCommand::AppointHead(AppointHead { person })));
        }
        let lead = lead.map(|person| UnitCommand::AppointLead(AppointLead { person }));
        commands.extend(lead.map(|command| (Some("leadId"), command)));
        let step = |(field, command)| (field, Step::Unit(unit, command));
        Ok(Steps { stream: fresh, steps: commands.into_iter().map(step).collect() })
    }
}

/// Another name.
#[derive(Debug, Clone, InputObject)]
pub(super) struct UnitRenameInput {
    /// Which unit.
    unit_id: ID,
    /// At most 200 characters, unique whatever its case.
    name: String,
    #[graphql(flatten)]
    common: Common,
}

/// How new tickets find their people.
#[derive(Debug, Clone, InputObject)]
pub(super) struct UnitChooseRoutingInput {
    /// Which unit.
    unit_id: ID,
    /// Which way.
    method: RoutingMethod,
    #[graphql(flatten)]
    common: Common,
}

/// A unit that takes nothing any more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct UnitCloseInput {
    /// Which unit.
    unit_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Where what is granted above ends.
#[derive(Debug, Clone, InputObject)]
pub(super) struct UnitDrawBarrierInput {
    /// Which unit.
    unit_id: ID,
    /// For actions of these classes, at least one, instead of those of before.
    classes: Vec<ActionClass>,
    #[graphql(flatten)]
    common: Common,
}

/// What is granted above reaches the unit again.
#[derive(Debug, Clone, InputObject)]
pub(super) struct UnitLiftBarrierInput {
    /// Which unit.
    unit_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// The same part of every input of one command.
macro_rules! of_unit {
    ($($input:ty, |$given:ident, $unit:ident| $command:expr;)+) => {$(
        impl NounInput for $input {
            type Command = UnitCommand;
            type Payload = UnitPayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<UnitCommand>, UserError> {
                let $given = self;
                let $unit: UnitId = single("unitId", &$given.unit_id)?;
                Ok(Wish::On($unit.0, $command))
            }
        }
    )+};
}

/// Inputs that name a unit and a person.
macro_rules! unit_and_person {
    ($($(#[$doc:meta])* $input:ident, $command:ident;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, InputObject)]
            pub(super) struct $input {
                /// Which unit.
                unit_id: ID,
                /// Who.
                person_id: ID,
                #[graphql(flatten)]
                common: Common,
            }
        )+

        of_unit! {
            $($input, |input, unit| {
                let person = single("personId", &input.person_id)?;
                UnitCommand::$command($command { person })
            };)+
        }
    };
}

unit_and_person! {
    /// Somebody who belongs to a unit from now on.
    UnitJoinInput, Join;
    /// Somebody who belongs to a unit no longer.
    UnitLeaveInput, Leave;
    /// Somebody who heads a unit from now on.
    UnitAppointHeadInput, AppointHead;
    /// Somebody who heads a unit no longer.
    UnitDismissHeadInput, DismissHead;
    /// A client who speaks for a customer organisation from now on.
    UnitAppointLeadInput, AppointLead;
}

of_unit! {
    UnitRenameInput, |input, unit| UnitCommand::Rename(Rename { name: input.name });
    UnitChooseRoutingInput, |input, unit| {
        UnitCommand::ChooseRouting(ChooseRouting { method: input.method.into() })
    };
    UnitCloseInput, |input, unit| UnitCommand::Close(Close {});
    UnitDrawBarrierInput, |input, unit| {
        let classes = input.classes.into_iter().map(Into::into).collect();
        UnitCommand::DrawBarrier(DrawBarrier { unit, classes })
    };
    UnitLiftBarrierInput, |input, unit| UnitCommand::LiftBarrier(LiftBarrier { unit });
}
