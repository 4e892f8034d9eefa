use super::store::Listed;
use crate::reference::Reference;
use domain::{
    catalogue::{Audience, ProcedureLevel},
    text::fold,
};

/// More answers than this nobody reads.
const MOST_HITS: usize = 500;

/// What is looked for; every part narrows.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Words as people say them, with or without diacritics, or a code.
    pub text: String,
    /// The name of a field.
    pub field: Option<String>,
    pub level: Option<ProcedureLevel>,
    /// The identifier of an agency that handles it.
    pub agency: Option<String>,
    /// Who may apply.
    pub audience: Option<Audience>,
    /// The key of an occasion of life.
    pub event: Option<String>,
    /// The first letter of the name.
    pub letter: Option<char>,
}

impl Question {
    fn asks_facet(&self) -> bool {
        self.agency.is_some() || self.audience.is_some()
    }
    fn fits(&self, reference: &Reference, p: &Listed) -> bool {
        let facet = self.asks_facet().then(|| reference.facets.of(p.version)).flatten();
        self.field.as_ref().is_none_or(|f| p.field == *f)
            && self.level.is_none_or(|l| p.levels.contains(&l))
            && self.letter.is_none_or(|l| reference.listing.initial(p.version) == Some(l))
            && self.agency.as_ref().is_none_or(|a| facet.is_some_and(|f| f.agencies.contains(a)))
            && self.audience.is_none_or(|a| facet.is_some_and(|f| f.audiences.contains(&a)))
    }
}

/// Procedures that answer the question: best first when words were given, by name under a letter, as listed for an
/// occasion, else by code. An occasion that is not there has none.
pub fn find<'r>(reference: &'r Reference, question: &Question) -> Vec<&'r Listed> {
    let all = &reference.procedures;
    let of_event: Option<Vec<&Listed>> = question.event.as_ref().map(|key| {
        let is_offered = reference.life_events.iter().any(|e| e.active && e.key == *key);
        let places = if is_offered { reference.listing.occasion(key) } else { &[] };
        places.iter().filter_map(|at| all.get(*at)).collect()
    });
    if !question.text.trim().is_empty() {
        let hits = reference.search.search(&question.text, MOST_HITS);
        let hits = hits.into_iter().filter_map(|code| reference.procedure(code.as_str()));
        let among = |p: &&Listed| of_event.as_ref().is_none_or(|e| e.iter().any(|of| of.code == p.code));
        return hits.filter(among).filter(|p| question.fits(reference, p)).collect();
    }
    let among = of_event.unwrap_or_else(|| all.iter().collect());
    let mut found: Vec<&Listed> = among.into_iter().filter(|p| question.fits(reference, p)).collect();
    if question.letter.is_some() {
        found.sort_by_key(|p| reference.listing.rank(p.version));
    }
    found
}

/// The name without "Thủ tục" in front: nobody looks under T for everything.
pub fn plain_name(name: &str) -> &str {
    let rest = name.trim_start();
    let head: String = rest.chars().take(7).collect();
    if fold(&head) == "thu tuc" { rest[head.len()..].trim_start_matches([' ', ':']) } else { rest }
}

/// The letter under which a name stands: without marks, but Đ is a letter of its own.
pub fn initial(name: &str) -> Option<char> {
    let first = plain_name(name).chars().find(|c| c.is_alphanumeric())?;
    if matches!(first, 'Đ' | 'đ') {
        return Some('Đ');
    }
    fold(&first.to_string()).to_uppercase().chars().next()
}

/// A field with the number of its procedures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub field: String,
    pub procedures: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cat_01_a_name_stands_under_its_first_letter_and_not_under_thu_tuc() {
        assert_eq!(initial("Thủ tục đăng ký kết hôn"), Some('Đ'));
        assert_eq!(initial("THỦ TỤC: Cấp thẻ"), Some('C'));
        assert_eq!(initial("“Ủy quyền"), Some('U'));
        assert_eq!(initial("Thủ tục"), None);
        assert_eq!(plain_name("Thủy lợi"), "Thủy lợi");
    }
}
