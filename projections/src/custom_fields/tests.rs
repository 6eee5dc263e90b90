//! Facts to rows.
