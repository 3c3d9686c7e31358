-- Planned surveys of exemplars: by which questions, by whom, until when, and what was found.

CREATE TABLE review_form (
    id INTEGER PRIMARY KEY,
    toml plain_text NOT NULL -- the questions, as reviews/review_form.h reads them
);

-- One wish for many surveys: all exemplars of a field in a unit.
CREATE TABLE review_plan (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    cycle INTEGER NOT NULL REFERENCES cycle (id),
    unit INTEGER NOT NULL REFERENCES unit (id),
    field plain_text NOT NULL, -- '' = all
    planned_on INTEGER NOT NULL,
    since_seq BIGINT NOT NULL
);

CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    exemplar INTEGER NOT NULL REFERENCES exemplar (id),
    plan INTEGER REFERENCES review_plan (id),
    form INTEGER NOT NULL REFERENCES review_form (id),
    unit INTEGER NOT NULL REFERENCES unit (id), -- that carries it out
    team plain_text NOT NULL,                   -- offices and persons, in words
    state plain_text NOT NULL,                  -- reviews/review_rules.h
    planned_on INTEGER NOT NULL,
    done_on INTEGER NOT NULL,                   -- 0 = not yet
    answers plain_text NOT NULL,                -- JSON: question → points, remark
    score BIGINT NOT NULL,                      -- millionths: the sum
    findings plain_text NOT NULL,
    recommendation plain_text NOT NULL,         -- keep, improve, remove; '' = none yet
    reason plain_text NOT NULL,                 -- for removing: key in the movement's catalogue
    since_seq BIGINT NOT NULL                   -- journal entry that last changed it: its version
);
CREATE INDEX review_exemplar ON review (exemplar);
CREATE INDEX review_state ON review (state, planned_on);
CREATE INDEX review_unit ON review (unit, state);
CREATE INDEX review_of_plan ON review (plan);

CREATE TABLE review_member (
    review INTEGER NOT NULL REFERENCES review (id),
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (review, person)
);
CREATE INDEX review_member_person ON review_member (person);
