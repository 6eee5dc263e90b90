//! What staff can do, and who stands in for them.

use async_graphql::{ID, InputObject};
use domain::person::PersonCommand;
use domain::person::command::{
    AppointDeputy, AssignTier, CertifySkill, DismissDeputy, WithdrawSkill,
};
use domain::ticket::Tier;

use super::{of_person, on};
use crate::graphql::input::{single, small};
use crate::graphql::payload::Common;
use crate::graphql::scalar::Date;

/// What somebody can do.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonCertifySkillInput {
    /// Who.
    person_id: ID,
    /// At most 100 characters; kept in lower case.
    skill: String,
    /// 1 (learning) to 5 (teaching).
    level: i32,
    /// The last day of the certificate; absent: it does not end.
    certified_until: Option<Date>,
    #[graphql(flatten)]
    common: Common,
}

/// What somebody is no longer counted on for.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonWithdrawSkillInput {
    /// Who.
    person_id: ID,
    /// Whatever its case.
    skill: String,
    #[graphql(flatten)]
    common: Common,
}

/// At which line of support somebody works.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonAssignTierInput {
    /// Who.
    person_id: ID,
    /// 1 to 3.
    tier: i32,
    #[graphql(flatten)]
    common: Common,
}

/// Who stands in while somebody is away.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonAppointDeputyInput {
    /// Who is away.
    person_id: ID,
    /// Who stands in: another active member of staff.
    deputy_id: ID,
    /// The first day away, in UTC.
    from: Date,
    /// The last day away, in UTC; at most 366 days on end.
    until: Date,
    #[graphql(flatten)]
    common: Common,
}

/// Who is back.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonDismissDeputyInput {
    /// Who.
    person_id: ID,
    #[graphql(flatten)]
    common: Common,
}

of_person! {
    PersonCertifySkillInput, |input| {
        let (skill, level) = (input.skill, small(input.level, u8::MAX));
        let certified_until = input.certified_until.map(|day| day.0);
        on(&input.person_id, |person| {
            PersonCommand::CertifySkill(CertifySkill { person, skill, level, certified_until })
        })
    };
    PersonWithdrawSkillInput, |input| {
        let skill = input.skill;
        on(&input.person_id, |person| {
            PersonCommand::WithdrawSkill(WithdrawSkill { person, skill })
        })
    };
    PersonAssignTierInput, |input| {
        let tier = Tier(small(input.tier, u8::MAX));
        on(&input.person_id, |person| PersonCommand::AssignTier(AssignTier { person, tier }))
    };
    PersonAppointDeputyInput, |input| {
        let deputy = single("deputyId", &input.deputy_id)?;
        let (from, until) = (input.from.0, input.until.0);
        let command = |person| AppointDeputy { person, deputy, from, until };
        on(&input.person_id, |person| PersonCommand::AppointDeputy(command(person)))
    };
    PersonDismissDeputyInput, |input| {
        on(&input.person_id, |_| PersonCommand::DismissDeputy(DismissDeputy {}))
    };
}
