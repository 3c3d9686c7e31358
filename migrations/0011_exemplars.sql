-- Models and typical examples: what they are, where they stand in their life, and every step that they took.

CREATE TABLE exemplar (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    cycle INTEGER NOT NULL REFERENCES cycle (id), -- in which it is registered
    kind plain_text NOT NULL CHECK (kind IN ('model', 'example')),
    owner_kind plain_text NOT NULL CHECK (owner_kind IN ('collective', 'individual')),
    unit INTEGER NOT NULL REFERENCES unit (id),   -- the owner; of an individual, the unit to which they belong
    person INTEGER REFERENCES person (id),        -- the owner, of an individual
    field plain_text NOT NULL,                    -- key in the movement's catalogue; '' = not yet chosen
    side_fields plain_text NOT NULL,              -- a|b
    topics plain_text NOT NULL,                   -- a|b
    place INTEGER REFERENCES unit (id),           -- where it works, when that is not the unit itself
    title plain_text NOT NULL,                    -- as its owner wrote it
    title_en plain_text NOT NULL,                 -- '' = none in that language
    title_vi plain_text NOT NULL,
    title_ur plain_text NOT NULL,
    language plain_text NOT NULL,                 -- of title and content: en, vi, ur
    content plain_text NOT NULL,                  -- the form's texts, JSON as exemplars/content.h writes it
    open INTEGER NOT NULL,                        -- 0 = kept from the public (a border, a case still open)
    sample INTEGER NOT NULL,                      -- 1 = made up to try the program
    state plain_text NOT NULL,                    -- exemplars/life.h
    level plain_text NOT NULL,                    -- reached: key in the movement's catalogue; '' = none
    registered_on INTEGER NOT NULL,               -- days; 0 = not yet
    recognised_on INTEGER NOT NULL,               -- of the level reached
    looked_on INTEGER NOT NULL,                   -- last survey, confirmation, or decision; 0 = never
    confirmed_year INTEGER NOT NULL,              -- 0 = never
    swept_on INTEGER NOT NULL,                    -- a draft that its cycle's deadline found unfinished; 0 = none
    drafted_by plain_text NOT NULL,               -- who, as the journal names them
    since_seq BIGINT NOT NULL                     -- journal entry that last changed it: its version
);
CREATE INDEX exemplar_unit ON exemplar (unit);
CREATE INDEX exemplar_cycle ON exemplar (cycle, state);
CREATE INDEX exemplar_person ON exemplar (person);
CREATE INDEX exemplar_since ON exemplar (since_seq);

-- What it said before: it held from journal entry since_seq until until_seq.
CREATE TABLE exemplar_past (
    exemplar INTEGER NOT NULL REFERENCES exemplar (id),
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL,
    document plain_text NOT NULL, -- JSON of all its columns that people write
    PRIMARY KEY (exemplar, since_seq)
);

-- Every step, in order. What is counted is counted from here, as of any day.
CREATE TABLE exemplar_event (
    exemplar INTEGER NOT NULL REFERENCES exemplar (id),
    seq BIGINT NOT NULL,             -- journal entry
    step INTEGER NOT NULL,           -- within it, from 1: a register taken in brings a whole life at once
    on_day INTEGER NOT NULL,         -- the day from which it counts (of the decision)
    at_utc_ms BIGINT NOT NULL,       -- when it was entered
    verb plain_text NOT NULL,
    from_state plain_text NOT NULL,
    to_state plain_text NOT NULL,
    unit INTEGER NOT NULL,           -- the owner's, after it
    unit_before INTEGER NOT NULL,    -- the owner's, before it; differs when it moved
    level plain_text NOT NULL,       -- reached with it; '' = none
    by_unit INTEGER,                 -- that decided
    reason plain_text NOT NULL,      -- key in the movement's catalogue; '' = none
    note plain_text NOT NULL,        -- in somebody's words
    decision plain_text NOT NULL,    -- the document's number
    who plain_text NOT NULL,
    capacity plain_text NOT NULL,
    PRIMARY KEY (exemplar, seq, step)
);
CREATE INDEX exemplar_event_day ON exemplar_event (on_day);
CREATE INDEX exemplar_event_seq ON exemplar_event (seq);

-- Photos, papers and office files, in order. `evidence` is the public id of a kept file.
CREATE TABLE exemplar_evidence (
    exemplar INTEGER NOT NULL REFERENCES exemplar (id),
    position INTEGER NOT NULL,
    evidence plain_text NOT NULL,
    caption plain_text NOT NULL,
    credit plain_text NOT NULL,
    PRIMARY KEY (exemplar, position)
);
CREATE INDEX exemplar_evidence_file ON exemplar_evidence (evidence);
