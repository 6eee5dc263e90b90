//! CR1 to CR4

use chrono::{DateTime, TimeDelta, Utc};

use crate::compliance_report::command::Generate;
use crate::compliance_report::event::Generated;
use crate::compliance_report::words::SAMPLE_SIZES;
use crate::compliance_report::{
    ComplianceReportCommand, ComplianceReportEvent, ComplianceReportRefusal, Draw, Question,
};
use crate::kernel::testing::given;
use crate::kernel::testing::world::noon;

fn question() -> Question {
    let (from, to) = (noon(), noon() + TimeDelta::days(90));
    Question { from, to, at: 7, signed: 5, sample: None }
}

fn generate() -> Generate {
    Generate { question: question(), head: 9, sha256: "0123456789abcdef".repeat(4) }
}

fn generated() -> ComplianceReportEvent {
    let Generate { question, sha256, .. } = generate();
    ComplianceReportEvent::Generated(Generated { question, sha256 })
}

fn refused(generate: Generate, refusal: ComplianceReportRefusal) {
    given([]).when(ComplianceReportCommand::Generate(generate)).refused(refusal);
}

fn refused_of(question: Question, refusal: ComplianceReportRefusal) {
    refused(Generate { question, ..generate() }, refusal);
}

#[test]
fn cr1_a_report_is_made_once() {
    given([]).when(ComplianceReportCommand::Generate(generate())).then([generated()]);
    given([generated()])
        .when(ComplianceReportCommand::Generate(generate()))
        .refused(ComplianceReportRefusal::Exists);
}

#[test]
fn cr2_it_is_about_a_period_as_of_a_position_that_the_log_had() {
    for to in [noon(), noon() - TimeDelta::microseconds(1), DateTime::<Utc>::MAX_UTC] {
        refused_of(Question { to, ..question() }, ComplianceReportRefusal::PeriodUnfit);
    }
    for at in [i64::MIN, 0, 10] {
        refused_of(Question { at, ..question() }, ComplianceReportRefusal::PositionUnfit);
    }
    for signed in [-1, 8] {
        refused_of(Question { signed, ..question() }, ComplianceReportRefusal::PositionUnfit);
    }
}

#[test]
fn cr3_its_hash_is_a_sha256_in_lower_case() {
    for sha256 in ["".to_owned(), "0".repeat(63), "0".repeat(65), "A".repeat(64), "é".repeat(32)] {
        refused(Generate { sha256, ..generate() }, ComplianceReportRefusal::HashUnfit);
    }
}

#[test]
fn cr4_a_sample_has_a_seed_and_a_size_that_auditors_ask_for() {
    let of = |seed: &str, size: u8| {
        let sample = Some(Draw { seed: seed.to_owned(), size });
        Question { sample, ..question() }
    };
    for size in SAMPLE_SIZES {
        assert_eq!(of(&"é".repeat(100), size).fits(), Ok(()));
    }
    for (seed, size) in [("", 25), ("a\nb", 25), ("s", 24), (&*"s".repeat(101), 40)] {
        refused_of(of(seed, size), ComplianceReportRefusal::SampleUnfit);
    }
}
