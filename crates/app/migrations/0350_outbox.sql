-- What is done leaves nothing behind: that an event was told or a slip archived, the message and the slip say themselves.
DELETE FROM outbox WHERE state = 'done';
