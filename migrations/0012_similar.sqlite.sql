-- Which texts may be similar? What the index keeps of each text's sketch (src/similar/sketch.h); the texts themselves
-- stay with their owners. New texts are written behind each other into similar_recent; when that is full, they become a
-- part of similar_band, which is written once and in its order, so that indexing one text writes one place, not sixteen.

CREATE TABLE similar_recent (
    place INTEGER PRIMARY KEY,    -- from 1
    text BIGINT NOT NULL UNIQUE,  -- the number that the text's owner gave it
    digest BIGINT NOT NULL,
    bands plain_text NOT NULL     -- eight hexadecimal digits each
);
CREATE TABLE similar_part (
    part INTEGER PRIMARY KEY      -- from 1; every question looks into each
);
CREATE TABLE similar_band (
    part INTEGER NOT NULL REFERENCES similar_part (part),
    band INTEGER NOT NULL,        -- hash of the band's number and of what is in it
    text BIGINT NOT NULL,
    digest BIGINT NOT NULL,       -- the text's, in each row, so that reading a band is enough
    PRIMARY KEY (part, band, text)
) WITHOUT ROWID;
