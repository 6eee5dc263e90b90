//! What each event says, as far as rights and decisions depend on it.

use domain::Fact;
use domain::access::model::ClassSet;
use domain::calendar::CalendarEvent;
use domain::ci_class::CiClassEvent;
use domain::custom_field::CustomFieldEvent;
use domain::person::{Life, PersonEvent};
use domain::settings::SettingsEvent;
use domain::sla_plan::SlaPlanEvent;
use domain::subject::SubjectEvent;
use domain::unit::UnitEvent;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::inline::{SETTINGS, Said};

pub(super) fn of_person(fact: &Fact, _version: i64) -> Option<(Uuid, Said)> {
    let Fact::Person(id, event) = fact else { return None };
    let said = match event {
        PersonEvent::Registered(e) => Said::First(json!({
            "kind": e.kind, "role": e.role, "life": Life::Active, "organization": e.organization,
        })),
        PersonEvent::RoleChanged(e) => Said::Later(json!({"role": e.role})),
        PersonEvent::LanguageChosen(e) => Said::Later(json!({"language": e.language})),
        PersonEvent::OrganizationChanged(e) => Said::Later(json!({"organization": e.organization})),
        PersonEvent::SkillCertified(e) => Said::Later(one(
            &e.skill,
            json!({"level": e.level, "certified_until": e.certified_until}),
        )),
        PersonEvent::SkillWithdrawn(e) => Said::Later(one(&e.skill, Value::Null)),
        PersonEvent::PositionTaken(e) => Said::Later(json!({"position": e.position})),
        PersonEvent::TierAssigned(e) => Said::Later(json!({"tier": e.tier})),
        PersonEvent::DeputyAppointed(e) => Said::Later(json!({
            "deputy": {"person": e.deputy, "from": e.from, "until": e.until},
        })),
        PersonEvent::DeputyDismissed(_) => Said::Later(json!({"deputy": null})),
        PersonEvent::Suspended(_) => Said::Later(json!({"life": Life::Suspended})),
        PersonEvent::Restored(_) => Said::Later(json!({"life": Life::Active})),
        PersonEvent::Left(_) => Said::Later(json!({"life": Life::Left})),
        // Kept with the rules: who is the same human is asked of everybody at once.
        PersonEvent::AccountLinked(_)
        | PersonEvent::AccountUnlinked(_)
        | PersonEvent::Moved(_)
        | PersonEvent::PasswordChanged(_)
        | PersonEvent::Renamed(_)
        | PersonEvent::ContactsChanged(_) => Said::Nothing,
    };
    Some((id.0, said))
}

/// A skill is a field of its own, so that another one does not replace it.
pub(super) const SKILL: &str = "skill:";

fn one(skill: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(format!("{SKILL}{skill}"), value)]))
}

pub(super) fn of_unit(fact: &Fact, _version: i64) -> Option<(Uuid, Said)> {
    let Fact::Unit(id, event) = fact else { return None };
    let said = match event {
        UnitEvent::Created(e) => Said::First(json!({
            "kind": e.kind, "parent": e.parent, "closed": false,
        })),
        UnitEvent::LeadAppointed(e) => Said::Later(json!({"lead": e.person})),
        UnitEvent::RoutingChosen(e) => Said::Later(json!({"routing": e.method})),
        UnitEvent::Closed(_) => Said::Later(json!({"closed": true})),
        UnitEvent::BarrierDrawn(e) => Said::Later(json!({"barrier": e.classes})),
        UnitEvent::BarrierLifted(_) => Said::Later(json!({"barrier": ClassSet::NONE})),
        UnitEvent::Joined(_)
        | UnitEvent::Left(_)
        | UnitEvent::HeadAppointed(_)
        | UnitEvent::HeadDismissed(_)
        | UnitEvent::Renamed(_) => Said::Nothing,
    };
    Some((id.0, said))
}

/// How somebody stands to a unit; what is none stays as it was.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Belonging {
    pub(super) member: Option<bool>,
    pub(super) is_head: Option<bool>,
}

impl Belonging {
    pub(super) fn then(&mut self, next: Self) {
        self.member = next.member.or(self.member);
        self.is_head = next.is_head.or(self.is_head);
    }
}

pub(super) fn of_membership(fact: &Fact) -> Option<(Uuid, Uuid, Belonging)> {
    let Fact::Unit(unit, event) = fact else { return None };
    let (person, member, is_head) = match event {
        UnitEvent::Joined(e) => (e.person, Some(true), None),
        UnitEvent::Left(e) => (e.person, Some(false), Some(false)),
        UnitEvent::HeadAppointed(e) => (e.person, None, Some(true)),
        UnitEvent::HeadDismissed(e) => (e.person, None, Some(false)),
        // A group lead is a client, who belongs to no unit.
        UnitEvent::Created(_)
        | UnitEvent::LeadAppointed(_)
        | UnitEvent::Renamed(_)
        | UnitEvent::RoutingChosen(_)
        | UnitEvent::BarrierDrawn(_)
        | UnitEvent::BarrierLifted(_)
        | UnitEvent::Closed(_) => return None,
    };
    Some((unit.0, person.0, Belonging { member, is_head }))
}

pub(super) fn of_subject(fact: &Fact, _version: i64) -> Option<(Uuid, Said)> {
    let Fact::Subject(id, event) = fact else { return None };
    let said = match event {
        SubjectEvent::Created(_) => Said::First(json!({"retired": false})),
        SubjectEvent::DefaultsChosen(e) => Said::Later(json!({"defaults": e})),
        SubjectEvent::Retired(_) => Said::Later(json!({"retired": true})),
        SubjectEvent::Restored(_) => Said::Later(json!({"retired": false})),
        SubjectEvent::Renamed(_) => Said::Nothing,
    };
    Some((id.0, said))
}

pub(super) fn of_field(fact: &Fact, _version: i64) -> Option<(Uuid, Said)> {
    let Fact::CustomField(id, event) = fact else { return None };
    let said = match event {
        CustomFieldEvent::Defined(e) => Said::First(json!({
            "kinds": e.kinds,
            "form": e.form,
            "choices": e.choices,
            "client_visible": e.client_visible,
            "retired": false,
        })),
        CustomFieldEvent::Redefined(e) => Said::Later(json!({
            "kinds": e.kinds, "choices": e.choices, "client_visible": e.client_visible,
        })),
        CustomFieldEvent::Retired(_) => Said::Later(json!({"retired": true})),
    };
    Some((id.0, said))
}

/// Each definition is a version; its number is all that decisions ask.
pub(super) fn of_calendar(fact: &Fact, version: i64) -> Option<(Uuid, Said)> {
    let Fact::Calendar(id, CalendarEvent::Defined(_)) = fact else { return None };
    Some((id.0, Said::Later(json!({"version": version}))))
}

/// Each definition is a version, and says everything.
pub(super) fn of_plan(fact: &Fact, version: i64) -> Option<(Uuid, Said)> {
    let Fact::SlaPlan(id, SlaPlanEvent::Defined(e)) = fact else { return None };
    Some((id.0, Said::Later(json!({"version": version, "definition": e}))))
}

/// Likewise.
pub(super) fn of_ci_class(fact: &Fact, version: i64) -> Option<(Uuid, Said)> {
    let Fact::CiClass(id, CiClassEvent::Defined(e)) = fact else { return None };
    Some((id.0, Said::Later(json!({"version": version, "definition": e}))))
}

/// Named like the fields of the policy.
pub(super) fn of_settings(fact: &Fact, _version: i64) -> Option<(Uuid, Said)> {
    let Fact::Settings(event) = fact else { return None };
    let said = match event {
        SettingsEvent::Established(e) => Said::First(json!({
            "matrix": e.priority_matrix, "reopen_after_close_days": e.reopen_after_close_days,
        })),
        SettingsEvent::PriorityMatrixChanged(e) => {
            Said::Later(json!({"matrix": e.priority_matrix}))
        }
        SettingsEvent::ClosingChanged(e) => Said::Later(json!({
            "close_after_days": e.close_after_days,
            "reopen_after_close_days": e.reopen_after_close_days,
        })),
        SettingsEvent::LanguagesChanged(e) => Said::Later(json!({"languages": e.languages})),
        SettingsEvent::AttachmentsChanged(e) => Said::Later(json!({
            "attachment_max_bytes": e.max_bytes, "attachment_media_types": e.media_types,
        })),
        SettingsEvent::DispatchChanged(e) => Said::Later(json!({"dispatch_unit": e.unit})),
        SettingsEvent::NoticesChanged(e) => {
            Said::Later(json!({"notices_to_assignees": e.to_assignees}))
        }
        SettingsEvent::QualityChanged(e) => Said::Later(json!({ "quality": e })),
        SettingsEvent::SlaChanged(e) => Said::Later(json!({"sla_on": e.on, "sla_plans": e.plans})),
    };
    Some((SETTINGS, said))
}
