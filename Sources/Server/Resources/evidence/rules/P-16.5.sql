-- P-16.5: details of sign-ins, closed cases and decided corrections are erased when their time is out.
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began
SELECT time, '$.retention.signInDetails', late FROM e, judged
WHERE type IN ('accounts.signed-in', 'accounts.security-noticed') AND subject IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.subject = e.subject);
SELECT 'sign-in-details-go' AS "check", position, 'the details are still there' AS what
FROM e JOIN judged JOIN deadlines ON start = time AND judged = late
WHERE type IN ('accounts.signed-in', 'accounts.security-noticed') AND subject IS NOT NULL AND due < late
  AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.subject = e.subject)
  AND substr(owner, instr(owner, ':') + 1) NOT IN (SELECT member FROM held);

DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began
SELECT closed_time, '$.retention.' || CASE matter WHEN 'number' THEN 'support' ELSE matter END || 'Case', late FROM closed_cases, judged;
SELECT 'closed-cases-go' AS "check", closed_at AS position, "case" || ' is not erased' AS what
FROM closed_cases JOIN judged
JOIN deadlines ON start = closed_time AND judged = late AND rule = '$.retention.' || CASE matter WHEN 'number' THEN 'support' ELSE matter END || 'Case'
WHERE due < late AND NOT EXISTS (SELECT 1 FROM fences WHERE fences.owner = closed_cases."case")
  AND NOT EXISTS (SELECT 1 FROM parties WHERE parties."case" = closed_cases."case" AND member IN (SELECT member FROM held));

DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT time, '$.retention.correctionCase', late FROM e, judged WHERE type = 'corrections.decided';
SELECT 'closed-cases-go' AS "check", e.position, e.stream || ' is not erased' AS what
FROM e JOIN judged JOIN deadlines ON start = time AND judged = late AND due < late
WHERE type = 'corrections.decided' AND EXISTS (
    SELECT 1 FROM e AS part WHERE part.stream = e.stream AND part.subject IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.subject = part.subject))
  AND NOT EXISTS (
    SELECT 1 FROM e AS asked JOIN held ON held.member = json_extract(asked.clear, '$.member')
    WHERE asked.stream = e.stream AND asked.type = 'corrections.requested');
