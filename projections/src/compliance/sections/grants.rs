//! 3: what was given and taken back, where it came from, and by whose yes.

use std::collections::BTreeMap;

use domain::access::model::{AccessSubject, GrantSource};
use domain::kernel::{AccessRequestId, GrantId};

use super::super::document::{Item, Section, Tally};
use super::super::known::{Chain, Known, KnownGrant, Mark, Way};
use super::{View, instant};

pub(super) fn section(view: &View<'_>) -> Section {
    let (known, period) = (view.known, view.period());
    let grants = &known.grants;
    let made: Vec<_> = grants.iter().filter(|(_, grant)| grant.made.is_in(period)).collect();
    let mut section = Section::new(3, "Grants and revocations");
    section.count("held_at_start", held(known, view.start()));
    section.count("held_at_end", held(known, view.end()));
    section.count("made", by_source(made.iter().map(|(_, it)| (it.source, it.made.position))));
    for (name, way) in
        [("revoked", Way::Revoked), ("ended_with_access", Way::Closed), ("expired", Way::Expired)]
    {
        let ended = grants.values().filter_map(|grant| {
            let (how, mark) = grant.ended.as_ref()?;
            (*how == way && mark.is_in(period)).then_some((grant.source, mark.position))
        });
        section.count(name, by_source(ended));
    }
    let prolonged: Vec<_> = grants
        .iter()
        .flat_map(|(id, grant)| grant.prolonged.iter().map(move |it| (id, grant, it)))
        .filter(|(_, _, (mark, _))| mark.is_in(period))
        .collect();
    let lines = prolonged
        .iter()
        .map(|(id, grant, (mark, request))| line(**id, grant, mark).maybe("request", *request));
    section.count("prolonged", lines.collect());
    let chained = made.iter().filter_map(|(id, grant)| {
        let (request, chain) = chain(known, grant, (grant.request, grant.made.position))?;
        Some(approved(line(**id, grant, &grant.made), request, chain))
    });
    section.count("made_upon_approval", chained.collect());
    let by_pattern = made.iter().filter(|(_, grant)| is_by_rule(grant));
    section.count(
        "made_by_rule_or_loan",
        by_pattern.map(|(id, grant)| line(**id, grant, &grant.made)).collect(),
    );
    let unchained = made.iter().filter(|(_, grant)| {
        !is_by_rule(grant) && chain(known, grant, (grant.request, grant.made.position)).is_none()
    });
    section.count(
        "made_without_approval",
        unchained.map(|(id, grant)| line(**id, grant, &grant.made)).collect(),
    );
    let unchained = prolonged.iter().filter(|(_, grant, (mark, request))| {
        chain(known, grant, (*request, mark.position)).is_none()
    });
    section.count(
        "prolonged_without_approval",
        unchained.map(|(id, grant, (mark, _))| line(**id, grant, mark)).collect(),
    );
    let own = made.iter().filter(|(_, grant)| is_own(known, grant));
    section
        .count("made_to_oneself", own.map(|(id, grant)| line(**id, grant, &grant.made)).collect());
    let unvoted = made.iter().filter_map(|(id, grant)| {
        let found = chain(known, grant, (grant.request, grant.made.position));
        let (request, chain) = found.filter(|(_, chain)| chain.approvers.is_empty())?;
        Some(approved(line(**id, grant, &grant.made), request, chain))
    });
    section.count("made_upon_approval_without_vote", unvoted.collect());
    section
}

fn held(known: &Known, (position, at): (i64, chrono::DateTime<chrono::Utc>)) -> Tally {
    let mut tally = Tally::default();
    for grant in known.grants.values().filter(|grant| grant.holds(position, at)) {
        tally.add([grant.made.position]);
    }
    tally
}

/// Counted, and once more for each source.
fn by_source(of: impl Iterator<Item = (GrantSource, i64)>) -> Tally {
    let (mut tally, mut sources) = (Tally::default(), BTreeMap::<String, Vec<i64>>::new());
    for (source, position) in of {
        tally.add([position]);
        sources.entry(source.to_string()).or_default().push(position);
    }
    for (source, positions) in sources {
        let number = positions.len();
        tally.part(Item::of(positions).with("source", source).with("number", number));
    }
    tally
}

/// The request that was approved by this position: of this role for this subject, there and as long.
fn chain<'a>(
    known: &'a Known,
    grant: &KnownGrant,
    (request, position): (Option<AccessRequestId>, i64),
) -> Option<(AccessRequestId, &'a Chain)> {
    let request = request?;
    let chain = known.requests.get(&request)?;
    chain.allows(grant, position).then_some((request, chain))
}

/// What nobody says yes to each time: a rule somebody answers for gives it, or somebody who has it.
fn is_by_rule(grant: &KnownGrant) -> bool {
    matches!(grant.source, GrantSource::Rule | GrantSource::Birthright | GrantSource::Delegation)
}

/// Whether whoever made it has it, with whichever account.
fn is_own(known: &Known, grant: &KnownGrant) -> bool {
    let AccessSubject::Person(subject) = grant.subject else { return false };
    let human = |person| known.human(person, grant.made.position);
    grant.made.person().is_some_and(|by| human(by) == human(subject))
}

fn approved(item: Item, request: AccessRequestId, chain: &Chain) -> Item {
    let approvers: Vec<String> = chain.approvers.iter().map(ToString::to_string).collect();
    let approvers = (!approvers.is_empty()).then(|| approvers.join(" "));
    let shown = item.and(chain.events.iter().copied());
    shown.with("request", request).maybe("approved_by", approvers)
}

/// A grant, shown by what was done to it.
pub(super) fn line(id: GrantId, grant: &KnownGrant, mark: &Mark) -> Item {
    let actions: Vec<String> = grant.actions.iter().map(ToString::to_string).collect();
    Item::of([mark.position])
        .with("grant", id)
        .with("subject", grant.subject)
        .with("scope", &grant.scope)
        .with("source", grant.source)
        .with("at", instant(mark.at))
        .with("by", &mark.by)
        .maybe("role", grant.role)
        .maybe("actions", (!actions.is_empty()).then(|| actions.join(" ")))
        .maybe("delegated_by", grant.delegated_by)
        .maybe("made_by", grant.pattern())
        .maybe("until", grant.until.at(mark.position).copied().flatten().map(instant))
}
