-- Two lanes: a thousand slips to be archived keep no message to a citizen waiting.
ALTER TABLE outbox ADD COLUMN lane BIGINT NOT NULL DEFAULT 0;
UPDATE outbox SET lane = 1 WHERE kind = 'archive_slip';
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (lane, run_at, id) WHERE state = 'waiting';
