//! What the national public service portal is told (LNK-01, DN 17, QNI 11.3, 13.2d): the dossier as it stands
//! (`DongBoHoSoMC`) and the steps of its way (`CapNhatTienDoHoSoMC`), made from state, events, people and procedure.
//!
//! A field is written only where its fact is known here. Left out, each for its reason:
//! - `MaDoiTuong`, `TaiKhoanDuocXacThucVoiVNeID`: the portal's own key of the person, who signs in there and not here;
//! - `ThongTinKhac`, `GhiChu`, `Fax`: nothing of the kind is kept;
//! - `HoSoCoThanhPhanSoHoa`, `DuocSoHoa`, `DuocTaiSuDung`, `DuocLayTuKhoDMQG`, `MaKetQuaThayThe`: whether a file was digitised by
//!   Điều 21a or came from a store is not recorded yet;
//! - `DuocThanhToanTrucTuyen`, `DSKetNoiCSDL`, `DanhSachTepDinhKemKhac`: there is neither payment online nor a connected register
//!   nor a paper beside the published list;
//! - `DuongDanTaiTepTin`, `DuongDanTepTinKetQua`: files are handed out by key, not by an open address;
//! - `MaPhiLePhi`, `LoaiPhiLePhi`, `HinhThucThu`, `MaGiayToKetQua`: the national lists of these codes are not carried;
//! - `TrangThaiBoSung`, `ThongTinTiepNhan`, `DanhSachGiayToBoSung`, `DanhSachLePhiBoSung`: what is asked stands in words in
//!   `NoiDungBoSung`, that it is here in `NgayTiepNhanBoSung`.

mod dossier;
mod history;
mod message;
mod step;
mod supplement;

pub use dossier::{File, Subject, dossier};
pub use history::{Actor, Line, Names};
pub use message::{DossierMessage, FeeMessage, FileMessage, IdentityMessage, ResultMessage, SupplementMessage};
pub use step::{StepMessage, steps};

use crate::{dossier::Event, time::Instant};

/// Whether the portal shows what this event changes. What the office keeps to itself (proposals within the Centre, causes of
/// lateness, the parts of other agencies) it does not.
pub const fn shows(event: &Event) -> bool {
    match event {
        // VL 4.3e, QN 6.3: the date moves when the Centre adjusts it.
        Event::Apologised { to_adjust, .. } => !*to_adjust,
        Event::Drafted { .. }
        | Event::Explained { .. }
        | Event::OverdueExplained { .. }
        | Event::Proposed { .. }
        | Event::ProposalDeclined { .. }
        | Event::LateEntryConfirmed
        | Event::Urged { .. }
        | Event::UrgingAnswered { .. }
        | Event::Linked(_) => false,
        _ => true,
    }
}

/// A moment as the portal writes it: `yyyyMMddHHmmss` by the wall clock in Việt Nam.
pub fn stamp(at: Instant) -> String {
    let l = at.local();
    format!("{:04}{:02}{:02}{:02}{:02}{:02}", l.year(), l.month(), l.day(), l.hour(), l.minute(), l.second())
}

#[cfg(test)]
mod tests;
