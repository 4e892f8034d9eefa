//! A signature drawn on a screen at the handover (RES-02): strokes, never a picture from outside.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The sheet on which it is drawn.
pub const SIGNATURE_SIZE: (u16, u16) = (600, 200);
/// Fewer points are a slip of the finger; more than anybody draws.
const POINTS: std::ops::RangeInclusive<usize> = 8..=4000;

/// The strokes of a signature, each from where the pen was put down to where it was lifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature(Vec<Vec<(u16, u16)>>);

/// The text is no signature: too short, outside of the sheet, or something else altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASignature;

impl Signature {
    /// Reads `10,20 11,22;40,50 41,52`: points of a stroke by blanks, strokes by semicolons.
    pub fn parse(text: &str) -> Result<Self, NotASignature> {
        let point = |text: &str| {
            let (x, y) = text.split_once(',').ok_or(NotASignature)?;
            let at = (x.parse().map_err(|_| NotASignature)?, y.parse().map_err(|_| NotASignature)?);
            if at.0 <= SIGNATURE_SIZE.0 && at.1 <= SIGNATURE_SIZE.1 { Ok(at) } else { Err(NotASignature) }
        };
        let stroke = |text: &str| text.split_whitespace().map(point).collect::<Result<Vec<_>, _>>();
        let strokes = text.split(';').map(stroke).collect::<Result<Vec<_>, _>>()?;
        let strokes: Vec<_> = strokes.into_iter().filter(|s| !s.is_empty()).collect();
        let points = strokes.iter().map(Vec::len).sum::<usize>();
        if POINTS.contains(&points) { Ok(Self(strokes)) } else { Err(NotASignature) }
    }
    /// The points of each stroke.
    pub fn strokes(&self) -> &[Vec<(u16, u16)>] {
        &self.0
    }
    /// The same text again, always in one way.
    pub fn text(&self) -> String {
        let stroke = |s: &Vec<(u16, u16)>| s.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
        self.0.iter().map(stroke).collect::<Vec<_>>().join(";")
    }
    /// The picture that is kept: black strokes on nothing.
    pub fn svg(&self) -> String {
        let (width, height) = SIGNATURE_SIZE;
        let mut lines = String::new();
        for stroke in &self.0 {
            let points = stroke.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
            // Writing to a text cannot fail.
            let _ = write!(lines, "<polyline points=\"{points}\"/>");
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"><g fill=\"none\" stroke=\"#000\" stroke-width=\"4\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{lines}</g></svg>"
        )
    }
    /// SHA-256 of the picture, as the event keeps it: a changed picture would be seen.
    pub fn sha256(&self) -> String {
        crate::hex(&Sha256::digest(self.svg()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: &str = "10,20 12,24 15,30 20,34;60,40 64,44 70,50 80,52 ;";

    #[test]
    fn a_signature_is_strokes_on_its_sheet_and_its_picture_holds_nothing_else() {
        let signature = Signature::parse(DRAWN).unwrap();
        assert_eq!(Signature::parse(&signature.text()), Ok(signature.clone()), "read again it is the same");
        let svg = signature.svg();
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(svg.contains("10,20 12,24") && svg.starts_with("<svg "));
        assert_eq!(signature.sha256().len(), 64);
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        let long = vec!["1,1"; 4001].join(" ");
        for text in ["", "10,20", "x", "601,0 1,1 1,1 1,1 1,1 1,1 1,1 1,1", "<script>", "1,1\" onload=\"x", &long] {
            assert_eq!(Signature::parse(text), Err(NotASignature), "{}", text.chars().take(20).collect::<String>());
        }
    }
}
