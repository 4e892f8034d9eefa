//! Between the form and the draft.

use crate::{
    catalogue::{
        admin::{store::Draft, values},
        words,
    },
    error::FieldError,
    http::Form,
};
use domain::catalogue::{LegalBasis, OnlineLevel, ProcedureVersion, ResultPaper, StepText};

/// Empty rows under those that are filled.
const EMPTY: usize = 1;

/// The form as the draft says it.
pub fn filled(open: &Draft) -> Form {
    let v = &open.content;
    let mut form = Form::default()
        .with("version", open.version.to_string())
        .with("name", &*v.name)
        .with("field", &*v.field.name)
        .with("executing", values::department_lines(&v.executing))
        .with("participating", values::department_lines(&v.participating))
        .with("applicants", v.applicants.join("\n"))
        .with("sets", v.sets.to_string())
        .with("conditions", &*v.conditions)
        .with("online", words::online(v.online_level).0)
        .with("delegated_by", v.flags.delegated_by.clone().unwrap_or_default())
        .with("supplement_window", v.flags.supplement_window_working_days.map(|d| d.to_string()).unwrap_or_default())
        .with("elsewhere", v.flags.handled_elsewhere.clone().unwrap_or_default());
    for level in &v.levels {
        form = form.with(&format!("level.{}", words::level_key(*level)), "1");
    }
    let f = &v.flags;
    for (name, is) in [
        ("same_day", f.same_day),
        ("on_the_spot", f.on_the_spot),
        ("post_intake", f.post_intake),
        ("second_seal", f.second_seal),
        ("returned_by_agency", f.returned_by_agency),
        ("anywhere", f.anywhere),
    ] {
        if is {
            form = form.with(name, "1");
        }
    }
    for (at, s) in v.steps.iter().enumerate() {
        form = form.with(&format!("step.{at}.title"), &*s.title).with(&format!("step.{at}.text"), &*s.text);
    }
    for (at, b) in v.legal_bases.iter().enumerate() {
        form = form.with(&format!("basis.{at}.number"), &*b.number).with(&format!("basis.{at}.name"), &*b.name);
    }
    for (at, r) in v.results.iter().enumerate() {
        form = form.with(&format!("result.{at}.code"), &*r.code).with(&format!("result.{at}.name"), &*r.name);
    }
    form.with("step.count", (v.steps.len() + EMPTY).to_string())
        .with("basis.count", (v.legal_bases.len() + EMPTY).to_string())
        .with("result.count", (v.results.len() + EMPTY).to_string())
}

/// More empty rows in every repeated part.
pub fn more_rows(mut form: Form) -> Form {
    for part in ["step", "basis", "result"] {
        let rows = values::rows(&form, part) + 3;
        form = form.with(&format!("{part}.count"), rows.to_string());
    }
    form
}

/// Working days within which the sector's law lets a supplement be asked; nothing where the province's regulation holds.
fn window(form: &mut Form) -> Option<u32> {
    form.parse(
        "supplement_window",
        |text| text.trim().parse().ok().filter(|days| (1..=365).contains(days)).ok_or(()),
        |()| {
            (
                "Xin ghi số ngày làm việc từ 1 đến 365, hoặc để trống.".into(),
                "Enter working days from 1 to 365, or nothing.".into(),
            )
        },
    )
}

/// The draft as the form says it; what is wrong is noted beside its field.
pub fn typed(form: &mut Form, mut v: ProcedureVersion) -> ProcedureVersion {
    v.name = form.required("name", "Xin nhập tên thủ tục.", "Enter the procedure’s name.");
    let field = form.required("field", "Xin nhập lĩnh vực.", "Enter the field.");
    if field != v.field.name {
        v.field.name = field;
        v.field.code.clear();
    }
    v.levels = words::levels().filter(|l| form.is(&format!("level.{}", words::level_key(*l)), "1")).collect();
    v.executing = values::departments(form.value("executing"), &v.executing);
    if v.executing.is_empty() {
        let (vi, en) = ("Xin nhập ít nhất một cơ quan thực hiện.", "Enter at least one agency that handles it.");
        form.wrong(FieldError::missing("executing", vi, en));
    }
    v.participating = values::departments(form.value("participating"), &v.participating);
    v.applicants = values::lines(form.value("applicants"));
    v.sets = values::count(form, "sets").max(1);
    form.value("conditions").trim().clone_into(&mut v.conditions);
    let online = [OnlineLevel::Information, OnlineLevel::Partial, OnlineLevel::Full];
    if let Some(level) = online.into_iter().find(|l| words::online(*l).0 == form.value("online")) {
        v.online_level = level;
    }
    let is = |name: &str| form.is(name, "1");
    v.flags.same_day = is("same_day");
    v.flags.on_the_spot = is("on_the_spot");
    v.flags.post_intake = is("post_intake");
    v.flags.second_seal = is("second_seal");
    v.flags.returned_by_agency = is("returned_by_agency");
    v.flags.anywhere = is("anywhere");
    v.flags.supplement_window_working_days = window(form);
    v.flags.delegated_by = form.text("delegated_by").map(str::to_owned);
    v.flags.handled_elsewhere = form.text("elsewhere").map(str::to_owned);
    let row = |part: &str, at: usize, what: &str| form.value(&format!("{part}.{at}.{what}")).trim().to_owned();
    v.steps = (0..values::rows(form, "step"))
        .map(|at| StepText { title: row("step", at, "title"), text: row("step", at, "text") })
        .filter(|s| !s.title.is_empty() || !s.text.is_empty())
        .collect();
    v.legal_bases = (0..values::rows(form, "basis"))
        .map(|at| LegalBasis { number: row("basis", at, "number"), name: row("basis", at, "name") })
        .filter(|b| !b.number.is_empty() || !b.name.is_empty())
        .collect();
    v.results = (0..values::rows(form, "result"))
        .map(|at| ResultPaper { code: row("result", at, "code"), name: row("result", at, "name") })
        .filter(|r| !r.name.is_empty())
        .collect();
    v
}
