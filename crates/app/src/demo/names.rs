use super::dice::Dice;

const FILE: &str = include_str!("../../data/names.csv");

/// Surnames, middle names and given names from which people are put together, never taken from records.
pub struct Names {
    surnames: Vec<&'static str>,
    middle: [Vec<&'static str>; 2],
    given: [Vec<&'static str>; 2],
}

/// A made-up person's name and sex.
pub struct Name {
    pub full: String,
    pub is_woman: bool,
}

impl Names {
    pub fn read() -> Self {
        let rows =
            || FILE.lines().skip(1).filter_map(|l| l.split_once(',').and_then(|(p, r)| Some((p, r.split_once(',')?))));
        let of = |part: &str, sex: &str| {
            rows().filter(|(p, (s, _))| *p == part && *s == sex).map(|(_, (_, name))| name.trim()).collect::<Vec<_>>()
        };
        Self {
            surnames: of("surname", ""),
            middle: [of("middle", "boy"), of("middle", "girl")],
            given: [of("given", "boy"), of("given", "girl")],
        }
    }

    /// "Trần Thị Thu": the first surnames of the list are by far the commonest, as in life.
    pub fn person(&self, dice: &Dice) -> Name {
        let is_woman = dice.percent(50);
        let sex = usize::from(is_woman);
        let common = if dice.percent(70) { self.surnames.len().min(10) } else { self.surnames.len() };
        let parts = [dice.pick(&self.surnames[..common]), dice.pick(&self.middle[sex]), dice.pick(&self.given[sex])];
        Name { full: parts.into_iter().flatten().copied().collect::<Vec<_>>().join(" "), is_woman }
    }

    /// "Công ty TNHH Thương mại Minh Khang".
    pub fn company(&self, dice: &Dice) -> String {
        const TRADES: [&str; 6] = ["Thương mại", "Xây dựng", "Dịch vụ", "Vận tải", "Du lịch", "Sản xuất"];
        let two = [dice.pick(&self.given[0]), dice.pick(&self.given[0])];
        let two = two.into_iter().flatten().copied().collect::<Vec<_>>().join(" ");
        format!("Công ty TNHH {} {two}", dice.pick(&TRADES).copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::random::Random;

    #[test]
    fn the_same_seed_gives_the_same_people() {
        let (names, a, b) = (Names::read(), Dice(Random::seeded(7)), Dice(Random::seeded(7)));
        let of = |dice: &Dice| (0..20).map(|_| names.person(dice).full).collect::<Vec<_>>();
        let people = of(&a);
        assert_eq!(people, of(&b));
        assert!(people.iter().all(|p| p.split(' ').count() >= 3), "{people:?}");
    }
}
