//! Grants as permits: one for every way on which a grant comes to an entry, and of a delegated one
//! with every right of whoever delegated it.

use super::decide::Holdings;
use super::generated::Generated;
use super::model::{
    ActionPattern, Entry, Grant, GrantState, Granted, ObligationSet, RoleDefinition, Weight,
};
use super::policies::broken;
use super::words::{actions, all, any, between, field, holds, met, reach, stands};
use crate::kernel::RoleId;

/// A way from a grant to an entry.
struct Way<'a> {
    grant: &'a Grant,
    entry: &'a Entry,
    /// What the roles on the way do not take over.
    masks: Vec<ActionPattern>,
    terms: ObligationSet,
}

/// Under the identities of the grants, and a number each.
pub(super) fn permits(case: &Generated) -> Vec<(String, String)> {
    let mut permits = Vec::new();
    for way in ways(case, &case.holdings) {
        let bodies = match way.grant.delegated_by {
            None => vec![own(&way, "me", &case.holdings, case)],
            Some(person) => {
                let key = person.to_string();
                let delegator =
                    case.holdings.delegators.iter().find(|it| it.subject.person() == Some(person));
                let rights = delegator.into_iter().flat_map(|it| ways(case, it));
                let rights = rights.filter(|right| right.grant.delegated_by.is_none());
                let function = all([
                    "context.check == \"function\"".to_owned(),
                    format!("context.function_above.contains(\"{key}\")"),
                    given(&way, case),
                ]);
                let bounded = rights.map(|right| pair(&way, &right, &key, case));
                [function].into_iter().chain(bounded).collect()
            }
        };
        for body in bodies {
            let id = format!("{}#{}", way.grant.id, permits.len());
            permits.push((id, permit(&case.holdings, &body)));
        }
    }
    for delegator in &case.holdings.delegators {
        let key = delegator.subject.person().map(|person| person.to_string()).unwrap_or_default();
        for way in ways(case, delegator).filter(|way| way.grant.delegated_by.is_none()) {
            let id = format!("above#{}", permits.len());
            permits.push((id, permit(delegator, &own(&way, &key, delegator, case))));
        }
    }
    let free = "permit(principal, action, resource) when { context.check == \"field_free\" };";
    permits.push(("free#".to_owned(), free.to_owned()));
    permits
}

fn permit(holdings: &Holdings, body: &str) -> String {
    format!(
        "permit(principal == Subject::\"{}\", action, resource) when {{ {body} }};",
        holdings.subject
    )
}

/// What is somebody's own.
fn own(way: &Way<'_>, key: &str, holdings: &Holdings, case: &Generated) -> String {
    let is_asker = holdings.subject == case.holdings.subject;
    let terms = if is_asker { met(way.terms) } else { "true".to_owned() };
    let here = all([reach(way.grant), stands(&way.entry.when, key), terms, kind(&[way.entry])]);
    all([any(["context.check == \"function\"".to_owned(), here]), given(way, case)])
}

/// A delegated grant under a right of whoever delegated it.
fn pair(way: &Way<'_>, right: &Way<'_>, key: &str, case: &Generated) -> String {
    let delegator =
        case.holdings.delegators.iter().find(|it| it.subject.to_string().ends_with(key));
    let human =
        delegator.and_then(|it| it.human).map_or(key.to_owned(), |human| human.0.to_string());
    all([
        "context.check != \"function\"".to_owned(),
        format!("context.able.contains(\"{key}\")"),
        format!("(context.check != \"field\" || context.free_above.contains(\"{key}\"))"),
        reach(way.grant),
        reach(right.grant),
        stands(&way.entry.when, key),
        stands(&right.entry.when, key),
        met(way.terms.and(right.terms)),
        kind(&[way.entry, right.entry]),
        format!("!{}", broken(case, &format!("[\"{human}\"]"))),
        given(way, case),
        from_above(right),
    ])
}

/// That it is live, in a session that has the role, for an action no role on the way leaves out,
/// under its circumstances.
fn given(way: &Way<'_>, case: &Generated) -> String {
    let asker = case.holdings.grants.iter().any(|held| std::ptr::eq(&held.grant, way.grant));
    let active = match (&case.session.roles, way.grant.role()) {
        (Some(active), Some(role)) if asker => active.contains(&role),
        _ => true,
    };
    all([active.to_string(), from_above(way)])
}

fn from_above(way: &Way<'_>) -> String {
    let condition = way.entry.condition.iter().map(holds);
    let time = between(way.grant.from, way.grant.until);
    let meant = format!("action in {}", actions(&way.entry.actions));
    let masked = format!("!(action in {})", actions(&way.masks));
    all([time, meant, masked].into_iter().chain(condition))
}

/// What of the entries is asked for: all of them have to do.
fn kind(entries: &[&Entry]) -> String {
    let level = entries.iter().map(|entry| entry.level.unwrap_or_default().0).min();
    let steers = entries.iter().all(|entry| entry.standing == Weight::Steering);
    let asks = |check: &str, and: String| format!("(context.check == \"{check}\" && {and})");
    any([
        asks("grant", "true".to_owned()),
        asks("level", format!("resource.required_level <= {}", level.unwrap_or_default())),
        asks("steering", steers.to_string()),
        asks("field", all(entries.iter().map(|entry| field(entry)))),
    ])
}

fn ways<'a>(case: &'a Generated, holdings: &'a Holdings) -> impl Iterator<Item = Way<'a>> {
    let there =
        holdings.grants.iter().map(|held| &held.grant).filter(|grant| {
            grant.state == GrantState::Active && !holdings.revoked.contains(&grant.id)
        });
    there.flat_map(|grant| match &grant.what {
        Granted::Entry(entry) => {
            vec![Way { grant, entry, masks: Vec::new(), terms: entry.obligations }]
        }
        Granted::Role(role) => below(case, *role)
            .into_iter()
            .map(|(entry, masks, terms)| Way { grant, entry, masks, terms })
            .collect(),
    })
}

/// Everything that a role has, and what the roles on the way there do with it.
fn below(case: &Generated, role: RoleId) -> Vec<(&Entry, Vec<ActionPattern>, ObligationSet)> {
    let Some(role) = case.roles.iter().find(|it| it.id == role) else { return Vec::new() };
    let RoleDefinition { entries, juniors, mask, obligations, .. } = role;
    let own = entries.iter().map(|entry| (entry, Vec::new(), entry.obligations));
    let inherited =
        juniors.iter().flat_map(|junior| below(case, *junior)).map(|(entry, mut masks, terms)| {
            masks.extend(mask.iter().cloned());
            (entry, masks, terms)
        });
    own.chain(inherited)
        .map(|(entry, masks, terms)| (entry, masks, terms.and(*obligations)))
        .collect()
}
