//! Given, when, then: what the tests of every aggregate share.
//!
//! A command knows what its `needs` named of the [`world`], and who does it: as the gateway has it.
//! It is decided twice, plainly and by the library's own test framework, which must agree.

pub(crate) mod access;
pub(crate) mod tickets;
pub(crate) mod world;

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::test::TestFramework;
use proptest::test_runner::Config;

use crate::kernel::{
    Actor, Command, Context, DataSubject, Directed, Facts, PersonId, Personal, ServiceAccountId,
    Standing,
};
use crate::settings::Policy;

/// How many cases a law is tried on: `ANNALS_CASES`, else 64. One that hardly finds any to be tried
/// on fails, rather than looks for ever.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
pub(crate) fn cases() -> Config {
    let cases = std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(64);
    let max_global_rejects = u32::saturating_mul(cases.max(64), 64);
    Config { cases, failure_persistence: None, max_global_rejects, ..Config::default() }
}

/// A history, and who acts on it.
pub(crate) struct Given<C: Command> {
    events: Vec<C::Event>,
    cx: Context,
    besides: Facts,
    entitled: bool,
}

/// What came of it.
pub(crate) struct Outcome<C: Command> {
    state: C::State,
    result: Result<Vec<C::Event>, C::Refusal>,
}

/// The history so far; [`world::ANNA`] acts, at noon, without a reason.
pub(crate) fn given<C: Command>(events: impl IntoIterator<Item = C::Event>) -> Given<C> {
    Given {
        events: events.into_iter().collect(),
        cx: context(world::ANNA),
        besides: Facts::default(),
        entitled: false,
    }
}

/// The context of an ordinary act of this person, knowing nothing of others yet.
pub(crate) fn context(person: PersonId) -> Context {
    Context {
        actor: Actor::Person(person),
        on_behalf_of: None,
        now: world::noon(),
        reason: None,
        standing: Standing::Ordinary,
        facts: Facts::default(),
        policy: Policy::shipped(),
    }
}

impl<C> Given<C>
where
    C: Command + Debug,
    C::State: Aggregate<Command = Directed<C>, Error = C::Refusal, Services = ()>,
    C::Event: Clone + PartialEq + Debug,
    C::Refusal: PartialEq + Debug,
{
    pub(crate) fn by(mut self, person: PersonId) -> Self {
        self.cx.actor = Actor::Person(person);
        self
    }

    pub(crate) fn by_nobody(mut self) -> Self {
        self.cx.actor = Actor::System;
        self
    }

    pub(crate) fn by_program(mut self, program: ServiceAccountId) -> Self {
        self.cx.actor = Actor::Service(program);
        self
    }

    /// As a head of the unit or a director.
    pub(crate) fn steering(mut self) -> Self {
        self.cx.standing = Standing::Steering;
        self
    }

    /// As an import, on this person's behalf.
    pub(crate) fn importing_for(mut self, person: PersonId) -> Self {
        (self.cx.actor, self.cx.on_behalf_of) = (Actor::Import, Some(person));
        self.cx.standing = Standing::Importing;
        self
    }

    pub(crate) fn at(mut self, now: DateTime<Utc>) -> Self {
        self.cx.now = now;
        self
    }

    pub(crate) fn because(mut self, reason: &str) -> Self {
        self.cx.reason = Some(Personal::of(DataSubject::Deployment, reason.to_owned()));
        self
    }

    pub(crate) fn under(mut self, policy: Policy) -> Self {
        self.cx.policy = policy;
        self
    }

    /// Subjects, fields and tickets there are besides the world's.
    pub(crate) fn knowing(mut self, besides: Facts) -> Self {
        self.besides = besides;
        self
    }

    /// Whoever does it has what comes with their role.
    pub(crate) fn entitled(mut self) -> Self {
        self.entitled = true;
        self
    }

    pub(crate) fn when(self, command: C) -> Outcome<C> {
        let mut state = C::State::default();
        self.events.iter().cloned().for_each(|event| state.apply(event));
        let mut cx = self.cx;
        let needs = command.needs(&state);
        cx.facts = world::facts(&needs, cx.doer());
        if self.entitled && needs.access.rules {
            cx.facts.access = world::access(cx.doer());
        }
        tickets::add_needed(&mut cx.facts, self.besides, &needs);
        let result = command.clone().decide(&state, &cx);
        let directed = Directed { body: command, context: cx };
        let handled = TestFramework::<C::State>::with(()).given(self.events).when(directed);
        assert_eq!(result, handled.inspect_result(), "the library decides alike");
        Outcome { state, result }
    }
}

impl<C> Outcome<C>
where
    C: Command,
    C::State: Debug,
    C::Event: Clone + PartialEq + Debug,
    C::Refusal: PartialEq + Debug,
{
    /// Exactly these events.
    pub(crate) fn then(self, events: impl IntoIterator<Item = C::Event>) -> Self {
        assert_eq!(self.result.as_ref(), Ok(&events.into_iter().collect()));
        self
    }

    /// It is so already: accepted, no events.
    pub(crate) fn nothing(self) -> Self {
        self.then([])
    }

    /// At least one event, whichever.
    pub(crate) fn acts(self) {
        assert_ne!(self.result.as_ref().map(Vec::len), Ok(0), "nothing happened");
        self.result.unwrap();
    }

    pub(crate) fn refused(self, refusal: C::Refusal) {
        assert_eq!(self.result, Err(refusal));
    }

    /// The state the events lead to.
    pub(crate) fn state(self) -> C::State {
        let mut state = self.state;
        self.result.unwrap().into_iter().for_each(|event| state.apply(event));
        state
    }

    /// The refusal, to look at its details.
    pub(crate) fn refusal(self) -> C::Refusal {
        self.result.unwrap_err()
    }
}
