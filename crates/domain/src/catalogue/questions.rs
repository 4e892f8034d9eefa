//! Questions that lead to the case (trường hợp) of a procedure: each case says which answers it needs, and each answer given
//! leaves fewer cases (INT-02).

use super::Variant;
use serde::{Deserialize, Serialize};

/// An answer that leads to a case. A case may name several answers to one question; one that names none fits any answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAnswer {
    /// The question, as the citizen reads it.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// A question with all the answers that lead to some case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseQuestion {
    /// The question.
    pub question: String,
    /// Its answers, in the order of the cases.
    pub answers: Vec<String>,
}

/// More questions than anybody answers before handing in a dossier.
pub const MOST_QUESTIONS: usize = 6;

/// The questions of a procedure, in the order in which the cases name them.
pub fn questions(cases: &[Variant]) -> Vec<CaseQuestion> {
    let mut found: Vec<CaseQuestion> = Vec::new();
    for said in cases.iter().flat_map(|case| &case.answers) {
        let known = found.iter().position(|q| q.question == said.question);
        let at = known.unwrap_or_else(|| {
            found.push(CaseQuestion { question: said.question.clone(), answers: Vec::new() });
            found.len() - 1
        });
        if !found[at].answers.contains(&said.answer) {
            found[at].answers.push(said.answer.clone());
        }
    }
    found.truncate(MOST_QUESTIONS);
    found
}

/// The cases that are left after these answers, in the order of [`questions`]; what is empty or no answer narrows nothing.
pub fn narrowed<'a>(cases: &'a [Variant], given: &[&str]) -> Vec<&'a Variant> {
    let asked = questions(cases);
    let answers: Vec<(&str, &str)> = asked
        .iter()
        .zip(given)
        .filter(|(q, answer)| q.answers.iter().any(|a| a == *answer))
        .map(|(q, answer)| (q.question.as_str(), *answer))
        .collect();
    let fits = |case: &&Variant| {
        answers.iter().all(|(question, answer)| {
            let mut named = case.answers.iter().filter(|a| a.question == *question).peekable();
            named.peek().is_none() || named.any(|a| a.answer == *answer)
        })
    };
    cases.iter().filter(fits).collect()
}

/// Which of the questions still tell something: those answered already, and those on which the cases that are left differ.
pub fn telling(cases: &[Variant], given: &[&str]) -> Vec<bool> {
    let left = narrowed(cases, given);
    let tells = |(at, asked): (usize, &CaseQuestion)| {
        let answered = given.get(at).is_some_and(|answer| asked.answers.iter().any(|a| a == answer));
        answered || left.iter().skip(1).any(|case| answers_to(case, asked) != answers_to(left[0], asked))
    };
    questions(cases).iter().enumerate().map(tells).collect()
}

fn answers_to<'a>(case: &'a Variant, asked: &CaseQuestion) -> Vec<&'a str> {
    case.answers.iter().filter(|a| a.question == asked.question).map(|a| a.answer.as_str()).collect()
}

/// What an administrator typed for one case: `Công trình gì? = Nhà ở`, a line for each answer. The line that is none comes
/// back as the error.
pub fn read_answers(text: &str) -> Result<Vec<CaseAnswer>, String> {
    let line = |line: &str| {
        let (question, answer) = line.split_once('=').ok_or_else(|| line.to_owned())?;
        let said = CaseAnswer { question: question.trim().to_owned(), answer: answer.trim().to_owned() };
        if said.question.is_empty() || said.answer.is_empty() { Err(line.to_owned()) } else { Ok(said) }
    };
    let mut read: Vec<CaseAnswer> = Vec::new();
    for said in text.lines().map(str::trim).filter(|l| !l.is_empty()).map(line) {
        let said = said?;
        if !read.contains(&said) {
            read.push(said);
        }
    }
    Ok(read)
}

/// The same as text.
pub fn answers_text(answers: &[CaseAnswer]) -> String {
    answers.iter().map(|a| format!("{} = {}", a.question, a.answer)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(id: &str, answers: &str) -> Variant {
        Variant {
            id: id.into(),
            name: id.into(),
            limit: None,
            components: Vec::new(),
            answers: read_answers(answers).unwrap(),
        }
    }
    fn cases() -> Vec<Variant> {
        vec![
            case("nha-o-moi", "Công trình gì? = Nhà ở\nXây mới hay sửa chữa? = Xây mới"),
            case("nha-o-sua", "Công trình gì? = Nhà ở\nXây mới hay sửa chữa? = Sửa chữa"),
            case("tuyen", "Công trình gì? = Công trình theo tuyến"),
            case("ton-giao", "Công trình gì? = Tôn giáo\nCông trình gì? = Tín ngưỡng"),
        ]
    }
    fn left(given: &[&str]) -> Vec<String> {
        narrowed(&cases(), given).into_iter().map(|c| c.id.clone()).collect()
    }

    #[test]
    fn int_02_each_answer_leaves_fewer_cases_until_one_is_left() {
        assert_eq!(left(&[]).len(), 4);
        assert_eq!(left(&["Nhà ở"]), ["nha-o-moi", "nha-o-sua"]);
        assert_eq!(left(&["Nhà ở", "Sửa chữa"]), ["nha-o-sua"]);
        assert_eq!(left(&["Tín ngưỡng"]), ["ton-giao"]);
        // A case that the second question does not concern stays.
        assert_eq!(left(&["", "Xây mới"]), ["nha-o-moi", "tuyen", "ton-giao"]);
        assert_eq!(left(&["Lâu đài"]).len(), 4, "what is no answer narrows nothing");
    }

    #[test]
    fn int_02_only_questions_that_still_tell_something_are_asked() {
        let asked = questions(&cases());
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[0].answers, ["Nhà ở", "Công trình theo tuyến", "Tôn giáo", "Tín ngưỡng"]);
        assert_eq!(telling(&cases(), &[]), [true, true]);
        assert_eq!(telling(&cases(), &["Công trình theo tuyến"]), [true, false]);
        assert_eq!(telling(&cases(), &["Nhà ở"]), [true, true]);
        assert!(questions(&[case("chung", "")]).is_empty());
    }

    #[test]
    fn answers_typed_by_hand_are_read_or_the_line_is_named() {
        let text = "Công trình gì? = Nhà ở\nXây mới? = Có";
        let read = read_answers(" Công trình gì?=Nhà ở \n\nXây mới? = Có\nXây mới? = Có").unwrap();
        assert_eq!(answers_text(&read), text);
        assert_eq!(read_answers("Công trình gì? Nhà ở"), Err("Công trình gì? Nhà ở".to_owned()));
        assert_eq!(read_answers("= Nhà ở"), Err("= Nhà ở".to_owned()));
    }
}
