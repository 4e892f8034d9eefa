//! Reads the LZ4 block format (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>) against a list that both sides
//! have: what the first line of releases packed.

/// The shortest repetition that is worth naming.
const SHORTEST: usize = 4;

/// The text of a block; `None` when it is no block of a text of `length` bytes.
pub(super) fn decompress(list: &[u8], block: &[u8], length: usize) -> Option<Vec<u8>> {
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
        repeat(list, &mut out, back, long)?;
    }
}

/// Appends what stands `back` bytes before the end, which may begin in the list and may reach into itself.
fn repeat(list: &[u8], out: &mut Vec<u8>, back: usize, mut long: usize) -> Option<()> {
    if back == 0 {
        return None;
    }
    if back > out.len() {
        let from = list.len().checked_sub(back - out.len())?;
        let in_list = long.min(list.len() - from);
        out.extend_from_slice(&list[from..from + in_list]);
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
