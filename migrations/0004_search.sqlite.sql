-- Any three letters of a folded name find it; the text itself stays in unit_name.
CREATE VIRTUAL TABLE unit_name_letters USING fts5 (
    folded, content = 'unit_name', content_rowid = 'id', tokenize = 'trigram', columnsize = 0
);
CREATE TRIGGER unit_name_added AFTER INSERT ON unit_name BEGIN
    INSERT INTO unit_name_letters (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER unit_name_removed AFTER DELETE ON unit_name BEGIN
    INSERT INTO unit_name_letters (unit_name_letters, rowid, folded) VALUES ('delete', old.id, old.folded);
END;
CREATE TRIGGER unit_name_changed AFTER UPDATE OF folded ON unit_name BEGIN
    INSERT INTO unit_name_letters (unit_name_letters, rowid, folded) VALUES ('delete', old.id, old.folded);
    INSERT INTO unit_name_letters (rowid, folded) VALUES (new.id, new.folded);
END;
