#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    motcua::cli::main()
}
