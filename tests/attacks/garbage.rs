//! S-19: ten thousand connections that send what is no request, or almost one, and the server is as it was.

use super::*;

const CONNECTIONS: u64 = 10_000;

/// Numbers that are the same each time (xorshift), so that what fails can be looked at.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    /// Bytes of any kind, or a good request with a few of its bytes changed, taken out or doubled.
    fn stream(&mut self, request: &str) -> Vec<u8> {
        if self.next(3) == 0 {
            let length = self.next(600);
            return (0..length).map(|_| self.byte()).collect();
        }
        let mut bytes = request.as_bytes().to_vec();
        for _ in 0..=self.next(6) {
            let at = self.next(bytes.len());
            match self.next(4) {
                0 => bytes[at] = self.byte(),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, self.byte()),
                _ => bytes.truncate(at + 1),
            }
            if bytes.is_empty() {
                break;
            }
        }
        bytes
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.next(256)).unwrap()
    }
}

#[test]
fn ten_thousand_streams_of_garbage_change_nothing() {
    let _alone = alone();
    let served = Served::start("");
    served.patience();
    let (memory, threads) = (served.counts("VmRSS"), served.counts("Threads"));
    let request = served.request().replace(
        "\r\n\r\n",
        "\r\nRange: bytes=0-9\r\nContent-Length: 0\r\nAccept: */*\r\n\r\n",
    );
    let (mut answered, mut refused) = (0_u64, 0_u64);
    let workers: Vec<_> = (1..=8_u64)
        .map(|seed| {
            let (address, request) = (served.address, request.clone());
            std::thread::spawn(move || {
                let mut chance = Chance((seed << 32) | 0x9e37_79b9);
                let mut statuses = Vec::new();
                for turn in 0..CONNECTIONS / 8 {
                    // Among the garbage, a good request is answered as ever.
                    let is_good = turn % 25 == 0;
                    let bytes = if is_good {
                        request
                            .replace("Accept", "Connection: close\r\nAccept")
                            .into_bytes()
                    } else {
                        chance.stream(&request)
                    };
                    let mut stream = TcpStream::connect(address).unwrap();
                    stream
                        .set_read_timeout(Some(Duration::from_secs(20)))
                        .unwrap();
                    let _ = stream.write_all(&bytes);
                    if !is_good {
                        let _ = stream.shutdown(std::net::Shutdown::Write);
                    }
                    let mut answer = Vec::new();
                    let _ = stream.read_to_end(&mut answer);
                    let answer = String::from_utf8_lossy(&answer);
                    let status = answer.get(9..12).map(str::to_owned);
                    assert!(!is_good || status.as_deref() == Some("206"), "{answer}");
                    statuses.push(status);
                }
                statuses
            })
        })
        .collect();
    for worker in workers {
        for status in worker.join().unwrap().into_iter().flatten() {
            let known = [
                "200", "206", "302", "400", "403", "404", "405", "413", "416", "431",
            ];
            assert!(known.contains(&status.as_str()), "{status}");
            *(if status.starts_with('2') {
                &mut answered
            } else {
                &mut refused
            }) += 1;
        }
    }
    assert!(served.patience() < Duration::from_secs(1));
    let grown = served.counts("VmRSS").saturating_sub(memory);
    let now = served.counts("Threads");
    println!("S-19: {answered} answered, {refused} refused of {CONNECTIONS}, {grown} KiB more");
    assert!(refused > CONNECTIONS / 4 && answered > CONNECTIONS / 50);
    assert!(grown < 32 << 10, "{grown} KiB");
    assert!(now < threads + 20, "{threads} → {now} threads");
    assert!(!served.has_panicked());
}
