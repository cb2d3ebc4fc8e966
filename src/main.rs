//! The binary: hands over to the library's shell and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    carnet::run()
}
