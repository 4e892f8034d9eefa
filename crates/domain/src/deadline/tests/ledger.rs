//! CLK-01, CLK-03, CLK-04, CLK-05: what a ledger leads to.
use super::*;
use crate::deadline::tests::{at, calendar, local};
use crate::deadline::{CalendarRow, Cites, Exception, HolidayRules, WorkingWeek, default_sessions};

fn start(moment: &str, limit: TimeLimit) -> LedgerEntry {
    LedgerEntry::Start { at: at(moment), limit }
}
fn pause(moment: &str) -> LedgerEntry {
    LedgerEntry::Pause(Pause { at: at(moment), cause: PauseCause::Fee, reason: "chờ nộp lệ phí".into() })
}
fn resume(moment: &str) -> LedgerEntry {
    LedgerEntry::Resume { at: at(moment) }
}
fn reappoint(moment: &str, due_at: &str) -> LedgerEntry {
    LedgerEntry::Reappoint { at: at(moment), due_at: at(due_at), slip: "12/PXL".into() }
}

fn reckoned(ledger: &[LedgerEntry]) -> LedgerReckoning {
    reckon(ledger, &calendar(), &ClockRules::default()).unwrap()
}
fn due_of(ledger: &[LedgerEntry]) -> String {
    local(reckoned(ledger).due_at.unwrap())
}

const MONDAY: &str = "2025-10-06T08:00";
const FIVE: TimeLimit = TimeLimit::WorkingDays(5);

#[test]
fn clk_03_the_limit_runs_from_acceptance_to_the_end() {
    assert_eq!(reckoned(&[]).state, ClockState::NotStarted);
    let mut ledger = vec![start(MONDAY, FIVE)];
    assert_eq!(due_of(&ledger), "2025-10-13T17:00");
    assert_eq!(reckoned(&ledger).state, ClockState::Running);
    ledger.push(LedgerEntry::End { at: at("2025-10-09T10:00") });
    let ended = reckoned(&ledger);
    assert_eq!(ended.state, ClockState::Ended { at: at("2025-10-09T10:00") });
    assert_eq!(local(ended.due_at.unwrap()), "2025-10-13T17:00");
    assert_eq!(ended.lines.last().unwrap().text_vi(), "Kết thúc tính thời gian lúc 10:00, thứ Năm 09/10/2025.");
}

#[test]
fn clk_03_a_pause_adds_the_working_time_spent_paused() {
    // Half an hour: from closing on Monday 13/10 to 08:00 on Tuesday.
    let half_an_hour = [start(MONDAY, FIVE), pause("2025-10-07T09:00"), resume("2025-10-07T09:30")];
    assert_eq!(due_of(&half_an_hour), "2025-10-14T08:00");
    // From Tuesday 09:00 to Wednesday 09:00 is one working day of 7½ hours.
    let one_day = [start(MONDAY, FIVE), pause("2025-10-07T09:00"), resume("2025-10-08T09:00")];
    assert_eq!(due_of(&one_day), "2025-10-14T17:00");
    assert_eq!(
        reckoned(&one_day).lines.last().unwrap().text_vi(),
        "Tiếp tục tính thời gian từ 09:00, thứ Tư 08/10/2025; cộng 7 giờ 30 phút làm việc đã tạm dừng. \
         Hẹn trả kết quả: 17:00, thứ Ba 14/10/2025."
    );
}

#[test]
fn clk_03_a_pause_over_a_weekend_or_a_night_adds_nothing() {
    let weekend = [start(MONDAY, FIVE), pause("2025-10-10T17:00"), resume("2025-10-13T07:30")];
    assert_eq!(due_of(&weekend), "2025-10-13T17:00");
}

#[test]
fn clk_03_while_paused_the_date_stands_and_several_pauses_add_up() {
    let paused = [start(MONDAY, FIVE), pause("2025-10-07T09:00")];
    assert_eq!(reckoned(&paused).state, ClockState::Paused { since: at("2025-10-07T09:00") });
    assert_eq!(due_of(&paused), "2025-10-13T17:00");
    let twice = [
        start(MONDAY, FIVE),
        pause("2025-10-07T09:00"),
        resume("2025-10-07T10:00"),
        pause("2025-10-08T11:00"),
        resume("2025-10-08T14:00"),
    ];
    assert_eq!(due_of(&twice), "2025-10-14T09:30", "one hour and one hour");
}

#[test]
fn clk_04_a_supplement_restarts_from_zero_and_forgets_earlier_pauses() {
    let ledger = [
        start(MONDAY, FIVE),
        pause("2025-10-07T09:00"),
        resume("2025-10-07T10:00"),
        LedgerEntry::Restart { at: at("2025-10-20T08:00") },
    ];
    assert_eq!(due_of(&ledger), "2025-10-27T17:00");
    let lines = reckoned(&ledger).lines;
    let restarted = lines.iter().find(|line| line.fact == Fact::Restarted).unwrap();
    assert_eq!(
        restarted.text_vi(),
        "Hồ sơ đã được bổ sung đầy đủ lúc 08:00, thứ Hai 20/10/2025; thời hạn tính lại từ đầu."
    );
}

#[test]
fn clk_05_a_reappointment_sets_the_date() {
    let ledger = [start(MONDAY, FIVE), reappoint("2025-10-10T09:00", "2025-10-17T17:00")];
    assert_eq!(due_of(&ledger), "2025-10-17T17:00");
    assert_eq!(
        reckoned(&ledger).lines.last().unwrap().text_vi(),
        "Hẹn lại ngày trả kết quả theo phiếu số 12/PXL, lập lúc 09:00, thứ Sáu 10/10/2025. \
         Ngày hẹn mới: 17:00, thứ Sáu 17/10/2025."
    );
}

#[test]
fn clk_05_a_reappointment_during_a_pause_has_reckoned_with_it_so_far() {
    let ledger = [
        start(MONDAY, FIVE),
        pause("2025-10-07T09:00"),
        reappoint("2025-10-10T09:00", "2025-10-17T17:00"),
        resume("2025-10-10T10:00"),
    ];
    assert_eq!(due_of(&ledger), "2025-10-20T08:30");
}

#[test]
fn clk_01_a_calendar_change_is_previewed_and_its_recorded_date_survives_the_next_change() {
    let table = [CalendarRow { day: "2025-10-09".parse().unwrap(), exception: Exception::off("Nghỉ bão") }];
    let rules = HolidayRules::default();
    let stormy =
        Calendar::from_rules(7, WorkingWeek::default(), default_sessions(), &rules, table, 2025..=2026).unwrap();
    let mut ledger = vec![start(MONDAY, FIVE)];
    let preview = redated(&ledger, &stormy, &ClockRules::default()).unwrap();
    assert_eq!(local(preview.unwrap()), "2025-10-14T17:00");
    ledger.push(LedgerEntry::Recompute { at: at("2025-10-08T16:00"), calendar_version: 7, due_at: preview });
    assert_eq!(due_of(&ledger), "2025-10-14T17:00", "even under the old calendar");
    assert_eq!(redated(&ledger, &calendar(), &ClockRules::default()).unwrap().map(local).unwrap(), "2025-10-13T17:00");
}

/// INT-08, CLK-04: what came in before the calendar changed, and was entered after it, counts from when it came in.
#[test]
fn clk_04_a_supplement_received_before_a_calendar_change_restarts_from_its_receipt() {
    let ledger = [
        start(MONDAY, FIVE),
        pause("2025-10-07T09:00"),
        LedgerEntry::Recompute {
            at: at("2025-10-10T00:01"),
            calendar_version: 7,
            due_at: Some(at("2025-10-14T17:00")),
        },
        LedgerEntry::Restart { at: at("2025-10-08T09:00") },
    ];
    assert_eq!(due_of(&ledger), "2025-10-15T17:00");
    let after = [ledger.as_slice(), &[LedgerEntry::End { at: at("2025-10-07T10:00") }]].concat();
    let before_the_restart = reckon(&after, &calendar(), &ClockRules::default());
    assert_eq!(before_the_restart, Err(LedgerError::OutOfOrder { index: 4 }));
}

#[test]
fn clk_03_a_procedure_without_a_due_date_has_a_ledger_too() {
    let ledger = [start(MONDAY, TimeLimit::None), pause("2025-10-07T09:00"), resume("2025-10-08T09:00")];
    assert_eq!(reckoned(&ledger).due_at, None);
}

#[test]
fn clk_03_a_ledger_that_contradicts_itself_is_refused() {
    let go = || start(MONDAY, FIVE);
    let wrong = [
        (vec![pause("2025-10-07T09:00")], 0),
        (vec![go(), go()], 1),
        (vec![go(), resume("2025-10-07T09:00")], 1),
        (vec![go(), pause("2025-10-07T09:00"), pause("2025-10-07T09:30")], 2),
        (vec![go(), pause("2025-10-05T09:00")], 1),
        (vec![go(), LedgerEntry::End { at: at(MONDAY) }, LedgerEntry::Restart { at: at(MONDAY) }], 2),
    ];
    for (ledger, index) in wrong {
        let refused = reckon(&ledger, &calendar(), &ClockRules::default());
        assert_eq!(refused, Err(LedgerError::OutOfOrder { index }), "{ledger:?}");
    }
}

#[test]
fn clk_03_a_ledger_survives_its_json() {
    let ledger = vec![start(MONDAY, FIVE), pause("2025-10-07T09:00"), resume("2025-10-07T10:00")];
    let json = serde_json::to_string(&ledger).unwrap();
    assert!(
        json.starts_with(r#"[{"kind":"start","at":"2025-10-06T08:00:00+07:00","limit":{"kind":"working_days","n":5}}"#)
    );
    assert_eq!(serde_json::from_str::<Vec<LedgerEntry>>(&json).unwrap(), ledger);
}

/// CLK-03: what stands for a supplement, a fee or a suspension has another law behind it each time, and each province its own.
#[test]
fn clk_03_every_stop_of_the_clock_cites_its_own_article() {
    let stop = |cause| LedgerEntry::Pause(Pause { at: at("2025-10-07T09:00"), cause, reason: "chờ".into() });
    let told = |cause, cites: &Cites| {
        let lines = cites.put(reckoned(&[start(MONDAY, FIVE), stop(cause), resume("2025-10-08T09:00")]).lines);
        let ours = |l: &&Line| matches!(l.fact, Fact::Paused { .. } | Fact::Resumed { .. });
        lines.iter().filter(ours).map(|l| l.article.clone()).collect::<Vec<_>>()
    };
    let cites = Cites { supplement: Some("A".into()), fee: Some("B".into()), ..Cites::default() };
    assert_eq!(told(PauseCause::Supplement, &cites), ["A", "A"]);
    assert_eq!(told(PauseCause::Fee, &cites), ["B", "B"]);
    // Where the province says nothing, what holds everywhere.
    assert_eq!(told(PauseCause::Suspension, &cites), ["Cổng Dịch vụ công quốc gia, trạng thái hồ sơ số 8"; 2]);
}
