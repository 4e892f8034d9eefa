//! Photographs of one paper as one PDF: a page each, in the order given, nothing else in it.
//!
//! Written by hand and not through Typst: the pictures go in as they are (`DCTDecode`), so that a bundle of fifty costs no more
//! than their bytes, and nothing of the telephone that took them goes along.

use std::io::Write;

/// A picture that has been turned upright, scaled and freed of what its camera wrote beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photograph {
    /// A JPEG of three channels.
    pub jpeg: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// A4 in points.
const SHORT: f64 = 595.0;
const LONG: f64 = 842.0;
/// 5 mm: printers cut nothing off.
const MARGIN: f64 = 14.0;

/// The PDF of these pictures; the same bytes for the same pictures. None give a PDF without pages, which nobody asks for.
pub fn photographs(pictures: &[Photograph]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    let kids: Vec<String> = (0..pictures.len()).map(|i| format!("{} 0 R", page_number(i))).collect();
    object(&mut out, &mut places, b"<</Type/Catalog/Pages 2 0 R>>");
    let tree = format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), pictures.len());
    object(&mut out, &mut places, tree.as_bytes());
    for (i, picture) in pictures.iter().enumerate() {
        add_page(&mut out, &mut places, page_number(i), picture);
    }
    let table = out.len();
    let count = places.len() + 1;
    let lines: Vec<String> = places.iter().map(|at| format!("{at:010} 00000 n \n")).collect();
    let lines = lines.concat();
    let end = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{lines}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"
    );
    out.extend(end.bytes());
    out
}

/// A page takes three objects: itself, what is drawn, the picture.
const fn page_number(i: usize) -> usize {
    3 + 3 * i
}

fn add_page(out: &mut Vec<u8>, places: &mut Vec<usize>, number: usize, picture: &Photograph) {
    let lies = picture.width > picture.height;
    let (across, down) = if lies { (LONG, SHORT) } else { (SHORT, LONG) };
    let (width, height) = (f64::from(picture.width.max(1)), f64::from(picture.height.max(1)));
    let scale = ((across - 2.0 * MARGIN) / width).min((down - 2.0 * MARGIN) / height);
    let (width, height) = (width * scale, height * scale);
    let (left, below) = ((across - width) / 2.0, (down - height) / 2.0);
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across} {down}]/Contents {} 0 R/Resources<</XObject<</Im {} 0 R>>>>>>",
        number + 1,
        number + 2
    );
    object(out, places, page.as_bytes());
    let drawn = format!("q {width:.2} 0 0 {height:.2} {left:.2} {below:.2} cm /Im Do Q");
    stream(out, places, &format!("/Length {}", drawn.len()), drawn.as_bytes());
    let about = format!(
        "/Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length {}",
        picture.width,
        picture.height,
        picture.jpeg.len()
    );
    stream(out, places, &about, &picture.jpeg);
}

fn stream(out: &mut Vec<u8>, places: &mut Vec<usize>, about: &str, bytes: &[u8]) {
    let body = [format!("<<{about}>>\nstream\n").as_bytes(), bytes, b"\nendstream"].concat();
    object(out, places, &body);
}

fn object(out: &mut Vec<u8>, places: &mut Vec<usize>, body: &[u8]) {
    places.push(out.len());
    // Writing into memory cannot fail.
    let _ = writeln!(out, "{} 0 obj", places.len());
    out.extend_from_slice(body);
    out.extend_from_slice(b"\nendobj\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_picture_is_a_page_of_its_own_direction_in_the_order_given() {
        let of = |width, height, mark: &str| Photograph { jpeg: mark.as_bytes().to_vec(), width, height };
        let pdf = photographs(&[of(3000, 4000, "FIRST"), of(4000, 3000, "SECOND")]);
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("/Count 2") && text.contains("/Kids[3 0 R 6 0 R]"), "{text}");
        let at = |word: &str| text.find(word).unwrap();
        assert!(at("MediaBox[0 0 595 842]") < at("FIRST") && at("FIRST") < at("MediaBox[0 0 842 595]"));
        assert!(at("MediaBox[0 0 842 595]") < at("SECOND"));
    }

    #[test]
    fn the_table_points_at_every_object() {
        let pdf = photographs(&[Photograph { jpeg: vec![0xFF; 100], width: 10, height: 10 }]);
        let find = |needle: &[u8]| pdf.windows(needle.len()).rposition(|w| w == needle).unwrap();
        let table = String::from_utf8_lossy(&pdf[find(b"xref\n0 ")..]).into_owned();
        let places: Vec<usize> =
            table.lines().filter(|l| l.ends_with(" n ")).map(|l| l[..10].parse().unwrap()).collect();
        assert_eq!(places.len(), 5);
        for (i, at) in places.into_iter().enumerate() {
            assert!(pdf[at..].starts_with(format!("{} 0 obj", i + 1).as_bytes()), "{i}");
        }
    }
}
