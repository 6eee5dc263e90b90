//! Every refusal's code, listed.

use domain::person::PersonRefusal;
use domain::settings::SettingsRefusal;
use domain::subject::SubjectRefusal;
use domain::ticket::TicketRefusal;
use domain::unit::UnitRefusal;
use strum::VariantNames;

use super::assert_golden;

#[test]
fn the_codes_of_refusals_are_the_published_ones() {
    let codes = [
        TicketRefusal::VARIANTS,
        PersonRefusal::VARIANTS,
        UnitRefusal::VARIANTS,
        SubjectRefusal::VARIANTS,
        SettingsRefusal::VARIANTS,
    ];
    let mut codes = codes.concat();
    codes.sort_unstable();
    assert_golden("refusals.txt", &(codes.join("\n") + "\n"));
}
