//! The whole-system suites, one test binary: one link, one shared cluster.

mod tidy;
