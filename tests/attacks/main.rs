//! The acceptance tests S-13 to S-19: attacks on `carnet serve` as it is installed, with its own limits, watched from
//! outside: its threads, its memory, its patience with others. A process of its own, for the file descriptors they take.
#![cfg(target_os = "linux")]

mod garbage;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// One attack at a time: together they would take more descriptors than a process has, and each other's patience.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A served project.
struct Served {
    _folder: TempDir,
    address: SocketAddr,
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Serves after a line of shell.
    fn start(before: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("carnet.yaml"),
            "title: Essai\nas_of: 2026-11-20\n",
        )
        .unwrap();
        let line = format!("{before}\nexec \"$0\" serve --no-history --port 0 --root \"$1\"");
        let mut child = Command::new("sh")
            .args(["-c", &line, env!("CARGO_BIN_EXE_carnet")])
            .arg(folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let ready = lines.next().expect("a line with the address").unwrap();
        let address = ready.split("http://").nth(1);
        let address = address.unwrap_or_else(|| panic!("{ready}"));
        let address = address.split('/').next().unwrap().parse().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                *heard.lock().unwrap() += &line;
            }
        });
        Self {
            _folder: folder,
            address,
            child,
            said,
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        let patience = Some(Duration::from_secs(20));
        stream.set_read_timeout(patience).unwrap();
        stream
    }

    fn request(&self) -> String {
        format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", self.address)
    }

    /// How long a good client waits for the home page, on a connection of its own.
    fn patience(&self) -> Duration {
        let started = Instant::now();
        let mut stream = self.connect();
        let closing = self.request().replace("Host", "Connection: close\r\nHost");
        stream.write_all(closing.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer:.80}");
        started.elapsed()
    }

    /// A number that the system knows of the process: `Threads`, or `VmRSS` in KiB.
    fn counts(&self, what: &str) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let mut lines = status.lines();
        let line = lines.find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
        let number = line.unwrap().trim().trim_end_matches(" kB");
        number.parse().unwrap()
    }

    fn has_panicked(&self) -> bool {
        self.said.lock().unwrap().contains("panicked")
    }
}

#[test]
fn five_hundred_slow_clients_hold_no_thread_and_not_for_long() {
    let _alone = alone();
    let served = Served::start("");
    let mut times: Vec<Duration> = (0..5).map(|_| served.patience()).collect();
    times.clear();
    let before = served.counts("Threads");
    let request = served.request();
    let started = Instant::now();
    let mut slow: Vec<TcpStream> = (0..500).map(|_| served.connect()).collect();
    let mut most = 0;
    for byte in request.bytes().take(9) {
        for stream in &mut slow {
            stream.write_all(&[byte]).unwrap();
        }
        let round = Instant::now();
        while round.elapsed() < Duration::from_millis(900) {
            times.push(served.patience());
            std::thread::sleep(Duration::from_millis(20));
        }
        most = most.max(served.counts("Threads"));
    }
    for stream in &mut slow {
        assert!(matches!(stream.read(&mut [0; 16]), Ok(0) | Err(_)));
    }
    assert!(started.elapsed() < Duration::from_secs(14));
    times.sort_unstable();
    let (p99, last) = (times[times.len() * 99 / 100], times[times.len() - 1]);
    println!(
        "S-13: {} good clients, p99 {p99:?}, longest {last:?}, {before} → {most} threads",
        times.len()
    );
    assert!(p99 < Duration::from_millis(500), "{p99:?}");
    assert!(most < before + 20, "{before} → {most} threads");
}

#[test]
fn without_descriptors_it_goes_on() {
    let _alone = alone();
    let served = Served::start("ulimit -n 64");
    served.patience();
    let mut many: Vec<TcpStream> = (0..200).map(|_| served.connect()).collect();
    // Even now, and not only for those who come after.
    let started = Instant::now();
    let request = served.request();
    let last = many.last_mut().unwrap();
    last.write_all(request.as_bytes()).unwrap();
    assert!(last.read(&mut [0; 16]).unwrap() > 0);
    assert!(started.elapsed() < Duration::from_secs(5));
    drop(many);
    assert!(served.patience() < Duration::from_secs(5));
    assert!(!served.has_panicked());
}

#[test]
fn a_head_without_end_is_cut_and_not_kept() {
    let _alone = alone();
    let served = Served::start("");
    served.patience();
    let before = served.counts("VmRSS");
    for piece in ["x".repeat(1 << 16), "X: y\r\n".repeat(10_000)] {
        let mut stream = served.connect();
        write!(stream, "GET / HTTP/1.1\r\nX: ").unwrap();
        let mut reading = stream.try_clone().unwrap();
        let answer = std::thread::spawn(move || {
            let mut answer = Vec::new();
            let _ = reading.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).into_owned()
        });
        let mut sent = 0;
        while sent < 1 << 30 && stream.write_all(piece.as_bytes()).is_ok() {
            sent += piece.len();
        }
        assert!(sent < 64 << 20, "{sent} bytes were taken");
        let answer = answer.join().unwrap();
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer:.80}");
    }
    let grown = served.counts("VmRSS").saturating_sub(before);
    assert!(grown < 16 << 10, "{grown} KiB");
}

#[test]
fn requests_whose_answers_nobody_reads_do_not_pile_up() {
    let _alone = alone();
    let served = Served::start("");
    served.patience();
    let before = served.counts("VmRSS");
    let thousand = served.request().repeat(1000);
    let mut flooding: Vec<TcpStream> = (0..32).map(|_| served.connect()).collect();
    for stream in &mut flooding {
        let patience = Some(Duration::from_millis(100));
        stream.set_write_timeout(patience).unwrap();
        for _ in 0..1000 {
            if stream.write_all(thousand.as_bytes()).is_err() {
                break;
            }
        }
    }
    assert!(served.patience() < Duration::from_secs(1));
    let grown = served.counts("VmRSS").saturating_sub(before);
    println!("S-18: {grown} KiB for 32 floods");
    assert!(grown < 64 << 10, "{grown} KiB");
}
