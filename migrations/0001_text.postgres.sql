-- Text that compares by bytes, whatever the database's locale: codes, keys and folded names order the same on
-- every machine. SQLite compares so by itself and reads the name as a column of text.
CREATE DOMAIN plain_text AS text COLLATE "C";
