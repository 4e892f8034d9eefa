//! The LZ4 block format (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>) against a list that both sides have.
//! Written here because the list's places are looked up once for all texts; the crates do that again for every one of them,
//! which costs more than the text itself.

/// Places in the table of what was seen: four thousand, a copy of it is made for every text.
const PLACES: usize = 1 << 12;
/// No such place.
const NOWHERE: u32 = u32::MAX;
/// The shortest repetition that is worth naming.
const SHORTEST: usize = 4;
/// By the format a repetition ends five bytes before the end and begins no later than twelve before it.
const LAST_LETTERS: usize = 5;
const LAST_BEGIN: usize = 12;
/// How far back a repetition may lie.
const REACH: usize = 65_535;

/// A list of phrases, and where each four bytes of it stand.
pub(super) struct Words {
    list: &'static [u8],
    places: Box<[u32; PLACES]>,
}

impl Words {
    pub(super) fn new(list: &'static [u8]) -> Self {
        let mut places = Box::new([NOWHERE; PLACES]);
        for at in 0..list.len().saturating_sub(SHORTEST - 1) {
            if let Some(four) = four(list, at) {
                places[place(four)] = u32::try_from(at).unwrap_or(NOWHERE);
            }
        }
        Self { list, places }
    }

    /// Appends the block of `text` to `out`.
    pub(super) fn compress(&self, text: &[u8], out: &mut Vec<u8>) {
        let mut all = Vec::with_capacity(self.list.len() + text.len());
        all.extend_from_slice(self.list);
        all.extend_from_slice(text);
        let mut places = *self.places;
        let (mut told, mut at) = (self.list.len(), self.list.len());
        while at + LAST_BEGIN <= all.len() {
            let Some(seen) = look(&all, at, &mut places) else {
                // The longer nothing was found, the longer the steps: numbers and names repeat nothing.
                at += 1 + (at - told) / 32;
                continue;
            };
            // What stands just before both may be the same as well.
            let back = (0..at - told).take_while(|n| seen > *n && all[seen - n - 1] == all[at - n - 1]).count();
            let (from, begin) = (seen - back, at - back);
            let most = all.len() - LAST_LETTERS - begin;
            let long = alike(&all[from..], &all[begin..begin + most]);
            repetition(out, &all[told..begin], begin - from, long);
            at = begin + long;
            told = at;
            if let Some(four) = four(&all, at - 2) {
                places[place(four)] = u32::try_from(at - 2).unwrap_or(NOWHERE);
            }
        }
        letters(out, &all[told..], 0);
    }

    /// The text of a block; `None` when it is no block of a text of `length` bytes.
    pub(super) fn decompress(&self, block: &[u8], length: usize) -> Option<Vec<u8>> {
        // A byte of a block stands for 255 bytes of text at most.
        if length > block.len().saturating_mul(255) {
            return None;
        }
        let mut out = Vec::with_capacity(length);
        let mut rest = block;
        loop {
            let token = take(&mut rest)?;
            let plain = count(&mut rest, token >> 4)?;
            let (said, after) = rest.split_at_checked(plain)?;
            out.extend_from_slice(said);
            rest = after;
            if rest.is_empty() {
                return (out.len() == length).then_some(out);
            }
            let back = usize::from(take(&mut rest)?) | (usize::from(take(&mut rest)?) << 8);
            let long = count(&mut rest, token & 15)? + SHORTEST;
            if out.len() + long > length {
                return None;
            }
            self.repeat(&mut out, back, long)?;
        }
    }

    /// Appends what stands `back` bytes before the end, which may begin in the list and may reach into itself.
    fn repeat(&self, out: &mut Vec<u8>, back: usize, mut long: usize) -> Option<()> {
        if back == 0 {
            return None;
        }
        if back > out.len() {
            let from = self.list.len().checked_sub(back - out.len())?;
            let in_list = long.min(self.list.len() - from);
            out.extend_from_slice(&self.list[from..from + in_list]);
            long -= in_list;
        }
        let from = out.len().checked_sub(back).filter(|_| long > 0);
        if let Some(from) = from {
            if back >= long {
                out.extend_from_within(from..from + long);
            } else {
                for n in from..from + long {
                    out.push(out[n]);
                }
            }
        }
        Some(())
    }
}

fn four(all: &[u8], at: usize) -> Option<u32> {
    all.get(at..at + SHORTEST)?.try_into().ok().map(u32::from_le_bytes)
}

/// Where a table notes these four bytes.
fn place(four: u32) -> usize {
    (four.wrapping_mul(2_654_435_761) >> 20) as usize % PLACES
}

/// An earlier place with the same four bytes; notes this one.
fn look(all: &[u8], at: usize, places: &mut [u32; PLACES]) -> Option<usize> {
    let here = four(all, at)?;
    let noted = std::mem::replace(&mut places[place(here)], u32::try_from(at).unwrap_or(NOWHERE));
    let seen = usize::try_from(noted).ok().filter(|_| noted != NOWHERE)?;
    (at - seen <= REACH && four(all, seen) == Some(here)).then_some(seen)
}

/// How many bytes `there` begins with that are those of `here`; `there` is the longer one. Eight at a time.
fn alike(there: &[u8], here: &[u8]) -> usize {
    let eights = there.chunks_exact(8).zip(here.chunks_exact(8));
    let same = eights.take_while(|(a, b)| a == b).count() * 8;
    same + there[same..].iter().zip(&here[same..]).take_while(|(a, b)| a == b).count()
}

/// Letters that stand for themselves, then a repetition.
fn repetition(out: &mut Vec<u8>, plain: &[u8], back: usize, long: usize) {
    let long = long - SHORTEST;
    letters(out, plain, small(long));
    out.extend_from_slice(&u16::try_from(back).unwrap_or(u16::MAX).to_le_bytes());
    rest_of(out, long);
}

/// A token with its letters; `low` is the lower half of it.
fn letters(out: &mut Vec<u8>, plain: &[u8], low: u8) {
    out.push((small(plain.len()) << 4) | low);
    rest_of(out, plain.len());
    out.extend_from_slice(plain);
}

/// What half a token says of a number.
fn small(n: usize) -> u8 {
    u8::try_from(n.min(15)).unwrap_or(15)
}

/// What half a token could not say.
fn rest_of(out: &mut Vec<u8>, n: usize) {
    let Some(mut left) = n.checked_sub(15) else { return };
    while left >= 255 {
        out.push(255);
        left -= 255;
    }
    out.push(u8::try_from(left).unwrap_or(255));
}

fn take(rest: &mut &[u8]) -> Option<u8> {
    let (&first, after) = rest.split_first()?;
    *rest = after;
    Some(first)
}

/// A number whose first part stood in a token.
fn count(rest: &mut &[u8], half: u8) -> Option<usize> {
    let mut sum = usize::from(half);
    if half == 15 {
        loop {
            let more = take(rest)?;
            sum = sum.checked_add(usize::from(more))?;
            if more < 255 {
                break;
            }
        }
    }
    Some(sum)
}
