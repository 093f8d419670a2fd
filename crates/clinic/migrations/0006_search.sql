-- The search over what was said, signed notes and signed reports. Everything here is made from facts
-- elsewhere and may be made anew; nothing here is a fact.

-- One row for each thing that can be found. `key` begins with its moment (milliseconds, shifted by 16
-- bits), so that walking keys downwards is newest first and a span of time is a span of keys.
CREATE TABLE search_entries (
    key     INTEGER PRIMARY KEY,
    -- 1 a message (consultation, n), 2 a note, 3 a report.
    kind    INTEGER NOT NULL,
    source  INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    patient INTEGER NOT NULL REFERENCES patients (key),
    UNIQUE (kind, source, n)
) STRICT;

-- Row id = search_entries.key. The words are folded and parted before they come here, so the tokenizer
-- splits at spaces only. `scope` holds the kind and the patient as words of their own: asking for one
-- patient's is then part of the question to the index and not a walk over everybody's.
CREATE VIRTUAL TABLE search_words USING fts5 (
    words, scope, content = '', contentless_delete = 1, prefix = '1 2 3 4', tokenize = 'ascii'
);

-- How far a walk over what is older than the index has come.
CREATE TABLE search_walks (
    kind   INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    done   INTEGER NOT NULL
) STRICT;

-- Which way of folding made the index; another one makes it anew.
CREATE TABLE search_made_by (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;

-- What an engine makes of a text: a vector, bound to the model's name. Gone as soon as the text changes.
CREATE TABLE search_vectors (
    key    INTEGER PRIMARY KEY REFERENCES search_entries (key) ON DELETE CASCADE,
    model  TEXT NOT NULL,
    vector BLOB NOT NULL
) STRICT;
