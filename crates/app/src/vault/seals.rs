//! The owner's word for an uploaded paper, sealed and held against the paper each time it is shown (STO-01).

use super::store::{Paper, Sealed};
use crate::{app::App, dossier::store::FileRow, messages::Lang};
use domain::{
    time::Instant,
    vault::{Vouched, seal_shown},
};

fn mac(app: &App, vouched: &Vouched<'_>) -> [u8; 32] {
    app.secret.derive("vault-seal").mac(&[&vouched.statement()])
}

/// Seals what its owner vouches for now.
pub fn seal(app: &App, owner: &str, name: &str, files: &[FileRow], at: Instant) -> Sealed {
    let hashes: Vec<String> = files.iter().map(|f| f.sha256.clone()).collect();
    let vouched = Vouched { owner, name, files: &hashes, at };
    Sealed { at, seal: domain::hex(&mac(app, &vouched)) }
}

/// What is said of a paper's seal.
pub struct Said {
    /// It holds: nothing has changed since.
    pub is_good: bool,
    pub words: String,
}

/// Holds a paper against its seal; absent for one that nobody vouched for, such as those of a dossier.
pub fn said(app: &App, paper: &Paper, files: &[FileRow], lang: Lang) -> Option<Said> {
    let sealed = paper.sealed.as_ref()?;
    let hashes: Vec<String> = files.iter().map(|f| f.sha256.clone()).collect();
    let vouched = Vouched { owner: &paper.owner, name: &paper.described.name, files: &hashes, at: sealed.at };
    let given = hex::decode(&sealed.seal).unwrap_or_default();
    let is_good = app.secret.derive("vault-seal").verifies(&[&vouched.statement()], &given);
    let local = sealed.at.local();
    let when = format!("{}, {}", domain::time::day_text(local.date()), domain::time::time_text(local.time()));
    let words = if is_good {
        lang.f2(
            "Chủ giấy tờ đã xác nhận lúc {}, đến nay không thay đổi. Mã niêm phong {}.",
            when,
            seal_shown(&sealed.seal),
        )
    } else {
        lang.f1(
            "Giấy này không còn khớp với bản chủ giấy tờ đã xác nhận lúc {}. Xin không dùng, yêu cầu nộp lại.",
            when,
        )
    };
    Some(Said { is_good, words })
}
