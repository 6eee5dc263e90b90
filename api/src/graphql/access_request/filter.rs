//! What the list can be asked for.

use async_graphql::{Context, ID, InputObject, Result};
use domain::access::Permission;
use projections::access_requests::RequestFilter;

use super::words::AccessRequestState;
use crate::graphql::access::{reads_all, working_caller};
use crate::graphql::error::{bad_id, forbidden};
use crate::graphql::id::decode;
use crate::graphql::permission::subject_of;

/// Which requests: those to which all of it applies.
#[derive(Debug, Clone, Default, InputObject)]
pub(super) struct AccessRequestWhere {
    /// That you asked for or benefit from.
    #[graphql(default)]
    mine: bool,
    /// That wait for your vote.
    #[graphql(default)]
    to_approve: bool,
    /// In one of these states.
    state: Option<Vec<AccessRequestState>>,
    /// For this person, service account or group.
    beneficiary_id: Option<ID>,
    /// Asked for by this person.
    requester_id: Option<ID>,
    /// For this role.
    role_id: Option<ID>,
}

impl AccessRequestWhere {
    /// Within what the caller may see: whoever does not see all sees what they have to do with.
    pub(super) fn into_filter(self, cx: &Context<'_>) -> Result<RequestFilter> {
        let person = working_caller(cx)?.person.as_ref().map(|person| person.who.person);
        let me = person.ok_or_else(forbidden);
        let sees_all = reads_all(cx, Permission::AccessRead);
        Ok(RequestFilter {
            states: self.state.map(|all| all.into_iter().map(Into::into).collect()),
            beneficiary: self
                .beneficiary_id
                .map(|id| subject_of(&id).map_err(bad_id))
                .transpose()?,
            requester: self.requester_id.map(|id| decode(&id).map_err(bad_id)).transpose()?,
            role: self.role_id.map(|id| decode(&id).map_err(bad_id)).transpose()?,
            of: if self.mine { Some(me.clone()?) } else { None },
            to_approve: if self.to_approve { Some(me.clone()?) } else { None },
            party: if sees_all { None } else { Some(me?) },
        })
    }
}
