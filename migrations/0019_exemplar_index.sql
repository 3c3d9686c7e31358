-- Up to which change the texts of exemplars are in the index of similar texts (similar/similar_store.h).
CREATE TABLE exemplar_index (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,      -- journal entry, and
    exemplar INTEGER NOT NULL -- the last of those that it changed
);
INSERT INTO exemplar_index (id, seq, exemplar) VALUES (1, 0, 0);
