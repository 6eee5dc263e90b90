//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use domain::access::model::RoleDefinition;
use domain::kernel::RoleId;
use domain::role::RoleCommand;
use domain::role::command::{Define, Redefine, Retire};
use uuid::Uuid;

use super::mutation::RolePayload;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{optional, several, single};
use crate::graphql::payload::Common;
use crate::graphql::permission::words::{AccessObligation, RiskTier};
use crate::graphql::permission::{AccessEntryInput, entries, patterns, unfit};
use crate::graphql::refusal::UserError;

type Wished = Result<Wish<RoleCommand>, UserError>;

/// What a role is.
#[derive(Debug, Clone, InputObject)]
struct RoleContentInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// Who answers for it: an active member of staff; absent: whoever the policy says.
    owner_id: Option<ID>,
    /// How much harm it can do; absent: STANDARD.
    risk: Option<RiskTier>,
    /// What it permits by itself, at most 500 entries.
    #[graphql(default)]
    entries: Vec<AccessEntryInput>,
    /// Roles whose permissions it has too, at most 64; none inherits from itself.
    junior_ids: Option<Vec<ID>>,
    /// What it does not take over from them: at most 50 actions or patterns of them.
    #[graphql(default)]
    mask: Vec<String>,
    /// Whether it can be asked for.
    #[graphql(default)]
    requestable: bool,
    /// For how many hours it is granted at most, up to ten years; absent: for good.
    max_hours: Option<i64>,
    /// What goes with all that it permits, inherited or not.
    obligations: Option<Vec<AccessObligation>>,
}

/// A new role.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DefineRoleInput {
    #[graphql(flatten)]
    content: RoleContentInput,
    #[graphql(flatten)]
    common: Common,
}

/// What a role is from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RedefineRoleInput {
    /// Which one.
    role_id: ID,
    #[graphql(flatten)]
    content: RoleContentInput,
    #[graphql(flatten)]
    common: Common,
}

/// The role that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RetireRoleInput {
    /// Which one.
    role_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl RoleContentInput {
    /// What it comes to, of the role of this identity.
    fn read(self, id: RoleId) -> Result<RoleDefinition, UserError> {
        let hours = |hours: i64| {
            let hours = u32::try_from(hours);
            hours.map_err(|_| unfit("maxHours", "is no number of hours"))
        };
        Ok(RoleDefinition {
            id,
            name: self.name,
            owner: optional("ownerId", self.owner_id.as_ref())?,
            risk: self.risk.map(Into::into).unwrap_or_default(),
            entries: entries("entries", self.entries)?,
            juniors: several("juniorIds", self.junior_ids.as_deref())?,
            mask: patterns("mask", &self.mask)?,
            requestable: self.requestable,
            max_hours: self.max_hours.map(hours).transpose()?,
            obligations: self.obligations.unwrap_or_default().into_iter().map(Into::into).collect(),
        })
    }
}

impl NounInput for DefineRoleInput {
    type Command = RoleCommand;
    type Payload = RolePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let definition = self.content.read(RoleId(Uuid::nil()))?;
        Ok(Wish::Named(Box::new(move |id| {
            let definition = RoleDefinition { id: RoleId(id), ..definition };
            RoleCommand::Define(Box::new(Define { definition }))
        })))
    }
}

impl NounInput for RedefineRoleInput {
    type Command = RoleCommand;
    type Payload = RolePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: RoleId = single("roleId", &self.role_id)?;
        let definition = self.content.read(id)?;
        Ok(Wish::On(id.0, RoleCommand::Redefine(Box::new(Redefine { definition }))))
    }
}

impl NounInput for RetireRoleInput {
    type Command = RoleCommand;
    type Payload = RolePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: RoleId = single("roleId", &self.role_id)?;
        Ok(Wish::On(id.0, RoleCommand::Retire(Retire {})))
    }
}
