use crate::error::AppError;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// A QR code as one path of an SVG picture, four modules of quiet zone included.
pub struct Drawing {
    /// Modules from edge to edge.
    pub size: usize,
    pub path: String,
}

const QUIET: usize = 4;

/// Draws the text; level M, what a telephone reads from a screen.
pub fn draw(text: &str) -> Result<Drawing, AppError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(AppError::internal)?;
    let width = code.width();
    let mut path = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, c)| **c == Color::Dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    Ok(Drawing { size: width + 2 * QUIET, path })
}
