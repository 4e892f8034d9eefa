//! Zstandard (RFC 8878) against a dictionary of our own phrases.
//!
//! The dictionary was trained on states, events, slips, messages and answers of the demos of five provinces, their ids, hashes,
//! dates and numbers replaced by others, so that it knows our words and not somebody's data. A frame is kept without its first
//! four bytes, which are the same in all.

use std::cell::RefCell;
use std::sync::LazyLock;
use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
    zstd_safe::{CParameter, get_frame_content_size},
};

/// What packed texts refer to. It never changes: what was packed with it needs every byte of it. A better one gets the next number.
pub(super) const PHRASES: &[u8] = include_bytes!("phrases.zdict");
/// Higher levels save a hundredth and take twice as long.
const LEVEL: i32 = 3;
/// What every frame begins with.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// A text longer than this is no row of ours; bytes that claim to be one are broken.
const LONGEST: usize = 64 * 1024 * 1024;

static TO_WRITE: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(PHRASES, LEVEL));
static TO_READ: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(PHRASES));

thread_local! {
    static WRITER: RefCell<Option<Compressor<'static>>> = RefCell::new(writer());
    static READER: RefCell<Option<Decompressor<'static>>> =
        RefCell::new(Decompressor::with_prepared_dictionary(&TO_READ).ok());
}

fn writer() -> Option<Compressor<'static>> {
    let mut writer = Compressor::with_prepared_dictionary(&TO_WRITE).ok()?;
    // The row's first byte names the dictionary, and the data base's pages have their own sums.
    for parameter in [CParameter::DictIdFlag(false), CParameter::ChecksumFlag(false), CParameter::ContentSizeFlag(true)]
    {
        writer.set_parameter(parameter).ok()?;
    }
    Some(writer)
}

/// Appends the frame of `text` to `out`; `None` when there is none.
pub(super) fn compress(text: &str, out: &mut Vec<u8>) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    let frame = WRITER.with_borrow_mut(|writer| writer.as_mut()?.compress(text.as_bytes()).ok())?;
    out.extend_from_slice(frame.strip_prefix(&MAGIC)?);
    Some(())
}

/// The text of a frame; `None` when it is none of ours.
pub(super) fn decompress(frame: &[u8]) -> Option<Vec<u8>> {
    let whole = [&MAGIC, frame].concat();
    let length = usize::try_from(get_frame_content_size(&whole).ok()??).ok().filter(|n| *n <= LONGEST)?;
    let plain = READER.with_borrow_mut(|reader| reader.as_mut()?.decompress(&whole, length).ok())?;
    (plain.len() == length).then_some(plain)
}
