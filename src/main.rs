//! The binary: hands over to the library's shell and exits with its code.

use std::process::ExitCode;

/// Two threads that make pages spend a sixth of their time in the system's allocator, and more in musl's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    carnet::run()
}
