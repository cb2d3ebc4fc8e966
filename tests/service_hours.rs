//! What must hold for any hours, any life of a ticket and any promise: many cases from a fixed seed,
//! and the answers of the slowest possible reader, who looks at every minute.

use carnet::estate::service_hours::{Calendar, Closure, Promise, PublicHolidays, read};
use carnet::estate::service_levels::Standing;
use carnet::estate::service_levels::clock::{End, Life, measure};
use carnet::project::{Duration, time_zone};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Numbers that look drawn by chance and are always the same (xorshift64*, Vigna 2016).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From zero up to, and without, `end`.
    fn below(&mut self, end: i64) -> i64 {
        let end = u64::try_from(end).expect("positive");
        i64::try_from((self.next() >> 33) % end).expect("small")
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let place = self.below(i64::try_from(of.len()).expect("short"));
        &of[usize::try_from(place).expect("small")]
    }

    /// A minute of 2025 to 2027.
    fn moment(&mut self) -> Timestamp {
        let start = "2025-01-01T00:00Z".parse::<Timestamp>().expect("a moment");
        start + SignedDuration::from_mins(self.below(3 * 525_600))
    }
}

const HOURS: [&str; 8] = [
    "lun-ven 8:00-18:00",
    "lun-ven 8:00-12:00, 13:30-18:00",
    "lun-jeu 9:00-12:30, 14:00-18:00 ; ven 9:00-12:30, 14:00-17:00",
    "lun-sam 7:00-20:00",
    "24 h/24, 7 j/7",
    "lun-ven 18:00-08:00, week-ends et jours fériés",
    "ven 22:00-06:00",
    "tous les jours 1:30-3:15",
];

fn calendars() -> Vec<Calendar> {
    let zones = ["Europe/Paris", "Indian/Reunion", "America/Miquelon"];
    let regions = [
        PublicHolidays::France,
        PublicHolidays::AlsaceMoselle,
        PublicHolidays::None,
    ];
    let august = Closure {
        from: date(2026, 8, 3),
        to: date(2026, 8, 16),
    };
    let mut calendars = Vec::new();
    for (place, text) in HOURS.iter().enumerate() {
        let hours = read(text).expect("readable");
        let zone = time_zone(zones[place % 3]).expect("a zone");
        let closures = if place % 2 == 0 {
            vec![august]
        } else {
            Vec::new()
        };
        calendars.push(Calendar::new(hours, regions[place % 3], closures, zone));
    }
    calendars
}

fn promise(chance: &mut Chance) -> Promise {
    let minutes = i32::try_from(chance.below(3000)).expect("small");
    let days = i32::try_from(chance.below(6)).expect("small");
    let length = match chance.below(3) {
        0 => Duration {
            days,
            ..Duration::default()
        },
        1 => Duration {
            days,
            minutes,
            ..Duration::default()
        },
        _ => Duration {
            minutes,
            ..Duration::default()
        },
    };
    Promise {
        length,
        end_of_day: chance.below(4) == 0,
    }
}

/// A life of up to six pauses within some weeks.
fn life(chance: &mut Chance) -> Life {
    let opened = chance.moment();
    let mut at = opened;
    let mut pauses = Vec::new();
    for _ in 0..chance.below(7) {
        let from = at + SignedDuration::from_mins(chance.below(3000));
        let to = from + SignedDuration::from_mins(chance.below(5000));
        pauses.push([from, to]);
        at = to;
    }
    let last = at + SignedDuration::from_mins(chance.below(4000));
    let end = match chance.below(3) {
        0 => End::Reached(last),
        1 => End::Running(last),
        _ => End::Paused {
            since: at,
            now: last,
        },
    };
    Life {
        opened,
        pauses,
        end,
    }
}

#[test]
fn a_pause_split_in_two_never_changes_a_due_time() {
    let calendars = calendars();
    let mut chance = Chance(0x00C0_FFEE);
    let mut split = 0;
    for _ in 0..20_000 {
        let calendar = chance.one(&calendars);
        let (promise, whole) = (promise(&mut chance), life(&mut chance));
        let mut parted = whole.clone();
        parted.pauses.clear();
        for [from, to] in &whole.pauses {
            let minutes = (to.as_second() - from.as_second()) / 60;
            let middle = *from + SignedDuration::from_mins(chance.below(minutes + 1));
            parted.pauses.extend([[*from, middle], [middle, *to]]);
            split += 1;
        }
        assert_eq!(
            measure(calendar, promise, &whole),
            measure(calendar, promise, &parted),
            "{promise:?} {whole:?}"
        );
    }
    assert!(split > 20_000);
}

#[test]
fn open_time_adds_up() {
    let calendars = calendars();
    let mut chance = Chance(0xBEEF);
    for _ in 0..20_000 {
        let calendar = chance.one(&calendars);
        let mut moments = [(); 3].map(|()| chance.moment());
        moments.sort();
        let [a, b, c] = moments;
        let parts = calendar.open_between(a, b) + calendar.open_between(b, c);
        assert_eq!(parts, calendar.open_between(a, c), "{a} {b} {c}");
        assert_eq!(calendar.open_between(b, a), SignedDuration::ZERO);
    }
}

#[test]
fn what_runs_until_the_due_time_is_what_was_promised() {
    let calendars = calendars();
    let mut chance = Chance(0xF00D);
    for _ in 0..20_000 {
        let calendar = chance.one(&calendars);
        let from = chance.moment();
        let open = SignedDuration::from_mins(1 + chance.below(5000));
        let due = calendar.later(from, open).expect("a due time");
        assert_eq!(calendar.open_between(from, due), open);
        // It is the first such moment: a second before, a second was left.
        let before = due - 1.second();
        let left = open - calendar.open_between(from, before);
        assert_eq!(left, SignedDuration::from_secs(1));
    }
}

#[test]
fn due_times_never_go_back() {
    let calendars = calendars();
    let mut chance = Chance(0x00DE_CADE);
    for _ in 0..20_000 {
        let calendar = chance.one(&calendars);
        let promise = promise(&mut chance);
        let (first, later) = (
            chance.moment(),
            SignedDuration::from_mins(chance.below(9000)),
        );
        let due = |from| calendar.due(from, promise).expect("a due time");
        assert!(
            due(first) <= due(first + later),
            "{first} + {later:?} {promise:?}"
        );
        let mut longer = promise;
        longer.length.minutes += i32::try_from(chance.below(600)).expect("small");
        let longer = calendar.due(first, longer).expect("a due time");
        if promise.length.minutes > 0 {
            assert!(due(first) <= longer, "{first} {promise:?} {calendar:?}");
        }
        assert!(due(first) >= first || promise.length.minutes == 0);
    }
}

#[test]
fn kept_is_when_no_more_time_ran_than_was_promised() {
    let calendars = calendars();
    let mut chance = Chance(0x7EA);
    let (mut kept, mut missed) = (0, 0);
    for _ in 0..20_000 {
        let calendar = chance.one(&calendars);
        let minutes = i32::try_from(1 + chance.below(3000)).expect("small");
        let length = Duration {
            minutes,
            ..Duration::default()
        };
        let promise = Promise {
            length,
            end_of_day: false,
        };
        let life = life(&mut chance);
        let told = measure(calendar, promise, &life).expect("hours that open");
        let used = told.used.expect("an end");
        let allowed = SignedDuration::from_mins(i64::from(minutes));
        match told.standing {
            Standing::Kept | Standing::Running(_) | Standing::Paused(_) => {
                kept += 1;
                assert!(used <= allowed, "{life:?}");
            }
            Standing::Missed(by) | Standing::Late(by) => {
                missed += 1;
                assert_eq!(used - allowed, by, "{life:?}");
            }
            Standing::Unknown(why) => panic!("{why:?}"),
        }
    }
    assert!(kept > 2000 && missed > 2000, "{kept} kept, {missed} missed");
}

/// Whether a civil minute is open.
type IsOpen = fn(jiff::civil::DateTime) -> bool;

/// Whether a civil minute is open by the first and simplest of the texts above.
fn office(civil: jiff::civil::DateTime) -> bool {
    let is_workday = civil.weekday().to_monday_zero_offset() < 5;
    let holidays = PublicHolidays::France.in_year(civil.year());
    is_workday && (8..18).contains(&civil.hour()) && !holidays.contains(&civil.date())
}

#[test]
fn the_reader_of_every_minute_counts_the_same() {
    let zone = time_zone("Europe/Paris").expect("a zone");
    let texts: [(&str, IsOpen); 2] = [("lun-ven 8:00-18:00", office), ("24/7", |_| true)];
    let mut chance = Chance(0x5EED);
    for (text, is_open) in texts {
        let hours = read(text).expect("readable");
        let calendar = Calendar::new(hours, PublicHolidays::France, Vec::new(), zone.clone());
        for _ in 0..60 {
            let from = chance.moment();
            let minutes = chance.below(9000);
            let open = (0..minutes).filter(|minute| {
                let at = from + SignedDuration::from_mins(*minute);
                is_open(zone.to_datetime(at))
            });
            let counted = i64::try_from(open.count()).expect("few");
            let to = from + SignedDuration::from_mins(minutes);
            assert_eq!(
                calendar.open_between(from, to).as_mins(),
                counted,
                "{from} {to}"
            );
        }
    }
}
