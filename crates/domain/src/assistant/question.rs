//! A question taken apart: what it asks for, and of what.

use super::{
    Part,
    masked::without_people,
    phrases::{Meaning, at_start},
};
use crate::{
    catalogue::{
        ProcedureCode,
        search::{POLITE, words},
    },
    dossier::DossierCode,
    text::{fold, fold_marks},
};
use std::{collections::HashSet, sync::LazyLock};

/// Words that lead over from the question before.
const LEADS_OVER: &str = "còn thế vậy nữa đó nó ấy cũng rồi chưa luôn nhé nha hả sẽ đang bên mà nhỉ thôi chào cảm ơn dạ vâng thêm \
    ok alo cái xong";

/// Words that name a procedure beside others only: "mất sổ đỏ", but "có mất không".
const ALONE_NOTHING: &str = "mất tốn lấy phần hết";

/// A question is read as far as this many letters; nobody asks more in one sentence.
const MOST_LETTERS: usize = 500;

/// What somebody asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The parts of a procedure that are asked for, in the order of the question; none when it only names a procedure.
    pub parts: Vec<Part>,
    /// The words that name the procedure: the question without those that ask.
    pub topic: String,
    /// The whole question on one line, without the people in it: a procedure's name may hold words that also ask ("giấy tờ", "thời hạn").
    pub whole: String,
    /// The code of a procedure that stands in it.
    pub code: Option<ProcedureCode>,
    /// It asks after a dossier of one's own, not after a procedure.
    pub own_dossier: bool,
}

impl Question {
    /// Takes a question apart.
    pub fn read(text: &str) -> Self {
        let text: String = text.chars().take(MOST_LETTERS).collect();
        let bare = |w: &str| w.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
        let own_dossier = text.split_whitespace().any(|w| bare(w).parse::<DossierCode>().is_ok());
        let whole = without_people(&text);
        let code = whole.split(' ').find_map(|w| bare(w).parse().ok());
        let mut read = Self { code, own_dossier, ..Self::default() };
        let (all, typed) = (words(&whole), fold_marks(&whole));
        let typed: Vec<&str> = typed.split_whitespace().collect();
        let mut topic: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < all.len() {
            let Some((taken, meaning)) = at_start(&all[at..]) else {
                topic.extend(typed.get(at));
                at += 1;
                continue;
            };
            match meaning {
                Meaning::Part(part) if !read.parts.contains(&part) => read.parts.push(part),
                Meaning::Part(_) => {}
                Meaning::OwnDossier => read.own_dossier = true,
            }
            at += taken;
        }
        read.topic = topic_of(&topic);
        read.whole = whole;
        read
    }

    /// It names nothing: it goes on from the question before.
    pub fn names_nothing(&self) -> bool {
        self.topic.is_empty() && self.code.is_none()
    }
}

/// The words of the topic, without those that lead over and those with which people begin and end; nothing when none of
/// them names anything.
fn topic_of(topic: &[&str]) -> String {
    if topic.iter().all(|word| EMPTY.contains(*word)) {
        return String::new();
    }
    let told: Vec<&str> = topic.iter().filter(|word| !LEADING.contains(**word)).copied().collect();
    let begun = told.iter().take_while(|w| BEGINS.contains(**w)).count();
    let rest = &told[begun..];
    let ended = rest.iter().rev().take_while(|w| ENDS.contains(**w)).count();
    rest[..rest.len() - ended].join(" ")
}

static BEGINS: LazyLock<HashSet<String>> = LazyLock::new(|| both("tôi mình em là muốn hỏi cho anh chị bác ơi"));
static ENDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| both("thì là gì được không những các ạ vậy biết có và cần thế nào"));
static LEADING: LazyLock<HashSet<&str>> = LazyLock::new(|| LEADS_OVER.split_whitespace().collect());
/// With and without their marks: who types none says all of these by them.
static EMPTY: LazyLock<HashSet<String>> =
    LazyLock::new(|| [LEADS_OVER, ALONE_NOTHING, POLITE].into_iter().flat_map(both).collect());

/// The words with their marks and without.
fn both(list: &str) -> HashSet<String> {
    list.split_whitespace().flat_map(|w| [fold(w), fold_marks(w)]).collect()
}
