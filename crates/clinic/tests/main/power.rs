//! A power cut at any acknowledgement: what was acknowledged had been synced before.
//!
//! A virtual file system under SQLite remembers, for each database file, its bytes at the last sync.
//! A power cut leaves exactly those: everything written since is gone. So a row that is still there after
//! a cut at the moment of its acknowledgement was committed durably before it was acknowledged.
#![allow(unsafe_code)] // SQLite's VFS interface is C; there is no safe one.

use std::{
    collections::HashMap,
    ffi::{CStr, c_char, c_int},
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex, Once},
};

use basics::SystemClock;
use clinic::*;
use rusqlite::{Connection, OpenFlags, ffi};

use crate::support::*;

const NAME: &CStr = c"durable";

/// Bytes at the last sync, by path.
static DURABLE: LazyLock<Mutex<HashMap<PathBuf, Vec<u8>>>> = LazyLock::new(Mutex::default);
/// Open files, by the address of their handle.
static OPEN: LazyLock<Mutex<HashMap<usize, Opened>>> = LazyLock::new(Mutex::default);

struct Opened {
    path: PathBuf,
    /// The platform's methods, of which only the sync is replaced.
    real: usize,
}

/// Registers the file system: the platform's own, with its open and sync watched.
fn register() {
    static ONCE: Once = Once::new();
    // SAFETY: the platform's VFS lives forever; the copy is leaked, so it does, too. Only `xOpen` is replaced.
    ONCE.call_once(|| unsafe {
        let mut copy = *ffi::sqlite3_vfs_find(std::ptr::null());
        copy.zName = NAME.as_ptr();
        copy.pNext = std::ptr::null_mut();
        copy.xOpen = Some(open);
        let registered = ffi::sqlite3_vfs_register(Box::leak(Box::new(copy)), 0);
        assert_eq!(registered, ffi::SQLITE_OK);
    });
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite hands over a valid name (or null) and room for the platform's file; the methods that
    // the platform put there are copied into memory that is never freed.
    unsafe {
        let platform = ffi::sqlite3_vfs_find(std::ptr::null());
        let Some(real_open) = (*platform).xOpen else {
            return ffi::SQLITE_ERROR;
        };
        let opened = real_open(platform, name, file, flags, out);
        if opened == ffi::SQLITE_OK && !name.is_null() && !(*file).pMethods.is_null() {
            let path = PathBuf::from(CStr::from_ptr(name).to_str().unwrap_or_default());
            let real = (*file).pMethods;
            let mut watched = *real;
            watched.xSync = Some(sync);
            let bytes = fs::read(&path).unwrap_or_default();
            DURABLE.lock().unwrap().entry(path.clone()).or_insert(bytes);
            OPEN.lock().unwrap().insert(
                file as usize,
                Opened {
                    path,
                    real: real as usize,
                },
            );
            (*file).pMethods = Box::leak(Box::new(watched));
        }
        opened
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    let (path, real) = {
        let open = OPEN.lock().unwrap();
        let opened = &open[&(file as usize)];
        (
            opened.path.clone(),
            opened.real as *const ffi::sqlite3_io_methods,
        )
    };
    // SAFETY: `real` is the platform's table of methods for this file, kept by `open`.
    let done = unsafe {
        (*real)
            .xSync
            .map_or(ffi::SQLITE_ERROR, |sync| sync(file, flags))
    };
    if done == ffi::SQLITE_OK {
        DURABLE
            .lock()
            .unwrap()
            .insert(path.clone(), fs::read(&path).unwrap());
    }
    done
}

/// Puts into `place` what a power cut would leave of the database in `record`.
fn cut(record: &Path, place: &Path) {
    for name in ["clinic.db", "clinic.db-wal"] {
        if let Some(bytes) = DURABLE.lock().unwrap().get(&record.join(name)) {
            fs::write(place.join(name), bytes).unwrap();
        }
    }
}

#[test]
fn what_was_acknowledged_survives_a_power_cut_at_that_moment() {
    register();
    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record");
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
    drop(Clinic::create(&record, setup(), keychain.clone(), Arc::new(SystemClock)).unwrap());
    let clinic = Clinic::open_with_vfs(
        &record,
        keychain.clone(),
        Arc::new(SystemClock),
        NAME.to_str().map(str::to_owned).ok(),
    )
    .unwrap();
    let session = clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    let session = clinic.session(session.id).unwrap();
    let permit = authorize(&session, Permission::WritePatients).unwrap();
    let mut acknowledged = Vec::new();
    for number in 0..12 {
        let who = who(&format!("Patient {number}"));
        let patient = clinic
            .write(&permit, "x", |c| c.create_patient(&who, false))
            .unwrap();
        acknowledged.push(patient.id);

        let after = tempfile::tempdir().unwrap();
        let copy = after.path().join("record");
        fs::create_dir_all(copy.join("vault/tmp")).unwrap();
        for name in ["keys.json", "journal.anchor"] {
            fs::copy(record.join(name), copy.join(name)).unwrap();
        }
        cut(&record, &copy);
        let survivor = Clinic::open(&copy, keychain.clone(), Arc::new(SystemClock)).unwrap();
        let session = survivor.sign_in("dora", &secret(PASSWORD)).unwrap();
        // The anchor, outside, was written after the commit and is not ahead of it.
        assert_eq!(survivor.journal_alarm(), None);
        let session = survivor.session(session.id).unwrap();
        let read = authorize(&session, Permission::ReadPatients).unwrap();
        for id in &acknowledged {
            survivor.patient(&read, *id).unwrap();
        }
    }
}

/// The same cut with `synchronous = NORMAL` loses rows: the test above can fail.
#[test]
fn the_power_cut_is_a_real_one() {
    register();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("clinic.db");
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let rows_after_cut = |mode: &str| {
        let db = Connection::open_with_flags_and_vfs(&path, flags, NAME).unwrap();
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        db.pragma_update(None, "synchronous", mode).unwrap();
        db.execute_batch(
            "CREATE TABLE IF NOT EXISTS t (x); PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM t;",
        )
        .unwrap();
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        for number in 0..10 {
            db.execute("INSERT INTO t VALUES (?1)", [number]).unwrap();
        }
        let place = tempfile::tempdir().unwrap();
        cut(dir.path(), place.path());
        let after = Connection::open(place.path().join("clinic.db")).unwrap();
        after
            .query_row("SELECT count(*) FROM t", [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(rows_after_cut("FULL"), 10);
    assert!(rows_after_cut("NORMAL") < 10);
}
