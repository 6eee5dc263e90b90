//! Words of an access request. Their upper-case names are the API's and the storage's.

use crate::kernel::words::words;

words! {
    /// What somebody at a stage says.
    Vote {
        /// Yes.
        Approve,
        /// No.
        Reject,
    }

    /// What the votes of a stage come to.
    Outcome {
        /// Not decided yet.
        Open,
        /// The next stage begins, or the request is approved.
        Passed,
        /// The request is rejected.
        Rejected,
    }

    /// How a seat came to somebody else.
    Passing {
        /// Whoever had it gave it.
        Delegated,
        /// Whoever looks after requests gave it.
        Reassigned,
    }

    /// What became of the access that was asked for.
    Ending {
        /// It came to its end.
        Expired,
        /// It was taken away.
        Revoked,
        /// Other access took its place.
        Superseded,
    }
}
