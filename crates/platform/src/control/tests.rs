use super::*;
use crate::shutdown::Shutdown;
use serde_json::json;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use tokio::task::spawn_blocking;

fn request(command: &str) -> Request {
    Request { command: command.into(), args: json!({"file": "holidays.csv"}) }
}

async fn answer(request: Request, lines: Lines) -> u8 {
    match request.command.as_str() {
        "import" => {
            lines.send(json!({"done": 1})).await;
            spawn_blocking(move || lines.send_blocking(json!({"exit": "a line may say so"}))).await.unwrap();
            0
        }
        "panic" => panic!("on purpose"),
        _ => 2,
    }
}

/// Asks a running server and gives back the lines and the code.
async fn ask(socket: PathBuf, request: Request) -> (Vec<Value>, Result<u8, CallError>) {
    spawn_blocking(move || {
        let mut lines = Vec::new();
        let code = call(&socket, &request, |line| lines.push(line.clone()));
        (lines, code)
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn a_command_is_done_by_the_server_its_lines_come_back_and_its_exit_code() {
    let data = tempfile::tempdir().unwrap();
    let socket = socket_path(data.path());
    let shutdown = Shutdown::new();
    let server = tokio::spawn(Control::bind(&socket).unwrap().serve(answer, shutdown.signal()));

    let (lines, code) = ask(socket.clone(), request("import")).await;
    assert_eq!(lines, [json!({"done": 1}), json!({"exit": "a line may say so"})]);
    assert_eq!(code.unwrap(), 0);
    assert_eq!(ask(socket.clone(), request("unknown")).await.1.unwrap(), 2);
    assert_eq!(ask(socket.clone(), request("panic")).await.1.unwrap(), 1);

    shutdown.request();
    server.await.unwrap();
    assert!(!socket.exists(), "the socket goes with the server");
}

#[tokio::test]
async fn the_socket_is_for_the_owner_alone_and_a_second_server_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let socket = socket_path(data.path());
    let _first = Control::bind(&socket).unwrap();
    assert_eq!(std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    let second = Control::bind(&socket).unwrap_err();
    assert!(matches!(second, BindError::Taken(_)), "{second}");
}

#[tokio::test]
async fn the_socket_of_a_crashed_server_is_cleared_away() {
    let data = tempfile::tempdir().unwrap();
    let socket = socket_path(data.path());
    // The standard library leaves the file behind, as a crash does.
    drop(UnixListener::bind(&socket).unwrap());
    assert!(socket.exists());
    Control::bind(&socket).unwrap();
}

#[tokio::test]
async fn nonsense_is_hung_up_on_and_the_server_lives() {
    let data = tempfile::tempdir().unwrap();
    let socket = socket_path(data.path());
    let shutdown = Shutdown::new();
    let _server = tokio::spawn(Control::bind(&socket).unwrap().serve(answer, shutdown.signal()));
    let path = socket.clone();
    spawn_blocking(move || {
        UnixStream::connect(path).unwrap().write_all(b"GET / HTTP/1.1\n").unwrap();
    })
    .await
    .unwrap();
    assert_eq!(ask(socket, request("import")).await.1.unwrap(), 0);
}

#[tokio::test]
async fn without_a_server_the_caller_learns_that_nobody_is_there() {
    let data = tempfile::tempdir().unwrap();
    let (_, code) = ask(socket_path(data.path()), request("import")).await;
    assert!(matches!(code, Err(CallError::NobodyThere)));
}

#[test]
fn a_server_that_dies_in_the_middle_leaves_the_end_unknown() {
    let data = tempfile::tempdir().unwrap();
    let socket = socket_path(data.path());
    let listener = UnixListener::bind(&socket).unwrap();
    let dying = std::thread::spawn(move || drop(listener.accept().unwrap()));
    let code = call(&socket, &request("import"), |_| {});
    dying.join().unwrap();
    assert!(matches!(code, Err(CallError::CutOff)), "{code:?}");
}

#[test]
fn a_request_never_prints_its_arguments() {
    let request = Request { command: "admin".into(), args: json!({"password": "s3cret"}) };
    assert!(!format!("{request:?}").contains("s3cret"));
}
