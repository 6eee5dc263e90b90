//! What the generator of worlds takes from the kernel and its tests.

pub(crate) use domain::kernel::*;

pub(crate) mod testing {
    use proptest::test_runner::Config;

    /// How many worlds are tried: `ANNALS_CASES`, else 2,000.
    pub(crate) fn cases() -> Config {
        let cases = std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok());
        Config {
            cases: cases.unwrap_or(2_000),
            failure_persistence: None,
            max_global_rejects: u32::MAX,
            ..Config::default()
        }
    }

    pub(crate) mod world {
        use chrono::{DateTime, Utc};

        /// Noon of some day.
        pub(crate) fn noon() -> DateTime<Utc> {
            "2026-01-15T12:00:00Z".parse().expect("it is an instant")
        }
    }
}
