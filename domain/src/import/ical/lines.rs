//! The lines of a file, unfolded, each with its number.

use icalendar::parser::Property;

use super::fault::{Fault, IcalFault};

/// A line of a file.
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: usize,
    text: String,
}

/// What a line says.
pub(super) enum Said<'a> {
    Begin(String),
    End(String),
    Property(Property<'a>),
}

/// L7: the lines; what begins with white space goes on with the one before.
pub(super) fn lines(text: &str) -> Result<Vec<Line>, IcalFault> {
    let mut lines: Vec<Line> = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    for (index, raw) in text.split('\n').enumerate() {
        let (number, raw) = (index + 1, raw.strip_suffix('\r').unwrap_or(raw));
        match raw.strip_prefix([' ', '\t']) {
            _ if raw.trim().is_empty() => {}
            Some(rest) => match lines.last_mut() {
                Some(line) => line.text.push_str(rest),
                None => return Err(IcalFault { line: number, fault: Fault::NotACalendar }),
            },
            None => lines.push(Line { number, text: raw.to_owned() }),
        }
    }
    Ok(lines)
}

impl Line {
    pub(super) fn fault(&self, fault: Fault) -> IcalFault {
        IcalFault { line: self.number, fault }
    }

    pub(super) fn read(&self) -> Result<Said<'_>, IcalFault> {
        let not_a_line = || self.fault(Fault::NotALine);
        let (name, value) = self.text.split_once(':').ok_or_else(not_a_line)?;
        let component = || value.trim().to_ascii_uppercase();
        if name.eq_ignore_ascii_case("BEGIN") {
            return Ok(Said::Begin(component()));
        }
        if name.eq_ignore_ascii_case("END") {
            return Ok(Said::End(component()));
        }
        let property = Property::try_from(self.text.as_str()).map_err(|_| not_a_line())?;
        if property.name.as_ref().is_empty() {
            Err(not_a_line())
        } else {
            Ok(Said::Property(property))
        }
    }
}
