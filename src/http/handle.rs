//! A server that runs, for whoever started it: how it is stopped, by a call or by the system's signals.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread::JoinHandle;

use tokio::runtime::{Builder, Handle as Inside};
use tokio::sync::watch;

use crate::http::hosts::Hosts;
use crate::http::limits::Limits;
use crate::http::places::Places;
use crate::http::serving::{self, Host, Serving};

/// A server that runs on threads of its own. Dropping this lets it run on.
#[derive(Debug)]
pub struct Handle {
    stop: watch::Sender<bool>,
    inside: Inside,
    thread: JoinHandle<()>,
}

impl Handle {
    pub(super) fn start(
        listener: TcpListener,
        hosts: Hosts,
        limits: Limits,
        host: Host,
    ) -> io::Result<Self> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(limits.answers)
            .thread_name("answer")
            .build()?;
        listener.set_nonblocking(true)?;
        let inside = runtime.handle().clone();
        let listener = {
            let _inside = inside.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stops) = watch::channel(false);
        let serving = Arc::new(Serving {
            host,
            hosts,
            limits: Arc::new(limits),
            places: Arc::new(Places::default()),
            stop: stops,
        });
        let thread = std::thread::Builder::new()
            .name("http".to_owned())
            .spawn(move || {
                runtime.block_on(serving::run(listener, serving));
                // Answers that take longer than the server waits for are nobody's any more.
                runtime.shutdown_background();
            })?;
        Ok(Self {
            stop,
            inside,
            thread,
        })
    }

    /// Accepts nothing more, lets requests under way end within [`Limits::stop`], and returns when all is closed.
    pub fn stop(self) {
        self.stop.send_replace(true);
        // The thread ends by itself; had it panicked, there would be nothing left to stop.
        let _ = self.thread.join();
    }

    /// Calls `act` once, when the system asks the process to end: Ctrl+C, or a service manager's SIGTERM.
    pub fn on_signal(&self, act: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let signal = {
            let _inside = self.inside.enter();
            signal()?
        };
        self.inside.spawn(async move {
            signal.await;
            act();
        });
        Ok(())
    }

    /// Runs until the system asks the process to end, then stops.
    pub fn wait_for_signal_then_stop(self) -> io::Result<()> {
        let (send, receive) = channel();
        self.on_signal(move || {
            let _ = send.send(());
        })?;
        // Ends too when the server's thread does.
        let _ = receive.recv();
        self.stop();
        Ok(())
    }
}

#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn signal() -> io::Result<impl Future<Output = ()> + Send> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
