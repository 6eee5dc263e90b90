//! What the rules note about a request: which duties would not be separated, what is denied.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::access::known::{Beside, HolderFacts};
use domain::access::model::{
    AccessSubject, ActionClass, Deny, Exception, Granted, Lifted, Matcher, SodAction, Strength,
};
use domain::access::sod::{Origin, Tenure};
use domain::access_request::known::RequestQuery;
use domain::access_request::wanted::{Finding, What};
use domain::kernel::{AccessRequestId, RoleId, SodRuleId};
use uuid::Uuid;

use super::scene::Scene;

/// All of them, as things stand.
pub(super) fn findings(
    scene: &Scene,
    query: &RequestQuery,
    now: DateTime<Utc>,
) -> BTreeSet<Finding> {
    match &query.wanted.what {
        What::Role { role } => {
            let holder = scene.holder(query.beneficiary).unwrap_or_default();
            let mut findings = duties(scene, (query, *role), &holder, now);
            findings.extend(denied(scene, (query, *role), &holder, now));
            findings
        }
        What::Exception { lifts, .. } => unliftable(scene, *lifts).into_iter().collect(),
    }
}

/// What nobody is let past.
fn unliftable(scene: &Scene, lifts: Lifted) -> Option<Finding> {
    let book = &scene.settled.book;
    match lifts {
        Lifted::Deny(id) => {
            let hard = book.denies.get(&id).is_some_and(|deny| !deny.takes_exceptions());
            hard.then_some(Finding::HardDeny { rule: id })
        }
        Lifted::Sod(id) => {
            let blocks = book.duties.get(&id).is_some_and(|it| it.action == SodAction::Block);
            blocks.then_some(Finding::DutiesBlock { rule: id })
        }
    }
}

/// The static rules that some human behind it would break.
fn duties(
    scene: &Scene,
    (query, role): (&RequestQuery, RoleId),
    holder: &HolderFacts,
    now: DateTime<Utc>,
) -> BTreeSet<Finding> {
    let separation = &scene.settled.separation;
    let new = Tenure {
        what: Granted::Role(role),
        from: query.wanted.from.unwrap_or(now).max(now),
        until: query.wanted.until,
        // Not known here; what it asks for already counts once with it.
        origin: Origin::Request(AccessRequestId(Uuid::nil())),
    };
    // What a subject has that nobody is behind counts alone.
    let nobody = holder.beside.is_empty().then(Beside::default);
    let all = holder.beside.values().chain(&nobody);
    let breaches = all.flat_map(|beside| {
        let (others, lifting) = together(&holder.own, beside);
        separation.brought_by(&new, &others, &lifting)
    });
    breaches.map(|breach| noted(breach.action, breach.rule)).collect()
}

pub(super) fn together(own: &Beside, beside: &Beside) -> (Vec<Tenure>, Vec<Exception>) {
    let tenures = own.tenures.iter().chain(&beside.tenures).cloned().collect();
    let exceptions = own.exceptions.iter().chain(&beside.exceptions).cloned().collect();
    (tenures, exceptions)
}

fn noted(action: SodAction, rule: SodRuleId) -> Finding {
    match action {
        SodAction::Block => Finding::DutiesBlock { rule },
        SodAction::Approve => Finding::DutiesApprove { rule },
        // What is taken back afterwards is no reason not to ask for it.
        SodAction::Record | SodAction::Prune => Finding::DutiesRecord { rule },
    }
}

/// The rules that would deny it there, whatever the circumstances: for good when nothing is left.
fn denied(
    scene: &Scene,
    (query, role): (&RequestQuery, RoleId),
    holder: &HolderFacts,
    now: DateTime<Utc>,
) -> BTreeSet<Finding> {
    let (book, rules) = (&scene.settled.book, &scene.settled.rules);
    let gives = book.registry.actions().filter(|(action, info)| {
        info.class != ActionClass::Function && rules.roles().permits(role, *action)
    });
    let gives: Vec<_> = gives.map(|(_, info)| &info.name).collect();
    let from = query.wanted.from.unwrap_or(now).max(now);
    let lifted =
        |deny: &Deny| holder.own.exceptions.iter().any(|it| it.lifts(Lifted::Deny(deny.id), from));
    let meant = book.denies.values().filter(|deny| {
        deny.condition.is_none()
            && deny.fields.is_empty()
            && deny.scope.includes(&query.wanted.scope)
            && is_meant(scene, (query.beneficiary, role), holder, &deny.whom)
    });
    let denies = |deny: &&Deny| {
        let hit = |name| deny.actions.iter().any(|pattern| pattern.matches(name));
        let hits = gives.iter().filter(|name| hit(name)).count();
        match deny.strength {
            Strength::Hard => !gives.is_empty() && hits == gives.len(),
            Strength::Soft => hits > 0 && !lifted(deny),
        }
    };
    let found = meant.filter(denies).map(|deny| match deny.strength {
        Strength::Hard => Finding::HardDeny { rule: deny.id },
        Strength::Soft => Finding::SoftDeny { rule: deny.id },
    });
    found.collect()
}

/// Whether a rule for those would be for the subject once it had the role.
fn is_meant(
    scene: &Scene,
    (subject, role): (AccessSubject, RoleId),
    holder: &HolderFacts,
    whom: &Matcher,
) -> bool {
    match whom {
        Matcher::Any => true,
        Matcher::Subject(AccessSubject::Group(id)) | Matcher::Group(id) => {
            subject == AccessSubject::Group(*id) || scene.around(subject).contains(id)
        }
        Matcher::Subject(meant) => subject == *meant,
        Matcher::Role(meant) => {
            let roles = &scene.settled.book.roles;
            let others = holder.own.tenures.iter().filter_map(|tenure| match tenure.what {
                Granted::Role(role) => Some(role),
                Granted::Entry(_) => None,
            });
            let mut held = others.chain([role]).filter_map(|role| roles.closure(role));
            held.any(|below| below.contains(meant))
        }
    }
}
