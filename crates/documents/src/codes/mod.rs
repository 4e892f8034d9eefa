//! Bar code and QR as small SVG pictures: sharp at every size, black and white.

mod code128;
mod qr;

pub(crate) use code128::{NotDigits, code128};
pub(crate) use qr::{TooLong, qr};

/// A picture of dark rectangles (`x`, `y`, `width`, `height` in modules) on a white ground.
fn svg(width: usize, height: usize, dark: impl Iterator<Item = [usize; 4]>) -> String {
    let mut path = String::new();
    for [x, y, w, h] in dark {
        for (command, number) in [("M", x), (" ", y), ("h", w), ("v", h), ("h-", w)] {
            path.push_str(command);
            path.push_str(&number.to_string());
        }
        path.push('z');
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
         <path fill=\"#fff\" d=\"M0 0h{width}v{height}h-{width}z\"/><path d=\"{path}\"/></svg>"
    )
}

/// The dark runs of a row of modules: start and length of each.
fn runs(modules: &[bool]) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    modules.chunk_by(|a, b| a == b).filter_map(move |run| {
        let from = start;
        start += run.len();
        run.first().is_some_and(|dark| *dark).then_some((from, run.len()))
    })
}
