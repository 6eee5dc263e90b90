//! What denies, as forbids: states, bounds, rules, duties.

use cedar_policy::{Policy, PolicyId, PolicySet};

use super::decide::Holdings;
use super::generated::Generated;
use super::model::{
    AccessSubject, Deny, GrantState, Granted, Lifted, Matcher, SodAction, SodKind, Strength,
};
use super::permits::permits;
use super::words::{actions, all, any, between, holds, place, texts, unanswerable};
use crate::kernel::RoleId;

/// The world as policies.
pub(super) fn policies(case: &Generated) -> PolicySet {
    let forbids = forbids(case).into_iter().enumerate();
    let forbids = forbids.map(|(place, text)| (format!("forbid#{place}"), text));
    let policies = permits(case).into_iter().chain(forbids).map(|(id, text)| {
        let policy = Policy::parse(Some(PolicyId::new(id)), &text);
        policy.unwrap_or_else(|fault| panic!("{fault:?}: {text}"))
    });
    PolicySet::from_policies(policies).expect("each has another name")
}

fn forbids(case: &Generated) -> Vec<String> {
    let asker = case.holdings.subject;
    let mut forbids = vec![
        "forbid(principal, action, resource) when { principal.state != \"ACTIVE\" };".to_owned(),
        "forbid(principal, action in Action::\"class APPROVAL\", resource) \
         when { principal.kind != \"PERSON\" };"
            .to_owned(),
        format!("forbid(principal, action, resource) when {{ {} }};", case.session.revoked),
    ];
    let bounded = "context.check != \"function\" && context.check != \"field_free\"";
    if let Some(token) = &case.session.token {
        forbids.push(format!(
            "forbid(principal == Subject::\"{asker}\", action, resource) when {{ {bounded} }} \
             unless {{ action in {} }};",
            actions(&token.0)
        ));
    }
    forbids.extend(case.boundaries.iter().map(|(kind, ceiling)| {
        format!(
            "forbid(principal, action, resource) when {{ {bounded} && principal.kind == \"{kind}\" }} \
             unless {{ action in {} }};",
            actions(&ceiling.0)
        )
    }));
    forbids.extend(case.denies.iter().map(|deny| forbid(case, deny)));
    forbids.push(format!(
        "forbid(principal == Subject::\"{asker}\", action, resource) \
         when {{ {bounded} && {} }};",
        broken(case, "context.humans")
    ));
    forbids
}

/// Everybody whose rights are looked at.
fn everybody(case: &Generated) -> impl Iterator<Item = &Holdings> {
    [&case.holdings].into_iter().chain(&case.holdings.delegators)
}

fn forbid(case: &Generated, deny: &Deny) -> String {
    let asked = if deny.fields.is_empty() {
        "context.check != \"function\" && context.check != \"field_free\"".to_owned()
    } else {
        format!(
            "(context.check == \"field\" || context.check == \"field_free\") \
             && {}.contains(context.field)",
            texts(&deny.fields)
        )
    };
    let whom = match &deny.whom {
        Matcher::Any => "true".to_owned(),
        Matcher::Group(group) | Matcher::Subject(AccessSubject::Group(group)) => {
            format!("principal in Group::\"{group}\"")
        }
        Matcher::Subject(subject) => format!("principal == Subject::\"{subject}\""),
        Matcher::Role(role) => any(everybody(case).flat_map(|holdings| {
            let having = holdings.grants.iter().map(|held| &held.grant).filter(|grant| {
                let active = grant.state == GrantState::Active;
                let has = matches!(grant.what, Granted::Role(id) if is_above(case, id, *role));
                active && has && !holdings.revoked.contains(&grant.id)
            });
            having.map(|grant| {
                let time = between(grant.from, grant.until);
                format!("(principal == Subject::\"{}\" && {time})", holdings.subject)
            })
        })),
    };
    let matches = deny
        .condition
        .as_ref()
        .map_or("true".to_owned(), |condition| any([unanswerable(condition), holds(condition)]));
    let lifted = match deny.strength {
        Strength::Hard => "false".to_owned(),
        Strength::Soft => lifted(everybody(case), Lifted::Deny(deny.id)),
    };
    format!(
        "forbid(principal, action in {}, resource) when {{ {asked} && {whom} && {} && {matches} }} \
         unless {{ {lifted} }};",
        actions(&deny.actions),
        place(&deny.scope, "Place"),
    )
}

/// Whether something lets the principal past the rule now.
fn lifted<'a>(among: impl Iterator<Item = &'a Holdings>, rule: Lifted) -> String {
    any(among.flat_map(|holdings| {
        let of = holdings.exceptions.iter();
        let of = of.filter(|it| it.lifts == rule && it.subject == holdings.subject);
        of.map(|it| {
            let time = between(it.from, Some(it.until));
            format!("(principal == Subject::\"{}\" && {time})", holdings.subject)
        })
    }))
}

/// Whether the one role is the other, or inherits from it. A role that is not there has nothing.
fn is_above(case: &Generated, one: RoleId, other: RoleId) -> bool {
    case.roles.iter().find(|role| role.id == one).is_some_and(|role| {
        one == other || role.juniors.iter().any(|it| is_above(case, *it, other))
    })
}

/// Whether these humans would come to a second duty; to read is no duty.
pub(super) fn broken(case: &Generated, humans: &str) -> String {
    let rules = case.sod.iter().filter(|rule| rule.action != SodAction::Record);
    let broken = rules.flat_map(|rule| {
        let SodKind::Dynamic { object_type, duties } = &rule.kind else { return Vec::new() };
        let pairs = duties.iter().flat_map(|taken| {
            duties.iter().filter(|done| done.name != taken.name).map(move |done| (taken, done))
        });
        let broken = pairs.filter(|(taken, _)| !taken.actions.is_empty()).map(|(taken, done)| {
            let taken: Vec<String> =
                taken.actions.iter().map(|action| format!("Action::\"{action}\"")).collect();
            all([
                format!("action in [{}]", taken.join(", ")),
                format!("action in Action::\"{object_type}.*\""),
                "!(action in Action::\"kind READ\")".to_owned(),
                format!("resource.done[\"{}\"].containsAny({humans})", done.name),
                format!("!{}", lifted([&case.holdings].into_iter(), Lifted::Sod(rule.id))),
            ])
        });
        broken.collect()
    });
    any(broken)
}
