//! A person, as a row of the read side, and the one who asks.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::kernel::PersonId;
use projections::notices;
use projections::people::PersonRow;

use super::words::{PersonKind, PersonLife, Role};
use crate::gateway::Caller;
use crate::graphql::access::{MayReadOwn, SignedIn};
use crate::graphql::context::services;
use crate::graphql::error::{internal, unread};
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::scalar::Date;
use crate::graphql::session::Session;
use crate::graphql::settings::words::Language;
use crate::graphql::unit::Unit;

/// Somebody who works at the desk or asks it for help, and how much of them the reader may see.
pub(in crate::graphql) struct Person {
    pub(in crate::graphql) row: PersonRow,
    /// Everything; otherwise the id and the name.
    pub(in crate::graphql) full: bool,
}

/// What somebody can do.
#[derive(SimpleObject)]
struct PersonSkill {
    /// Such as "network".
    skill: String,
    /// 1 (learning) to 5 (teaching).
    level: u8,
    /// The last day of the certificate; null: it does not end.
    certified_until: Option<Date>,
}

/// Who stands in for somebody who is away.
#[derive(SimpleObject)]
#[graphql(complex)]
struct PersonDeputy {
    #[graphql(skip)]
    person_id: PersonId,
    /// The first day away, in UTC.
    from: Option<Date>,
    /// The last day away, in UTC.
    until: Option<Date>,
}

#[ComplexObject]
impl PersonDeputy {
    /// Who.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.person_id).await
    }
}

impl Person {
    fn seen(&self) -> Option<&PersonRow> {
        self.full.then_some(&self.row)
    }
}

/// Somebody who works at the desk or asks it for help. Of people whom you meet on a ticket and may
/// not look up you see the id and the name; everything else is null. Personal texts read "erased"
/// once the person's data were destroyed.
#[Object]
impl Person {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.row.person_id)
    }

    /// Full name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// What the person signs in with.
    async fn login(&self) -> Option<&str> {
        self.seen().map(|row| row.login.as_str())
    }

    /// E-mail address.
    async fn email(&self) -> Option<&str> {
        self.seen()?.email.as_deref()
    }

    /// Telephone number.
    async fn phone(&self) -> Option<&str> {
        self.seen()?.phone.as_deref()
    }

    /// Which side of the desk.
    async fn kind(&self) -> Option<PersonKind> {
        self.seen().map(|row| row.kind.into())
    }

    /// What the person may do.
    async fn role(&self) -> Option<Role> {
        self.seen().map(|row| row.role.into())
    }

    /// Whether the person may act.
    async fn life(&self) -> Option<PersonLife> {
        self.seen().map(|row| row.life.into())
    }

    /// The units the person belongs to, by name; empty when you may not see units.
    async fn units(&self, cx: &Context<'_>) -> Result<Vec<Unit>> {
        loader::units_of(cx, self.row.person_id).await
    }

    /// Those of them that the person was appointed to head.
    async fn heads(&self, cx: &Context<'_>) -> Result<Vec<Unit>> {
        let mut units = loader::units_of(cx, self.row.person_id).await?;
        units.retain(|unit| unit.0.head_ids.contains(&self.row.person_id));
        Ok(units)
    }

    /// A client's customer organisation; null when you may see neither units nor the person.
    async fn organization(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        match (self.row.organization_id, self.seen()) {
            (Some(id), Some(_)) => loader::organization(cx, id).await,
            (Some(id), None) => loader::unit(cx, id).await,
            (None, _) => Ok(None),
        }
    }

    /// Such as "Network engineer".
    async fn position(&self) -> Option<&str> {
        self.seen()?.position.as_deref()
    }

    /// In which the person is addressed; null: the first of the settings.
    async fn language(&self) -> Option<Language> {
        self.seen()?.language.map(Into::into)
    }

    /// What the person can do, by name; null when you may not see it.
    async fn skills(&self) -> Option<Vec<PersonSkill>> {
        let skill = |(name, skill): (&String, &domain::person::state::Skill)| PersonSkill {
            skill: name.clone(),
            level: skill.level,
            certified_until: skill.certified_until.map(Date),
        };
        self.seen().map(|row| row.skills.iter().map(skill).collect())
    }

    /// Support tier, 1 to 3.
    async fn tier(&self) -> Option<i16> {
        self.seen()?.tier
    }

    /// Who stands in while the person is away.
    async fn deputy(&self) -> Option<PersonDeputy> {
        let row = self.seen()?;
        let (from, until) = (row.away_from.map(Date), row.away_until.map(Date));
        row.deputy_id.map(|person_id| PersonDeputy { person_id, from, until })
    }

    /// Whose second account it is; null: nobody's.
    async fn human(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        match self.seen().and_then(|row| row.human_id) {
            Some(human) => loader::person(cx, human).await,
            None => Ok(None),
        }
    }

    /// When the person was registered.
    async fn registered_at(&self) -> Option<DateTime<Utc>> {
        self.seen().map(|row| row.registered_at)
    }

    /// The number of the person's events: what `expectedVersion` is compared with.
    async fn version(&self) -> Option<i64> {
        self.seen().map(|row| row.version)
    }
}

/// Whoever asks.
pub(in crate::graphql) struct Viewer {
    caller: Caller,
    must_change_password: bool,
}

impl Viewer {
    pub(in crate::graphql) fn new(caller: Caller, must_change_password: bool) -> Self {
        Self { caller, must_change_password }
    }
}

/// Whoever asks.
#[Object]
impl Viewer {
    /// The person; null until the read side has caught up with a new one.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(principal) = &self.caller.person else { return Ok(None) };
        loader::unhidden_person(cx, principal.who.person).await
    }

    /// What the person may do.
    async fn role(&self) -> Option<Role> {
        self.caller.person.as_ref().map(|principal| principal.who.role.into())
    }

    /// Where you are signed in, the newest first, at most 100.
    #[graphql(guard = "SignedIn")]
    async fn sessions(&self, cx: &Context<'_>) -> Result<Vec<Session>> {
        let found = services(cx)?.identity.sessions(&self.caller).await.map_err(internal)?;
        let asking = self.caller.session;
        Ok(found.into_iter().map(|row| Session::new(row, asking)).collect())
    }

    /// How many of your notices are unread.
    #[graphql(guard = "MayReadOwn(Permission::NoticeRead)")]
    async fn unread_notices(&self, cx: &Context<'_>) -> Result<i64> {
        let Some(principal) = &self.caller.person else { return Ok(0) };
        let pool = &services(cx)?.reads;
        notices::unread_count(pool, principal.who.person).await.map_err(unread)
    }

    /// Whether the password serves for choosing another and nothing else.
    async fn must_change_password(&self) -> bool {
        self.must_change_password
    }
}
