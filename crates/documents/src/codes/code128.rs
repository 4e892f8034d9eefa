//! Code 128 (ISO/IEC 15417) for digits only: set C takes two digits a symbol, set B the odd one at the end.

use super::{runs, svg};

const START_C: usize = 105;
const TO_SET_B: usize = 100;
const STOP: usize = 106;
/// Ten modules of white on each side.
const QUIET: usize = 10;
/// The picture's height in modules; print stretches it.
const HEIGHT: usize = 48;

/// Widths of bar, space, bar, space, bar, space of each symbol value; the stop symbol ends with one more bar.
#[rustfmt::skip]
const WIDTHS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];

/// The text is empty or has something other than the digits 0 to 9.
#[derive(Debug)]
pub(crate) struct NotDigits;

/// The SVG of `digits`.
pub(crate) fn code128(digits: &str) -> Result<String, NotDigits> {
    let modules = modules(&symbols(digits)?);
    let dark = runs(&modules).map(|(x, w)| [x + QUIET, 0, w, HEIGHT]);
    Ok(svg(modules.len() + 2 * QUIET, HEIGHT, dark))
}

/// Start, data, check symbol and stop.
fn symbols(digits: &str) -> Result<Vec<usize>, NotDigits> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotDigits);
    }
    let mut symbols = vec![START_C];
    for pair in digits.as_bytes().chunks(2) {
        match *pair {
            [tens, units] => symbols.push(usize::from(tens - b'0') * 10 + usize::from(units - b'0')),
            // In set B the digit 0 has the value 16.
            [last] => symbols.extend([TO_SET_B, usize::from(last - b'0') + 16]),
            _ => {}
        }
    }
    let weighted: usize = symbols.iter().enumerate().map(|(i, value)| i.max(1) * value).sum();
    symbols.extend([weighted % 103, STOP]);
    Ok(symbols)
}

/// Bars are `true`.
fn modules(symbols: &[usize]) -> Vec<bool> {
    let mut modules = Vec::new();
    for widths in symbols.iter().filter_map(|symbol| WIDTHS.get(*symbol)) {
        for (i, width) in widths.bytes().enumerate() {
            modules.extend(std::iter::repeat_n(i % 2 == 0, usize::from(width - b'0')));
        }
    }
    modules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_digits_are_symbols_and_the_check_symbol_weighs_them() {
        // 105 + 1·12 + 2·34 = 185; 185 mod 103 = 82.
        assert_eq!(symbols("1234").unwrap(), [105, 12, 34, 82, 106]);
    }

    #[test]
    fn an_odd_last_digit_is_written_in_set_b() {
        assert_eq!(symbols("123").unwrap()[..4], [105, 12, 100, 19]);
    }

    #[test]
    fn every_symbol_is_eleven_modules_wide_and_the_stop_thirteen() {
        let widths = |s: &str| s.bytes().map(|b| b - b'0').sum::<u8>();
        assert!(WIDTHS[..106].iter().all(|s| widths(s) == 11));
        assert_eq!(widths(WIDTHS[106]), 13);
        assert_eq!(modules(&symbols("0042").unwrap()).len(), 4 * 11 + 13);
    }

    #[test]
    fn anything_but_digits_is_refused() {
        assert!(symbols("").is_err());
        assert!(symbols("12A4").is_err());
        assert!(symbols("١٢").is_err());
    }
}
