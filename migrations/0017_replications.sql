-- Exemplars adopted in other units: who suggested it, who agreed, what became of it.

CREATE TABLE replication (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    origin INTEGER NOT NULL REFERENCES exemplar (id),
    unit INTEGER NOT NULL REFERENCES unit (id),                   -- the adopter
    adopted INTEGER REFERENCES exemplar (id) ON DELETE SET NULL,  -- the adopter's own exemplar, once it has begun
    state plain_text NOT NULL,                                    -- replications/course.h
    origin_agreed_on INTEGER NOT NULL,                            -- days; 0 = not yet
    adopter_agreed_on INTEGER NOT NULL,
    starts_on INTEGER NOT NULL,                                   -- the adopter began; 0 = not yet
    adaptation plain_text NOT NULL,                               -- what is done differently
    mentor_unit INTEGER REFERENCES unit (id),                     -- who accompanies it
    mentor plain_text NOT NULL,                                   -- the same in words: an office
    outcome plain_text NOT NULL,                                  -- assessed: in words
    measure plain_text NOT NULL,                                  -- what is compared with the origin
    origin_result plain_text NOT NULL,                            -- decimals; '' = none
    own_result plain_text NOT NULL,
    since_seq BIGINT NOT NULL                                     -- journal entry that last changed it: its version
);
CREATE INDEX replication_origin ON replication (origin);
CREATE INDEX replication_unit ON replication (unit, state);
CREATE UNIQUE INDEX replication_adopted ON replication (adopted); -- an exemplar has one origin at most

CREATE TABLE replication_step (
    replication INTEGER NOT NULL REFERENCES replication (id),
    seq BIGINT NOT NULL,
    on_day INTEGER NOT NULL,
    at_utc_ms BIGINT NOT NULL,
    verb plain_text NOT NULL,
    from_state plain_text NOT NULL,
    to_state plain_text NOT NULL,
    note plain_text NOT NULL,
    who plain_text NOT NULL,
    capacity plain_text NOT NULL,
    PRIMARY KEY (replication, seq)
);

-- An ancestor ended or was removed: the owner of a living descendant is told until they have seen it.
CREATE TABLE replication_notice (
    exemplar INTEGER NOT NULL REFERENCES exemplar (id), -- the descendant
    seq BIGINT NOT NULL,                                -- journal entry of the ancestor's step
    ancestor INTEGER NOT NULL REFERENCES exemplar (id),
    verb plain_text NOT NULL,
    on_day INTEGER NOT NULL,
    seen_seq BIGINT NOT NULL,                           -- journal entry; 0 = not yet
    PRIMARY KEY (exemplar, ancestor, seq)
);
