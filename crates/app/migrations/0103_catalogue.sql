-- A line of an import is known by its place in the file; sheets of one workbook have equal row numbers.
ALTER TABLE import_lines ADD COLUMN row_number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_lines ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
UPDATE import_lines SET row_number = line;
