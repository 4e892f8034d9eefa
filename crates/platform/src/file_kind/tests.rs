use super::*;
use std::io::Cursor;

fn look(bytes: &[u8]) -> std::result::Result<Inspected, RefusedFile> {
    inspect(&mut Cursor::new(bytes)).map_err(|error| match error {
        InspectError::Refused(refused) => refused,
        InspectError::Io(error) => panic!("{error}"),
    })
}
fn kind(bytes: &[u8]) -> std::result::Result<FileKind, RefusedFile> {
    look(bytes).map(|inspected| inspected.kind)
}

fn png(width: u32, height: u32) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), &[8, 2, 0, 0, 0]]
        .concat()
}
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let exif = b"\xff\xe1\x00\x08Exif\0\0".as_slice();
    let frame = [b"\xff\xc0\x00\x11\x08".as_slice(), &height.to_be_bytes(), &width.to_be_bytes()].concat();
    [b"\xff\xd8".as_slice(), exif, b"\xff", &frame, b"\x03"].concat()
}

/// A ZIP that has only its table of contents; nothing here reads further.
fn zip(names: &[&str], unpacked: u32, flags: u16) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    let offset = u32::try_from(bytes.len()).unwrap();
    for name in names {
        let mut header = [0; 46];
        header[..4].copy_from_slice(b"PK\x01\x02");
        header[8..10].copy_from_slice(&flags.to_le_bytes());
        header[24..28].copy_from_slice(&unpacked.to_le_bytes());
        header[28..30].copy_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(name.as_bytes());
    }
    let size = u32::try_from(bytes.len()).unwrap() - offset;
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    for part in [count.as_slice(), &count, &size.to_le_bytes(), &offset.to_le_bytes(), b"\0\0"] {
        bytes.extend_from_slice(part);
    }
    bytes
}
fn ole(names: &[&str]) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(512, 0);
    for name in names {
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(bytes.len().next_multiple_of(128) + 128, 0);
    }
    bytes
}

const WORD: [&str; 2] = ["[Content_Types].xml", "word/document.xml"];

#[test]
fn what_applicants_and_scanners_send_is_known_by_its_bytes() {
    assert_eq!(kind(b"%PDF-1.7\n%%EOF"), Ok(FileKind::Pdf));
    assert_eq!(kind(&png(2480, 3508)), Ok(FileKind::Png));
    assert_eq!(kind(&jpeg(4000, 3000)), Ok(FileKind::Jpeg));
    assert_eq!(kind(b"\0\0\0\x18ftypheic\0\0\0\0"), Ok(FileKind::Heic));
    assert_eq!(kind(b"II*\0\x08\0\0\0"), Ok(FileKind::Tiff));
    assert_eq!(kind(&zip(&WORD, 1_000, 0)), Ok(FileKind::Docx));
    assert_eq!(kind(&zip(&["[Content_Types].xml", "xl/workbook.xml"], 1_000, 0)), Ok(FileKind::Xlsx));
    assert_eq!(kind(&ole(&["Root Entry", "WordDocument"])), Ok(FileKind::Doc));
    assert_eq!(kind(&ole(&["Root Entry", "Workbook"])), Ok(FileKind::Xls));
    assert_eq!(kind("\u{feff}<?xml version='1.0'?><HoSo Id='1'/>".as_bytes()), Ok(FileKind::Xml));
}

#[test]
fn an_empty_file_is_refused_as_empty() {
    assert_eq!(kind(b""), Err(RefusedFile::Empty));
}

#[test]
fn whatever_acts_in_a_browser_is_refused_as_a_web_page() {
    for page in [
        "<!DOCTYPE html><p>",
        "  \n<HTML>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        "<?xml version='1.0'?><svg/>",
        "<?xml version='1.0'?><x:p xmlns:x='http://www.w3.org/1999/xhtml'/>",
        "<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><a/>",
        "GIF89a/*<script>*/",
    ] {
        assert_eq!(kind(page.as_bytes()), Err(RefusedFile::WebPage), "{page}");
    }
}

#[test]
fn programs_and_archives_have_refusals_of_their_own() {
    for program in [&b"MZ\x90\0"[..], b"\x7fELF\x02", b"#!/bin/sh\n"] {
        assert_eq!(kind(program), Err(RefusedFile::Program));
    }
    for archive in [&b"Rar!\x1a\x07"[..], b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", &zip(&["../../etc/passwd"], 1, 0)] {
        assert_eq!(kind(archive), Err(RefusedFile::Archive));
    }
}

#[test]
fn xml_with_entities_and_plain_text_are_not_taken() {
    assert_eq!(
        kind(b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a/>"),
        Err(RefusedFile::Unknown)
    );
    assert_eq!(kind("Đơn đề nghị".as_bytes()), Err(RefusedFile::Unknown));
    assert_eq!(kind(b"\0\0\0\x18ftypisom"), Err(RefusedFile::Unknown));
}

#[test]
fn office_files_with_macros_a_password_or_a_bomb_inside_are_refused() {
    let with = |name| zip(&[WORD[0], WORD[1], name], 1_000, 0);
    assert_eq!(kind(&with("word/vbaProject.bin")), Err(RefusedFile::Macros));
    assert_eq!(kind(&with("word/../../x")), Err(RefusedFile::Damaged));
    assert_eq!(kind(&zip(&WORD, 1_000, 1)), Err(RefusedFile::PasswordProtected));
    assert_eq!(kind(&zip(&WORD, u32::MAX, 0)), Err(RefusedFile::TooMuchInside));
    assert_eq!(kind(&ole(&["WordDocument", "_VBA_PROJECT"])), Err(RefusedFile::Macros));
    assert_eq!(kind(&ole(&["EncryptedPackage"])), Err(RefusedFile::PasswordProtected));
    assert_eq!(kind(&ole(&["Root Entry"])), Err(RefusedFile::Unknown));
}

#[test]
fn pictures_that_would_fill_the_memory_or_have_no_size_are_refused() {
    assert_eq!(kind(&png(65_000, 65_000)), Err(RefusedFile::TooMuchInside));
    assert_eq!(kind(&jpeg(65_000, 65_000)), Err(RefusedFile::TooMuchInside));
    assert_eq!(kind(&png(0, 10)), Err(RefusedFile::Damaged));
    assert_eq!(kind(b"\x89PNG\r\n\x1a\n"), Err(RefusedFile::Damaged));
    assert_eq!(kind(b"\xff\xd8\xff\xd9"), Err(RefusedFile::Damaged));
}

#[test]
fn the_pages_of_a_pdf_are_counted_and_the_tree_that_holds_them_is_not() {
    let pdf = b"%PDF-1.4\n<</Type/Pages/Count 2>><</Type /Page>><</Type/Page/Parent 1 0 R>>\n%%EOF\n";
    assert_eq!(look(pdf), Ok(Inspected { kind: FileKind::Pdf, pages: Some(2), cautions: vec![] }));
    assert_eq!(look(b"%PDF-1.7\npacked\n%%EOF").unwrap().pages, None);
}

#[test]
fn a_pdf_with_scripts_attachments_a_password_or_no_end_comes_with_a_caution() {
    let of = |body: &str| look(format!("%PDF-1.4\n{body}\n%%EOF").as_bytes()).unwrap().cautions;
    assert_eq!(of("<</S/JavaScript/JS(app.alert)>>"), [Caution::Active]);
    assert_eq!(of("<</S/Launch/F(calc.exe)>>"), [Caution::Active]);
    assert_eq!(of("<</Names<</EmbeddedFiles 3 0 R>>>>"), [Caution::Attachments]);
    assert_eq!(of("trailer<</Encrypt 9 0 R>>"), [Caution::Encrypted]);
    assert_eq!(of("<</Encryption(no)/JavaScripts 1>>"), []);
    assert_eq!(of("stream\n/JS\u{1}\nendstream"), []);
    assert_eq!(look(b"%PDF-1.4\n<</Type/Page>>").unwrap().cautions, [Caution::CutShort]);
}

#[test]
fn every_kind_is_found_again_by_its_extension() {
    for kind in [FileKind::Pdf, FileKind::Jpeg, FileKind::Docx, FileKind::Xml] {
        assert_eq!(FileKind::from_extension(kind.extension()), Some(kind));
    }
    assert_eq!(FileKind::from_extension("exe"), None);
}
