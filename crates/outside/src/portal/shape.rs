//! What a message must look like; everything else is refused with the words of what is wrong.

use super::text;
use serde_json::Value;

const OF_DOSSIERS: &[&str] = &[
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "MaLinhVuc",
    "TenLinhVuc",
    "KenhThucHien",
    "ChuHoSo",
    "LoaiDoiTuong",
    "MaDoiTuong",
    "ThongTinKhac",
    "Email",
    "Fax",
    "SoDienThoai",
    "TrichYeuHoSo",
    "NgayTiepNhan",
    "NgayHenTra",
    "TrangThaiHoSo",
    "NgayTra",
    "ThongTinTra",
    "HinhThuc",
    "NgayKetThucXuLy",
    "DonViXuLy",
    "GhiChu",
    "NoiNopHoSo",
    "HoSoCoThanhPhanSoHoa",
    "TaiKhoanDuocXacThucVoiVNeID",
    "DuocThanhToanTrucTuyen",
    "NgayTuChoi",
    "NgayNopHoSo",
    "DinhDanhCHS",
    "DSKetNoiCSDL",
    "TaiLieuNop",
    "DanhSachLePhi",
    "DanhSachTepDinhKemKhac",
    "DanhSachHoSoBoSung",
    "DanhSachGiayToKetQua",
];
const OF_STEPS: &[&str] = &[
    "MaHoSo",
    "NguoiXuLy",
    "ChucDanh",
    "ThoiDiemXuLy",
    "PhongBanXuLy",
    "NoiDungXuLy",
    "TrangThai",
    "NgayBatDau",
    "NgayKetThucTheoQuyDinh",
];
const STATUSES: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
const MOST_LETTERS: usize = 1000;

/// A dossier as `DongBoHoSoMC` tells it.
pub(super) fn dossier(data: &Value) -> Result<(), String> {
    known(data, OF_DOSSIERS)?;
    for field in ["MaHoSo", "MaTTHC", "TenTTHC", "TenLinhVuc", "TrichYeuHoSo", "DonViXuLy"] {
        said(data, field)?;
    }
    one_of(data, "TrangThaiHoSo", &STATUSES, true)?;
    one_of(data, "KenhThucHien", &["1", "2", "3"], true)?;
    one_of(data, "NoiNopHoSo", &["1", "2"], true)?;
    one_of(data, "LoaiDoiTuong", &["1", "2", "3", "4"], false)?;
    one_of(data, "HinhThuc", &["0", "1"], false)?;
    for field in ["NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy", "NgayTuChoi"] {
        time(data, field, false)?;
    }
    if text(data, "TrichYeuHoSo").chars().count() > MOST_LETTERS {
        return Err("TrichYeuHoSo dài quá 1000 ký tự".into());
    }
    for number in list(data, "DinhDanhCHS")? {
        identity(number)?;
    }
    for asked in list(data, "DanhSachHoSoBoSung")? {
        said(asked, "NoiDungBoSung")?;
        time(asked, "NgayBoSung", true)?;
        for field in ["NgayTiepNhanBoSung", "NgayHenTraTruoc", "NgayHenTraMoi"] {
            time(asked, field, false)?;
        }
    }
    for file in list(data, "TaiLieuNop")? {
        said(file, "TenTepDinhKem")?;
        said(file, "MaThanhPhanHoSo")?;
        one_of(file, "IsDeleted", &["True", "False"], false)?;
    }
    for fee in list(data, "DanhSachLePhi")? {
        said(fee, "TenPhiLePhi")?;
        if text(fee, "Gia").parse::<u64>().is_err() {
            return Err("Gia không phải là số tiền".into());
        }
    }
    Ok(())
}

/// A step as `CapNhatTienDoHoSoMC` tells it.
pub(super) fn step(data: &Value) -> Result<(), String> {
    known(data, OF_STEPS)?;
    for field in ["MaHoSo", "NguoiXuLy", "NoiDungXuLy"] {
        said(data, field)?;
    }
    one_of(data, "TrangThai", &STATUSES, true)?;
    time(data, "ThoiDiemXuLy", true)?;
    time(data, "NgayBatDau", false)?;
    time(data, "NgayKetThucTheoQuyDinh", false)
}

fn known(data: &Value, fields: &[&str]) -> Result<(), String> {
    let object = data.as_object().ok_or("data phải gồm các đối tượng")?;
    match object.keys().find(|k| !fields.contains(&k.as_str())) {
        Some(strange) => Err(format!("không có trường {strange}")),
        None => Ok(()),
    }
}

fn said(data: &Value, field: &str) -> Result<(), String> {
    if text(data, field).trim().is_empty() { Err(format!("thiếu {field}")) } else { Ok(()) }
}

fn one_of(data: &Value, field: &str, values: &[&str], needed: bool) -> Result<(), String> {
    match data.get(field) {
        None if !needed => Ok(()),
        Some(Value::String(value)) if values.contains(&value.as_str()) => Ok(()),
        other => Err(format!("{field} không hợp lệ: {}", other.map(Value::to_string).unwrap_or_default())),
    }
}

/// `yyyyMMddHHmmss`, a moment that there is.
fn time(data: &Value, field: &str, needed: bool) -> Result<(), String> {
    let wrong = || format!("{field} phải có dạng yyyyMMddHHmmss");
    let Some(value) = data.get(field) else { return if needed { Err(format!("thiếu {field}")) } else { Ok(()) } };
    let digits = value.as_str().filter(|t| t.len() == 14 && t.bytes().all(|b| b.is_ascii_digit())).ok_or_else(wrong)?;
    let part = |from: usize, to: usize| digits[from..to].parse::<i8>().map_err(|_| wrong());
    let year = digits[..4].parse::<i16>().map_err(|_| wrong())?;
    let at = jiff::civil::DateTime::new(year, part(4, 6)?, part(6, 8)?, part(8, 10)?, part(10, 12)?, part(12, 14)?, 0);
    at.map(drop).map_err(|_| wrong())
}

fn list<'a>(data: &'a Value, field: &str) -> Result<&'a [Value], String> {
    match data.get(field) {
        None => Ok(&[]),
        Some(Value::Array(all)) => Ok(all),
        Some(_) => Err(format!("{field} phải là một danh sách")),
    }
}

fn identity(number: &Value) -> Result<(), String> {
    let digits = text(number, "SoDinhDanh");
    let long = match text(number, "LoaiDinhDanh") {
        "1" => 12,
        "2" => 9,
        _ => return Err("LoaiDinhDanh không hợp lệ".into()),
    };
    if digits.len() == long && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(format!("SoDinhDanh phải gồm {long} chữ số"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn good() -> Value {
        json!({
            "MaHoSo": "H49.24-251006-0001", "MaTTHC": "1.009994", "TenTTHC": "Cấp phép", "TenLinhVuc": "Xây dựng",
            "KenhThucHien": "2", "TrichYeuHoSo": "Cấp phép", "TrangThaiHoSo": "4", "DonViXuLy": "Sở Xây dựng",
            "NoiNopHoSo": "1", "NgayNopHoSo": "20251006083000",
        })
    }

    #[test]
    fn a_whole_message_is_taken() {
        assert_eq!(dossier(&good()), Ok(()));
        let step_ = json!({"MaHoSo": "H49.24-251006-0001", "NguoiXuLy": "Lan", "NoiDungXuLy": "Tiếp nhận",
                           "ThoiDiemXuLy": "20251006083000", "TrangThai": "2"});
        assert_eq!(step(&step_), Ok(()));
    }

    #[test]
    fn whatever_is_wrong_with_a_dossier_is_said() {
        for (field, value, words) in [
            ("MaHoSo", json!(""), "thiếu MaHoSo"),
            ("TrangThaiHoSo", json!("11"), "TrangThaiHoSo không hợp lệ"),
            ("TrangThaiHoSo", json!(4), "TrangThaiHoSo không hợp lệ"),
            ("NgayNopHoSo", json!("06/10/2025"), "yyyyMMddHHmmss"),
            ("NgayNopHoSo", json!("20250230083000"), "yyyyMMddHHmmss"),
            ("NgayHenTra", json!("20251006250000"), "yyyyMMddHHmmss"),
            ("TrichYeuHoSo", json!("a".repeat(1001)), "1000"),
            ("DinhDanhCHS", json!([{"LoaiDinhDanh": "1", "SoDinhDanh": "123456789"}]), "12 chữ số"),
            ("DinhDanhCHS", json!({}), "danh sách"),
            ("DanhSachLePhi", json!([{"TenPhiLePhi": "Lệ phí", "Gia": "nhiều"}]), "Gia"),
            ("TrangThai", json!("4"), "không có trường TrangThai"),
        ] {
            let mut data = good();
            data[field] = value;
            let said = dossier(&data).unwrap_err();
            assert!(said.contains(words), "{field}: {said}");
        }
    }

    #[test]
    fn a_step_without_a_moment_or_with_an_unknown_state_is_refused() {
        let with = |at: Value, status: &str| {
            step(
                &json!({"MaHoSo": "x", "NguoiXuLy": "Lan", "NoiDungXuLy": "y", "ThoiDiemXuLy": at, "TrangThai": status}),
            )
        };
        assert!(with(json!("20251006083000"), "0").is_err());
        assert!(with(json!("2025-10-06"), "2").is_err());
        assert!(with(json!(null), "2").is_err());
        assert!(with(json!("20251006083000"), "2").is_ok());
    }
}
