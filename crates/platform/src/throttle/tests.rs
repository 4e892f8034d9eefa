//! Who is slowed down, and who never is: tables by a fixed clock.

use super::*;
use crate::config::Guessing;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;

fn login() -> Limiter<String> {
    Limiter::new(Guessing::default().login)
}

fn miss(limiter: &Limiter<String>, key: &String, now: Millis) -> Result<(), SlowDown> {
    let held = limiter.admit(key, now)?;
    limiter.missed(key, now);
    drop(held);
    Ok(())
}

#[test]
fn the_delay_starts_after_five_misses_doubles_and_never_passes_fifteen_minutes() {
    let limits = Guessing::default().login;
    assert_eq!([0, 4, 5, 6, 7].map(|n| limits.delay_after(n)), [0, 0, 5_000, 10_000, 20_000]);
    assert_eq!(limits.delay_after(12), 640_000);
    assert_eq!([13, u32::MAX].map(|n| limits.delay_after(n)), [15 * MINUTE; 2]);
}

#[test]
fn the_sixth_try_in_a_row_waits_and_is_heard_when_the_wait_is_over() {
    let (limiter, key) = (login(), "lan".to_owned());
    for _ in 0..5 {
        assert_eq!(miss(&limiter, &key, 0), Ok(()));
    }
    assert_eq!(miss(&limiter, &key, 1_000), Err(SlowDown { wait: 4_000 }));
    assert_eq!(miss(&limiter, &key, 4_999), Err(SlowDown { wait: 1 }));
    assert_eq!(miss(&limiter, &key, 5_000), Ok(()));
    assert_eq!(miss(&limiter, &key, 5_000), Err(SlowDown { wait: 10_000 }));
}

/// A day of knocking at one login as fast as it is heard.
#[test]
fn a_guesser_of_one_password_gets_a_hundred_tries_a_day() {
    let (limiter, key) = (login(), "lan".to_owned());
    let heard = (0..24 * 3_600).filter(|second| miss(&limiter, &key, second * 1_000).is_ok()).count();
    assert!((90..=110).contains(&heard), "{heard}");
}

#[test]
fn the_right_password_clears_a_login_and_good_tries_at_once_disturb_nobody() {
    let (limiter, key) = (login(), "lan".to_owned());
    for _ in 0..5 {
        miss(&limiter, &key, 0).unwrap();
    }
    limiter.succeeded(&key);
    let held: Vec<_> = (0..5).map(|_| limiter.admit(&key, 0).unwrap()).collect();
    assert_eq!(limiter.admit(&key, 0).map(drop), Err(WHILE_OTHERS_TRY), "five may be wrong, no more");
    drop(held);
    assert_eq!(limiter.admit(&key, 0).map(drop), Ok(()));
    assert_eq!(limiter.remembered(), 0, "nothing is left of good tries");
}

#[test]
fn parallel_guesses_are_bounded_like_those_in_a_row() {
    let (limiter, key) = (login(), "lan".to_owned());
    for _ in 0..3 {
        miss(&limiter, &key, 0).unwrap();
    }
    let held: Vec<_> = (0..1_000).filter_map(|_| limiter.admit(&key, 0).ok()).collect();
    assert_eq!(held.len(), 2);
}

#[test]
fn what_was_remembered_elsewhere_counts_and_never_lowers_what_is_known_here() {
    let (limiter, key) = (login(), "lan".to_owned());
    let of = |misses: Millis, last_at| Debt { even_at: last_at + misses * HOUR, last_at };
    limiter.learn(&key, of(6, 1_000), 2_000);
    assert_eq!(miss(&limiter, &key, 2_000), Err(SlowDown { wait: 9_000 }));
    limiter.learn(&key, of(1, 0), 2_000);
    assert_eq!(miss(&limiter, &key, 2_000), Err(SlowDown { wait: 9_000 }));
    limiter.learn(&key, of(6, 5_000), 11_000);
    assert_eq!(miss(&limiter, &key, 11_000), Err(SlowDown { wait: 4_000 }));
}

#[test]
fn everything_is_forgiven_in_time_and_a_flood_is_not_held_against_an_address_for_ever() {
    let (limiter, key) = (login(), "lan".to_owned());
    for step in 0..20 {
        miss(&limiter, &key, step * 15 * MINUTE).unwrap();
    }
    let later = 20 * 15 * MINUTE + limiter.limits().most_debt();
    for _ in 0..5 {
        assert_eq!(miss(&limiter, &key, later), Ok(()));
    }
    let lookup = Limiter::new(Guessing::default().lookup);
    for _ in 0..100_000 {
        lookup.missed(&key, 0);
    }
    assert!(lookup.check(&key, 1).is_err());
    assert_eq!(lookup.check(&key, LONGEST_GRUDGE + 1), Ok(()));
}

/// A hall or a kiosk that asks so often a minute and mistypes one in so many, for ten hours.
#[test]
fn trk_01_a_busy_hall_that_mistypes_now_and_then_is_never_refused() {
    for (a_minute, one_in) in [(60, 50), (10, 20), (60, 20), (200, 50), (1, 2)] {
        let (limiter, key) = (Limiter::new(Guessing::default().lookup), "hall".to_owned());
        for n in 0..600 * a_minute {
            let now = n * MINUTE / a_minute;
            assert_eq!(limiter.check(&key, now), Ok(()), "{a_minute} a minute, try {n}");
            if n % one_in == 0 {
                limiter.missed(&key, now);
            }
        }
    }
}

#[test]
fn trk_01_whoever_only_guesses_codes_is_heard_ten_times_a_minute_at_most() {
    let (limiter, key) = (Limiter::new(Guessing::default().lookup), "guesser".to_owned());
    let mut heard = 0;
    for n in 0..10 * 3_600 {
        if limiter.check(&key, n * 1_000).is_ok() {
            limiter.missed(&key, n * 1_000);
            heard += 1;
        }
    }
    assert!(heard <= 50 + 600 * 10 + 10 && heard > 600, "{heard} of 36000");
}

#[test]
fn adm_03_a_centre_that_signs_in_by_one_address_with_typing_errors_is_never_refused() {
    let (limiter, key) = (Limiter::new(Guessing::default().address), "centre".to_owned());
    for n in 0..36_000 {
        let now = n * 1_000;
        let held = limiter.admit(&key, now).unwrap_or_else(|slow| panic!("second {n}: {slow}"));
        if n % 50 == 0 {
            limiter.missed(&key, now);
        }
        drop(held);
    }
    let together: Vec<_> = (0..32).map(|_| limiter.admit(&key, 36_000_000).unwrap()).collect();
    assert_eq!(together.len(), 32, "a morning's rush");
}

#[test]
fn a_flood_of_invented_keys_stays_within_bounds_and_does_not_free_the_guesser() {
    let limiter = Limiter { capacity: 64, ..login() };
    let guesser = "guesser".to_owned();
    for _ in 0..5 {
        miss(&limiter, &guesser, 0).unwrap();
    }
    for n in 0..10_000 {
        miss(&limiter, &format!("invented-{n}"), 1).unwrap();
    }
    assert!(limiter.remembered() <= 64);
    assert!(miss(&limiter, &guesser, 2).is_err());
}

#[test]
fn addresses_of_one_subscriber_count_as_one() {
    let of = |text: &str| subscriber(text.parse().unwrap());
    assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
}
