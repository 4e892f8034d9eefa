//! Pictures that are bombs, broken, cut, or something else as well.

use crate::make::{jpeg, part, png, tiff, zip};
use crate::{Case, case};
use platform::file_kind::RefusedFile as R;

pub fn all() -> Vec<Case> {
    let mut all = Vec::new();
    for (width, height) in
        [(65_000, 65_000), (20_000, 20_000), (u32::MAX, 1), (1, u32::MAX), (u32::MAX, u32::MAX), (300_000, 501)]
    {
        all.push(case(format!("a PNG of {width} by {height}"), "anh.png", png(width, height), R::TooManyPixels));
    }
    for (width, height) in [(65_000, 65_000), (65_535, 65_535), (40_000, 4_000), (12_300, 12_300)] {
        for frame in [0xC0, 0xC2] {
            let label = format!("a JPEG of {width} by {height}, frame {frame:x}");
            all.push(case(label, "anh.jpg", jpeg(width, height, frame), R::TooManyPixels));
        }
        let label = format!("a TIFF of {width} by {height}");
        all.push(case(label, "quet.tif", tiff(2, width.into(), height.into(), true), R::TooManyPixels));
    }
    for (width, height) in [(0, 10), (10, 0), (0, 0)] {
        let label = format!("of {width} by {height}");
        all.push(case(format!("a PNG {label}"), "anh.png", png(width, height), R::Damaged));
        let (w, h) = (u16::try_from(width).unwrap(), u16::try_from(height).unwrap());
        all.push(case(format!("a JPEG {label}"), "anh.jpg", jpeg(w, h, 0xC0), R::Damaged));
        all.push(case(format!("a TIFF {label}"), "quet.tif", tiff(1, width, height, true), R::Damaged));
    }
    cut(&mut all);
    broken(&mut all);
    let archive = zip(&[part("x.html", "<script>")]);
    for (name, picture) in
        [("anh.png", png(10, 10)), ("anh.jpg", jpeg(10, 10, 0xC0)), ("quet.tif", tiff(1, 10, 10, true))]
    {
        all.push(case(
            format!("{name} that is an archive as well"),
            name,
            [picture, archive.clone()].concat(),
            R::Archive,
        ));
    }
    all
}

fn cut(all: &mut Vec<Case>) {
    let picture = jpeg(4_000, 3_000, 0xC0);
    for eighth in 3..8 {
        let cut = &picture[..picture.len() * eighth / 8];
        all.push(case(format!("a JPEG cut at {eighth}/8"), "anh.jpg", cut, R::CutShort));
    }
    all.push(case("a JPEG without its last byte", "anh.jpg", &picture[..picture.len() - 1], R::CutShort));
    all.push(case("a JPEG that ends in its header", "anh.jpg", &picture[..14], R::CutShort));
    let picture = png(100, 100);
    for length in [33, 40, picture.len() - 12, picture.len() - 5, picture.len() - 1] {
        all.push(case(format!("a PNG cut at {length}"), "anh.png", &picture[..length], R::CutShort));
    }
    let scan = tiff(3, 100, 100, true);
    for length in [8, 20, 38, scan.len() - 2] {
        all.push(case(format!("a TIFF cut at {length}"), "quet.tif", &scan[..length], R::CutShort));
    }
}

fn broken(all: &mut Vec<Case>) {
    all.push(case("a PNG of a mark only", "anh.png", &b"\x89PNG\r\n\x1a\n"[..], R::Damaged));
    all.push(case(
        "a PNG that begins with another chunk",
        "anh.png",
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIDAT12345678"[..],
        R::Damaged,
    ));
    let mut picture = png(100, 100);
    picture[37] = 0;
    all.push(case("a PNG with an impossible chunk", "anh.png", picture, R::Damaged));
    let whole = png(100, 100);
    let without_data = [&whole[..33], &whole[whole.len() - 12..]].concat();
    all.push(case("a PNG without data", "anh.png", without_data, R::Damaged));
    all.push(case("a JPEG of beginning and end", "anh.jpg", &b"\xff\xd8\xff\xd9\0\0\0\0\0\0"[..], R::Damaged));
    all.push(case(
        "a JPEG whose data come before its frame",
        "anh.jpg",
        &b"\xff\xd8\xff\xda\0\x02\x11\x22\x33\x44\xff\xd9"[..],
        R::Damaged,
    ));
    all.push(case(
        "a JPEG that goes on as text",
        "anh.jpg",
        &b"\xff\xd8\xff\xe0\0\x02not a segment at all"[..],
        R::Damaged,
    ));
    let many = [b"\xff\xd8".as_slice(), &b"\xff\xe1\0\x02".repeat(1_100), &jpeg(10, 10, 0xC0)[2..]].concat();
    all.push(case("a JPEG of very many segments", "anh.jpg", many, R::Damaged));
    let mut circle = tiff(2, 100, 100, true);
    let last = circle.len() - 4;
    circle[last..].copy_from_slice(&8_u32.to_le_bytes());
    all.push(case("a TIFF that goes in a circle", "quet.tif", circle, R::Damaged));
    all.push(case("a TIFF without pages", "quet.tif", &b"II*\0\0\0\0\0"[..], R::Damaged));
    all.push(case("a TIFF whose page lies outside", "quet.tif", &b"MM\0*\x7f\xff\xff\xff"[..], R::CutShort));
}
