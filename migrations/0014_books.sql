-- Books of exemplars: the project, what was nominated for it, its texts, and every step on the way to print.

CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    unit INTEGER NOT NULL REFERENCES unit (id), -- that issues it
    movement plain_text NOT NULL,               -- key, whose catalogue names the fields; '' = exemplars of any movement
    title_en plain_text NOT NULL,
    title_vi plain_text NOT NULL,
    title_ur plain_text NOT NULL,
    from_year INTEGER NOT NULL,
    to_year INTEGER NOT NULL,
    plan_number plain_text NOT NULL,            -- the document by which it is made
    plan_issuer plain_text NOT NULL,
    plan_date plain_text NOT NULL,              -- ISO; '' = not known
    call plain_text NOT NULL,                   -- what is asked of the units
    rules plain_text NOT NULL,                  -- quota, balance, deadlines: TOML, books/book_rules.h reads it
    published_on INTEGER NOT NULL,              -- a day; 0 = not yet
    since_seq BIGINT NOT NULL                   -- journal entry that last changed it: its version
);
CREATE INDEX book_unit ON book (unit);

CREATE TABLE book_entry (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    book INTEGER NOT NULL REFERENCES book (id),
    exemplar INTEGER NOT NULL REFERENCES exemplar (id),
    state plain_text NOT NULL,                  -- books/book_states.h
    consent_by plain_text NOT NULL,             -- who agreed to be printed; '' = nobody yet
    consent_how plain_text NOT NULL,
    consent_on INTEGER NOT NULL,                -- a day; 0 = not yet
    facts_by plain_text NOT NULL,               -- who checked the facts
    since_seq BIGINT NOT NULL,
    UNIQUE (book, exemplar)
);
CREATE INDEX book_entry_exemplar ON book_entry (exemplar);

-- Every step of an entry, in order.
CREATE TABLE book_step (
    entry INTEGER NOT NULL REFERENCES book_entry (id),
    seq BIGINT NOT NULL,                        -- journal entry
    at_utc_ms BIGINT NOT NULL,
    verb plain_text NOT NULL,
    from_state plain_text NOT NULL,             -- '' = it was nominated
    to_state plain_text NOT NULL,
    reason plain_text NOT NULL,
    who plain_text NOT NULL,
    capacity plain_text NOT NULL,
    PRIMARY KEY (entry, seq)
);

-- What will be printed, in each language; until_seq 0 = holds now.
CREATE TABLE book_text (
    entry INTEGER NOT NULL REFERENCES book_entry (id),
    language plain_text NOT NULL,
    since_seq BIGINT NOT NULL,
    until_seq BIGINT NOT NULL,
    title plain_text NOT NULL,
    body plain_text NOT NULL,                   -- paragraphs, an empty line between
    editor plain_text NOT NULL,                 -- as named in the book
    who plain_text NOT NULL,
    PRIMARY KEY (entry, language, since_seq)
);

-- What was found wrong after it was published.
CREATE TABLE book_erratum (
    entry INTEGER NOT NULL REFERENCES book_entry (id),
    seq BIGINT NOT NULL,
    on_day INTEGER NOT NULL,
    wrong plain_text NOT NULL,
    correct plain_text NOT NULL,
    PRIMARY KEY (entry, seq)
);
