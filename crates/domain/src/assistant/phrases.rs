//! In which words people ask for a part of a procedure. Written with marks; a question without them means the same.

use super::Part;
use crate::catalogue::search::{Word, words};
use std::sync::LazyLock;

const PAPERS: &str = "giấy tờ gì|giấy tờ nào|giấy tờ|loại giấy tờ|hồ sơ gồm|hồ sơ cần|thành phần hồ sơ|cần gì|cần những gì|\
    cần chuẩn bị|chuẩn bị gì|chuẩn bị những gì|mang theo gì|mang theo những gì|mang gì|mang những gì|đem theo gì|đem gì|\
    nộp gì|nộp những gì|bộ hồ sơ|mấy bộ|mẫu đơn|mẫu nào|tờ khai|biểu mẫu|giấy gì|những giấy gì|gồm những gì|gồm gì|\
    bao gồm những gì|bản sao hay bản chính|hồ sơ cần những gì|hồ sơ cần có|gồm những loại giấy tờ|đơn nào|làm đơn gì|hồ sơ gì|\
    hồ sơ nào|những hồ sơ gì";
const FEES: &str = "bao nhiêu tiền|bao nhiêu đồng|mất bao nhiêu|tốn bao nhiêu|hết bao nhiêu|mất tiền|tốn tiền|mất phí|\
    mất bao nhiêu tiền|hết bao nhiêu tiền|tốn bao nhiêu tiền|lệ phí|phí|chi phí|giá bao nhiêu|đóng bao nhiêu|đóng tiền|\
    nộp bao nhiêu|nộp bao nhiêu tiền|miễn phí|mấy tiền|thu phí|thu tiền|phí và lệ phí|tiền không|bao nhiêu";
const LIMIT: &str = "bao lâu|mất bao lâu|mất bao nhiêu ngày|bao lâu thì xong|bao nhiêu lâu|mấy ngày|bao nhiêu ngày|mất mấy ngày|mấy hôm|mấy tuần|mấy tháng|thời hạn|\
    thời gian|khi nào có|khi nào xong|khi nào nhận|khi nào lấy|bao giờ có|bao giờ xong|bao giờ lấy|bao giờ|chừng nào|\
    lâu không|nhanh không|thời hạn giải quyết|thời gian giải quyết|có lâu không|ngày làm việc";
const PLACE: &str = "ở đâu|nơi nào|chỗ nào|cơ quan nào|cơ quan nào có thẩm quyền|thẩm quyền|đến đâu|tới đâu|đi đâu|lên đâu|\
    ra đâu|tại đâu|nộp đâu|làm đâu|địa chỉ|nộp cho ai|ai giải quyết|ai cấp|sở nào|quầy nào|phòng nào|xã hay tỉnh|\
    phường hay tỉnh|xã hay huyện|nộp ở đâu|làm ở đâu|số điện thoại|hỏi ai|đâu giải quyết";
const APPLICANTS: &str =
    "ai được|ai có quyền|đối tượng|đối tượng nào|những ai|ai nộp được|ai phải|ai làm được|những ai được";
const WAYS: &str = "nộp thế nào|nộp như thế nào|nộp bằng cách nào|cách nộp|nộp kiểu gì|nộp ra sao|gửi thế nào|qua bưu điện|\
    gửi bưu điện|bưu điện|bưu chính|cách thức|hình thức nộp|cách thức nộp|nộp bằng hình thức nào";
const ONLINE: &str = "trực tuyến|online|qua mạng|trên mạng|ở nhà|tại nhà|từ nhà|toàn trình|qua internet|dịch vụ công|\
    nộp trực tuyến|nộp online|nộp qua mạng|bằng điện thoại|dịch vụ công trực tuyến";
const RESULTS: &str = "kết quả là gì|kết quả gì|kết quả|nhận được gì|được cấp gì|nhận giấy gì|được nhận gì|ra giấy gì|\
    được giấy gì";
const BASES: &str = "căn cứ|căn cứ pháp lý|cơ sở pháp lý|luật nào|nghị định nào|thông tư nào|văn bản nào|quy định nào|\
    quy định ở đâu|theo luật nào|điều luật nào|theo quy định nào|theo nghị định nào|theo văn bản nào|được quy định ở đâu";
const CONDITIONS: &str = "điều kiện|điều kiện gì|điều kiện nào|yêu cầu gì|yêu cầu nào|mấy tuổi|bao nhiêu tuổi|đủ tuổi|\
    tiêu chuẩn gì|trường hợp nào|trong trường hợp nào|đủ điều kiện gì|cần điều kiện gì";
const STEPS: &str = "trình tự|trình tự thực hiện|các bước|mấy bước|bước nào|những bước nào|quy trình|làm thế nào|\
    làm như thế nào|làm sao|làm ra sao|làm kiểu gì|thủ tục thế nào|thủ tục như thế nào|thủ tục ra sao|phải làm gì|\
    thực hiện thế nào|thực hiện như thế nào|cách làm|hướng dẫn";

/// The dossier of whoever asks, not a procedure: that is looked up by its code (TRK-01).
const OWN_DOSSIER: &str = "hồ sơ của tôi|hồ sơ tôi|hồ sơ của em|hồ sơ em|hồ sơ của mình|hồ sơ mình|hồ sơ nhà tôi|hồ sơ đã nộp|\
    đến đâu rồi|tới đâu rồi|xong chưa|có chưa|có kết quả chưa|đã có kết quả chưa|tra cứu hồ sơ|mã hồ sơ|tình trạng hồ sơ|\
    tra hồ sơ|theo dõi hồ sơ|nộp rồi mà|chưa thấy trả|trễ hẹn|quá hẹn|sao chưa có kết quả|giấy hẹn của tôi";

/// What a phrase asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Part(Part),
    OwnDossier,
}

struct Phrase {
    words: Vec<Word>,
    meaning: Meaning,
}

/// The longest first: "quy định ở đâu" asks for the law, "ở đâu" for a place.
static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let parts = [
        (PAPERS, Part::Papers),
        (FEES, Part::Fees),
        (LIMIT, Part::Limit),
        (PLACE, Part::Place),
        (APPLICANTS, Part::Applicants),
        (WAYS, Part::Ways),
        (ONLINE, Part::Online),
        (RESULTS, Part::Results),
        (BASES, Part::Bases),
        (CONDITIONS, Part::Conditions),
        (STEPS, Part::Steps),
    ];
    let of_parts = parts.into_iter().map(|(text, part)| (text, Meaning::Part(part)));
    let all = of_parts.chain([(OWN_DOSSIER, Meaning::OwnDossier)]);
    let each = |(text, meaning): (&str, Meaning)| {
        text.split('|').map(|phrase| Phrase { words: words(phrase), meaning }).collect::<Vec<_>>()
    };
    let mut phrases: Vec<Phrase> = all.flat_map(each).collect();
    phrases.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
    phrases
});

/// The longest phrase at the start of `rest`: how many words it takes, and what it asks for.
pub(super) fn at_start(rest: &[Word]) -> Option<(usize, Meaning)> {
    let fits = |p: &&Phrase| {
        p.words.len() <= rest.len() && p.words.iter().zip(rest).all(|(known, asked)| known.is_said_by(asked))
    };
    PHRASES.iter().find(fits).map(|p| (p.words.len(), p.meaning))
}
