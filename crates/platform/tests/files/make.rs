//! Files made by hand: whole ones, from which the nasty ones are made by one change each.

use flate2::{Compression, Crc, write::DeflateEncoder, write::ZlibEncoder};
use std::fmt::Write as _;
use std::io::Write as _;

/// A PDF of one page with these further objects and this in its trailer, and a table that is right.
pub fn pdf(objects: &[&str], trailer: &str) -> Vec<u8> {
    let fixed = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type /Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ];
    let mut out = String::from("%PDF-1.7\n");
    let mut places = String::new();
    let mut count = 1;
    for object in fixed.iter().chain(objects) {
        let _ = writeln!(places, "{:010} 00000 n ", out.len());
        let _ = writeln!(out, "{count} 0 obj\n{object}\nendobj");
        count += 1;
    }
    let table = out.len();
    let _ = write!(out, "xref\n0 {count}\n0000000000 65535 f \n{places}");
    let _ = write!(out, "trailer\n<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n");
    out.into_bytes()
}

/// A PDF of today: its objects packed in a stream, its table a stream too.
pub fn packed_pdf(inside: &str) -> Vec<u8> {
    let packed = zlib(format!("1 0 3 30 {inside}").as_bytes());
    let mut out = b"%PDF-1.7\n5 0 obj\n<</Type /ObjStm /N 2 /First 10 /Filter /FlateDecode /Length ".to_vec();
    out.extend(format!("{}>>\nstream\n", packed.len()).bytes());
    out.extend(packed);
    let place = out.len();
    out.extend(b"\nendstream\nendobj\n6 0 obj\n<</Type /XRef /Size 7 /Root 1 0 R>>\nstream\n");
    out.extend([1, 2, 3]);
    out.extend(format!("\nendstream\nendobj\nstartxref\n{place}\n%%EOF\n").bytes());
    out
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// A grey PNG that says it is this large; its data are those of a small one.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    for (name, data) in [(b"IHDR", head), (b"IDAT", zlib(&[0; 64])), (b"IEND", Vec::new())] {
        out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let mut crc = Crc::new();
        crc.update(name);
        crc.update(&data);
        out.extend(name);
        out.extend(data);
        out.extend(crc.sum().to_be_bytes());
    }
    out
}

/// A JPEG in its outline: a camera's segment, a frame (`0xC0` plain, `0xC2` progressive), data, the end.
pub fn jpeg(width: u16, height: u16, frame: u8) -> Vec<u8> {
    let mut out = b"\xff\xd8\xff\xe1\x00\x0aExif\0\0\xff\xd9".to_vec();
    out.extend([0xFF, frame, 0, 17, 8]);
    out.extend(height.to_be_bytes());
    out.extend(width.to_be_bytes());
    out.extend([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
    out.extend(b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00");
    out.extend([0x5A; 200]);
    out.extend(b"\xff\x00\x12\xff\xd9");
    out
}

/// A TIFF of some pages of this size.
pub fn tiff(pages: u32, width: u32, height: u32, little: bool) -> Vec<u8> {
    let short = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let long = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut out = if little { b"II".to_vec() } else { b"MM".to_vec() };
    out.extend(short(42));
    out.extend(long(8));
    for page in 0..pages {
        out.extend(short(2));
        for (tag, value) in [(256, width), (257, height)] {
            out.extend(short(tag));
            out.extend(short(4));
            out.extend(long(1));
            out.extend(long(value));
        }
        let next = 8 + (page + 1) * 30;
        out.extend(long(if page + 1 == pages { 0 } else { next }));
    }
    out
}

/// One part of a ZIP file; what its table claims may be bent.
#[derive(Clone)]
pub struct Part {
    pub name: String,
    pub data: Vec<u8>,
    pub flags: u16,
    pub method: u16,
    pub claimed: Option<u32>,
    pub crc: Option<u32>,
}

pub fn part(name: &str, data: impl AsRef<[u8]>) -> Part {
    Part { name: name.into(), data: data.as_ref().to_vec(), flags: 0, method: 8, claimed: None, crc: None }
}

/// A ZIP file with a right table.
pub fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut out, mut table) = (Vec::new(), Vec::new());
    for part in parts {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&part.data).unwrap();
        let body = if part.method == 8 { packer.finish().unwrap() } else { part.data.clone() };
        let mut crc = Crc::new();
        crc.update(&part.data);
        let offset = u32::try_from(out.len()).unwrap();
        let common = [
            part.flags.to_le_bytes().as_slice(),
            &part.method.to_le_bytes(),
            &[0; 4],
            &part.crc.unwrap_or(crc.sum()).to_le_bytes(),
            &u32::try_from(body.len()).unwrap().to_le_bytes(),
            &part.claimed.unwrap_or(u32::try_from(part.data.len()).unwrap()).to_le_bytes(),
            &u16::try_from(part.name.len()).unwrap().to_le_bytes(),
            &[0; 2],
        ]
        .concat();
        out.extend(b"PK\x03\x04\x14\0");
        out.extend(&common);
        out.extend(part.name.as_bytes());
        out.extend(&body);
        table.extend(b"PK\x01\x02\x14\0\x14\0");
        table.extend(&common);
        table.extend([0; 10]);
        table.extend(offset.to_le_bytes());
        table.extend(part.name.as_bytes());
    }
    let offset = u32::try_from(out.len()).unwrap();
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let size = u32::try_from(table.len()).unwrap();
    out.extend(table);
    out.extend(b"PK\x05\x06\0\0\0\0");
    for piece in [count.as_slice(), &count, &size.to_le_bytes(), &offset.to_le_bytes(), b"\0\0"] {
        out.extend_from_slice(piece);
    }
    out
}

pub const TYPES: &str = "<Types><Override PartName=\"/x\" ContentType=\"application/xml\"/></Types>";

pub fn docx(more: &[Part]) -> Vec<u8> {
    let mut parts = vec![part("[Content_Types].xml", TYPES), part("word/document.xml", "<w:document>Đơn</w:document>")];
    parts.extend_from_slice(more);
    zip(&parts)
}
pub fn xlsx(more: &[Part]) -> Vec<u8> {
    let mut parts = vec![part("[Content_Types].xml", TYPES), part("xl/workbook.xml", "<workbook/>")];
    parts.extend_from_slice(more);
    zip(&parts)
}
/// An `OpenDocument` file of this kind.
pub fn open_document(kind: &str, manifest: &str, more: &[Part]) -> Vec<u8> {
    let told = Part { method: 0, ..part("mimetype", format!("application/vnd.oasis.opendocument.{kind}")) };
    let mut parts =
        vec![told, part("content.xml", "<office:document-content/>"), part("META-INF/manifest.xml", manifest)];
    parts.extend_from_slice(more);
    zip(&parts)
}

/// An OLE file with one stream of 4,608 bytes that begins so; further names stand in its directory.
pub fn ole(stream: &str, head: &[u8], more: &[&str]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let mut out = vec![0; 512];
    out[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    out[30] = 9;
    out[44] = 1;
    out[48] = 1;
    out[68..72].copy_from_slice(&END.to_le_bytes());
    out[76..512].fill(0xFF);
    out[76..80].fill(0);
    // The table: itself, the directory, then nine sectors of the stream.
    let chain = [0xFFFF_FFFD, END].into_iter().chain((2..10).map(|s| s + 1)).chain([END]);
    let table: Vec<u8> = chain.flat_map(u32::to_le_bytes).collect();
    out.extend(&table);
    out.resize(1024, 0xFF);
    for (i, name) in ["Root Entry", stream].into_iter().chain(more.iter().copied()).enumerate() {
        let mut entry = [0; 128];
        let text: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..text.len()].copy_from_slice(&text);
        entry[64] = u8::try_from(text.len() + 2).unwrap();
        if i == 1 {
            entry[116..120].copy_from_slice(&2_u32.to_le_bytes());
            entry[120..124].copy_from_slice(&4_608_u32.to_le_bytes());
        }
        out.extend(entry);
    }
    out.resize(1536, 0);
    out.extend(head);
    out.resize(1536 + 4_608, 0);
    out
}

/// The beginning of a Word stream; bit 8 of its flags is `fEncrypted`.
pub fn word(locked: bool) -> [u8; 12] {
    [0xEC, 0xA5, 0xC1, 0, 0, 0, 0, 0, 0, 0, 0, u8::from(locked)]
}
/// The beginning of an Excel stream, with a `FilePass` record where it is locked.
pub fn sheet(locked: bool) -> Vec<u8> {
    let mut out = vec![0x09, 0x08, 0x10, 0];
    out.extend([0; 16]);
    if locked {
        out.extend([0x2F, 0, 4, 0, 0, 0, 0, 0]);
    }
    out.extend([0x42, 0, 2, 0, 0xB0, 0x04]);
    out
}
