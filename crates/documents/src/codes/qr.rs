//! QR code of a link.

use super::{runs, svg};
use qrcode::{Color, EcLevel, QrCode};

/// Four modules of white on each side, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// The link does not fit in a QR code.
#[derive(Debug)]
pub(crate) struct TooLong;

/// The SVG of `link`. Level M (15 % may be lost) survives a stamp or a fold and stays coarse enough for old phones.
pub(crate) fn qr(link: &str) -> Result<String, TooLong> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(|_| TooLong)?;
    let side = code.width();
    let modules: Vec<bool> = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
    let dark =
        modules.chunks(side).enumerate().flat_map(|(y, row)| runs(row).map(move |(x, w)| [x + QUIET, y + QUIET, w, 1]));
    Ok(svg(side + 2 * QUIET, side + 2 * QUIET, dark))
}
