//! 6: what nobody may do together, what is lifted for whom, and what is broken all the same.

use domain::access::model::{Lifted, SodKind, SodRule};
use domain::access::sod::Origin;
use domain::kernel::ExceptionId;

use super::super::document::{Item, Section, Tally};
use super::super::known::KnownException;
use super::{View, instant};

pub(super) fn section(view: &View<'_>) -> Section {
    let (known, period, (position, at)) = (view.known, view.period(), view.end());
    let rules = |is: fn(&SodKind) -> bool| -> Tally {
        let all = known.duties.values().filter_map(|past| past.since(position));
        let all = all.filter_map(|(since, rule)| Some((since, rule.as_ref()?)));
        all.filter(|(_, rule)| is(&rule.kind)).map(|(since, it)| line_of_rule(since, it)).collect()
    };
    let exceptions = |is: &dyn Fn(&KnownException) -> bool| -> Tally {
        let found = known.exceptions.iter().filter(|(_, exception)| is(exception));
        found.map(|(id, exception)| line(view, *id, exception)).collect()
    };
    let ended = known.exceptions.iter().filter_map(|(id, exception)| {
        let mark = exception.ended.as_ref().filter(|mark| mark.is_in(period))?;
        let line = line(view, *id, exception).and([mark.position]);
        Some(line.with("ended_at", instant(mark.at)).with("ended_by", &mark.by))
    });
    let mut section = Section::new(6, "Segregation of duties");
    section.count("static_rules", rules(|kind| matches!(kind, SodKind::Static { .. })));
    section.count("rules_of_objects", rules(|kind| matches!(kind, SodKind::Dynamic { .. })));
    section.count("exceptions_made", exceptions(&|it| it.made.is_in(period)));
    section.count("exceptions_ended", ended.collect());
    section.count("exceptions_at_end", exceptions(&|it| it.counts(position, at)));
    let unasked = |it: &KnownException| it.counts(position, at) && it.request.is_none();
    section.count("exceptions_at_end_without_request", exceptions(&unasked));
    let breaches = view.breaches.iter().map(|(human, breach)| {
        let rule = known.duties.get(&breach.rule).and_then(|past| past.since(position));
        let by = breach.by.iter().filter_map(|origin| match origin {
            Origin::Grant(grant) => Some(known.grants.get(grant)?.made.position),
            Origin::Request(_) => None,
        });
        Item::of(by.chain(rule.map(|(since, _)| since)))
            .with("human", human.0)
            .with("rule", breach.rule)
            .with("action", breach.action)
            .with("since", instant(breach.from))
            .maybe("until", breach.until.map(instant))
    });
    section.count("broken_at_end", breaches.collect());
    let unapproved = |it: &KnownException| {
        let chain = it.request.and_then(|request| known.requests.get(&request));
        it.counts(position, at) && !chain.is_some_and(|chain| chain.lifts(it))
    };
    section.count("exceptions_at_end_without_approval", exceptions(&unapproved));
    section
}

fn line(view: &View<'_>, id: ExceptionId, exception: &KnownException) -> Item {
    let chain = exception.request.and_then(|request| view.known.requests.get(&request));
    let chain = chain.into_iter().flat_map(|chain| chain.events.iter().copied());
    let (lifts, rule) = match exception.lifts {
        Lifted::Deny(rule) => ("deny_rule", rule.to_string()),
        Lifted::Sod(rule) => ("sod_rule", rule.to_string()),
    };
    Item::of(chain.chain([exception.made.position]))
        .with("exception", id)
        .with("subject", exception.subject)
        .with(lifts, rule)
        .with("owner", exception.owner)
        .with("control", &exception.control)
        .with("from", instant(exception.from))
        .with("until", instant(exception.until))
        .with("age_days", (view.end().1 - exception.from).num_days().max(0))
        .with("by", &exception.made.by)
        .maybe("request", exception.request)
}

fn line_of_rule(since: i64, rule: &SodRule) -> Item {
    let said = match &rule.kind {
        SodKind::Static { set, n } => format!("fewer than {n} of {}", set.len()),
        SodKind::Dynamic { object_type, duties } => {
            let names: Vec<String> = duties.iter().map(|duty| duty.name.to_string()).collect();
            format!("{object_type}: {}", names.join(", "))
        }
    };
    Item::of([since])
        .with("rule", rule.id)
        .with("name", &rule.name)
        .with("action", rule.action)
        .with("separates", said)
}
