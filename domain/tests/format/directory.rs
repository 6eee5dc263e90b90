//! One event of each kind of the directory: people, units, subjects, settings.

use chrono::NaiveDate;
use domain::access::model::{ClassSet, Human};
use domain::person::event::{
    AccountLinked, AccountUnlinked, ContactsChanged, DeputyAppointed, DeputyDismissed,
    LanguageChosen, Left, Moved, OrganizationChanged, PasswordChanged, PositionTaken, Registered,
    Renamed, Restored, RoleChanged, SkillCertified, SkillWithdrawn, Suspended, TierAssigned,
};
use domain::person::{PersonEvent, PersonKind, Role};
use domain::settings::event::{
    AttachmentsChanged, ClosingChanged, DispatchChanged, Established, LanguagesChanged,
    NoticesChanged, PriorityMatrixChanged, QualityChanged, SlaChanged,
};
use domain::settings::{CheckQuestion, Language, PriorityMatrix, SettingsEvent};
use domain::subject::{SubjectEvent, event as subject};
use domain::ticket::{Priority, TicketKind, Tier};
use domain::unit::event::{HeadAppointed, HeadDismissed, Joined, LeadAppointed, RoutingChosen};
use domain::unit::{RoutingMethod, UnitEvent, UnitKind, event as unit};

use super::samples::{PERSON, PLAN, UNIT, instant, sealed};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).expect("a plain day")
}

pub(crate) fn people() -> [PersonEvent; 19] {
    [
        PersonEvent::Registered(Box::new(Registered {
            login: sealed("login"),
            name: sealed("name"),
            email: Some(sealed("e-mail address")),
            phone: Some(sealed("telephone number")),
            kind: PersonKind::Client,
            role: Role::ClientGroupLead,
            organization: Some(UNIT),
        })),
        PersonEvent::PasswordChanged(PasswordChanged { must_change: true }),
        PersonEvent::RoleChanged(RoleChanged { role: Role::UnitHead }),
        PersonEvent::Renamed(Renamed { name: sealed("name") }),
        PersonEvent::ContactsChanged(ContactsChanged {
            email: Some(sealed("e-mail address")),
            phone: Some(sealed("telephone number")),
        }),
        PersonEvent::PositionTaken(PositionTaken { position: Some("Network engineer".to_owned()) }),
        PersonEvent::Moved(Moved { from: instant(0), grace_days: 30 }),
        PersonEvent::LanguageChosen(LanguageChosen { language: Language::Uk }),
        PersonEvent::OrganizationChanged(OrganizationChanged { organization: Some(UNIT) }),
        PersonEvent::SkillCertified(SkillCertified {
            skill: "network".to_owned(),
            level: 5,
            certified_until: Some(day(31)),
        }),
        PersonEvent::SkillWithdrawn(SkillWithdrawn { skill: "network".to_owned() }),
        PersonEvent::TierAssigned(TierAssigned { tier: Tier(2) }),
        PersonEvent::DeputyAppointed(DeputyAppointed {
            deputy: PERSON,
            from: day(2),
            until: day(15),
        }),
        PersonEvent::DeputyDismissed(DeputyDismissed {}),
        PersonEvent::Suspended(Suspended {}),
        PersonEvent::Restored(Restored {}),
        PersonEvent::Left(Left {}),
        PersonEvent::AccountLinked(AccountLinked { human: Human(PERSON) }),
        PersonEvent::AccountUnlinked(AccountUnlinked {}),
    ]
}

pub(crate) fn units() -> [UnitEvent; 11] {
    [
        UnitEvent::Created(unit::Created {
            name: "Service desk".to_owned(),
            kind: UnitKind::SupportUnit,
            parent: Some(UNIT),
        }),
        UnitEvent::Joined(Joined { person: PERSON }),
        UnitEvent::HeadAppointed(HeadAppointed { person: PERSON }),
        UnitEvent::LeadAppointed(LeadAppointed { person: PERSON }),
        UnitEvent::Renamed(unit::Renamed { name: "Help desk".to_owned() }),
        UnitEvent::Left(unit::Left { person: PERSON }),
        UnitEvent::HeadDismissed(HeadDismissed { person: PERSON }),
        UnitEvent::RoutingChosen(RoutingChosen { method: RoutingMethod::LeastLoaded }),
        UnitEvent::Closed(unit::Closed {}),
        UnitEvent::BarrierDrawn(unit::BarrierDrawn { classes: ClassSet::ALL }),
        UnitEvent::BarrierLifted(unit::BarrierLifted {}),
    ]
}

pub(crate) fn subjects() -> [SubjectEvent; 5] {
    [
        SubjectEvent::Created(subject::Created { name: "E-mail".to_owned() }),
        SubjectEvent::Renamed(subject::Renamed { name: "Mail".to_owned() }),
        SubjectEvent::DefaultsChosen(subject::DefaultsChosen {
            unit: Some(UNIT),
            priority: Some(Priority::High),
            skill: Some("network".to_owned()),
            tier: Some(Tier(2)),
            sla_plan: Some(PLAN),
        }),
        SubjectEvent::Retired(subject::Retired {}),
        SubjectEvent::Restored(subject::Restored {}),
    ]
}

pub(crate) fn settings() -> [SettingsEvent; 9] {
    let priority_matrix = PriorityMatrix::SHIPPED;
    [
        SettingsEvent::Established(Established {
            priority_matrix: priority_matrix.clone(),
            reopen_after_close_days: 7,
        }),
        SettingsEvent::PriorityMatrixChanged(PriorityMatrixChanged { priority_matrix }),
        SettingsEvent::ClosingChanged(ClosingChanged {
            close_after_days: 3,
            reopen_after_close_days: 7,
        }),
        SettingsEvent::LanguagesChanged(LanguagesChanged {
            languages: vec![Language::De, Language::En],
        }),
        SettingsEvent::AttachmentsChanged(AttachmentsChanged {
            max_bytes: 2_097_152,
            media_types: ["image/png".to_owned(), "text/plain".to_owned()].into(),
        }),
        SettingsEvent::DispatchChanged(DispatchChanged { unit: Some(UNIT) }),
        SettingsEvent::NoticesChanged(NoticesChanged { to_assignees: true }),
        SettingsEvent::SlaChanged(SlaChanged {
            on: true,
            plans: [(TicketKind::Incident, PLAN)].into(),
        }),
        SettingsEvent::QualityChanged(QualityChanged {
            survey_percent: 20,
            survey_days: 14,
            check_percent: 5,
            checklist: vec![CheckQuestion { question: "Is it documented?".to_owned(), weight: 2 }],
            checklist_version: 3,
        }),
    ]
}
