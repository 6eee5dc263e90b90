//! To whom access is given: people, programs, groups.

use async_graphql::{Context, ID, Object, Result};
use domain::access::model::AccessSubject as Subject;
use projections::cis::At;

use super::words::AccessSubjectKind;
use crate::graphql::access_group::AccessGroup;
use crate::graphql::definition;
use crate::graphql::id::{BadId, GlobalId, encode};
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::refusal::UserError;

/// Somebody, or a group of them, who can be given access.
pub(in crate::graphql) struct AccessSubject(pub(in crate::graphql) Subject);

/// Whom an id means.
pub(in crate::graphql) fn subject(field: &str, id: &ID) -> std::result::Result<Subject, UserError> {
    subject_of(id).map_err(|fault| UserError::bad_id(field, fault))
}

/// The same, for arguments.
pub(in crate::graphql) fn subject_of(id: &ID) -> std::result::Result<Subject, BadId> {
    match GlobalId::decode(id) {
        Ok(GlobalId::Person(id)) => Ok(Subject::Person(id)),
        Ok(GlobalId::ServiceAccount(id)) => Ok(Subject::Service(id)),
        Ok(GlobalId::AccessGroup(id)) => Ok(Subject::Group(id)),
        _ => Err(BadId("person, service account or access group")),
    }
}

/// Somebody, or a group of them, who can be given access.
#[Object]
impl AccessSubject {
    /// What sort it is.
    async fn kind(&self) -> AccessSubjectKind {
        self.0.kind().into()
    }

    /// The id of the person, the service account or the group.
    async fn id(&self) -> ID {
        match self.0 {
            Subject::Person(id) => encode(id),
            Subject::Service(id) => encode(id),
            Subject::Group(id) => encode(id),
        }
    }

    /// The person, if it is one.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Subject::Person(id) = self.0 else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// What the program is called, if it is one.
    async fn service_name(&self, cx: &Context<'_>) -> Result<Option<String>> {
        let Subject::Service(id) = self.0 else { return Ok(None) };
        loader::service_name(cx, id).await
    }

    /// The group, if it is one that you may see.
    async fn group(&self, cx: &Context<'_>) -> Result<Option<AccessGroup>> {
        let Subject::Group(id) = self.0 else { return Ok(None) };
        definition::one(cx, id.0, At::Now).await
    }
}
