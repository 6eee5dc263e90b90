//! What is taken away binds at once, on every node, and what must not come together never does: people
//! who leave, grants that race what they must not meet, the last who may give access.

mod duties;
mod grants;
mod keepers;
mod leaving;
mod requests;
mod world;

/// How often something is raced: `ANNALS_CASES`, else so often.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases(else_: usize) -> usize {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(else_)
}
