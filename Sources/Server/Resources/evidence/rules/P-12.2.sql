-- P-12.2: after a report that an account is compromised a new password comes before the next sign-in; a replaced address goes in time.
SELECT 'compromised-need-new-password' AS "check", position, 'signed in without a new password' AS what
FROM e WHERE type = 'accounts.signed-in' AND 'accounts.password-set' IS NOT (
  SELECT type FROM e AS password WHERE password.stream = 'member:' || json_extract(e.clear, '$.member') AND password.position < e.position
    AND password.type IN ('accounts.password-set', 'accounts.compromise-reported') ORDER BY password.position DESC LIMIT 1);

DROP TABLE IF EXISTS temp.replaced;
-- The address before each change: that of the last change that was not undone, or the first one.
CREATE TEMP TABLE replaced AS
WITH changes AS (
  SELECT position, time, stream,
    (SELECT asked.subject FROM e AS asked WHERE asked.stream = e.stream AND asked.type = 'accounts.email-change-requested'
      AND asked.position < e.position ORDER BY asked.position DESC LIMIT 1) AS new,
    (SELECT ended.type FROM e AS ended WHERE ended.stream = e.stream AND ended.position > e.position
      AND ended.type IN ('accounts.email-change-settled', 'accounts.email-change-undone', 'accounts.email-changed')
      ORDER BY ended.position LIMIT 1) AS ending
  FROM e WHERE type = 'accounts.email-changed')
SELECT changes.*, coalesce(
  (SELECT earlier.new FROM changes AS earlier WHERE earlier.stream = changes.stream AND earlier.position < changes.position
    AND coalesce(earlier.ending, '') <> 'accounts.email-change-undone' ORDER BY earlier.position DESC LIMIT 1),
  (SELECT subject FROM e WHERE e.stream = changes.stream AND type = 'accounts.email-given' ORDER BY position LIMIT 1)) AS old
FROM changes;
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT time, '$.retention.emailUndo', late FROM replaced, judged;
SELECT 'replaced-addresses-go' AS "check", position, 'the replaced address is still there' AS what
FROM replaced JOIN judged JOIN deadlines ON start = time AND judged = late
WHERE due < late AND coalesce(ending, '') NOT IN ('accounts.email-change-settled', 'accounts.email-change-undone')
  AND NOT EXISTS (SELECT 1 FROM covered WHERE subject = old) AND substr(stream, 8) NOT IN (SELECT member FROM held);
