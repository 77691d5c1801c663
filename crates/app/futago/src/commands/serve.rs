//! `futago serve`: the public page from a folder, on this machine.
//!
//! Any web server can serve the page; this one is for trying it out and for a room without a connection. It listens
//! on this machine only, unless `--address` says otherwise. Files compressed beforehand are sent where a browser
//! takes them; the page itself is asked for anew each time, since it names the rest.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use anyhow::Context;
use axum::Router;
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Response};
use futago_texts::Texts;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::cli::ServeArgs;
use crate::failure::{Failure, io_words};
use crate::print;

pub fn run(args: &ServeArgs, texts: &Texts) -> anyhow::Result<()> {
    if !args.folder.join("index.html").is_file() {
        let folder = args.folder.display().to_string();
        return Err(Failure::wrong_use(texts, "cli-serve-no-page", &[("folder", folder.into())]).into());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().context("starting")?;
    runtime.block_on(serve(&args.folder, args.address, args.port, texts))
}

async fn serve(folder: &Path, address: IpAddr, port: u16, texts: &Texts) -> anyhow::Result<()> {
    let at = SocketAddr::new(address, port);
    let busy = |error: std::io::Error| {
        let args = [("address", at.to_string().into()), ("why", io_words(texts, &error).into())];
        Failure::failed(texts, "cli-serve-busy", &args)
    };
    let listener = tokio::net::TcpListener::bind(at).await.map_err(busy)?;
    let url = format!("http://{}/", listener.local_addr().map_err(busy)?);
    print::answer(texts, &texts.format("cli-serve-at", &[("url", url.into())]))?;
    axum::serve(listener, router(folder)).await.context("serving")?;
    Ok(())
}

fn router(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br();
    Router::new()
        .fallback_service(files)
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, kept_for))
        .layer(SetResponseHeaderLayer::if_not_present(
            X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
}

/// Every file is asked for again, and sent again only when it changed.
#[expect(clippy::unnecessary_wraps, reason = "the layer wants an option")]
fn kept_for<B>(_: &Response<B>) -> Option<HeaderValue> {
    Some(HeaderValue::from_static("no-cache"))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpStream};

    use super::*;

    /// What the server answers to a request of a path, headers first.
    fn answer(folder: &Path, path: &str, headers: &str) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        let router = router(folder);
        std::thread::spawn(move || {
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                axum::serve(listener, router).await.unwrap();
            });
        });
        let mut stream = TcpStream::connect(told.recv().unwrap()).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn types_are_right_and_small_files_are_sent_to_who_takes_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        file("index.html", "<p>page</p>");
        file("a.wasm", "long");
        file("a.wasm.br", "short");
        let page = answer(folder.path(), "/", "");
        assert!(
            page.starts_with("HTTP/1.1 200") && page.contains("text/html") && page.ends_with("<p>page</p>"),
            "{page}"
        );
        let plain = answer(folder.path(), "/a.wasm", "").to_lowercase();
        assert!(plain.contains("application/wasm") && plain.ends_with("long"), "{plain}");
        let small = answer(folder.path(), "/a.wasm", "Accept-Encoding: br\r\n").to_lowercase();
        assert!(small.contains("content-encoding: br") && small.ends_with("short"), "{small}");
        assert!(small.contains("nosniff"), "{small}");
    }

    #[test]
    fn nothing_outside_of_the_folder_is_served() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("page")).unwrap();
        std::fs::write(folder.path().join("secret"), "secret").unwrap();
        for path in ["/../secret", "/%2e%2e/secret", "/..%2fsecret"] {
            let said = answer(&folder.path().join("page"), path, "");
            assert!(said.starts_with("HTTP/1.1 404") && !said.contains("secret"), "{path}: {said}");
        }
    }
}
