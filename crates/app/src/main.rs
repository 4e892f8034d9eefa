#![forbid(unsafe_code)]

/// Pages and slips are many small pieces of text from many threads; the system's own allocator takes a sixth of their time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    motcua::cli::main()
}
