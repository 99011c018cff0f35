-- P-18.2: each question, and each appeal, is answered in time; a case that waits for its party ends.
DROP TABLE IF EXISTS temp.questions;
CREATE TEMP TABLE questions AS
WITH asked AS (
  SELECT "case", position, time, 'opener' AS party FROM cases WHERE matter <> 'rights'
  UNION ALL SELECT stream, e.position, e.time, coalesce(json_extract(clear, '$.party'), 'opener') FROM e JOIN cases ON "case" = stream
    WHERE matter <> 'rights' AND (type = 'cases.appealed'
      OR type IN ('cases.stated', 'cases.mail-filed') AND json_extract(clear, '$.asks')))
SELECT asked.*, (
  SELECT min(e.position) FROM e WHERE stream = "case" AND e.position > asked.position AND (type IN ('cases.decided', 'cases.closed', 'cases.erased')
    OR type = 'cases.replied' AND json_extract(clear, '$.to') IN (party, 'both'))) AS ended
FROM asked;
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began
SELECT time, '$.deadlines.question', coalesce((SELECT time FROM e WHERE e.position = ended), late) FROM questions, judged;
SELECT 'questions-are-answered' AS "check", questions.position,
  CASE WHEN ended IS NULL THEN 'is not answered' ELSE 'was answered late' END AS what
FROM questions JOIN judged LEFT JOIN e AS ending ON ending.position = ended
JOIN deadlines ON start = questions.time AND judged = coalesce(ending.time, late)
WHERE due < coalesce(ending.time, late) AND coalesce(ending.type, '') NOT IN ('cases.closed', 'cases.erased')
UNION ALL
SELECT 'questions-are-answered', ending.position, 'was closed with a question open'
FROM questions JOIN e AS ending ON ending.position = ended WHERE ending.type = 'cases.closed';

DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT time, '$.retention.supportCase', late FROM case_steps, judged
WHERE next IS NULL AND type = 'cases.replied' AND json_extract(clear, '$.awaits');
SELECT 'waiting-cases-end' AS "check", case_steps.position, "case" || ' has waited for too long' AS what
FROM case_steps JOIN cases USING ("case") JOIN judged JOIN deadlines ON start = case_steps.time AND judged = late
WHERE next IS NULL AND type = 'cases.replied' AND json_extract(clear, '$.awaits') AND matter = 'support' AND due < late;
