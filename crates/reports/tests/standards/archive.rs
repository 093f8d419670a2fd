//! A real archive (Orthanc) takes both objects, files them with their source, draws the image and gives the
//! report back whole. It answers this machine alone and speaks no DICOM network here.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use basics::Language;
use reports::dicom::{secondary_capture, structured_report};
use serde_json::{Value, json};

use crate::{Case, has, root, said};

const PROGRAM: &str = "/usr/sbin/Orthanc";

struct Archive {
    child: Child,
    base: String,
    _folder: tempfile::TempDir,
}

impl Archive {
    async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let folder = tempfile::tempdir().unwrap();
        let settings = json!({
            "Name": "test", "StorageDirectory": folder.path(), "IndexDirectory": folder.path(),
            "HttpPort": port, "RemoteAccessAllowed": false, "AuthenticationEnabled": false,
            "DicomServerEnabled": false, "Plugins": [],
        });
        let file = folder.path().join("settings.json");
        std::fs::write(&file, settings.to_string()).unwrap();
        let program = Command::new(PROGRAM)
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let archive = Self {
            child: program.unwrap(),
            base: format!("http://127.0.0.1:{port}"),
            _folder: folder,
        };
        for _ in 0..300 {
            if reqwest::get(format!("{}/system", archive.base))
                .await
                .is_ok()
            {
                return archive;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("the archive does not start");
    }

    async fn get(&self, path: &str) -> Vec<u8> {
        let answer = reqwest::get(format!("{}{path}", self.base)).await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.bytes().await.unwrap().to_vec()
    }

    async fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.get(path).await).unwrap()
    }

    /// The archive's id of the instance, and how it took it.
    async fn store(&self, file: Vec<u8>) -> (String, String) {
        let sent = reqwest::Client::new()
            .post(format!("{}/instances", self.base))
            .body(file);
        let answer = sent.send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
        let told: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        let text = |key: &str| told[key].as_str().unwrap().to_owned();
        (text("ID"), text("Status"))
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn an_archive_files_draws_and_returns_them() {
    if !has(PROGRAM) || !has("dsrdump") {
        return;
    }
    let archive = Archive::start().await;
    let case = Case::new(Language::Ar, "chest-rsna.dcm");
    let film = std::fs::read(root().join("assets/samples/chest-rsna.dcm")).unwrap();
    archive.store(film).await;
    let map = secondary_capture(&case.document, 1, &case.pictures[1], &case.source).unwrap();
    let report = structured_report(&case.document, std::slice::from_ref(&case.source)).unwrap();
    let (map_id, _) = archive.store(map.clone()).await;
    let (report_id, _) = archive.store(report.clone()).await;
    assert_eq!(
        archive.store(map).await.1,
        "AlreadyStored",
        "a second export is the same instance"
    );

    let studies = archive.json("/studies").await;
    assert_eq!(studies.as_array().unwrap().len(), 1, "one study: {studies}");
    let study = archive
        .json(&format!("/studies/{}", studies[0].as_str().unwrap()))
        .await;
    assert_eq!(study["Series"].as_array().unwrap().len(), 3);

    let tags = archive
        .json(&format!("/instances/{map_id}/simplified-tags"))
        .await;
    assert_eq!(tags["SeriesDescription"], "AI map – not for diagnosis");
    assert_eq!(tags["ImageType"], "DERIVED\\SECONDARY");

    let preview = archive.get(&format!("/instances/{map_id}/preview")).await;
    let drawn = image::load_from_memory(&preview).unwrap().to_rgb8();
    let picture = &case.pictures[1];
    assert_eq!(drawn.width(), picture.width);
    assert_eq!(
        drawn.as_raw()[..picture.bytes.len()],
        picture.bytes,
        "drawn bit for bit"
    );
    assert!(
        drawn.as_raw()[picture.bytes.len()..].contains(&0xFF),
        "with words below it"
    );

    let back = archive.get(&format!("/instances/{report_id}/file")).await;
    assert_eq!(back, report);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), back).unwrap();
    let (good, dump) = said(
        Command::new("dsrdump")
            .args(["+U8", "+Pl"])
            .arg(file.path()),
    );
    assert!(good, "{dump}");
    let impression = case.document.text.impression.expose();
    let start: String = impression.chars().take(20).collect();
    assert!(dump.contains(&start), "{dump}");
}
