//! Laws of any history of a person.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::{annas, cleo_is_registered, left, registered, suspended};
use crate::kernel::testing::world::{self, ANNA, BEN, CUSTOMER, HEIDI, noon};
use crate::kernel::testing::{cases, context};
use crate::kernel::{Command, PersonId};
use crate::person::command::{
    AppointDeputy, AssignTier, CertifySkill, ChangeContacts, ChangeOrganization, ChangePassword,
    ChangeRole, ChooseLanguage, DismissDeputy, Leave, Rename, Restore, Suspend, TakePosition,
    WithdrawSkill,
};
use crate::person::event::{
    ContactsChanged, DeputyAppointed, PasswordChanged, Registered, Restored, SkillCertified,
};
use crate::person::{Life, Person, PersonCommand, PersonEvent, PersonKind, Role};
use crate::settings::Language;
use crate::ticket::Tier;

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Agent, Role::Director, Role::Client, Role::ClientGroupLead])
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "network".to_owned(),
        "Network".to_owned(),
        "mail@example".to_owned(),
    ])
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (-2_i64..400).prop_map(|days| noon().date_naive() + TimeDelta::days(days))
}

fn any_event() -> impl Strategy<Value = PersonEvent> {
    prop_oneof![
        role().prop_map(|role| {
            let kind = role.kind();
            registered(Registered { kind, role, ..cleo_is_registered() })
        }),
        any::<bool>()
            .prop_map(|must_change| PersonEvent::PasswordChanged(PasswordChanged { must_change })),
        word().prop_map(|email| {
            let email = Some(annas(&email));
            PersonEvent::ContactsChanged(ContactsChanged { email, phone: None })
        }),
        word().prop_map(|skill| {
            let skill = skill.to_lowercase();
            let certified = SkillCertified { skill, level: 1, certified_until: None };
            PersonEvent::SkillCertified(certified)
        }),
        (day(), day()).prop_map(|(from, until)| {
            PersonEvent::DeputyAppointed(DeputyAppointed { deputy: BEN, from, until })
        }),
        Just(suspended()),
        Just(PersonEvent::Restored(Restored {})),
        Just(left()),
    ]
}

fn of_staff() -> impl Strategy<Value = PersonCommand> {
    let deputy = prop::sample::select(vec![ANNA, BEN]);
    prop_oneof![
        (word(), 0..7_u8, prop::option::of(day())).prop_map(|(skill, level, certified_until)| {
            PersonCommand::CertifySkill(CertifySkill {
                person: ANNA,
                skill,
                level,
                certified_until,
            })
        }),
        word()
            .prop_map(|skill| PersonCommand::WithdrawSkill(WithdrawSkill { person: ANNA, skill })),
        (0..5_u8).prop_map(|tier| PersonCommand::AssignTier(AssignTier {
            person: ANNA,
            tier: Tier(tier)
        })),
        (deputy, day(), day()).prop_map(|(deputy, from, until)| {
            PersonCommand::AppointDeputy(AppointDeputy { person: ANNA, deputy, from, until })
        }),
        Just(PersonCommand::DismissDeputy(DismissDeputy {})),
    ]
}

fn any_command() -> impl Strategy<Value = PersonCommand> {
    let person = ANNA;
    let organization = prop::option::of(Just(CUSTOMER));
    prop_oneof![
        of_staff(),
        any::<bool>()
            .prop_map(|must_change| PersonCommand::ChangePassword(ChangePassword { must_change })),
        role().prop_map(move |role| PersonCommand::ChangeRole(ChangeRole { person, role })),
        word().prop_map(move |name| PersonCommand::Rename(Rename { person, name })),
        prop::option::of(word()).prop_map(move |email| {
            PersonCommand::ChangeContacts(ChangeContacts { person, email, phone: None })
        }),
        prop::option::of(word()).prop_map(move |position| PersonCommand::TakePosition(
            TakePosition { person, position }
        )),
        organization.prop_map(move |organization| {
            PersonCommand::ChangeOrganization(ChangeOrganization { person, organization })
        }),
        Just(PersonCommand::ChooseLanguage(ChooseLanguage { language: Language::Pl })),
        Just(PersonCommand::Suspend(Suspend { person })),
        Just(PersonCommand::Restore(Restore {})),
        Just(PersonCommand::Leave(Leave { person })),
    ]
}

fn after(events: Vec<PersonEvent>) -> Person {
    let mut person = Person::default();
    events.into_iter().for_each(|event| person.evolve(event));
    person
}

/// How many events it came to, unless it was refused.
fn act(person: &mut Person, command: &PersonCommand, by: PersonId) -> Option<usize> {
    let mut cx = context(by);
    cx.facts = world::facts(&command.needs(person), cx.doer());
    let events = command.clone().decide(person, &cx).ok()?;
    let count = events.len();
    events.into_iter().for_each(|event| person.evolve(event));
    Some(count)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_events_fold_and_an_accepted_command_leaves_the_same_person_the_second_time(
        events in prop::collection::vec(any_event(), 0..12), command in any_command(),
    ) {
        let mut person = after(events);
        if act(&mut person, &command, HEIDI).is_some() {
            let once = person.clone();
            let again = act(&mut person, &command, HEIDI).unwrap_or_default();
            // Two changes of a password are two facts; the person they leave is the same.
            prop_assert!(again == 0 || matches!(command, PersonCommand::ChangePassword(_)));
            prop_assert_eq!(person, once);
        }
    }

    #[test]
    fn whatever_is_asked_a_person_keeps_the_rules(
        role in role(), commands in prop::collection::vec(any_command(), 0..30),
    ) {
        let kind = role.kind();
        let mut person = after(vec![registered(Registered { kind, role, ..cleo_is_registered() })]);
        for command in &commands {
            let gone = person.0.as_ref().is_some_and(|body| body.life == Life::Left);
            prop_assert!(act(&mut person, command, HEIDI).is_none() || !gone);
        }
        let body = person.0.unwrap();
        prop_assert_eq!((body.kind, body.role.kind()), (kind, kind));
        let staff = kind == PersonKind::Staff;
        prop_assert!(staff || (body.skills.is_empty() && body.tier.is_none()));
        prop_assert!(staff || body.deputy.is_none());
        prop_assert!(!staff || body.organization.is_none());
        prop_assert!(body.deputy.is_none_or(|it| it.person != ANNA && it.from <= it.until));
        prop_assert!(body.skills.keys().all(|skill| *skill == skill.to_lowercase()));
    }

    #[test]
    fn nobody_does_to_themselves_what_others_do_to_them(
        role in role(), commands in prop::collection::vec(any_command(), 0..30),
    ) {
        let kind = role.kind();
        let mut person = after(vec![registered(Registered { kind, role, ..cleo_is_registered() })]);
        for command in &commands {
            act(&mut person, command, ANNA);
        }
        let body = person.0.unwrap();
        prop_assert_eq!((body.role, body.life), (role, Life::Active));
    }
}
