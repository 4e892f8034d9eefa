//! What may be taken from the store for another dossier (INT-14): nobody is asked again for a paper that is there and still good.

use super::{Standing, Validity, is_declaration};
use crate::{catalogue::Component, text::fold};
use jiff::civil::Date;

/// Why a paper of the store does not stand for a paper of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is another paper.
    Another,
    /// The list asks for a declaration, which is made anew each time.
    Declaration,
    /// Its owner has taken the consent back.
    Withheld,
    /// It is no longer good, or not yet; the day that decides.
    NotGood(Standing),
}

/// Whether a paper may be used again for what the list asks. The catalogue names papers in the law's words, so the same words
/// mean the same paper.
pub fn fits(name: &str, validity: Validity, consented: bool, wanted: &Component, day: Date) -> Result<(), Unfit> {
    if fold(name) != fold(&wanted.name) {
        return Err(Unfit::Another);
    }
    if is_declaration(wanted) {
        return Err(Unfit::Declaration);
    }
    if !consented {
        return Err(Unfit::Withheld);
    }
    match validity.on(day) {
        Standing::Good(_) => Ok(()),
        other => Err(Unfit::NotGood(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(name: &str) -> Component {
        Component {
            id: "c".into(),
            name: name.into(),
            section: String::new(),
            originals: 1,
            copies: 0,
            required: true,
            form: None,
            form_file: None,
            e_form: false,
        }
    }

    #[test]
    fn int_14_only_the_same_paper_that_is_good_and_consented_to_is_used_again() {
        let day: Date = "2025-10-06".parse().unwrap();
        let (paper, always) = (wanted("Giấy chứng sinh"), Validity::default());
        assert_eq!(fits("giấy  CHỨNG sinh", always, true, &paper, day), Ok(()));
        assert_eq!(fits("Giấy khai sinh", always, true, &paper, day), Err(Unfit::Another));
        assert_eq!(fits("Giấy chứng sinh", always, false, &paper, day), Err(Unfit::Withheld));
        let until: Date = "2025-10-05".parse().unwrap();
        let ended = Validity { from: None, until: Some(until) };
        let unfit = Unfit::NotGood(Standing::Expired(until));
        assert_eq!(fits("Giấy chứng sinh", ended, true, &paper, day), Err(unfit));
        let form = wanted("Tờ khai đăng ký khai sinh");
        assert_eq!(fits("Tờ khai đăng ký khai sinh", always, true, &form, day), Err(Unfit::Declaration));
    }
}
