//! P9

use chrono::{NaiveDate, TimeDelta};

use super::{an_agent, given, is_for_staff, needs_somebody};
use crate::kernel::Refusal;
use crate::kernel::testing::world::{ANNA, noon};
use crate::kernel::text::TextFault;
use crate::person::command::CertifySkill;
use crate::person::event::SkillCertified;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};

fn certify(skill: &str, level: u8, certified_until: Option<NaiveDate>) -> PersonCommand {
    PersonCommand::CertifySkill(CertifySkill {
        person: ANNA,
        skill: skill.to_owned(),
        level,
        certified_until,
    })
}

fn certified(skill: &str, level: u8, certified_until: Option<NaiveDate>) -> PersonEvent {
    let skill = skill.to_owned();
    PersonEvent::SkillCertified(SkillCertified { skill, level, certified_until })
}

fn day(days: i64) -> Option<NaiveDate> {
    Some(noon().date_naive() + TimeDelta::days(days))
}

#[test]
fn p9_a_skill_is_kept_in_lower_case_and_the_last_certificate_counts() {
    given(an_agent()).when(certify(" Network ", 1, None)).then([certified("network", 1, None)]);
    let history = [an_agent(), vec![certified("network", 1, None)]].concat();
    given(history.clone()).when(certify("NETWORK", 1, None)).nothing();
    let better = certified("network", 5, day(30));
    let person = given(history).when(certify("network", 5, day(30))).then([better]).state();
    assert_eq!(person.body().unwrap().skills.len(), 1);
    needs_somebody(certify("network", 1, None));
    is_for_staff(certify("network", 1, None));
}

#[test]
fn p9_levels_words_and_days_have_bounds() {
    for level in [0, 6] {
        given(an_agent()).when(certify("x", level, None)).refused(PersonRefusal::LevelUnfit);
    }
    let unfit = |fault| PersonRefusal::TextUnfit { field: "skill", fault };
    given(an_agent()).when(certify(" ", 1, None)).refused(unfit(TextFault::Empty));
    let long = "x".repeat(101);
    given(an_agent()).when(certify(&long, 1, None)).refused(unfit(TextFault::TooLong(100)));
    // In lower case it has two characters.
    let grows = "\u{130}".repeat(51);
    given(an_agent()).when(certify(&grows, 1, None)).refused(unfit(TextFault::TooLong(100)));
    let far = PersonRefusal::DateFar { field: "certifiedUntil" };
    assert_eq!((far.code(), far.field()), ("PERSON_DATE_FAR", Some("certifiedUntil")));
    for end in [day(36_526), day(-36_526), Some(NaiveDate::MAX), Some(NaiveDate::MIN)] {
        given(an_agent()).when(certify("x", 1, end)).refused(far.clone());
    }
    given(an_agent()).when(certify("x", 1, day(36_525))).acts();
}

#[test]
fn p9_at_most_fifty() {
    let fifty = (0..50).map(|number| certified(&number.to_string(), 1, None));
    let history: Vec<_> = an_agent().into_iter().chain(fifty).collect();
    given(history.clone()).when(certify("x", 1, None)).refused(PersonRefusal::SkillsFull);
    given(history).when(certify("7", 2, None)).acts();
}
