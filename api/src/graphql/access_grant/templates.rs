//! What a template grants, for whoever it is applied to.

use async_graphql::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::access::model::{AccessSubject, GrantSource, Granted, Scope};
use domain::access_template::{AccessTemplate, AccessTemplateRefusal};
use domain::kernel::{AccessTemplateId, GrantId, Refused};
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::Grant;
use domain::subject_access::event::Pattern;

use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::refusal::UserError;

/// One of the grants, of nobody yet.
#[derive(Debug, Clone)]
pub(in crate::graphql) struct Granting {
    what: Granted,
    scope: Scope,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    pattern: Pattern,
}

impl Granting {
    /// The command that gives it to this subject.
    pub(in crate::graphql) fn to(
        self,
        subject: AccessSubject,
        grant: GrantId,
    ) -> SubjectAccessCommand {
        SubjectAccessCommand::Grant(Box::new(Grant {
            subject,
            grant,
            what: self.what,
            scope: self.scope,
            from: self.from,
            until: self.until,
            source: GrantSource::Template,
            request: None,
            pierces: false,
            pattern: Some(self.pattern),
        }))
    }
}

/// What the template grants from then on, each with the version that it is from.
///
/// # Errors
/// Technical failures.
pub(in crate::graphql) async fn grants_of(
    cx: &Context<'_>,
    template: AccessTemplateId,
    from: Option<DateTime<Utc>>,
) -> Result<std::result::Result<Vec<Granting>, UserError>> {
    let gateway = &services(cx)?.gateway;
    let loaded = gateway.journal().load::<AccessTemplate>(template.0).await.map_err(internal)?;
    let body = match loaded.state.body() {
        Ok(body) if body.retired => Err(AccessTemplateRefusal::Retired),
        body => body.cloned(),
    };
    let body = match body {
        Ok(body) => body,
        Err(no) => return UserError::refused(Refused::from(no)).map(Err),
    };
    let begins = from.unwrap_or(gateway.now());
    let version = u32::try_from(body.version).unwrap_or(u32::MAX);
    let grants = body.definition.items.into_iter().map(|item| Granting {
        what: item.what,
        scope: item.scope,
        from,
        until: item.hours.map(|hours| begins + TimeDelta::hours(hours.into())),
        pattern: Pattern::Template { template, version },
    });
    Ok(Ok(grants.collect()))
}
