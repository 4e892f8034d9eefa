//! Tables of days: CSV by people and by offices, with or without a head.

use csv::StringRecord;
use domain::deadline::{CalendarRow, Exception, Session};
use jiff::civil::{Date, Weekday};

/// A row that was read, with what was assumed.
pub struct Read {
    pub row: CalendarRow,
    pub mended: Vec<String>,
}

/// Where the columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    day: usize,
    name: Option<usize>,
    kind: Option<usize>,
    sessions: Option<usize>,
}

/// The rows of a table, each with its line from 1 and what it names.
pub fn rows(text: &str) -> Vec<(usize, String, Result<Read, String>)> {
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = if text.lines().next().is_some_and(|l| l.contains(';') && !l.contains(',')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut columns = Columns { day: 0, name: Some(1), kind: Some(2), sessions: Some(3) };
    let mut out = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                out.push((at + 1, String::new(), Err(format!("dòng này không đọc được: {e}"))));
                continue;
            }
        };
        if at == 0
            && let Some(named) = headed(&record)
        {
            columns = named;
            continue;
        }
        if record.iter().all(str::is_empty) {
            continue;
        }
        let key = record.get(columns.day).unwrap_or_default().to_owned();
        out.push((at + 1, key, read(&record, columns)));
    }
    out
}

/// The columns of a head, when the first line is one.
fn headed(record: &StringRecord) -> Option<Columns> {
    let names: Vec<String> = record.iter().map(domain::text::fold).collect();
    let at = |known: &[&str]| names.iter().position(|n| known.contains(&n.as_str()));
    Some(Columns {
        day: at(&["day", "date", "ngay"])?,
        name: at(&["name", "name vi", "ten", "ten ngay", "ly do"]),
        kind: at(&["kind", "loai"]),
        sessions: at(&["sessions", "gio", "gio lam viec", "ca"]),
    })
}

fn read(record: &StringRecord, columns: Columns) -> Result<Read, String> {
    let field = |at: Option<usize>| at.and_then(|at| record.get(at)).map(str::trim).unwrap_or_default();
    let day = day(field(Some(columns.day)))?;
    let mut mended = Vec::new();
    let rest = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let (name, sessions) = (field(columns.name), field(columns.sessions));
    let works = match domain::text::fold(field(columns.kind)).as_str() {
        "off" | "nghi" => false,
        "working" | "lam viec" | "lam bu" => true,
        "" if rest && name.is_empty() => {
            mended.push("ngày cuối tuần không ghi loại, hiểu là ngày làm bù".to_owned());
            true
        }
        "" => !sessions.is_empty(),
        other => return Err(format!("loại ngày \"{other}\" không rõ, xin ghi off (nghỉ) hoặc working (làm việc)")),
    };
    let name = match (name.is_empty(), works) {
        (false, _) => name.to_owned(),
        (true, true) => "Ngày làm bù".to_owned(),
        (true, false) => return Err("chưa ghi tên ngày nghỉ".to_owned()),
    };
    let exception =
        if works { Exception::Working { name, sessions: hours(sessions)? } } else { Exception::Off { name } };
    Ok(Read { row: CalendarRow { day, exception }, mended })
}

/// `22/11/2026` or `2026-11-22`, in a year that a calendar can span.
pub fn day(text: &str) -> Result<Date, String> {
    let wrong = || format!("ngày \"{text}\" không đúng, ví dụ 22/11/2026");
    let mut parts = text.split(['/', '.']).map(str::trim);
    let day = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(d), Some(m), Some(y), None) => {
            let number = |t: &str| t.parse::<i16>().map_err(|_| wrong());
            let small = |t: &str| t.parse::<i8>().map_err(|_| wrong());
            Date::new(number(y)?, small(m)?, small(d)?).map_err(|_| wrong())?
        }
        _ => text.parse::<Date>().map_err(|_| wrong())?,
    };
    if super::store::YEARS.contains(&day.year()) { Ok(day) } else { Err(wrong()) }
}

/// `07:30-11:30, 13:30-17:00`; nothing means the ordinary hours. Sessions must be in order and must not touch.
pub fn hours(text: &str) -> Result<Option<Vec<Session>>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("giờ làm việc \"{text}\" không đúng, ví dụ 07:30-11:30, 13:30-17:00");
    let parts = text.split([',', ';', '|']).map(str::trim).filter(|p| !p.is_empty());
    let sessions: Vec<Session> = parts.map(|p| p.parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
    let ordered = sessions.windows(2).all(|pair| pair[0].to < pair[1].from);
    if sessions.is_empty() || !ordered { Err(wrong()) } else { Ok(Some(sessions)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &str) -> Result<CalendarRow, String> {
        rows(text).remove(0).2.map(|r| r.row)
    }

    #[test]
    fn clk_01_a_table_is_read_with_or_without_a_head_and_with_either_way_of_writing_a_day() {
        let plain = read_one("02/09/2026,Quốc khánh").unwrap();
        assert_eq!(plain.day, jiff::civil::date(2026, 9, 2));
        let headed = read_one("date,weekday,name_vi,name_en\n2026-09-02,Wed,Quốc khánh,National Day").unwrap();
        assert_eq!(headed, plain);
    }

    #[test]
    fn clk_01_a_bare_saturday_is_a_day_worked_in_exchange() {
        let row = read_one("date\n2026-08-22").unwrap();
        assert_eq!(row.exception, Exception::working("Ngày làm bù"));
    }

    #[test]
    fn clk_01_a_wrong_row_says_what_is_wrong() {
        for wrong in [
            "31/02/2026,Tết",
            "2026-09-02",
            "1900-01-01,Tết",
            "02/09/2026,Tết,perhaps",
            "22/08/2026,Bù,working,17:00-07:00",
        ] {
            assert!(read_one(wrong).is_err(), "{wrong}");
        }
    }
}
