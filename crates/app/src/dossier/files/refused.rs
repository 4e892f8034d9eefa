use crate::error::FieldError;
use platform::file_kind::RefusedFile;

/// Why a file was not taken in, beside the field it came in: Vietnamese and English, each with what to do.
pub fn refused(field: &str, name: &str, why: RefusedFile) -> FieldError {
    let (vi, en) = words(why);
    FieldError::new(field, code(why), format!("{name}: {vi}"), format!("{name}: {en}"))
}

const fn code(why: RefusedFile) -> &'static str {
    match why {
        RefusedFile::Empty => "file.empty",
        RefusedFile::WebPage => "file.web_page",
        RefusedFile::Program => "file.program",
        RefusedFile::Archive => "file.archive",
        RefusedFile::PasswordProtected => "file.password_protected",
        RefusedFile::Macros => "file.macros",
        RefusedFile::TooMuchInside => "file.too_much_inside",
        RefusedFile::Damaged => "file.damaged",
        RefusedFile::Unknown => "file.unknown_kind",
    }
}

const fn words(why: RefusedFile) -> (&'static str, &'static str) {
    match why {
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
            "tệp có mật khẩu. Xin bỏ mật khẩu rồi gửi lại.",
            "the file is protected by a password. Remove it and send again.",
        ),
        RefusedFile::Macros => {
            ("tệp có macro. Xin lưu thành PDF rồi gửi lại.", "the file has macros. Save it as PDF and send again.")
        }
        RefusedFile::TooMuchInside => (
            "tệp quá lớn khi mở ra. Xin quét lại ở độ phân giải thấp hơn.",
            "the file unpacks to too much. Scan again at a lower resolution.",
        ),
        RefusedFile::Damaged => {
            ("tệp bị hỏng. Xin quét hoặc chọn lại.", "the file is damaged. Scan or choose it again.")
        }
        RefusedFile::Unknown => (
            "không nhận loại tệp này. Xin gửi PDF, ảnh JPG hoặc PNG, Word, Excel hoặc XML.",
            "this kind of file is not taken. Send PDF, JPG or PNG, Word, Excel or XML.",
        ),
    }
}
