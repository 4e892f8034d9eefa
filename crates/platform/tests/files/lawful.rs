//! Files that people really send, each the neighbour of something nasty.

use crate::make::{docx, jpeg, ole, open_document, packed_pdf, part, pdf, png, sheet, tiff, word, xlsx};
use platform::file_kind::{Caution, FileKind};

type Lawful = (&'static str, Vec<u8>, FileKind, Option<u32>, Vec<Caution>);

/// Name, bytes, and what is found.
pub fn all() -> Vec<Lawful> {
    let plain = |name, bytes, kind| (name, bytes, kind, None, Vec::new());
    let mut all = vec![
        ("don.pdf", pdf(&[], ""), FileKind::Pdf, Some(1), vec![]),
        ("ĐƠN ĐỀ NGHỊ.PDF", pdf(&[], ""), FileKind::Pdf, Some(1), vec![]),
        ("khong-duoi", pdf(&[], ""), FileKind::Pdf, Some(1), vec![]),
        ("TT 01.2018", pdf(&[], ""), FileKind::Pdf, Some(1), vec![]),
        ("moi.pdf", packed_pdf("<</Type/Catalog>><</Type/Page>><</Type/Page>>"), FileKind::Pdf, Some(2), vec![]),
        ("chu.pdf", pdf(&["<</Encryption(no)/JavaScripts 1/Launcher 2>>"], ""), FileKind::Pdf, Some(1), vec![]),
        ("link.pdf", pdf(&["<</S/URI/URI(https://example.vn)>>"], ""), FileKind::Pdf, Some(1), vec![]),
        (
            "hoa-don.pdf",
            pdf(&["<</Names<</EmbeddedFiles 3 0 R>>>>"], ""),
            FileKind::Pdf,
            Some(1),
            vec![Caution::Attachments],
        ),
        ("quet.tif", tiff(3, 2480, 3508, true), FileKind::Tiff, Some(3), vec![]),
        ("quet.tiff", tiff(1, 2480, 3508, false), FileKind::Tiff, Some(1), vec![]),
    ];
    all.extend([
        plain("anh.jpg", jpeg(4000, 3000, 0xC0), FileKind::Jpeg),
        plain("anh.jpeg", jpeg(3000, 4000, 0xC2), FileKind::Jpeg),
        plain("anh.JFIF", jpeg(1, 1, 0xC1), FileKind::Jpeg),
        plain("ban-do.png", png(12_000, 12_000), FileKind::Png),
        plain("don.docx", docx(&[]), FileKind::Docx),
        plain("anh.docx", docx(&[part("word/media/image1.png", png(100, 100))]), FileKind::Docx),
        plain("lien-ket.docx", docx(&[part("word/_rels/document.xml.rels", HYPERLINK)]), FileKind::Docx),
        plain("bang.xlsx", xlsx(&[]), FileKind::Xlsx),
        plain("bang-lon.xlsx", xlsx(&[part("xl/worksheets/sheet1.xml", vec![b'0'; 3_000_000])]), FileKind::Xlsx),
        plain("don.doc", ole("WordDocument", &word(false), &[]), FileKind::Doc),
        plain("bang.xls", ole("Workbook", &sheet(false), &[]), FileKind::Xls),
        plain("bang-cu.xls", ole("Book", &sheet(false), &[]), FileKind::Xls),
        plain("don.odt", open_document("text", "<manifest:manifest/>", &[]), FileKind::Odt),
        plain("bang.ods", open_document("spreadsheet", "<manifest:manifest/>", &[]), FileKind::Ods),
        plain("du-lieu.xml", "\u{feff}<?xml version='1.0'?><HoSo Id='1'/>".into(), FileKind::Xml),
        plain("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), FileKind::Heic),
    ]);
    all
}

const HYPERLINK: &str = "<Relationships><Relationship Id=\"1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://example.vn\" TargetMode=\"External\"/></Relationships>";

/// Whether the kind says where it ends: an XML text and a HEIC header may be cut, and an OLE file is filled with zeros.
pub fn has_an_end(name: &str) -> bool {
    !["xml", "HEIC", "doc", "xls"].iter().any(|ending| name.ends_with(&format!(".{ending}")))
}
