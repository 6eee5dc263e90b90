//! What the tests of every aggregate share.

use proptest::test_runner::Config;

/// How many cases a law is tried on: `ANNALS_CASES`, else 64.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
pub(crate) fn cases() -> Config {
    let cases = std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(64);
    Config { cases, failure_persistence: None, ..Config::default() }
}
