//! The verbs' inputs, each ending in a command on one subject's access.

use async_graphql::{ID, InputObject, OneofObject};
use chrono::{DateTime, Utc};
use domain::access::model::{AccessSubject, GrantSource, Granted, Lifted};
use domain::kernel::{AccessGroupId, ExceptionId, GrantId, PersonId, RoleId};
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::{
    BreakGlass, Confirm, Delegate, EndDelegation, EndException, Except, Grant, Prolong, Revoke,
};
use uuid::Uuid;

use crate::graphql::access_template::AccessGrantedInput;
use crate::graphql::id::{decode_exception, decode_grant};
use crate::graphql::input::{optional, single};
use crate::graphql::payload::Common;
use crate::graphql::permission::{AccessScopeInput, scope, subject};
use crate::graphql::refusal::UserError;

type Read<T> = std::result::Result<T, UserError>;

/// Which rule does not count.
#[derive(Debug, Clone, OneofObject)]
pub(in crate::graphql) enum AccessLiftedInput {
    /// A soft rule that denies.
    DenyRuleId(ID),
    /// A rule of duties that can be lifted.
    SodRuleId(ID),
}

/// What somebody may do from then on.
#[derive(Debug, Clone, InputObject)]
pub(super) struct GrantInput {
    /// Who: a person, a service account or a group.
    subject_id: ID,
    /// What.
    what: AccessGrantedInput,
    /// Where; absent: everywhere.
    scope: Option<AccessScopeInput>,
    /// From when on, within a year; absent: from now on.
    from: Option<DateTime<Utc>>,
    /// Until when; absent: until it is revoked.
    until: Option<DateTime<Utc>>,
    /// Whether barriers do not stop it.
    #[graphql(default)]
    pierces: bool,
}

/// What somebody may do from then on.
#[derive(Debug, Clone, InputObject)]
pub(super) struct GrantAccessInput {
    #[graphql(flatten)]
    grant: GrantInput,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A grant that is taken back.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RevokeAccessInput {
    /// Which.
    pub(super) grant_id: ID,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A grant that holds longer.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ProlongAccessInput {
    /// Which.
    grant_id: ID,
    /// Until when; absent: until it is revoked.
    until: Option<DateTime<Utc>>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A grant that is needed still where its holder has moved to.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ConfirmAccessInput {
    /// Which.
    grant_id: ID,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// What somebody else may do in your place.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DelegateAccessInput {
    /// Who: a person.
    to_id: ID,
    /// What, of what you may do yourself.
    what: AccessGrantedInput,
    /// Where; absent: everywhere.
    scope: Option<AccessScopeInput>,
    /// From when on, within a year; absent: from now on.
    from: Option<DateTime<Utc>>,
    /// Until when, at most 90 days after its beginning.
    until: DateTime<Utc>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// What was lent goes back.
#[derive(Debug, Clone, InputObject)]
pub(super) struct EndDelegationInput {
    /// Which grant.
    grant_id: ID,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// What you take in an emergency; say why in `reason`.
#[derive(Debug, Clone, InputObject)]
pub(super) struct BreakGlassInput {
    /// Which role.
    role_id: ID,
    /// The group for which it was prepared.
    group_id: ID,
    /// Where; absent: everywhere.
    scope: Option<AccessScopeInput>,
    /// Until when, at most four hours from now.
    until: DateTime<Utc>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A rule that does not count for somebody, for a time; say why in `reason`.
#[derive(Debug, Clone, InputObject)]
pub(super) struct GrantExceptionInput {
    /// For whom: a person, a service account or a group.
    subject_id: ID,
    /// The one rule.
    lifts: AccessLiftedInput,
    /// Who answers for it: somebody else who is active.
    owner_id: ID,
    /// What is done in its place, at most 2,000 characters.
    control: String,
    /// From when on, within a year; absent: from now on.
    from: Option<DateTime<Utc>>,
    /// Until when, at most 90 days after its beginning.
    until: DateTime<Utc>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// The rule counts again.
#[derive(Debug, Clone, InputObject)]
pub(super) struct EndExceptionInput {
    /// Which exception.
    exception_id: ID,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A command on somebody's access, and the grant that it is about.
pub(super) struct Deed {
    pub(super) subject: AccessSubject,
    pub(super) command: SubjectAccessCommand,
    pub(super) grant: GrantId,
}

/// The same of an exception.
pub(super) struct ExceptionDeed {
    pub(super) subject: AccessSubject,
    pub(super) command: SubjectAccessCommand,
    pub(super) exception: ExceptionId,
}

/// What is granted, as the rules judge it; `place` is where it stands in the input.
pub(in crate::graphql) fn granted(place: &str, input: AccessGrantedInput) -> Read<Granted> {
    Ok(match input {
        AccessGrantedInput::RoleId(id) => {
            Granted::Role(single::<RoleId>(&format!("{place}.roleId"), &id)?)
        }
        AccessGrantedInput::Entry(entry) => {
            Granted::Entry(Box::new(entry.read(&format!("{place}.entry"))?))
        }
    })
}

impl AccessLiftedInput {
    /// Which rule; `place` is where it stands in the input.
    pub(in crate::graphql) fn read(&self, place: &str) -> Read<Lifted> {
        Ok(match self {
            Self::DenyRuleId(id) => Lifted::Deny(single(&format!("{place}.denyRuleId"), id)?),
            Self::SodRuleId(id) => Lifted::Sod(single(&format!("{place}.sodRuleId"), id)?),
        })
    }
}

impl GrantInput {
    /// The command; `fresh` is the identity of what is new.
    pub(super) fn into_deed(self, fresh: Uuid) -> Read<Deed> {
        let subject = subject("subjectId", &self.subject_id)?;
        let grant = GrantId(fresh);
        let command = SubjectAccessCommand::Grant(Box::new(Grant {
            subject,
            grant,
            what: granted("what", self.what)?,
            scope: scope("scope", self.scope)?,
            from: self.from,
            until: self.until,
            source: GrantSource::Administrator,
            request: None,
            pierces: self.pierces,
            pattern: None,
        }));
        Ok(Deed { subject, command, grant })
    }
}

/// Which grant, and whose.
pub(super) fn named(id: &ID) -> Read<(AccessSubject, GrantId)> {
    decode_grant(id).map_err(|fault| UserError::bad_id("grantId", fault))
}

/// An input that ends in a command about one grant.
pub(super) trait GrantVerb: async_graphql::InputType {
    /// What every input may say besides.
    fn common(&self) -> &Common;

    /// The command; `fresh` is the identity of what is new, `doer` who does it.
    ///
    /// # Errors
    /// Inputs that are no ids, or do not go together.
    fn into_deed(self, fresh: Uuid, doer: Option<PersonId>) -> Read<Deed>;
}

macro_rules! verbs {
    ($($input:ident, |$it:ident, $fresh:ident, $doer:ident| $deed:expr;)+) => {$(
        impl GrantVerb for $input {
            fn common(&self) -> &Common {
                &self.common
            }

            fn into_deed(self, $fresh: Uuid, $doer: Option<PersonId>) -> Read<Deed> {
                let $it = self;
                $deed
            }
        }
    )+};
}

verbs! {
    GrantAccessInput, |it, fresh, _doer| it.grant.into_deed(fresh);
    RevokeAccessInput, |it, _fresh, _doer| {
        let (subject, grant) = named(&it.grant_id)?;
        Ok(Deed { subject, grant, command: SubjectAccessCommand::Revoke(Revoke { grant }) })
    };
    ProlongAccessInput, |it, _fresh, _doer| {
        let (subject, grant) = named(&it.grant_id)?;
        let prolong = Prolong { grant, until: it.until, request: None };
        Ok(Deed { subject, grant, command: SubjectAccessCommand::Prolong(prolong) })
    };
    ConfirmAccessInput, |it, _fresh, _doer| {
        let (subject, grant) = named(&it.grant_id)?;
        Ok(Deed { subject, grant, command: SubjectAccessCommand::Confirm(Confirm { grant }) })
    };
    DelegateAccessInput, |it, fresh, _doer| {
        let to: PersonId = single("toId", &it.to_id)?;
        let (subject, grant) = (AccessSubject::Person(to), GrantId(fresh));
        let command = SubjectAccessCommand::Delegate(Box::new(Delegate {
            to,
            grant,
            what: granted("what", it.what)?,
            scope: scope("scope", it.scope)?,
            from: it.from,
            until: it.until,
        }));
        Ok(Deed { subject, command, grant })
    };
    EndDelegationInput, |it, _fresh, _doer| {
        let (subject, grant) = named(&it.grant_id)?;
        let end = EndDelegation { grant };
        Ok(Deed { subject, grant, command: SubjectAccessCommand::EndDelegation(end) })
    };
    BreakGlassInput, |it, fresh, doer| {
        // Programs are refused by the rules: nobody is nobody's subject.
        let subject = AccessSubject::Person(doer.unwrap_or(PersonId(Uuid::nil())));
        let grant = GrantId(fresh);
        let command = SubjectAccessCommand::BreakGlass(Box::new(BreakGlass {
            subject,
            grant,
            role: single("roleId", &it.role_id)?,
            group: optional::<AccessGroupId>("groupId", Some(&it.group_id))?,
            scope: scope("scope", it.scope)?,
            until: it.until,
        }));
        Ok(Deed { subject, command, grant })
    };
}

impl GrantExceptionInput {
    /// The command; `fresh` is the identity of what is new.
    pub(super) fn into_deed(self, fresh: Uuid) -> Read<ExceptionDeed> {
        let subject = subject("subjectId", &self.subject_id)?;
        let exception = ExceptionId(fresh);
        let command = SubjectAccessCommand::Except(Box::new(Except {
            subject,
            exception,
            lifts: self.lifts.read("lifts")?,
            owner: single("ownerId", &self.owner_id)?,
            control: self.control,
            from: self.from,
            until: self.until,
            request: None,
        }));
        Ok(ExceptionDeed { subject, command, exception })
    }
}

impl EndExceptionInput {
    /// The command.
    pub(super) fn into_deed(self) -> Read<ExceptionDeed> {
        let named = decode_exception(&self.exception_id);
        let (subject, exception) =
            named.map_err(|fault| UserError::bad_id("exceptionId", fault))?;
        let command = SubjectAccessCommand::EndException(EndException { exception });
        Ok(ExceptionDeed { subject, command, exception })
    }
}
