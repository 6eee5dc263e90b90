use std::time::Duration;

use super::line;

#[test]
fn a_line_tells_rate_and_time_left() {
    let text = line("log", 5_000, 20_000, Duration::from_secs(5));
    assert_eq!(text, "log: 5000 of 20000 events, 1000/s, 15 s left");
}

#[test]
fn a_run_that_has_done_nothing_promises_no_end() {
    assert_eq!(line("log", 0, 20, Duration::ZERO), "log: 0 of 20 events, 0/s");
}
