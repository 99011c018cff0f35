-- P-12.4: name, number and sex change by a request that was approved; requests are decided in time.
SELECT 'corrections-are-decided-first' AS "check", position, 'was corrected without an approved request' AS what
FROM e WHERE type = 'accounts.identity-corrected' AND NOT EXISTS (
  SELECT 1 FROM e AS decided JOIN e AS asked ON asked.stream = decided.stream AND asked.type = 'corrections.requested'
  WHERE decided.command = e.command AND decided.type = 'corrections.decided' AND json_extract(decided.clear, '$.approved')
    AND json_extract(asked.clear, '$.member') = e.id AND NOT EXISTS (
      SELECT 1 FROM e AS earlier WHERE earlier.stream = decided.stream AND earlier.type = 'corrections.decided' AND earlier.position < decided.position));

DELETE FROM began; DELETE FROM sums;
WITH requests AS (
  SELECT time, (SELECT min(time) FROM e AS d WHERE d.stream = e.stream AND d.type = 'corrections.decided') AS decided
  FROM e WHERE type = 'corrections.requested')
INSERT OR IGNORE INTO began SELECT time, '$.deadlines.rightsRequest', coalesce(decided, late) FROM requests, judged;
WITH requests AS (
  SELECT position, time, (SELECT min(time) FROM e AS d WHERE d.stream = e.stream AND d.type = 'corrections.decided') AS decided
  FROM e WHERE type = 'corrections.requested')
SELECT 'corrections-are-decided-in-time' AS "check", position,
  CASE WHEN decided IS NULL THEN 'is not decided' ELSE 'was decided late' END AS what
FROM requests JOIN judged JOIN deadlines ON start = time AND judged = coalesce(decided, late)
WHERE due < coalesce(decided - 7200000, late);
