//! What each event says, as far as access depends on it.

use domain::Fact;
use domain::access::model::{AccessSubject, GrantState};
use domain::access_group::AccessGroupEvent;
use domain::access_policy::{self, AccessPolicyEvent};
use domain::access_request::AccessRequestEvent;
use domain::deny_rule::DenyRuleEvent;
use domain::kernel::{GrantId, PersonId, SubjectAccessId};
use domain::person::PersonEvent;
use domain::resource_type::ResourceTypeEvent;
use domain::role::RoleEvent;
use domain::service_account::ServiceAccountEvent;
use domain::sod_rule::SodRuleEvent;
use domain::subject_access::SubjectAccessEvent;
use domain::subject_access::event::{Pattern, Shortening};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::directory::inline::Said;

/// What a subject's own row is called.
pub(in crate::directory) const ACCESS: &str = "access";
/// What a grant's begins with.
pub(super) const GRANT: &str = "grant:";
/// And an exception's.
pub(super) const EXCEPTION: &str = "exception:";
/// What tells that somebody may have a seat at a request begins with this.
const SEAT: &str = "seat:";
/// A boundary is a field of its own, so that another one does not replace it.
pub(super) const BOUNDARY: &str = "boundary:";

/// By its noun and stream.
pub(in crate::directory) fn of_rule(fact: &Fact, _version: i64) -> Option<(String, Said)> {
    let (noun, id, said) = match fact {
        Fact::Role(id, event) => ("role", id.0, of_role(event)),
        Fact::SodRule(id, event) => ("sod_rule", id.0, of_sod_rule(event)),
        Fact::DenyRule(id, event) => ("deny_rule", id.0, of_deny_rule(event)),
        Fact::ResourceType(id, event) => ("resource_type", id.0, of_resource_type(event)),
        Fact::AccessPolicy(event) => ("policy", access_policy::STREAM_ID, of_policy(event)),
        Fact::AccessGroup(id, event) => ("group", id.0, of_group(event)),
        Fact::ServiceAccount(id, event) => ("service", id.0, of_service(event)),
        Fact::Person(id, PersonEvent::AccountLinked(e)) => {
            ("account", id.0, Said::Later(json!({"human": e.human})))
        }
        Fact::Person(id, PersonEvent::AccountUnlinked(_)) => {
            ("account", id.0, Said::Later(json!({"human": null})))
        }
        _ => return None,
    };
    Some((format!("{noun}:{id}"), said))
}

fn of_role(event: &RoleEvent) -> Said {
    match event {
        RoleEvent::Defined(e) => Said::First(json!({"definition": e, "retired": false})),
        RoleEvent::Redefined(e) => Said::Later(json!({"definition": e})),
        RoleEvent::Retired(_) => retired(),
    }
}

fn of_sod_rule(event: &SodRuleEvent) -> Said {
    match event {
        SodRuleEvent::Defined(e) => Said::First(json!({"definition": e, "retired": false})),
        SodRuleEvent::Redefined(e) => Said::Later(json!({"definition": e})),
        SodRuleEvent::Retired(_) => retired(),
    }
}

fn of_deny_rule(event: &DenyRuleEvent) -> Said {
    match event {
        DenyRuleEvent::Defined(e) => Said::First(json!({"definition": e, "retired": false})),
        DenyRuleEvent::Redefined(e) => Said::Later(json!({"definition": e})),
        DenyRuleEvent::Retired(_) => retired(),
    }
}

fn of_resource_type(event: &ResourceTypeEvent) -> Said {
    match event {
        ResourceTypeEvent::Defined(e) => Said::First(json!({
            "system": e.system, "name": e.name, "label": e.label, "verbs": e.verbs, "retired": false,
        })),
        ResourceTypeEvent::Redefined(e) => Said::Later(json!({"label": e.label, "verbs": e.verbs})),
        ResourceTypeEvent::Retired(_) => retired(),
    }
}

/// Named like the fields of the policy.
fn of_policy(event: &AccessPolicyEvent) -> Said {
    Said::Later(match event {
        AccessPolicyEvent::RulesSet(e) => json!({"rules": e.rules}),
        AccessPolicyEvent::GovernanceChosen(e) => {
            json!({"governance": e.governance, "owner": e.owner})
        }
        AccessPolicyEvent::LimitsChanged(e) => json!(e),
        AccessPolicyEvent::BoundaryDrawn(e) => {
            let field = format!("{BOUNDARY}{}", e.kind);
            Value::Object(Map::from_iter([(field, json!(e.ceiling))]))
        }
        AccessPolicyEvent::EmergenciesPrepared(e) => json!({"emergencies": e.roles}),
    })
}

fn of_group(event: &AccessGroupEvent) -> Said {
    match event {
        AccessGroupEvent::Defined(_) => Said::First(json!({"population": null, "retired": false})),
        AccessGroupEvent::PopulationChosen(e) => Said::Later(json!({"population": e.population})),
        AccessGroupEvent::Retired(_) => retired(),
        // Members are rows of their own.
        AccessGroupEvent::Redefined(_)
        | AccessGroupEvent::MemberAdded(_)
        | AccessGroupEvent::MemberRemoved(_) => Said::Nothing,
    }
}

fn of_service(event: &ServiceAccountEvent) -> Said {
    match event {
        ServiceAccountEvent::Registered(e) => {
            Said::First(json!({"owner": e.owner, "retired": false}))
        }
        ServiceAccountEvent::OwnerChanged(e) => Said::Later(json!({"owner": e.owner})),
        ServiceAccountEvent::Retired(_) => retired(),
        ServiceAccountEvent::TokenIssued(_) | ServiceAccountEvent::TokenRevoked(_) => Said::Nothing,
    }
}

fn retired() -> Said {
    Said::Later(json!({"retired": true}))
}

/// Which group, whom, and whether they belong to it now.
pub(in crate::directory) fn of_membership(fact: &Fact) -> Option<(Uuid, AccessSubject, bool)> {
    let Fact::AccessGroup(id, event) = fact else { return None };
    match event {
        AccessGroupEvent::MemberAdded(e) => Some((id.0, e.member, true)),
        AccessGroupEvent::MemberRemoved(e) => Some((id.0, e.member, false)),
        AccessGroupEvent::Defined(_)
        | AccessGroupEvent::Redefined(_)
        | AccessGroupEvent::PopulationChosen(_)
        | AccessGroupEvent::Retired(_) => None,
    }
}

/// By the subject's stream and what it has: each event says something of the subject itself, and some
/// of a grant or an exception. A grant's identity is its giver's to draw: it is one within its stream.
pub(in crate::directory) fn of_holdings(fact: &Fact, version: i64) -> Vec<((Uuid, String), Said)> {
    let Fact::SubjectAccess(SubjectAccessId(stream), event) = fact else { return Vec::new() };
    let mut of_subject = json!({"revision": version});
    let mut of_holding = None;
    match event {
        SubjectAccessEvent::Opened(e) => {
            (of_subject["subject"], of_subject["closed"]) = (json!(e.subject), json!(false));
        }
        SubjectAccessEvent::Closed(_) => {
            (of_subject["closed"], of_subject["closed_at"]) = (json!(true), json!(version));
        }
        SubjectAccessEvent::Granted(e) => {
            let mut grant = json!(e.as_grant());
            grant["version"] = json!(version);
            if let Some(Pattern::Rule { rule, .. }) = e.pattern {
                grant["rule"] = json!(rule);
            }
            of_holding = Some((named(e.grant), Said::First(grant)));
        }
        SubjectAccessEvent::Prolonged(e) => {
            let mut longer = json!({"until": e.until});
            if let Some(request) = e.request {
                longer["request"] = json!(request);
            }
            of_holding = Some((named(e.grant), Said::Later(longer)));
        }
        SubjectAccessEvent::Shortened(e) => {
            let mut shorter = json!({"until": e.until});
            // It is the rule's no more.
            if e.because == Shortening::Lost {
                shorter["rule"] = Value::Null;
            }
            of_holding = Some((named(e.grant), Said::Later(shorter)));
        }
        SubjectAccessEvent::Confirmed(e) => {
            of_holding = Some((named(e.grant), Said::Later(json!({"until": e.until}))));
        }
        SubjectAccessEvent::Revoked(e) => {
            of_holding = Some((named(e.grant), finished(GrantState::Revoked)));
        }
        SubjectAccessEvent::Expired(e) => {
            of_holding = Some((named(e.grant), finished(GrantState::Expired)));
        }
        // One that was ended may be made again.
        SubjectAccessEvent::Excepted(e) => {
            let said = json!({
                "lifts": e.lifts, "owner": e.owner, "from": e.from, "until": e.until,
                "ended": false, "version": version,
            });
            of_holding = Some((format!("{EXCEPTION}{}", e.exception), Said::Later(said)));
        }
        SubjectAccessEvent::ExceptionEnded(e) => {
            let said = Said::Later(json!({"ended": true}));
            of_holding = Some((format!("{EXCEPTION}{}", e.exception), said));
        }
    }
    let of_holding = of_holding.map(|(holding, said)| ((*stream, holding), said));
    let of_subject = ((*stream, ACCESS.to_owned()), Said::Later(of_subject));
    [of_subject].into_iter().chain(of_holding).collect()
}

fn named(grant: GrantId) -> String {
    format!("{GRANT}{grant}")
}

fn finished(state: GrantState) -> Said {
    Said::Later(json!({"state": state}))
}

/// As long as something may still come of it.
pub(in crate::directory) fn of_request(fact: &Fact, _version: i64) -> Option<(Uuid, Said)> {
    let Fact::AccessRequest(id, event) = fact else { return None };
    let said = match event {
        AccessRequestEvent::Submitted(e) => Said::First(json!({
            "beneficiary": e.beneficiary, "wanted": e.wanted, "open": true,
        })),
        AccessRequestEvent::Amended(e) => Said::Later(json!({"wanted": e.wanted})),
        AccessRequestEvent::Rejected(_)
        | AccessRequestEvent::TimedOut(_)
        | AccessRequestEvent::Withdrawn(_)
        | AccessRequestEvent::Activated(_)
        | AccessRequestEvent::ActivationFailed(_)
        | AccessRequestEvent::Ended(_) => Said::Later(json!({"open": false})),
        AccessRequestEvent::PolicyChecked(e) => {
            let stages = e.plan.stages.iter().map(|stage| &stage.approvers);
            seats(stages.chain(&e.plan.escalations).flatten())
        }
        AccessRequestEvent::SeatPassed(e) => seats([&e.to]),
        AccessRequestEvent::StageOpened(_)
        | AccessRequestEvent::Voted(_)
        | AccessRequestEvent::InfoAsked(_)
        | AccessRequestEvent::InfoGiven(_)
        | AccessRequestEvent::Reminded(_)
        | AccessRequestEvent::Escalated(_)
        | AccessRequestEvent::Approved(_) => Said::Nothing,
    };
    Some((id.0, said))
}

/// Who may have a seat at a stage; once named, they stay so. A field each, so that none replaces another.
fn seats<'a>(people: impl IntoIterator<Item = &'a PersonId>) -> Said {
    let fields = people.into_iter().map(|person| (format!("{SEAT}{person}"), json!(true)));
    Said::Later(Value::Object(fields.collect()))
}
