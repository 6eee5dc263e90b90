//! Checkpoints and cosignatures.

use super::signer;
use crate::tlog::checkpoint::{Checkpoint, CheckpointError};
use crate::tlog::key::Kind;
use crate::tlog::note::{Note, NoteError};

/// Of the specification, with a log's and a witness's signature.
const SPEC: &str = "example.com/behind-the-sofa\n20852163\n\
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/\
    Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
    \u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/\
    zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

#[test]
fn the_specifications_checkpoint_is_read_and_written() {
    let note = Note::parse(SPEC.as_bytes()).unwrap();
    assert_eq!(note.to_string(), SPEC);
    let checkpoint: Checkpoint = note.text().parse().unwrap();
    assert_eq!(
        (checkpoint.origin.as_str(), checkpoint.size),
        ("example.com/behind-the-sofa", 20_852_163)
    );
    assert_eq!(checkpoint.to_string(), note.text());
    let theirs = tlog_tiles::Hash::parse_hash("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
    assert_eq!(theirs.unwrap().0, checkpoint.root);
}

#[test]
fn only_one_spelling_of_a_checkpoint_is_one() {
    let of = |text: &str| text.parse::<Checkpoint>();
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    assert_eq!(of(&format!("o\n0\n{root}\n")).unwrap().size, 0);
    assert_eq!(of(&format!("o\n18446744073709551615\n{root}\n")).unwrap().size, u64::MAX);
    let extended = format!("o\n7\n{root}\nmore\n");
    assert_eq!(of(&extended).unwrap().to_string(), extended);
    use CheckpointError::{Lines, Root, Size};
    for (text, error) in [
        (String::new(), Lines),
        ("o\n7\n".to_owned(), Lines),
        (format!("o\n7\n{root}"), Lines),
        (format!("\n7\n{root}\n"), Lines),
        (format!("o\n7\n{root}\n\n"), Lines),
        (format!("{}\n7\n{root}\n", "o".repeat(1_025)), Lines),
        (format!("o\n7\n{root}\n{}", "x\n".repeat(17)), Lines),
        (format!("o\n07\n{root}\n"), Size),
        (format!("o\n+7\n{root}\n"), Size),
        (format!("o\n-7\n{root}\n"), Size),
        (format!("o\n 7\n{root}\n"), Size),
        (format!("o\n18446744073709551616\n{root}\n"), Size),
        ("o\n7\nAAAA\n".to_owned(), Root),
        (format!("o\n7\n{}\n", root.replace("2I=", "2J=")), Root),
        (format!("o\n7\n{}\n", root.replace('/', "_")), Root),
        (format!("o\n7\n{} \n", &root[..43]), Root),
    ] {
        assert_eq!(of(&text), Err(error), "{text:?}");
    }
}

#[test]
fn a_cosignature_covers_the_text_and_its_time() {
    let (log, witness) = (signer("log", Kind::Note, 1), signer("w1", Kind::Cosignature, 2));
    let checkpoint = Checkpoint::new("log", 9, [4; 32]);
    let mut note = Note::new(&checkpoint.to_string()).unwrap();
    note.sign(&log, 0);
    note.sign(&witness, 1_679_315_147);
    let signed = note.verify([log.public(), witness.public()]).unwrap();
    assert_eq!(
        signed.iter().map(|signed| signed.at).collect::<Vec<_>>(),
        [None, Some(1_679_315_147)]
    );
    // Another time, or another text, is not what was signed.
    let written = note.to_string();
    let last = written.lines().last().unwrap();
    let signature = last.rsplit_once(' ').unwrap().1;
    let mut bytes = crate::tlog::text::bytes(signature).unwrap();
    bytes[11] ^= 1;
    let forged = written.replace(signature, &crate::tlog::text::base64(&bytes));
    let forged = Note::parse(forged.as_bytes()).unwrap();
    let bad = NoteError::BadSignature("w1".to_owned());
    assert_eq!(forged.verify([witness.public()]), Err(bad.clone()));
    let forged = Note::parse(written.replace("\n9\n", "\n8\n").as_bytes()).unwrap();
    assert_eq!(forged.verify([witness.public()]), Err(bad));
}
