-- The journal's Merkle tree (RFC 6962) as its newest entry left it, with the note that the server signed: one row.
CREATE TABLE journal_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size BIGINT NOT NULL,         -- entries in the tree
    frontier plain_text NOT NULL, -- hashes of its full subtrees, largest first, 64 hexadecimal digits each
    root plain_text NOT NULL,     -- hexadecimal
    note plain_text NOT NULL,     -- signed checkpoint, as C2SP tlog-checkpoint writes it
    at_utc_ms BIGINT NOT NULL     -- when it was signed
);

-- The public half of the key that signs; the secret half is in a file outside the database.
CREATE TABLE journal_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    public_key plain_text NOT NULL -- NAME+ID+KEY, as C2SP signed-note writes it
);

-- The journal's page: by person, and by time (times never go back, so a span of time is a span of numbers).
CREATE INDEX journal_who ON journal (who, seq);
CREATE INDEX journal_time ON journal (at_utc_ms, seq);
