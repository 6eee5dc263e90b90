//! H3: times of day.

use proptest::prelude::*;

use crate::calendar::TimeOfDay;
use crate::kernel::testing::cases;

#[test]
fn h3_a_time_is_typed_and_stored_alike() {
    for (text, seconds) in [
        ("00:00", 0),
        ("08:00", 28_800),
        ("08:00:30", 28_830),
        ("23:59:59", 86_399),
        ("24:00", 86_400),
    ] {
        let time: TimeOfDay = text.parse().unwrap();
        assert_eq!((time.seconds(), time.to_string().as_str()), (seconds, text));
        let json = serde_json::to_value(time).unwrap();
        assert_eq!(json, text);
        assert_eq!(serde_json::from_value::<TimeOfDay>(json).unwrap(), time);
    }
    assert_eq!("08:00:00".parse::<TimeOfDay>().unwrap().to_string(), "08:00");
}

#[test]
fn h3_anything_else_is_no_time() {
    for text in [
        "",
        ":",
        "8:00",
        "08:0",
        "08",
        "08:60",
        "08:00:60",
        "24:01",
        "24:00:01",
        "25:00",
        "-1:00",
        "+8:00",
        "08:00:00:00",
        "08:00:",
        " 08:00",
        "08.00",
        "8 am",
        "０８:00",
        "99:99",
    ] {
        assert!(text.parse::<TimeOfDay>().is_err(), "{text:?}");
        assert!(serde_json::from_value::<TimeOfDay>(text.into()).is_err(), "{text:?}");
    }
    assert_eq!(TimeOfDay::from_seconds(86_401), None);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn h3_every_second_has_its_text(seconds in 0_u32..=86_400) {
        let time = TimeOfDay::from_seconds(seconds).unwrap();
        prop_assert_eq!(time.to_string().parse(), Ok(time));
    }

    #[test]
    fn h3_no_text_harms(text in "[0-9:]{0,9}|.{0,9}") {
        let time = text.parse::<TimeOfDay>();
        prop_assert!(time.is_err() || time.is_ok_and(|time| time <= TimeOfDay::END));
    }
}
