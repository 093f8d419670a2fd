-- Clinical notes: one for each consultation, in versions that never change. What a version says is
-- opaque here (JSON); `words` is the same as plain text, without what was struck out, to be searched.

CREATE TABLE notes (
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           BLOB NOT NULL UNIQUE,
    consultation INTEGER NOT NULL UNIQUE REFERENCES consultations (key),
    author       BLOB NOT NULL,
    created      INTEGER NOT NULL
) STRICT;

-- From 1 without gaps. A signed version has all of hash, signature and key; others none of them.
CREATE TABLE note_versions (
    note       INTEGER NOT NULL REFERENCES notes (key),
    version    INTEGER NOT NULL CHECK (version > 0),
    kind       TEXT NOT NULL CHECK (kind IN ('drafted', 'edited', 'signed')),
    by         BLOB NOT NULL,
    at         INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    content    BLOB NOT NULL,
    words      TEXT NOT NULL,
    sha256     BLOB CHECK (length(sha256) = 32),
    signature  BLOB CHECK (length(signature) = 64),
    public_key BLOB CHECK (length(public_key) = 32),
    PRIMARY KEY (note, version),
    CHECK ((kind = 'signed') = (sha256 IS NOT NULL AND signature IS NOT NULL AND public_key IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER notes_come_new BEFORE INSERT ON notes
    WHEN EXISTS (SELECT 1 FROM notes
                 WHERE key = new.key OR id = new.id OR consultation = new.consultation)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER notes_stay BEFORE UPDATE ON notes
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER notes_are_kept BEFORE DELETE ON notes
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER note_versions_follow BEFORE INSERT ON note_versions
    WHEN new.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM note_versions WHERE note = new.note)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER note_versions_stay BEFORE UPDATE ON note_versions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER note_versions_are_kept BEFORE DELETE ON note_versions
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
