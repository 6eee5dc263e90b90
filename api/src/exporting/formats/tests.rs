//! What files look like, and what they do not do.

use std::io::Read;

use domain::report::cell::unprotected;
use projections::exports::Kind;
use serde_json::{Value, json};

use super::xlsx::Xlsx;
use super::{Ending, Format, Heading, PIECE, Writer};

const COLUMNS: [(&str, Kind); 5] = [
    ("name", Kind::Text),
    ("count", Kind::Integer),
    ("open", Kind::Boolean),
    ("at", Kind::Instant),
    ("more", Kind::Json),
];

const ROWS: [[Option<&str>; 5]; 4] = [
    [Some("a \"b\", c"), Some("-5"), Some("true"), Some("2026-03-01T00:00:00.000000Z"), None],
    [Some("=1+1"), Some("9007199254740993"), Some("false"), None, Some("{\"a\": [1, \"ü\"]}")],
    [Some("'=1+1"), None, None, None, Some("\"-1\"")],
    [Some("@sum(a1)\nb"), Some("0"), None, None, Some("-1")],
];

fn headings() -> Vec<Heading> {
    COLUMNS.map(|(name, kind)| Heading { name: name.to_owned(), kind }).to_vec()
}

fn written(format: Format) -> Vec<u8> {
    let mut writer = Writer::begin(format, "things", headings()).unwrap();
    for row in ROWS {
        writer.row(&row).unwrap();
        assert!(writer.filled().unwrap().is_none());
    }
    match writer.finish().unwrap() {
        Ending::Bytes(bytes) => bytes,
        Ending::File(mut file) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            bytes
        }
    }
}

#[test]
fn csv_cells_do_not_run_and_give_their_texts_back() {
    let bytes = written(Format::Csv);
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.starts_with("name,count,open,at,more\r\n\"a \"\"b\"\", c\",-5,true,2026-"),
        "{text}"
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), ROWS.len());
    let names: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(names, ["a \"b\", c", "'=1+1", "''=1+1", "'@sum(a1)\nb"]);
    for (row, expected) in rows.iter().zip(ROWS) {
        assert_eq!(unprotected(&row[0]), expected[0].unwrap());
        assert_eq!(unprotected(&row[1]), expected[1].unwrap_or_default());
    }
}

#[test]
fn ndjson_lines_have_every_column_and_their_kinds() {
    let text = String::from_utf8(written(Format::Ndjson)).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines[1],
        json!({"name": "=1+1", "count": 9_007_199_254_740_993_i64, "open": false, "at": null,
            "more": {"a": [1, "ü"]}})
    );
    assert_eq!(lines[3]["name"], "@sum(a1)\nb");
    assert_eq!(lines.len(), ROWS.len());
}

#[test]
fn a_workbook_has_numbers_as_numbers_and_texts_as_texts() {
    let sheet = sheet(&written(Format::Xlsx), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<c r=\"B2\"><v>-5</v></c>"), "{sheet}");
    // More digits than a sheet's numbers have.
    assert!(sheet.contains("<t>9007199254740993</t>"));
    assert!(sheet.contains("<t>'=1+1</t>") && sheet.contains("<t>''=1+1</t>"));
    assert!(!sheet.contains("<f>"), "no cell is a formula");
    assert!(sheet.contains("<c r=\"C2\" t=\"b\"><v>1</v></c>"));
}

#[test]
fn a_full_sheet_goes_on_in_the_next() {
    let mut xlsx = Xlsx::of_at_most(3, "things", headings()).unwrap();
    for row in ROWS.iter().cycle().take(5) {
        xlsx.row(row).unwrap();
    }
    let mut bytes = Vec::new();
    xlsx.finish().unwrap().read_to_end(&mut bytes).unwrap();
    let rows = |nr: u8| {
        let sheet = sheet(&bytes, &format!("xl/worksheets/sheet{nr}.xml"));
        assert!(sheet.contains("<t>name</t>"), "each sheet has its columns' names");
        sheet.matches("<row ").count()
    };
    assert_eq!([rows(1), rows(2), rows(3)], [3, 3, 2]);
    assert!(sheet(&bytes, "xl/workbook.xml").contains("name=\"things 3\""));
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_says_so() {
    let mut xlsx = Xlsx::of_at_most(3, "things", headings()).unwrap();
    xlsx.row(&[Some(&"ü".repeat(40_000)), None, None, None, None]).unwrap();
    let mut bytes = Vec::new();
    xlsx.finish().unwrap().read_to_end(&mut bytes).unwrap();
    let sheet = sheet(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("ü… (cut)</t>"));
    assert_eq!(sheet.matches('ü').count(), 32_767 - "… (cut)".chars().count());
}

#[test]
fn rows_are_handed_out_piece_by_piece() {
    for format in [Format::Csv, Format::Ndjson] {
        let mut writer = Writer::begin(format, "things", headings()).unwrap();
        let (mut pieces, mut largest) = (0, 0);
        for _ in 0..100_000 {
            writer.row(&ROWS[0]).unwrap();
            if let Some(piece) = writer.filled().unwrap() {
                pieces += 1;
                largest = largest.max(piece.len());
            }
        }
        assert!(pieces > 50, "{format}: {pieces}");
        assert!(largest < 2 * PIECE, "{format}: {largest}");
    }
}

/// A part of a workbook.
fn sheet(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
