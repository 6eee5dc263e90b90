//! Events to rows, and rows of any day.
