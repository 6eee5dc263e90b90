//! Given, when, then: one file a verb, one test a rule.

mod generate;
