//! Which sections answer for which control.

/// A control and the sections that show how it works, of those that exist.
pub const CONTROLS: [(&str, &[u8]); 11] = [
    ("SOC 2 CC6.1", &[3, 7, 8]),
    ("SOC 2 CC6.2", &[2, 3, 4]),
    ("SOC 2 CC6.3", &[3, 4, 6]),
    ("ISO 27001 A.5.3", &[6]),
    ("ISO 27001 A.5.15", &[11]),
    ("ISO 27001 A.5.16", &[2, 8]),
    ("ISO 27001 A.5.17", &[8]),
    ("ISO 27001 A.5.18", &[3, 4]),
    ("ISO 27001 A.8.2", &[7]),
    ("ISO 27001 A.8.15", &[12]),
    ("SOX ITGC access", &[3, 4, 6, 11, 12]),
];
