-- P-16.6: nobody is restored whose time is out; accounts without their number end; a number moves by proof.
DROP TABLE IF EXISTS temp.restored;
CREATE TEMP TABLE restored AS
SELECT back.member, back.first AS position, back.since AS time, back.command, away.phase, away.since AS closed,
  json_extract(away.clear, '$.cause') AS cause
FROM phases AS back LEFT JOIN phases AS away ON away.member = back.member AND away.last = back.first
WHERE back.type = 'accounts.restored';
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT closed, '$.retention.closedAccount', time FROM restored WHERE phase = 'closed';
SELECT 'restored-in-time' AS "check", position, 'was restored when the time was out' AS what
FROM restored JOIN deadlines ON start = closed AND judged = time WHERE phase = 'closed' AND time >= due
UNION ALL
SELECT 'restored-in-time', position, 'one was restored who was neither closed nor suspended'
FROM restored WHERE coalesce(phase, '') NOT IN ('closed', 'deactivated');

DROP TABLE IF EXISTS temp.without;
CREATE TEMP TABLE without AS
SELECT id AS member, position, time FROM e
WHERE type IN ('accounts.confirmed', 'accounts.number-set') AND json_extract(clear, '$.number') = 'anothers';
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT time, '$.retention.duplicateAccount', late FROM without, judged;
SELECT 'duplicates-end' AS "check", without.position, 'member:' || without.member || ' is still there without the number' AS what
FROM without JOIN judged JOIN deadlines ON start = time AND judged = late AND due < late
JOIN phases ON phases.member = without.member AND phases.last IS NULL AND phase IN ('active', 'deactivated')
WHERE NOT EXISTS (
    SELECT 1 FROM e WHERE stream = 'member:' || without.member AND type = 'accounts.number-set' AND json_extract(clear, '$.number') = 'held'
      AND e.position > without.position);
SELECT DISTINCT 'duplicates-end' AS "check", restored.position, 'was restored without the number' AS what
FROM restored JOIN without ON without.member = restored.member AND without.position < restored.position
WHERE restored.cause = 'duplicate' AND NOT EXISTS (
  SELECT 1 FROM e WHERE stream = 'member:' || restored.member AND type = 'accounts.number-set' AND json_extract(clear, '$.number') = 'held'
    AND e.position > without.position AND (e.position < restored.position OR e.command = restored.command));
SELECT 'duplicates-end' AS "check", first AS position, 'one was closed as a duplicate who holds the number' AS what
FROM phases WHERE type = 'accounts.closed' AND json_extract(clear, '$.cause') = 'duplicate' AND 'anothers' IS NOT (
  SELECT json_extract(clear, '$.number') FROM e WHERE stream = 'member:' || phases.member AND e.position < phases.first
    AND type IN ('accounts.confirmed', 'accounts.number-set') ORDER BY e.position DESC LIMIT 1);

WITH moves AS (
  SELECT position, id, command, json_extract(clear, '$.case') AS "case", json_extract(clear, '$.number') AS number
  FROM e WHERE type = 'accounts.number-set')
SELECT 'numbers-move-by-proof' AS "check", position, 'the number moved without proof' AS what
FROM moves WHERE number = 'held' AND CASE WHEN "case" IS NOT NULL
  THEN NOT EXISTS (
    SELECT 1 FROM e WHERE stream = 'case:' || "case" AND type = 'cases.identified' AND e.position < moves.position
      AND json_extract(clear, '$.member') = moves.id)
  ELSE NOT EXISTS (
    SELECT 1 FROM e AS decided JOIN e AS asked ON asked.stream = decided.stream AND asked.type = 'corrections.requested'
    WHERE decided.command = moves.command AND decided.type = 'corrections.decided' AND json_extract(decided.clear, '$.approved')
      AND json_extract(asked.clear, '$.member') = moves.id) END
UNION ALL
SELECT 'numbers-move-by-proof', position, 'a number was taken that went to nobody'
FROM moves WHERE number = 'anothers' AND NOT EXISTS (
  SELECT 1 FROM moves AS other WHERE other.command = moves.command AND other."case" IS moves."case" AND other.number = 'held');
