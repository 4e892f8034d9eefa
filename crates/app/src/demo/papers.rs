//! Small files as a scanner would send them; made here, so that nothing foreign is carried.

use super::dice::Dice;
use flate2::{Compression, Crc, write::ZlibEncoder};
use std::{fmt::Write as _, io::Write as _};

/// A file to attach: name, kind, bytes.
pub struct Paper {
    pub name: &'static str,
    pub kind: &'static str,
    pub bytes: Vec<u8>,
    pub pages: Option<i64>,
}

/// A scan: mostly a PDF, sometimes a picture. A few different ones, each often used.
pub fn paper(dice: &Dice) -> Paper {
    let number = dice.below(6);
    if dice.percent(30) {
        let shade = u8::try_from(180 + number * 10).unwrap_or(u8::MAX);
        return Paper { name: "anh-chup.png", kind: "image/png", bytes: png(48, 64, shade), pages: None };
    }
    let bytes = pdf(&format!("Ban quet giay to so {}", number + 1));
    Paper { name: "ban-quet.pdf", kind: "application/pdf", bytes, pages: Some(1) }
}

/// One page with one line.
fn pdf(line: &str) -> Vec<u8> {
    let content = format!("BT /F1 18 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", out.len()));
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let xref = out.len();
    let many = objects.len() + 1;
    let _ = write!(out, "xref\n0 {many}\n0000000000 65535 f \n{}", places.concat());
    let _ = write!(out, "trailer\n<< /Size {many} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n");
    out.into_bytes()
}

/// A plain grey picture.
fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let row: Vec<u8> = std::iter::once(0).chain((0..width).map(|_| shade)).collect();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..height {
        // Writing into memory cannot fail.
        let _ = packed.write_all(&row);
    }
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    // 8 bits of grey, no interlacing.
    head.extend([8, 0, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", head), (b"IDAT", packed.finish().unwrap_or_default()), (b"IEND", Vec::new())] {
        out.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(&data);
        out.extend(kind);
        out.extend(data);
        out.extend(sum.sum().to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::random::Random;

    #[test]
    fn files_are_what_they_say_they_are() {
        let dice = Dice(Random::seeded(1));
        for _ in 0..20 {
            let paper = paper(&dice);
            let head: &[u8] = if paper.kind == "image/png" { b"\x89PNG" } else { b"%PDF-1.4" };
            assert!(paper.bytes.starts_with(head) && paper.bytes.len() > 100);
        }
    }
}
