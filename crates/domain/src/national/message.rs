//! `DongBoHoSoMC`: the fields as the portal names them; numbers and codes travel as texts.

use serde::Serialize;

macro_rules! message {
    ($(#[$about:meta])+ $name:ident { $($(#[doc = $doc:literal])+ $field:ident: $kind:ty = $wire:literal $(, $skip:literal)?;)+ }) => {
        $(#[$about])+
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        pub struct $name {
            $($(#[doc = $doc])+ #[serde(rename = $wire $(, skip_serializing_if = $skip)?)] pub $field: $kind,)+
        }
    };
}
pub(super) use message;

message! {
    /// A dossier as it stands.
    DossierMessage {
        /// Its code.
        code: String = "MaHoSo";
        /// National code of the procedure.
        procedure: String = "MaTTHC";
        /// Name of the procedure.
        procedure_name: String = "TenTTHC";
        /// Code of the field, where the catalogue has one.
        field: Option<String> = "MaLinhVuc", "Option::is_none";
        /// Name of the field.
        field_name: String = "TenLinhVuc";
        /// 1 at the counter, 2 online, 3 by public post.
        channel: String = "KenhThucHien";
        /// Whose dossier it is; absent once erased.
        owner: Option<String> = "ChuHoSo", "Option::is_none";
        /// 1 a person, 2 an enterprise, 3 a state body, 4 another organisation.
        owner_kind: Option<String> = "LoaiDoiTuong", "Option::is_none";
        /// E-mail address of the owner.
        email: Option<String> = "Email", "Option::is_none";
        /// Telephone of the owner.
        phone: Option<String> = "SoDienThoai", "Option::is_none";
        /// What is asked for, at most 1,000 letters.
        subject: String = "TrichYeuHoSo";
        /// When it was handed in.
        submitted_at: Option<String> = "NgayNopHoSo", "Option::is_none";
        /// When it was received, from which the limit runs.
        accepted_at: Option<String> = "NgayTiepNhan", "Option::is_none";
        /// The due date.
        due_at: Option<String> = "NgayHenTra", "Option::is_none";
        /// The national status, 1 to 10.
        status: String = "TrangThaiHoSo";
        /// When the work on it ended.
        ended_at: Option<String> = "NgayKetThucXuLy", "Option::is_none";
        /// When it was refused.
        refused_at: Option<String> = "NgayTuChoi", "Option::is_none";
        /// When the result was handed over.
        returned_at: Option<String> = "NgayTra", "Option::is_none";
        /// How the result was handed over.
        returned_how: Option<String> = "ThongTinTra", "Option::is_none";
        /// 0 at the counter, 1 by post; absent for a result that goes as a file.
        result_by: Option<String> = "HinhThuc", "Option::is_none";
        /// Name of the competent agency.
        agency: String = "DonViXuLy";
        /// 1 on the national portal, 2 here.
        handed_in_at: String = "NoiNopHoSo";
        /// Numbers by which the owner is known.
        identities: Vec<IdentityMessage> = "DinhDanhCHS", "Vec::is_empty";
        /// Files of the checklist.
        files: Vec<FileMessage> = "TaiLieuNop", "Vec::is_empty";
        /// Fees asked for.
        fees: Vec<FeeMessage> = "DanhSachLePhi", "Vec::is_empty";
        /// What was asked of the applicant, in order.
        supplements: Vec<SupplementMessage> = "DanhSachHoSoBoSung", "Vec::is_empty";
        /// Files of the result.
        results: Vec<ResultMessage> = "DanhSachGiayToKetQua", "Vec::is_empty";
    }
}
message! {
    /// A number by which the owner is known; other kinds of papers have no place in the message.
    IdentityMessage {
        /// 1 a citizen's number of 12 digits, 2 an old card's of 9.
        kind: String = "LoaiDinhDanh";
        /// The number.
        number: String = "SoDinhDanh";
    }
}
message! {
    /// A file of the checklist.
    FileMessage {
        /// SHA-256, by which the file is fetched.
        id: String = "TepDinhKemId";
        /// Its name.
        name: String = "TenTepDinhKem";
        /// The component to which it belongs.
        component: String = "MaThanhPhanHoSo";
        /// Never `True`: nothing is taken out of a dossier.
        deleted: String = "IsDeleted";
    }
}
message! {
    /// A fee.
    FeeMessage {
        /// What it is for.
        name: String = "TenPhiLePhi";
        /// In đồng.
        amount: String = "Gia";
    }
}
message! {
    /// Guidance at intake or a supplement in appraisal.
    SupplementMessage {
        /// Number of its event within the dossier: it never changes.
        id: u32 = "HoSoBoSungId";
        /// Who asked.
        asked_by: String = "NguoiYeuCauBoSung";
        /// Everything that is missing or wrong.
        content: String = "NoiDungBoSung";
        /// When it was asked.
        asked_at: String = "NgayBoSung";
        /// Who took it; absent until it is here.
        taken_by: Option<String> = "NguoiTiepNhanBoSung", "Option::is_none";
        /// When it was complete.
        taken_at: Option<String> = "NgayTiepNhanBoSung", "Option::is_none";
        /// The due date before; absent at intake.
        due_before: Option<String> = "NgayHenTraTruoc", "Option::is_none";
        /// The due date after it.
        due_after: Option<String> = "NgayHenTraMoi", "Option::is_none";
    }
}
message! {
    /// A file of the result.
    ResultMessage {
        /// Its name.
        name: String = "TenGiayTo";
        /// SHA-256, by which the file is fetched.
        id: String = "GiayToId";
    }
}
