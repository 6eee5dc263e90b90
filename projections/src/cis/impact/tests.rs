//! Rows against what is said of them.
