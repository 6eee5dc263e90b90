//! Identities as the API writes them, base64url of `Calendar:<uuid>`, or as plain UUIDs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::kernel::{CalendarId, UnitId};
use uuid::Uuid;

/// Of a calendar.
pub(super) fn calendar(text: &str) -> Option<CalendarId> {
    of("Calendar", text).map(CalendarId)
}

/// Of a unit.
pub(super) fn unit(text: &str) -> Option<UnitId> {
    of("Unit", text).map(UnitId)
}

fn of(noun: &str, text: &str) -> Option<Uuid> {
    if let Ok(id) = Uuid::parse_str(text) {
        return Some(id);
    }
    let opened = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (named, id) = opened.split_once(':')?;
    Uuid::parse_str(id).ok().filter(|_| named == noun)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use domain::kernel::{CalendarId, UnitId};
    use uuid::Uuid;

    use super::{calendar, unit};

    #[test]
    fn an_identity_is_the_apis_own_or_a_plain_one() {
        let id = Uuid::from_u128(7);
        let opaque = URL_SAFE_NO_PAD.encode(format!("Calendar:{id}"));
        assert_eq!(calendar(&opaque), Some(CalendarId(id)));
        assert_eq!(calendar(&id.to_string()), Some(CalendarId(id)));
        assert_eq!(unit(&id.to_string()), Some(UnitId(id)));
        for wrong in [opaque.as_str(), "Office", "", "%"] {
            assert_eq!(unit(wrong), None, "{wrong}");
        }
    }
}
