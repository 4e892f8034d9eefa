//! CLK-01: the lunar days that move public holidays.
use super::*;
use jiff::civil::date;

#[test]
fn clk_01_tet_falls_on_its_known_days() {
    let known = [
        (1976, 1, 31),
        (1984, 2, 2),
        (1985, 1, 21),
        (1986, 2, 9),
        (1995, 1, 31),
        (2000, 2, 5),
        (2001, 1, 24),
        (2002, 2, 12),
        (2003, 2, 1),
        (2004, 1, 22),
        (2005, 2, 9),
        (2006, 1, 29),
        (2007, 2, 17),
        (2008, 2, 7),
        (2009, 1, 26),
        (2010, 2, 14),
        (2011, 2, 3),
        (2012, 1, 23),
        (2013, 2, 10),
        (2014, 1, 31),
        (2027, 2, 6),
        (2028, 1, 26),
        (2029, 2, 13),
        (2030, 2, 2),
        (2031, 1, 23),
        (2033, 1, 31),
        (2034, 2, 19),
    ];
    for (year, month, day) in known {
        assert_eq!(solar_of(year, 1, 1), Some(date(year, month, day)), "Tết {year}");
    }
}

#[test]
fn clk_01_tet_differs_from_the_chinese_new_year_where_the_new_moon_falls_between_two_midnights() {
    for (year, chinese) in [(1985, (2, 20)), (2007, (2, 18)), (2030, (2, 3))] {
        assert_ne!(solar_of(year, 1, 1), Some(date(year, chinese.0, chinese.1)));
    }
}

#[test]
fn clk_01_leap_months_stand_where_the_almanac_has_them() {
    let leap = |day| lunar_of(day).filter(|lunar| lunar.leap).map(|lunar| lunar.month);
    assert_eq!(leap(date(1985, 3, 25)), Some(2), "nhuận tháng 2 năm Ất Sửu, in China month 10 of 1984");
    assert_eq!(leap(date(2020, 5, 25)), Some(4));
    assert_eq!(leap(date(2023, 3, 25)), Some(2));
    assert_eq!(leap(date(2025, 7, 30)), Some(6));
    assert_eq!(leap(date(2033, 12, 25)), Some(11), "the disputed year 2033");
    assert_eq!(leap(date(2026, 7, 30)), None);
}

#[test]
fn clk_01_every_day_of_the_valid_years_goes_to_the_moon_and_back() {
    let mut day = date(*YEARS.start(), 3, 1);
    let mut before = lunar_of(day).unwrap();
    while day < date(2100, 12, 31) {
        day = day.tomorrow().unwrap();
        let lunar = lunar_of(day).unwrap();
        if lunar.day == 1 {
            assert!(before.day >= 29, "{day}");
        } else {
            assert_eq!(LunarDate { day: before.day + 1, ..before }, lunar, "{day}");
        }
        if !lunar.leap && YEARS.contains(&lunar.year) && day.day() % 7 == 0 {
            assert_eq!(solar_of(lunar.year, lunar.month, lunar.day), Some(day));
        }
        before = lunar;
    }
}

#[test]
fn clk_01_a_date_that_does_not_exist_has_no_day() {
    assert_eq!(solar_of(2025, 12, 30), None, "tháng Chạp năm Ất Tỵ has 29 days");
    assert_eq!(solar_of(2025, 13, 1), None);
    assert_eq!(solar_of(1974, 1, 1), None);
    assert_eq!(lunar_of(date(2101, 1, 1)), None);
}
