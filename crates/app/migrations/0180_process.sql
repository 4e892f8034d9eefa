-- The number of the decision that a later change of the process made void, until the new one is noted (CAT-04).
ALTER TABLE process_designs ADD COLUMN cleared_decision TEXT;
