//! 8: programs and their tokens. When a token was used last stands outside the journal.

use domain::kernel::{ServiceAccountId, ServiceTokenId};
use domain::person::Life;

use super::super::document::{Item, Section, Tally};
use super::super::known::{KnownProgram, KnownToken, Mark};
use super::{View, instant};

pub(super) fn section(view: &View<'_>) -> Section {
    let (known, period, (position, at)) = (view.known, view.period(), view.end());
    let programs = &known.programs;
    let line = |id: ServiceAccountId, program: &KnownProgram, shown: i64| {
        let serving = program.tokens.values().filter(|token| token.serves(position, at)).count();
        Item::of([program.registered.position, shown])
            .with("program", id)
            .with("name", &program.name)
            .with("age_days", (at - program.registered.at).num_days().max(0))
            .with("serving_tokens", serving)
            .maybe("owner", program.owner.at(position))
    };
    let there = || programs.iter().filter(|(_, program)| program.is_there(position));
    let with_owner = |(id, program): (&ServiceAccountId, &KnownProgram)| {
        let since = program.owner.since(position).map(|(since, _)| since);
        line(*id, program, since.unwrap_or(program.registered.position))
    };
    let mut section = Section::new(8, "Service accounts and tokens");
    section.count("accounts_at_end", there().map(with_owner).collect());
    let unowned = there().filter_map(|(id, program)| {
        let owner = program.owner.at(position).and_then(|owner| known.people.get(owner));
        let life = owner.and_then(|owner| owner.life.since(position));
        let gone = match life {
            Some((_, Life::Active)) => return None,
            Some((since, _)) => Some(since),
            None => None,
        };
        Some(with_owner((id, program)).and(gone))
    });
    section.count("without_active_owner_at_end", unowned.collect());
    let marked = |of: &dyn Fn(&KnownProgram) -> Option<Mark>| -> Tally {
        let found = programs.iter().filter_map(|(id, program)| {
            let mark = of(program).filter(|mark| mark.is_in(period))?;
            Some(line(*id, program, mark.position).with("by", &mark.by))
        });
        found.collect()
    };
    section.count("registered", marked(&|program| Some(program.registered.clone())));
    section.count("retired", marked(&|program| program.retired.clone()));
    let tokens = |is: &dyn Fn(&KnownToken) -> Option<i64>| -> Tally {
        let all = programs
            .iter()
            .flat_map(|(id, program)| program.tokens.iter().map(move |token| (id, token)));
        let found = all.filter_map(|(program, (id, token))| {
            Some(line_of_token(*program, *id, token, is(token)?))
        });
        found.collect()
    };
    let issued = |token: &KnownToken| token.issued.is_in(period).then_some(token.issued.position);
    section.count("tokens_issued", tokens(&issued));
    let revoked = |token: &KnownToken| {
        let mark = token.revoked.as_ref().filter(|mark| mark.is_in(period))?;
        Some(mark.position)
    };
    section.count("tokens_revoked", tokens(&revoked));
    let serving = |token: &KnownToken| token.serves(position, at).then_some(token.issued.position);
    section.count("tokens_serving_at_end", tokens(&serving));
    section
}

fn line_of_token(
    program: ServiceAccountId,
    id: ServiceTokenId,
    token: &KnownToken,
    shown: i64,
) -> Item {
    Item::of([token.issued.position, shown])
        .with("program", program)
        .with("token", id)
        .with("issued_at", instant(token.issued.at))
        .with("issued_by", &token.issued.by)
        .with("ends_at", instant(token.ends_at))
}
