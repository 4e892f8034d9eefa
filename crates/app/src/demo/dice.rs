use platform::random::Random;

/// The demo's chance; one stream, so that a seed gives one province.
#[derive(Clone)]
pub struct Dice(pub Random);

impl Dice {
    /// One of them; they must not be empty.
    pub fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
    /// From 0 to `limit - 1`.
    pub fn below(&self, limit: usize) -> usize {
        usize::try_from(self.0.below(limit as u64)).unwrap_or_default()
    }
    /// True so many times in a hundred.
    pub fn percent(&self, chance: usize) -> bool {
        self.below(100) < chance
    }
    /// So many random digits.
    pub fn digits(&self, many: usize) -> String {
        (0..many).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or_default())).collect()
    }
}
