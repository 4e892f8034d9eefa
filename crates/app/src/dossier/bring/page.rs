//! What the applicant brings after guidance or a supplement request (INT-04, INT-08, CLK-04).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::Act,
        intake_fields::{self, ComponentInput},
        step::Step,
    },
    error::{AppError, FieldError},
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, ItemAnswer, RequestItem, Status};

#[derive(Template)]
#[template(path = "dossier/bring/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    rows: Vec<Row>,
    restarts: bool,
}

/// One line of form 02 and how much of it was brought.
struct Row {
    /// Absent where the request itself must be mended.
    id: Option<String>,
    name: String,
    asked: RequestItem,
    originals: String,
    certified: String,
    copies: String,
    /// What the applicant said, where the line names no paper (INT-05).
    answer: String,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Supplements;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let mut wrong = Vec::new();
        let rows = rows(act);
        let inputs: Vec<_> = rows.iter().enumerate().filter_map(|(i, row)| input(i, row, &mut wrong)).collect();
        let components = intake_fields::components(&inputs, &mut wrong);
        let answers = (0..).zip(&rows).filter_map(|(i, row)| answer(i, row, &mut wrong)).collect();
        let received_at = intake_fields::typed_receipt(&act.form, &mut wrong);
        if wrong.is_empty() {
            Ok(Command::Supplement { components, answers, received_at })
        } else {
            Err(AppError::Fields(wrong))
        }
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Nhận giấy tờ bổ sung"));
        let restarts = matches!(act.subject.state.status, Status::AwaitingSupplement { .. });
        Self { shell, rows: rows(&act), restarts, act }
    }
}

fn input(i: usize, row: &Row, wrong: &mut Vec<FieldError>) -> Option<ComponentInput> {
    let id = row.id.clone()?;
    let mut count = |text: &str, what: &str| match text.trim() {
        "" => 0,
        text => text.parse().unwrap_or_else(|_| {
            let (vi, en) = ("Số bản là số, ví dụ 1.", "The number of copies is a number, for example 1.");
            wrong.push(FieldError::new(at(i, what), "invalid", vi, en));
            0
        }),
    };
    let originals = count(&row.originals, "originals");
    let certified = count(&row.certified, "certified");
    let copies = count(&row.copies, "copies");
    Some(ComponentInput { id, originals, certified, copies, files: Vec::new() })
}

/// INT-05: nothing is handed in for it, so what the applicant says is written down.
fn answer(i: usize, row: &Row, wrong: &mut Vec<FieldError>) -> Option<ItemAnswer> {
    if row.id.is_some() {
        return None;
    }
    if row.answer.trim().is_empty() {
        let (vi, en) = (
            "Xin ghi người nộp trả lời, đã sửa thế nào cho nội dung này.",
            "Write down what the applicant answered or mended on this point.",
        );
        wrong.push(FieldError::missing(at(i, "answer"), vi, en));
    }
    let item = u32::try_from(i).ok()? + 1;
    Some(ItemAnswer { item, text: row.answer.clone(), files: Vec::new() })
}

fn at(i: usize, what: &str) -> String {
    format!("components.{i}.{what}")
}

/// What was asked for, with what was typed; one original each until something is.
fn rows(act: &Act) -> Vec<Row> {
    let subject = &act.subject;
    let variant = subject.governing.procedure.variant(subject.state.intake.variant.as_deref().unwrap_or_default());
    let name = |id: &str| variant.and_then(|v| v.component(id)).map(|c| c.name.clone());
    let items = subject.state.request.iter().flat_map(|r| &r.items);
    let typed = |i: usize, what: &str, unless: &str| {
        let field = at(i, what);
        if act.form.all(&field).is_empty() { unless.to_owned() } else { act.form.value(&field).to_owned() }
    };
    let row = |(i, item): (usize, &RequestItem)| Row {
        id: item.component.clone(),
        name: item.component.as_deref().and_then(name).unwrap_or_default(),
        asked: item.clone(),
        originals: typed(i, "originals", "1"),
        certified: typed(i, "certified", "0"),
        copies: typed(i, "copies", "0"),
        answer: typed(i, "answer", ""),
    };
    items.enumerate().map(row).collect()
}

impl Page {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference")]
    fn field(i: &usize, what: &str) -> String {
        at(*i, what)
    }
}
