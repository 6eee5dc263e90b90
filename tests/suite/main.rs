//! The whole-system suites, one test binary: one link, one shared cluster.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod tidy;
