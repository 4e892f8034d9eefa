//! The fees of the published schedule as the counter ticks them (FEE-01, FEE-02).

use crate::{
    catalogue::Governing,
    dossier::intake_fields::{self, FeeInput, times},
    error::FieldError,
    http::Form,
    messages::Lang,
};
use domain::{
    catalogue::{Channel, FeeKind, FeeLine, fee_case},
    dossier::{ChosenFee, IntakeFees},
};
use jiff::civil::Date;

/// A line of the schedule on the form.
pub struct Row {
    pub name: &'static str,
    /// For whom or for what, in the catalogue's own words.
    pub text: String,
    /// For one; absent where only the text says it, which nobody can tick.
    pub amount: Option<String>,
    /// What the form sends back to name it.
    pub key: String,
    pub chosen: bool,
    pub quantity: String,
}

/// What stands in the form beside the papers.
pub struct Fees {
    pub rows: Vec<Row>,
    /// What was ticked, together; absent while nothing is.
    pub sum: Option<String>,
}

impl Fees {
    /// Whether there is anything to tick.
    pub fn can_be_chosen(&self) -> bool {
        self.rows.iter().any(|row| row.amount.is_some())
    }
}

/// The lines for this case, channel and day with what was ticked of them: each with its own words, because the lines are cases of
/// which one or some apply.
pub fn fees(governing: &Governing, (channel, variant): (Channel, &str), day: Date, form: &Form, lang: Lang) -> Fees {
    let ticked = ticked(form, &mut Vec::new());
    let lines = governing.procedure.fees_for(channel, variant, day).into_iter();
    let rows: Vec<Row> = lines.filter(|line| says_something(line)).map(|line| row(line, &ticked, lang)).collect();
    let sums = ticked.iter().filter(|t| rows.iter().any(|row| row.key == t.0));
    let sum: i64 = sums.filter_map(|(_, fee)| chosen(fee.clone())?.sum()).sum();
    Fees { rows, sum: (sum > 0).then(|| documents::money(sum.unsigned_abs())) }
}

/// A line without an amount and without a text says nothing.
fn says_something(line: &FeeLine) -> bool {
    line.amount.map_or(!line.text.trim().is_empty(), |amount| amount > 0)
}

fn row(line: &FeeLine, ticked: &[(String, FeeInput)], lang: Lang) -> Row {
    let key = key(line);
    let chosen = ticked.iter().find(|(named, _)| *named == key).map(|(_, fee)| fee);
    Row {
        name: lang.pick(line.kind.words()),
        text: fee_case(&line.text).to_owned(),
        amount: line.amount.and_then(|a| u64::try_from(a).ok()).map(documents::money),
        chosen: chosen.is_some(),
        quantity: chosen.map_or(1, |fee| fee.quantity).to_string(),
        key,
    }
}

/// Kind, amount and words of a line: what it is, however the schedule is sorted when the form comes back.
fn key(line: &FeeLine) -> String {
    format!("{}|{}|{}", line.kind.key(), line.amount.unwrap_or_default(), line.text.trim())
}

/// What was ticked, for the parser that the API shares.
pub fn typed(form: &Form, wrong: &mut Vec<FieldError>) -> Vec<FeeInput> {
    ticked(form, wrong).into_iter().map(|(_, fee)| fee).collect()
}

/// What was ticked, when it is paid, and the number of its receipt.
pub fn asked(form: &Form, wrong: &mut Vec<FieldError>) -> Option<IntakeFees> {
    intake_fields::asked((&typed(form, wrong), when(form), proof(form)), wrong)
}

/// When it is paid; what is paid already waits for nothing.
pub fn when(form: &Form) -> Option<&str> {
    form.text("fees_when").filter(|when| *when != "paid")
}

/// The number of the receipt, where it is paid already.
pub fn proof(form: &Form) -> Option<&str> {
    form.is("fees_when", "paid").then(|| form.value("fees_proof"))
}

fn ticked(form: &Form, wrong: &mut Vec<FieldError>) -> Vec<(String, FeeInput)> {
    let mut found = Vec::new();
    for nth in 0.. {
        let Some(key) = form.text(&format!("fees.{nth}.line")) else { break };
        if form.text(&format!("fees.{nth}.take")).is_none() {
            continue;
        }
        let quantity = quantity(form, format!("fees.{nth}.quantity"), wrong);
        found.extend(named(key, quantity).map(|fee| (key.to_owned(), fee)));
    }
    found
}

/// How many, 1 where nothing was typed or what was typed is no number.
fn quantity(form: &Form, field: String, wrong: &mut Vec<FieldError>) -> u32 {
    times(form.text(&field).map_or(Some(1), |n| n.parse().ok()), field, wrong)
}

/// The line that a key names.
fn named(key: &str, quantity: u32) -> Option<FeeInput> {
    let mut parts = key.splitn(3, '|');
    let (kind, amount, text) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.to_owned());
    Some(FeeInput { kind, text, amount, quantity })
}

/// The one line chosen in a form that asks for a single fee, after the intake.
pub fn one(form: &Form, wrong: &mut Vec<FieldError>) -> Option<ChosenFee> {
    chosen(named(form.text("line")?, quantity(form, "quantity".to_owned(), wrong))?)
}

fn chosen(fee: FeeInput) -> Option<ChosenFee> {
    let kind = FeeKind::from_key(&fee.kind)?;
    Some(ChosenFee { kind, text: fee.text, amount: fee.amount, quantity: fee.quantity })
}
