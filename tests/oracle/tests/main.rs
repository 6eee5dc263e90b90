//! A second opinion on access: the same worlds, put into the words of Cedar and decided by its
//! authorizer, whose core is proven. Both have to say the same.
//!
//! Only the worlds are shared with the evaluator's own laws (hence the paths `access` and `kernel`,
//! which their generator names): how roles inherit, what a pattern means, where a barrier stands, how
//! a delegated right ends, all of that is said here once more, in other words. `ANNALS_CASES` says
//! how many worlds are tried, else 2,000.

mod access;
mod kernel;
