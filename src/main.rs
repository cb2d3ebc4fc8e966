//! The binary: hands over to the library's shell.

fn main() {}
