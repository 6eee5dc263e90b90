//! Rules to rows.
