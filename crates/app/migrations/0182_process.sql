-- When those who keep a process were told that its detail is overdue at the Centre (CAT-04): once for a decision.
ALTER TABLE process_designs ADD COLUMN send_told_at BIGINT;
CREATE INDEX process_designs_unsent_of ON process_designs (agency_id, send_due, id)
    WHERE send_due IS NOT NULL AND sent_at IS NULL;
