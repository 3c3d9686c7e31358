-- Which files stand behind what is told? Each content is kept once, by its SHA-256: small ones here, larger ones in a
-- folder beside the database (body NULL). Captions and owners are in the tables of the nouns that name an evidence.

CREATE TABLE evidence_content (
    id INTEGER PRIMARY KEY,
    hash plain_text NOT NULL UNIQUE,
    size BIGINT NOT NULL,
    body plain_text              -- base64; NULL = outside
);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    public_id plain_text NOT NULL UNIQUE,
    format plain_text NOT NULL,
    file_name plain_text NOT NULL,
    original INTEGER NOT NULL REFERENCES evidence_content (id),
    shown INTEGER REFERENCES evidence_content (id), -- of a photo: the copies for everybody
    small INTEGER REFERENCES evidence_content (id),
    width INTEGER NOT NULL,      -- upright; 0 of a document
    height INTEGER NOT NULL,
    look BIGINT,                 -- perceptual hash of a photo
    since_seq BIGINT NOT NULL
);
CREATE INDEX evidence_original ON evidence (original);
CREATE INDEX evidence_shown ON evidence (shown);
CREATE INDEX evidence_small ON evidence (small);

-- A look in four pieces of 16 bits: two that differ little share one of them almost to the bit.
CREATE TABLE evidence_look (
    piece INTEGER NOT NULL,
    bits INTEGER NOT NULL,
    evidence INTEGER NOT NULL REFERENCES evidence (id),
    PRIMARY KEY (piece, bits, evidence)
);
CREATE INDEX evidence_look_evidence ON evidence_look (evidence);
