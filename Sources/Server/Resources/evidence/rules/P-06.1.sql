-- P-06.1: a sign-up that is not confirmed, or not approved, ends in time; only one that waits is confirmed.
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began
SELECT since, CASE phase WHEN 'awaiting review' THEN '$.retention.pendingRegistration' ELSE '$.retention.unconfirmedSignUp' END, late
FROM phases, judged WHERE last IS NULL AND phase IN ('unconfirmed', 'awaiting review', 'rejected');
SELECT 'sign-ups-lapse' AS "check", first AS position, 'member:' || member || ' is still ' || phase AS what
FROM phases JOIN judged ON last IS NULL AND phase IN ('unconfirmed', 'awaiting review', 'rejected')
JOIN deadlines ON start = since AND judged = late
  AND rule = CASE phase WHEN 'awaiting review' THEN '$.retention.pendingRegistration' ELSE '$.retention.unconfirmedSignUp' END
WHERE due < late;

SELECT 'sign-ups-lapse' AS "check", first AS position, 'one was confirmed who did not wait for it' AS what
FROM phases WHERE type = 'accounts.confirmed' AND coalesce(before, '') NOT IN ('accounts.signed-up', 'accounts.review-requested');
