//! One verb a file.

pub mod appoint_deputy;
pub mod assign_tier;
pub mod certify_skill;
pub mod change_contacts;
pub mod change_organization;
pub mod change_password;
pub mod change_role;
pub mod choose_language;
pub mod dismiss_deputy;
pub mod leave;
pub mod link_account;
pub mod moving;
pub mod register;
pub mod rename;
pub mod restore;
pub mod suspend;
pub mod take_position;
pub mod unlink_account;
pub mod withdraw_skill;

use chrono::NaiveDate;

use super::refusal::PersonRefusal;
use crate::access::giving::is_doer;
use crate::kernel::text::{self, NAME_MAX, WORD_MAX};
use crate::kernel::{Context, DataSubject, PersonId, Personal, UnitId};
use crate::unit::UnitKind;

/// Days from today within which a date means anything: a hundred years.
const NEAR_DAYS: u64 = 36_525;
/// How far ahead somebody can move, in days.
pub(super) const AHEAD_MAX_DAYS: i64 = 366;
/// How long what came with the old place is kept at most, in days.
pub(super) const GRACE_MAX_DAYS: u8 = 30;

/// P1: a text of one line within its bound, sealed under the person's own key.
fn own_line(
    person: PersonId,
    field: &'static str,
    value: &str,
    max: usize,
) -> Result<Personal<String>, PersonRefusal> {
    text::line(value, max)
        .map(|value| Personal::of(DataSubject::Person(person), value))
        .map_err(|fault| PersonRefusal::TextUnfit { field, fault })
}

/// P1: an e-mail address within its bound, sealed under the person's own key.
fn own_email(person: PersonId, value: &str) -> Result<Personal<String>, PersonRefusal> {
    if !value.contains('@') {
        return Err(PersonRefusal::EmailUnfit);
    }
    own_line(person, "email", value, NAME_MAX)
}

/// P1: a telephone number within its bound, sealed under the person's own key.
fn own_phone(person: PersonId, value: &str) -> Result<Personal<String>, PersonRefusal> {
    own_line(person, "phone", value, WORD_MAX)
}

/// P4: a customer organisation that still takes people.
fn organization_must_fit(unit: UnitId, cx: &Context) -> Result<(), PersonRefusal> {
    match cx.facts.units.get(&unit) {
        Some(facts) if facts.kind == UnitKind::CustomerOrganization && !facts.closed => Ok(()),
        Some(_) | None => Err(PersonRefusal::OrganizationUnfit),
    }
}

/// P6: nobody does this to themselves.
fn must_be_another(person: PersonId, cx: &Context) -> Result<(), PersonRefusal> {
    if cx.doer() == Some(person) {
        return Err(PersonRefusal::NotOneself);
    }
    Ok(())
}

/// P14, P15: nobody does this to themselves, with whichever account. What groups and rules look at
/// gives rights, and takes them.
fn must_be_another_human(person: PersonId, cx: &Context) -> Result<(), PersonRefusal> {
    if is_doer(person, cx) { Err(PersonRefusal::NotOneself) } else { Ok(()) }
}

/// P9, P11: a date that calendars of today can tell.
fn must_be_near(field: &'static str, day: NaiveDate, cx: &Context) -> Result<(), PersonRefusal> {
    let away = (day - cx.now.date_naive()).num_days().unsigned_abs();
    if away > NEAR_DAYS {
        return Err(PersonRefusal::DateFar { field });
    }
    Ok(())
}
