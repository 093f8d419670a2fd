-- Streams of sealed envelopes. Ids, keys and hashes are bytes; times are milliseconds since 1970.

CREATE TABLE streams (
    number     INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE,
    host       BLOB NOT NULL,
    door       INTEGER,                    -- the door's stream; NULL for a door's own
    opened     INTEGER NOT NULL,
    admitted   INTEGER NOT NULL DEFAULT 0,
    closed     INTEGER,                    -- 1 by its host, 2 expired
    token      BLOB UNIQUE,                -- SHA-256 of the guest's token; NULL once ended
    token_ends INTEGER,
    ends       INTEGER NOT NULL            -- not before this; a stream in use lasts on
) STRICT;
CREATE INDEX streams_by_door ON streams (door) WHERE door IS NOT NULL;
CREATE INDEX streams_by_end ON streams (ends);

CREATE TABLE doors (
    code     TEXT PRIMARY KEY,
    host     BLOB NOT NULL,
    stream   INTEGER NOT NULL UNIQUE REFERENCES streams (number),
    greeting BLOB NOT NULL,
    ends     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX doors_by_end ON doors (ends);
CREATE INDEX doors_by_host ON doors (host);

-- A stream's envelopes lie together, in order, in a table whose own key says where:
-- place = number of the stream * 2^32 + sequence number.
CREATE TABLE entries (
    place    INTEGER PRIMARY KEY,
    key      BLOB NOT NULL,
    sender   INTEGER NOT NULL,             -- 0 relay, 1 host, 2 guest
    at       INTEGER NOT NULL,
    envelope BLOB NOT NULL
) STRICT;
-- The same key again is the same envelope again.
CREATE UNIQUE INDEX entries_by_key ON entries (place >> 32, key);

CREATE TABLE blobs (
    stream INTEGER NOT NULL REFERENCES streams (number),
    hash   BLOB NOT NULL,
    size   INTEGER NOT NULL,
    PRIMARY KEY (stream, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX blobs_by_hash ON blobs (hash);
