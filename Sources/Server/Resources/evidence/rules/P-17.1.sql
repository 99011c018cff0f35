-- P-17.1: a request for one's rights is decided in time; an extension counts that came before the first time was out.
DROP TABLE IF EXISTS temp.requests;
CREATE TEMP TABLE requests AS
SELECT "case", position, time,
  (SELECT min(time) FROM e WHERE stream = "case" AND type = 'cases.extended') AS extended,
  (SELECT min(time) FROM e WHERE stream = "case" AND type = 'cases.decided') AS decided,
  (SELECT min(time) FROM e WHERE stream = "case" AND type = 'cases.erased') AS erased
FROM cases WHERE matter = 'rights' AND "right" NOT IN ('rectification', 'erasure');
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT time, '$.deadlines.rightsRequest', coalesce(decided, late) FROM requests, judged;
INSERT OR IGNORE INTO began
SELECT time, '$.deadlines.rightsRequest+$.deadlines.rightsRequestExtension', coalesce(decided, late) FROM requests, judged;
SELECT 'rights-are-decided-in-time' AS "check", position, CASE WHEN decided IS NULL THEN 'is not decided' ELSE 'was decided late' END AS what
FROM requests JOIN judged
JOIN deadlines AS once ON once.start = time AND once.judged = coalesce(decided, late) AND once.rule = '$.deadlines.rightsRequest'
JOIN deadlines AS longer ON longer.start = time AND longer.judged = once.judged AND longer.rule <> once.rule
WHERE CASE WHEN extended <= once.due + 7200000 THEN longer.due ELSE once.due END < coalesce(decided - 7200000, late)
  AND (decided IS NOT NULL OR erased IS NULL);

SELECT 'rights-are-decided-in-time' AS "check", e.position, 'was closed without a decision' AS what
FROM e JOIN requests ON "case" = stream WHERE type = 'cases.closed' AND NOT EXISTS (
  SELECT 1 FROM e AS d WHERE d.stream = e.stream AND d.type = 'cases.decided' AND d.position < e.position);
