//! `CapNhatTienDoHoSoMC`: the steps of a dossier's way.

use super::{Line, Names, history::states, message::message, shows, stamp};
use crate::dossier::Unexpected;
use serde::Serialize;

message! {
    /// One step that was done.
    StepMessage {
        /// Code of the dossier.
        code: String = "MaHoSo";
        /// Who did it.
        officer: String = "NguoiXuLy";
        /// What the officer is appointed to do.
        title: Option<String> = "ChucDanh", "Option::is_none";
        /// When it was done.
        done_at: String = "ThoiDiemXuLy";
        /// Unit and agency.
        place: Option<String> = "PhongBanXuLy", "Option::is_none";
        /// What was done.
        what: String = "NoiDungXuLy";
        /// The national status after it.
        status: String = "TrangThai";
        /// Since when it lay with whoever did it.
        begun_at: Option<String> = "NgayBatDau", "Option::is_none";
        /// When the dossier is due.
        due_at: Option<String> = "NgayKetThucTheoQuyDinh", "Option::is_none";
    }
}

/// The steps after event `after` (0 for all) that the portal shows, in order. `Err` when the history contradicts itself.
pub fn steps(history: &[Line], after: u32, names: &Names) -> Result<Vec<StepMessage>, Unexpected> {
    let course = states(history)?;
    let mut steps = Vec::new();
    for (n, (line, state)) in history.iter().zip(&course).enumerate() {
        let (Some(code), Some(status)) = (&state.code, state.status.national()) else { continue };
        if line.stored.seq <= after || !shows(&line.event) {
            continue;
        }
        let before = n.checked_sub(1).and_then(|before| course.get(before));
        let actor = names(line.stored.officer);
        let known = |text: String| Some(text).filter(|t| !t.is_empty());
        steps.push(StepMessage {
            code: code.to_string(),
            officer: actor.name,
            title: known(actor.title),
            done_at: stamp(line.stored.at),
            place: known(actor.place),
            what: line.event.words().0.to_owned(),
            status: status.to_string(),
            begun_at: before.and_then(|d| d.holder.as_ref()).map(|h| stamp(h.since)),
            due_at: state.due_at.map(stamp),
        });
    }
    Ok(steps)
}
