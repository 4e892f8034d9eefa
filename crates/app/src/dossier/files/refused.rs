use crate::error::FieldError;
use platform::file_kind::{FileKind, RefusedFile};

/// Why a file was not taken in, beside the field it came in: Vietnamese and English, each with what to do.
pub fn refused(field: &str, name: &str, why: RefusedFile) -> FieldError {
    let (vi, en) = words(why);
    FieldError::new(field, code(why), format!("{name}: {vi}"), format!("{name}: {en}"))
}

fn wrong_name(kind: FileKind) -> (String, String) {
    let (ending, (vi, en)) = (kind.extension(), inside(kind));
    let vi =
        format!("tên tệp không đúng với nội dung: bên trong là {vi}. Xin đổi đuôi tên thành .{ending} rồi gửi lại.");
    (vi, format!("the name does not fit the content, which is {en}. Rename it to end in .{ending} and send again."))
}

const fn inside(kind: FileKind) -> (&'static str, &'static str) {
    match kind {
        FileKind::Pdf => ("tệp PDF", "a PDF"),
        FileKind::Jpeg | FileKind::Png | FileKind::Heic | FileKind::Tiff => ("ảnh", "a picture"),
        FileKind::Docx | FileKind::Doc | FileKind::Odt => ("văn bản", "a text document"),
        FileKind::Xlsx | FileKind::Xls | FileKind::Ods => ("bảng tính", "a spreadsheet"),
        FileKind::Xml => ("dữ liệu XML", "XML data"),
    }
}

const fn code(why: RefusedFile) -> &'static str {
    match why {
        RefusedFile::Empty => "file.empty",
        RefusedFile::WebPage => "file.web_page",
        RefusedFile::Program => "file.program",
        RefusedFile::Archive => "file.archive",
        RefusedFile::PasswordProtected => "file.password_protected",
        RefusedFile::Macros => "file.macros",
        RefusedFile::Active => "file.active",
        RefusedFile::TooManyPixels => "file.too_many_pixels",
        RefusedFile::TooMuchInside => "file.too_much_inside",
        RefusedFile::Damaged => "file.damaged",
        RefusedFile::CutShort => "file.cut_short",
        RefusedFile::WrongName(_) => "file.wrong_name",
        RefusedFile::Heic => "file.heic",
        RefusedFile::Infected => "file.infected",
        RefusedFile::Unknown => "file.unknown_kind",
    }
}

fn words(why: RefusedFile) -> (String, String) {
    let (vi, en) = match why {
        RefusedFile::WrongName(kind) => return wrong_name(kind),
        RefusedFile::Empty => ("tệp rỗng. Xin quét hoặc chọn lại.", "the file is empty. Scan or choose it again."),
        RefusedFile::WebPage => (
            "không nhận trang web, SVG hay mã lệnh. Xin gửi bản PDF.",
            "web pages, SVG and scripts are not taken. Send a PDF.",
        ),
        RefusedFile::Program => (
            "không nhận tệp chương trình. Xin gửi bản PDF hoặc ảnh.",
            "programs are not taken. Send a PDF or a picture.",
        ),
        RefusedFile::Archive => {
            ("không nhận tệp nén. Xin gửi từng tệp.", "archives are not taken. Send the files one by one.")
        }
        RefusedFile::PasswordProtected => (
            "tệp có mật khẩu hoặc bị khóa. Xin mở tệp, chọn In rồi Lưu thành PDF, và gửi bản mới.",
            "the file is locked or has a password. Open it, print it to a new PDF and send that.",
        ),
        RefusedFile::Macros => {
            ("tệp có macro. Xin lưu thành PDF rồi gửi lại.", "the file has macros. Save it as PDF and send again.")
        }
        RefusedFile::Active => (
            "tệp có mã lệnh tự chạy khi mở. Xin mở tệp, chọn In rồi Lưu thành PDF, và gửi bản mới.",
            "the file acts when it is opened. Open it, print it to a new PDF and send that.",
        ),
        RefusedFile::TooManyPixels => (
            "ảnh có quá nhiều điểm ảnh. Xin quét lại ở 300 dpi, hoặc chụp ở cỡ ảnh thường.",
            "the picture has too many pixels. Scan at 300 dpi, or take it at normal size.",
        ),
        RefusedFile::TooMuchInside => (
            "tệp phình quá lớn khi mở ra. Xin lưu thành PDF rồi gửi lại.",
            "the file unpacks to too much. Save it as PDF and send again.",
        ),
        RefusedFile::Damaged => {
            ("tệp bị hỏng, không mở được. Xin quét hoặc chọn lại.", "the file is damaged. Scan or choose it again.")
        }
        RefusedFile::CutShort => (
            "tệp bị cụt phần cuối, thường do tải về chưa xong. Xin mở thử trên máy, tải lại cho đủ rồi gửi.",
            "the end of the file is missing. Open it to see, fetch it whole and send again.",
        ),
        RefusedFile::Heic => (
            "ảnh HEIC của điện thoại chưa xem được trên mọi máy. Xin chụp màn hình ảnh đó rồi gửi, hoặc vào Cài đặt, Camera, Định dạng, chọn Tương thích nhất rồi chụp lại.",
            "HEIC photographs do not open everywhere. Send a screenshot of it, or choose Settings, Camera, Formats, Most Compatible and take it again.",
        ),
        RefusedFile::Infected => (
            "tệp có vi-rút nên không nhận. Xin quét vi-rút máy đã tạo tệp, rồi chụp hoặc quét lại giấy tờ.",
            "the file carries a virus. Clean the computer that made it, then scan or photograph the paper again.",
        ),
        RefusedFile::Unknown => (
            "không nhận loại tệp này. Xin gửi PDF, ảnh JPG hoặc PNG, Word, Excel hoặc XML.",
            "this kind of file is not taken. Send PDF, JPG or PNG, Word, Excel or XML.",
        ),
    };
    (vi.to_owned(), en.to_owned())
}
