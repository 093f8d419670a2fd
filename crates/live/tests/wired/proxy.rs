//! A line through which a relay is reached, and which can break.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp},
    sync::watch,
};

pub(crate) struct Proxy {
    at: SocketAddr,
    /// How often it was cut, and whether it is frozen.
    state: watch::Sender<(u32, bool)>,
}

impl Proxy {
    pub(crate) async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let (state, watching) = watch::channel((0, false));
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let watching = watching.clone();
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(("127.0.0.1", port)).await else {
                        return;
                    };
                    let ((near_in, near_out), (far_in, far_out)) =
                        (near.into_split(), far.into_split());
                    let mut cut = watching.clone();
                    let cuts = cut.borrow().0;
                    tokio::select! {
                        () = pass(near_in, far_out, watching.clone()) => {}
                        () = pass(far_in, near_out, watching.clone()) => {}
                        _ = cut.wait_for(|(now, _)| *now > cuts) => {}
                    }
                });
            }
        });
        Self { at, state }
    }

    pub(crate) fn port(&self) -> u16 {
        self.at.port()
    }

    /// Breaks every connection.
    pub(crate) fn cut(&self) {
        self.state.send_modify(|(cuts, _)| *cuts += 1);
    }

    /// Holds every byte back, without a word.
    pub(crate) fn freeze(&self, frozen: bool) {
        self.state.send_modify(|(_, now)| *now = frozen);
    }
}

async fn pass(
    mut from: tcp::OwnedReadHalf,
    mut to: tcp::OwnedWriteHalf,
    mut watching: watch::Receiver<(u32, bool)>,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if watching.wait_for(|(_, frozen)| !frozen).await.is_err()
            || to.write_all(&bytes[..count]).await.is_err()
        {
            return;
        }
    }
}
