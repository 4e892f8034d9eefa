//! Empty files, web pages, programs, archives, names that lie.

use crate::make::{docx, jpeg, ole, open_document, part, pdf, png, tiff, word, xlsx, zip};
use crate::{Case, case};
use platform::file_kind::{FileKind as K, RefusedFile as R};

pub fn all() -> Vec<Case> {
    let mut all = Vec::new();
    for name in ["rong.pdf", "rong.jpg", "rong.docx", "rong", "rong.xml", "rong.png"] {
        all.push(case(format!("the empty {name}"), name, b"".to_vec(), R::Empty));
    }
    web_pages(&mut all);
    programs(&mut all);
    unknown(&mut all);
    names(&mut all);
    all
}

fn web_pages(all: &mut Vec<Case>) {
    let pages = [
        "<!DOCTYPE html><p>",
        "  \n<HTML>",
        "<html><body onload=x()>",
        "<script>alert(1)</script>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        "<?xml version='1.0'?><svg/>",
        "<?xml version='1.0'?><x:p xmlns:x='http://www.w3.org/1999/xhtml'/>",
        "<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><a/>",
        "<iframe src=x>",
        "GIF89a/*<script>*/",
        "<a href='javascript:x()'>",
        "<html>%PDF-1.4 1 0 obj trailer %%EOF",
    ];
    for page in pages {
        all.push(case(format!("a web page: {page}"), "trang.pdf", page, R::WebPage));
    }
}

fn programs(all: &mut Vec<Case>) {
    let programs: [(&str, &[u8]); 8] = [
        ("Windows", b"MZ\x90\0"),
        ("Linux", b"\x7fELF\x02"),
        ("a shell script", b"#!/bin/sh\n"),
        ("Java", b"\xca\xfe\xba\xbe\0\0"),
        ("a Mac, 32 bits", b"\xfe\xed\xfa\xce\0"),
        ("a Mac, 64 bits", b"\xfe\xed\xfa\xcf\0"),
        ("a Mac, little", b"\xcf\xfa\xed\xfe\0"),
        ("an old Mac, little", b"\xce\xfa\xed\xfe\0"),
    ];
    for (label, program) in programs {
        all.push(case(format!("a program for {label}"), "don.pdf", program, R::Program));
    }
    let archives: [(&str, &[u8]); 8] = [
        ("RAR", b"Rar!\x1a\x07"),
        ("7-Zip", b"7z\xbc\xaf\x27\x1c"),
        ("gzip", b"\x1f\x8b\x08"),
        ("bzip2", b"BZh91AY"),
        ("xz", b"\xfd7zXZ\0\0"),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("an empty ZIP", b"PK\x05\x06\0\0"),
        ("a split ZIP", b"PK\x07\x08PK"),
    ];
    for (label, archive) in archives {
        all.push(case(format!("{label} in PDF's clothes"), "don.pdf", archive, R::Archive));
    }
    let inner = zip(&[part("x", vec![0; 1_000_000])]);
    let nested = zip(&[part("lib 0.zip", &inner), part("lib 1.zip", &inner)]);
    for (label, parts) in [
        ("a ZIP", zip(&[part("a.pdf", pdf(&[], ""))])),
        ("a nested bomb", nested),
        ("a ZIP that climbs", zip(&[part("../../etc/passwd", "x")])),
    ] {
        all.push(case(label, "ho-so.docx", parts, R::Archive));
    }
    all.push(case(
        "a presentation",
        "x.pptx",
        zip(&[part("[Content_Types].xml", "x"), part("ppt/presentation.xml", "x")]),
        R::Archive,
    ));
    all.push(case(
        "a Java archive",
        "x.jar",
        zip(&[part("META-INF/MANIFEST.MF", "x"), part("A.class", "x")]),
        R::Archive,
    ));
}

fn unknown(all: &mut Vec<Case>) {
    // Put together here, so that no scanner takes these sources for the thing itself.
    let eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat();
    all.push(case("the harmless test virus", "eicar.com", eicar, R::Unknown));
    let texts = [
        ("plain text", "Đơn đề nghị".as_bytes()),
        ("XML with an entity", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a/>"),
        ("XML that laughs", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m '&l;&l;'>]><a>&m;</a>"),
        ("rich text", b"{\\rtf1\\ansi{\\object\\objdata 0105}}"),
        ("a GIF", b"GIF89a\x01\0\x01\0"),
        ("a bitmap", b"BM\x36\0\0\0"),
        ("a WebP", b"RIFF\x24\0\0\0WEBPVP8 "),
        ("a film", b"\0\0\0\x18ftypisom"),
        ("AVIF", b"\0\0\0\x18ftypavif"),
        ("a sound", b"ID3\x03\0"),
        ("a shortcut", b"L\0\0\0\x01\x14\x02\0"),
        ("a mail", b"From: a@b.vn\r\nSubject: x\r\n"),
        ("PostScript", b"%!PS-Adobe-3.0\n"),
        ("zeros", &[0; 4096]),
        ("a PDF behind something else", b"xxxx%PDF-1.4\n1 0 obj\ntrailer\n%%EOF"),
    ];
    for (label, text) in texts {
        all.push(case(label, "don.pdf", text, R::Unknown));
    }
}

/// Whole files under names that promise something else.
fn names(all: &mut Vec<Case>) {
    let files: [(K, Vec<u8>); 9] = [
        (K::Pdf, pdf(&[], "")),
        (K::Jpeg, jpeg(10, 10, 0xC0)),
        (K::Png, png(10, 10)),
        (K::Tiff, tiff(1, 10, 10, true)),
        (K::Docx, docx(&[])),
        (K::Xlsx, xlsx(&[])),
        (K::Odt, open_document("text", "<x/>", &[])),
        (K::Doc, ole("WordDocument", &word(false), &[])),
        (K::Xml, b"<?xml version='1.0'?><a/>".to_vec()),
    ];
    for (kind, bytes) in files {
        for name in ["don.pdf.exe", "don.pdf.js", "don\u{202e}fdp.exe", "don.exe. ", "don.docm", "don.zip"] {
            all.push(case(format!("{kind} called {name}"), name, bytes.clone(), R::WrongName(kind)));
        }
        for ending in ["pdf", "jpg", "png", "docx", "xlsx", "doc", "xml"].into_iter().filter(|e| *e != kind.extension())
        {
            let name = format!("don.{ending}");
            all.push(case(format!("{kind} called {name}"), &name, bytes.clone(), R::WrongName(kind)));
        }
    }
}
