//! One lawful step from a page: the form, the command, and what the officer sees when it cannot be.

use super::{
    Order, Target, apology_drafts, approvals, execute,
    files::Attached,
    slips,
    store::Key,
    subject::{Subject, path_of},
};
use crate::{
    accounts::SignedIn,
    app::App,
    error::{AppError, Change},
    http::{Form, Shell, hidden_key, led_on, once},
    messages::Lang,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::dossier::{Command, CommandName, Event};
use platform::db::Answer;
use serde::Deserialize;

/// A step on its way: the dossier, what was typed, and what somebody else changed meanwhile.
pub struct Act {
    pub subject: Subject,
    pub form: Form,
    pub conflict: Option<Conflict>,
    pub what: CommandName,
    /// Files that came with the form, now or at an earlier try.
    pub attached: Vec<Attached>,
    /// For whoever approves: what to know before signing.
    pub seen: approvals::Seen,
    /// For whoever apologises: form 04 as the system drafted it, with what was filled in so far.
    pub letter: Option<apology_drafts::Draft>,
}

/// Somebody was faster (GR-8): nothing typed is lost, and the officer decides again.
pub struct Conflict {
    pub changed: Vec<Change>,
    /// The step is still this officer's, so the form may go on with the new version.
    pub may_go_on: bool,
}

/// How a step's form was come to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Arrival {
    /// What was just done.
    pub xong: Option<String>,
}

impl Arrival {
    /// The frame with what was just done.
    pub fn greet(&self, shell: Shell) -> Shell {
        let flash = flash(shell.lang, self.xong.as_deref());
        shell.with_flash(flash)
    }
}

/// What became of a step.
pub enum Told {
    Done(Response),
    /// To be shown again, with this status.
    Again(StatusCode),
}

impl Act {
    /// The empty form of a step, refused when the step is not this officer's.
    pub async fn open(app: &App, me: &SignedIn, key: &str, what: CommandName) -> Result<Self, AppError> {
        let subject = Subject::load(app, me, key).await?;
        subject.permit(me, what)?;
        let version = subject.state.version.to_string();
        let form = Form::default().with("once", hidden_key(app)).with("version", version);
        Self::around(app, me, subject, what, form).await
    }

    async fn around(
        app: &App,
        me: &SignedIn,
        subject: Subject,
        what: CommandName,
        form: Form,
    ) -> Result<Self, AppError> {
        let seen = match what {
            CommandName::Approvals => approvals::Seen::of(app, me, &subject).await?,
            _ => approvals::Seen::default(),
        };
        let letter = match what {
            CommandName::Apologies => {
                let id = subject.id;
                app.db.read(move |q| Ok::<_, AppError>(apology_drafts::store::open(q, id)?)).await?
            }
            _ => None,
        };
        Ok(Self { subject, form, conflict: None, what, attached: Vec::new(), seen, letter })
    }

    /// A form that was sent. Whether the step is allowed, the unit of work says: a second click must find the first answer.
    pub async fn sent(app: &App, me: &SignedIn, key: &str, what: CommandName, form: Form) -> Result<Self, AppError> {
        match Subject::load(app, me, key).await {
            Ok(subject) => Self::around(app, me, subject, what, form).await,
            Err(gone) => Err(led_on(app, principal(me), &form, gone).await),
        }
    }

    /// What was typed cannot be taken: the form is shown again, but only to whom the step belongs (GR-6).
    pub async fn mend(&self, app: &App, me: &SignedIn) -> Result<StatusCode, AppError> {
        match self.subject.permit(me, self.what) {
            Ok(()) => Ok(StatusCode::UNPROCESSABLE_ENTITY),
            Err(gone) => Err(led_on(app, principal(me), &self.form, gone).await),
        }
    }

    /// Gives the command; what the form can show comes back as [`Told::Again`].
    pub async fn give(&mut self, app: &App, me: &SignedIn, command: Command) -> Result<Told, AppError> {
        let key = self.form.key(app);
        let first = self.carry_out(app, me, command.clone(), key).await;
        // The same form was sent before with other contents: the version says what to do about it.
        let answer = match first {
            Err(AppError::KeyMismatch) => self.carry_out(app, me, command, hidden_key(app)).await,
            other => other,
        };
        match answer {
            Ok(answer) => Ok(Told::Done(Redirect::to(&answer.body).into_response())),
            Err(AppError::Stale { current, changed }) => {
                self.stale(app, me, current, changed).await?;
                Ok(Told::Again(StatusCode::PRECONDITION_FAILED))
            }
            Err(error) => {
                self.form.absorb(error)?;
                Ok(Told::Again(StatusCode::UNPROCESSABLE_ENTITY))
            }
        }
    }

    async fn carry_out(&self, app: &App, me: &SignedIn, command: Command, key: String) -> Result<Answer, AppError> {
        let version = self.form.text("version").and_then(|v| v.parse().ok()).unwrap_or(0);
        let target = Target::Known { key: Key::Id(self.subject.id), version };
        let order = Order { target, command };
        let said = format!("{} {order:?}", self.what.key());
        let (once, what) = (once(app, principal(me), key, &said), self.what);
        execute(app, &me.who, once, order, move |done| {
            let slip = done.events.iter().find_map(slips::issued_by);
            // On the way to the last approval, or to a word that it needs, the same command does less than its name.
            let told = match done.events.last() {
                Some(event @ (Event::PassedOn { .. } | Event::Endorsed { .. } | Event::Proposed { .. })) => event.key(),
                _ => what.key(),
            };
            let page = match slip {
                Some((slip, _)) => format!("/can-bo/phieu/{}?xong={told}", slip.id),
                None => format!("{}?xong={told}", path_of(done.id, &done.state)),
            };
            Answer { status: 303, body: page }
        })
        .await
    }

    async fn stale(&mut self, app: &App, me: &SignedIn, current: u32, changed: Vec<Change>) -> Result<(), AppError> {
        self.subject = Subject::load(app, me, &self.subject.id.to_string()).await?;
        let may_go_on = self.subject.next.contains(&self.what);
        self.form = std::mem::take(&mut self.form).with("version", current.to_string());
        self.conflict = Some(Conflict { changed, may_go_on });
        Ok(())
    }

    /// Whether the form still has buttons: not when the conflict took the step away.
    pub fn can_send(&self) -> bool {
        self.conflict.as_ref().is_none_or(|c| c.may_go_on)
    }

    /// The hashes of the files that came with the form.
    pub fn hashes(&self) -> Vec<String> {
        self.attached.iter().map(|f| f.sha256.clone()).collect()
    }

    /// The name under which the browser keeps what is typed; the version stands in the form.
    pub fn keep(&self) -> String {
        format!("{}:{}", self.what.key(), self.subject.id)
    }
}

/// Whose idempotency keys a page's are.
pub fn principal(me: &SignedIn) -> String {
    format!("officer/{}", me.who.officer)
}

/// The good message after a step, by the key in the address: no text from outside reaches the page.
pub fn flash(lang: Lang, done: Option<&str>) -> Option<String> {
    let text = match done? {
        "taken_in" | "acceptances" => lang.t("Đã tiếp nhận hồ sơ và chuyển cơ quan giải quyết."),
        "turned_away" | "refusals" => lang.t("Đã lập phiếu từ chối."),
        "assignments" => lang.t("Đã phân công xử lý."),
        "appraisals" => lang.t("Đã lưu ý kiến thẩm định."),
        "submissions" => lang.t("Đã trình phê duyệt."),
        "passed_on" => lang.t("Đã chuyển sang bước tiếp theo."),
        "endorsed" => lang.t("Đã ghi ý kiến và chuyển cấp phê duyệt tiếp theo."),
        "proposed" => lang.t("Đã trình xác nhận; việc có hiệu lực khi được đồng ý."),
        "approvals" => lang.t("Đã ghi quyết định và chuyển phát hành kết quả."),
        "returns_to_step" => lang.t("Đã trả lại bước trước."),
        "late_confirmations" => lang.t("Đã xác nhận hồ sơ nhập muộn."),
        "consultations" => lang.t("Đã gửi văn bản lấy ý kiến."),
        "replies" => lang.t("Đã gửi ý kiến trả lời."),
        "consultation_reports" => lang.t("Đã báo Trung tâm về ý kiến quá hạn."),
        "verifications" => lang.t("Đã ghi kết quả xác minh và lập biên bản."),
        "visits" => lang.t("Đã hẹn kiểm tra thực địa và báo người nộp."),
        "visit_changes" => lang.t("Đã ghi thay đổi lịch kiểm tra và báo người nộp."),
        "children" => lang.t("Đã chuyển các cơ quan phối hợp."),
        "parts" => lang.t("Đã ghi phần việc phối hợp."),
        "results" => lang.t("Đã nhập kết quả và chuyển quầy trả kết quả."),
        "handovers" => lang.t("Đã trả kết quả cho người nhận."),
        "guidance_requests" => lang.t("Đã lập phiếu hướng dẫn hoàn thiện hồ sơ."),
        "supplement_requests" => lang.t("Đã ghi yêu cầu bổ sung hồ sơ."),
        "supplements" => lang.t("Đã nhận đủ giấy tờ bổ sung."),
        "fee_requests" => lang.t("Đã thông báo nộp phí, lệ phí."),
        "fee_cancellations" => lang.t("Đã rút thông báo phí, lệ phí và báo người nộp."),
        "urgings" => lang.t("Đã gửi đôn đốc đến người giữ hồ sơ và lãnh đạo cơ quan."),
        "urging_answers" => lang.t("Đã gửi trả lời đôn đốc."),
        "branch_changes" => lang.t("Đã ghi thay đổi và lập giấy báo cơ quan được hỏi."),
        "payments" => lang.t("Đã ghi nhận nộp phí, lệ phí."),
        "suspensions" => lang.t("Đã ghi việc tạm dừng."),
        "resumptions" => lang.t("Hồ sơ được giải quyết tiếp; ngày hẹn đã tính lại."),
        "explanations" => lang.t("Đã gửi giải trình đến Trung tâm."),
        "apologies" => lang.t("Đã ghi lời xin lỗi và ngày hẹn mới."),
        "date_adjustments" => lang.t("Đã điều chỉnh ngày hẹn theo phiếu xin lỗi."),
        "overdue_causes" => lang.t("Đã lưu nguyên nhân quá hạn."),
        "stops" => lang.t("Đã dừng giải quyết hồ sơ."),
        "withdrawals" => lang.t("Đã ghi nhận rút hồ sơ."),
        "undone" => lang.t("Đã hoàn tác; hồ sơ trở lại như trước."),
        "draft" => lang.t("Đã lưu nháp."),
        "undraft" => lang.t("Đã bỏ nháp."),
        "note" => lang.t("Đã thêm ghi chú."),
        _ => return None,
    };
    Some(text.to_owned())
}

/// The last part of the address of a step's page.
pub const fn slug(what: CommandName) -> &'static str {
    match what {
        CommandName::Acceptances => "tiep-nhan",
        CommandName::Refusals => "tu-choi",
        CommandName::GuidanceRequests => "huong-dan",
        CommandName::SupplementRequests => "yeu-cau-bo-sung",
        CommandName::Supplements => "nhan-bo-sung",
        CommandName::FeeRequests => "thong-bao-phi",
        CommandName::Payments => "nop-phi",
        CommandName::FeeCancellations => "rut-phi",
        CommandName::Urgings => "don-doc",
        CommandName::UrgingAnswers => "tra-loi-don-doc",
        CommandName::Suspensions => "tam-dung",
        CommandName::Resumptions => "tiep-tuc",
        CommandName::Explanations => "giai-trinh",
        CommandName::Apologies => "xin-loi",
        CommandName::DateAdjustments => "dieu-chinh-ngay-hen",
        CommandName::OverdueCauses => "nguyen-nhan",
        CommandName::Stops => "dung",
        CommandName::Withdrawals => "rut",
        CommandName::Assignments => "phan-cong",
        CommandName::Appraisals => "tham-dinh",
        CommandName::Submissions => "trinh",
        CommandName::Approvals => "phe-duyet",
        CommandName::ReturnsToStep => "tra-lai",
        CommandName::LateConfirmations => "xac-nhan-muon",
        CommandName::Consultations => "lay-y-kien",
        CommandName::Verifications => "xac-minh",
        CommandName::Visits => "hen-kiem-tra",
        CommandName::Children => "lien-thong",
        CommandName::Replies
        | CommandName::Parts
        | CommandName::ConsultationReports
        | CommandName::BranchChanges
        | CommandName::VisitChanges => "phoi-hop",
        CommandName::Results => "ket-qua",
        CommandName::Handovers => "tra-ket-qua",
    }
}
