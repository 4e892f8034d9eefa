//! What the buttons of a process's page do.

use crate::{
    accounts::{SignedIn, audit},
    app::App,
    catalogue::process::{
        checked,
        edit::{change, draft_only, stale},
        list,
        store::{self, Decision, Design},
        words,
    },
    error::{AppError, FieldError},
    http::Form,
    settings,
};
use domain::{
    accounts::{Role, Who},
    catalogue::{Channel, process::Participant},
    deadline::{TimeLimit, due_at},
    id::Id,
    time::Instant,
};
use jiff::civil::Date;
use platform::db::Unit;

/// Does what the form asks; the address that follows, or `None` when a field is wrong.
pub async fn act(app: &App, me: &SignedIn, design: &Design, form: &mut Form) -> Result<Option<String>, AppError> {
    let here = format!("/can-bo/quan-tri/quy-trinh/{}", design.id);
    let asked = form.value("act").to_owned();
    let (what, step) = asked.split_once(':').unwrap_or((&asked, ""));
    let saved = match what {
        "up" => arrange(app, me, design, form, Move::Up, step).await,
        "down" => arrange(app, me, design, form, Move::Down, step).await,
        "remove" => arrange(app, me, design, form, Move::Out, step).await,
        "scope" => scope(app, me, design, form).await,
        "part" => add_part(app, me, design, form).await,
        "part-remove" => remove_part(app, me, design, form, step.parse().unwrap_or(usize::MAX)).await,
        "decision" => decision(app, me, design, form).await,
        "send" => return send(app, me, design, form).await.map(|()| Some(format!("{here}?xong=gui"))),
        "publish" => return publish(app, me, design, form).await.map(|()| Some(format!("{here}?xong=cong-bo"))),
        "copy" => return list::page::copy(app, me, form, design.id).await.map(Some),
        "discard" => {
            discard(app, me, design, form).await?;
            return Ok(Some("/can-bo/quan-tri/quy-trinh?xong=bo".to_owned()));
        }
        _ => return Err(AppError::NotFound),
    };
    saved?;
    Ok(form.is_good().then(|| format!("{here}?xong=luu")))
}

/// Where a step goes.
#[derive(Clone, Copy)]
enum Move {
    Up,
    Down,
    Out,
}

async fn arrange(
    app: &App,
    me: &SignedIn,
    design: &Design,
    form: &Form,
    way: Move,
    step: &str,
) -> Result<(), AppError> {
    let key = step.to_owned();
    change(app, me, form, design.id, "process.step", move |d, _| {
        draft_only(d)?;
        let at = d.process.place_of(&key).ok_or(AppError::NotFound)?;
        let steps = &mut d.process.steps;
        match way {
            Move::Up if at > 0 => steps.swap(at, at - 1),
            Move::Down if at + 1 < steps.len() => steps.swap(at, at + 1),
            Move::Out => drop(steps.remove(at)),
            Move::Up | Move::Down => {}
        }
        Ok(key.clone())
    })
    .await
}

async fn scope(app: &App, me: &SignedIn, design: &Design, form: &mut Form) -> Result<(), AppError> {
    let name = form.required("name", "Xin đặt tên quy trình.", "Name the process.");
    let agency = match form.text("agency") {
        // An agency's administrator keeps the own agency's processes only.
        _ if !me.who.publishes_processes() => design.scope.agency,
        None => None,
        Some(identifier) => {
            let found = words::agency(identifier, &app.reference());
            if found.is_none() {
                let (vi, en) = ("Không có cơ quan này.", "There is no such agency.");
                form.wrong(FieldError::new("agency", "unknown", vi, en));
            }
            found
        }
    };
    if !form.is_good() {
        return Ok(());
    }
    let channels: Vec<Channel> = form.all("channels").iter().filter_map(|c| Channel::from_key(c)).collect();
    let variants = form.all("variants").to_vec();
    change(app, me, form, design.id, "process.scope", move |d, _| {
        draft_only(d)?;
        d.name.clone_from(&name);
        d.scope.agency = agency;
        d.scope.channels.clone_from(&channels);
        d.scope.variants.clone_from(&variants);
        Ok(name.clone())
    })
    .await
}

/// Hours as typed, `4` or `1,5`, in minutes.
pub fn hours(form: &mut Form, name: &str) -> Option<u32> {
    form.parse(
        name,
        |text| {
            let hours: f64 = text.replace(',', ".").parse().map_err(drop)?;
            let minutes = (hours * 60.0).round();
            // Years of work are a slip of the finger.
            if !(1.0..=600_000.0).contains(&minutes) {
                return Err(());
            }
            format!("{minutes:.0}").parse::<u32>().map_err(drop)
        },
        |()| ("Xin ghi số giờ làm việc, ví dụ 4 hoặc 1,5.".into(), "Enter working hours, for example 4 or 1.5.".into()),
    )
}

async fn add_part(app: &App, me: &SignedIn, design: &Design, form: &mut Form) -> Result<(), AppError> {
    let reference = app.reference();
    let agency = form.text("part_agency").and_then(|a| words::agency(a, &reference));
    if agency.is_none() {
        let (vi, en) = ("Xin chọn cơ quan phối hợp.", "Choose the participating agency.");
        form.wrong(FieldError::missing("part_agency", vi, en));
    }
    let work = form.required("part_work", "Xin ghi nội dung phối hợp.", "State the work.");
    form.required("part_hours", "Xin ghi số giờ làm việc.", "Enter the working hours.");
    let minutes = hours(form, "part_hours");
    let after = form.text("part_after").and_then(|a| words::agency(a, &reference));
    let takes_part = |agency| design.process.participants.iter().any(|p| p.agency == agency);
    if form.text("part_after").is_some() && !after.is_some_and(takes_part) {
        let (vi, en) = (
            "Cơ quan này chưa có trong danh sách phối hợp. Xin thêm cơ quan đó trước.",
            "This agency is not among the participants. Add it first.",
        );
        form.wrong(FieldError::new("part_after", "unknown", vi, en));
    }
    if agency.is_some_and(takes_part) {
        let (vi, en) = ("Cơ quan này đã có trong danh sách.", "This agency is listed already.");
        form.wrong(FieldError::new("part_agency", "taken", vi, en));
    }
    let Some(agency) = agency.filter(|_| form.is_good()) else { return Ok(()) };
    change(app, me, form, design.id, "process.participant", move |d, _| {
        draft_only(d)?;
        d.process.participants.push(Participant { agency, work: work.clone(), minutes, after });
        Ok(work.clone())
    })
    .await
}

async fn remove_part(app: &App, me: &SignedIn, design: &Design, form: &Form, at: usize) -> Result<(), AppError> {
    change(app, me, form, design.id, "process.participant", move |d, _| {
        draft_only(d)?;
        if at >= d.process.participants.len() {
            return Err(AppError::NotFound);
        }
        let gone = d.process.participants.remove(at);
        // Nobody waits for somebody who takes no part.
        d.process.participants.iter_mut().for_each(|p| p.after = p.after.filter(|a| *a != gone.agency));
        Ok(gone.work)
    })
    .await
}

async fn decision(app: &App, me: &SignedIn, design: &Design, form: &mut Form) -> Result<(), AppError> {
    let (vi, en) = ("Xin ghi số quyết định, ví dụ 125/QĐ-SXD.", "Enter the decision's number, for example 125/QĐ-SXD.");
    let number = form.required("decision_number", vi, en);
    form.required("decision_date", "Xin ghi ngày quyết định.", "Enter the decision's date.");
    let date = form.parse("decision_date", day, |()| {
        ("Ngày không đúng, ví dụ 06/10/2025.".into(), "Not a day such as 06/10/2025.".into())
    });
    if date.is_some_and(|d| d > app.now().day()) {
        let (vi, en) = ("Ngày quyết định không được sau hôm nay.", "The decision cannot be later than today.");
        form.wrong(FieldError::new("decision_date", "later", vi, en));
    }
    let Some(date) = date.filter(|_| form.is_good()) else { return Ok(()) };
    let send_due = send_due(app, date)?;
    change(app, me, form, design.id, "process.decision", move |d, _| {
        draft_only(d)?;
        d.decision = Some(Decision { number: number.clone(), date, send_due });
        d.void_decision = None;
        d.told_at = None;
        Ok(format!("{number}, {date}"))
    })
    .await
}

/// Seed 003, Điều 11.2: within so many days of the decision; one that ends on a rest day moves to the next working day.
fn send_due(app: &App, date: Date) -> Result<Instant, AppError> {
    let days = TimeLimit::CalendarDays(app.profile.processes.send_within_days);
    let reference = app.reference();
    let start = Instant::from_local(date.at(8, 0, 0, 0));
    let due = due_at(start, days, &reference.calendar, &reference.clock).map_err(|e| {
        let (vi, en) = (
            format!("Lịch làm việc mới có đến ngày {}.", domain::time::day_text(e.last)),
            format!("The working calendar ends on {}.", e.last),
        );
        AppError::Fields(vec![FieldError::new("decision_date", "calendar.ends", vi, en)])
    })?;
    Ok(due.unwrap_or(start))
}

/// A day as people write it: `06/10/2025`, or as the browser's picker sends it.
#[expect(clippy::result_unit_err, reason = "the form says what is wrong, beside the field")]
pub fn day(text: &str) -> Result<Date, ()> {
    let text = text.trim();
    Date::strptime("%d/%m/%Y", text).or_else(|_| text.parse()).map_err(drop)
}

/// The agency sent the detail to the Centre; the decision must be there.
async fn send(app: &App, me: &SignedIn, design: &Design, form: &Form) -> Result<(), AppError> {
    let now = app.now();
    change(app, me, form, design.id, "process.send", move |d, _| {
        draft_only(d)?;
        let Some(decision) = &d.decision else { return Err(no_decision()) };
        d.sent_at = Some(d.sent_at.unwrap_or(now));
        Ok(decision.number.clone())
    })
    .await
}

fn no_decision() -> AppError {
    AppError::field(
        "decision_number",
        "process.no_decision",
        "Quy trình phải được phê duyệt bằng quyết định. Xin ghi số và ngày quyết định trước.",
        "A process is approved by a decision. Enter its number and date first.",
    )
}

/// Publishes (guard rail 7): only without a fault, only with its decision, only by the Centre. What had the same scope ends.
async fn publish(app: &App, me: &SignedIn, design: &Design, form: &Form) -> Result<(), AppError> {
    if !me.who.publishes_processes() {
        return Err(AppError::RightMissing(Role::ProcedureControl.as_str()));
    }
    let listed = app.reference().procedure(&design.code).cloned().ok_or(AppError::NotFound)?;
    let (app_, who, now, process) = (app.clone(), me.who.clone(), app.now(), app.id()?);
    change(app, me, form, design.id, "process.publish", move |d, unit| {
        draft_only(d)?;
        let Some(decision) = d.decision.clone() else { return Err(no_decision()) };
        let governing = app_.versions.get(unit, listed.version)?;
        if let Some(fault) = checked::faults(&app_.reference(), &app_.profile, d, &governing.procedure).first() {
            return Err(AppError::Fields(vec![FieldError::new("faults", "GR-7", fault.what.vi(), fault.what.en())]));
        }
        end_those_before(unit, &app_, &who, d, now)?;
        store::insert(unit, process, &d.process)?;
        d.published_as = Some(process);
        // What the Centre publishes has reached it.
        d.sent_at = Some(d.sent_at.unwrap_or(now));
        d.published_at = Some(now);
        settings::bump_reference(unit)?;
        Ok(format!("{}, {}", decision.number, decision.date))
    })
    .await?;
    app.refresh().await
}

fn end_those_before(unit: &mut Unit, app: &App, who: &Who, d: &Design, now: Instant) -> Result<(), AppError> {
    let same = |old: &Design| old.id != d.id && !old.is_draft() && old.ended_at.is_none() && old.scope == d.scope;
    for mut old in store::of_code(unit, &d.code)?.into_iter().filter(same) {
        old.ended_at = Some(now);
        store::update_design(unit, &old).map_err(stale)?;
        audit(unit, app, Some(who), "process.end", &old.subject(), &d.subject())?;
    }
    Ok(())
}

async fn discard(app: &App, me: &SignedIn, design: &Design, form: &Form) -> Result<(), AppError> {
    draft_only(design)?;
    let (app_, who, id): (_, _, Id<Design>) = (app.clone(), me.who.clone(), design.id);
    let version = form.value("version").parse().unwrap_or(0);
    app.db
        .unit(move |unit| {
            let found = store::find(unit, id)?.filter(|d| who.draws_process_of(d.scope.agency));
            let design = Design { version, ..found.ok_or(AppError::NotFound)? };
            store::discard(unit, &design).map_err(stale)?;
            audit(unit, &app_, Some(&who), "process.discard", &design.subject(), &design.name)
        })
        .await
}
