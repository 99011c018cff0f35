-- P-13.1: keys are replaced in time, and those that were replaced are destroyed in time.
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT time, '$.retention.replacedKeyEpoch', late FROM e, judged WHERE type = 'operation.keys-rotated';
SELECT 'replaced-keys-are-destroyed' AS "check", position, 'the epoch before is not destroyed' AS what
FROM e JOIN judged JOIN deadlines ON start = time AND judged = late
WHERE type = 'operation.keys-rotated' AND due < late AND NOT EXISTS (
  SELECT 1 FROM e AS gone WHERE gone.type = 'operation.key-epoch-destroyed' AND gone.position > e.position
    AND json_extract(gone.clear, '$.epoch') = json_extract(e.clear, '$.epoch') - 1);

-- From one replacing to the next, or to now: counted from when a version first had the rule.
DROP TABLE IF EXISTS temp.used;
CREATE TEMP TABLE used AS
WITH promised AS (SELECT min(begins) AS since FROM versions WHERE text = 'policy' AND json_extract(rules, '$.retention.keyRotation') IS NOT NULL),
  times AS (
    SELECT 1 AS position, (SELECT created FROM log) AS time
    UNION ALL SELECT position, time FROM e WHERE type = 'operation.keys-rotated')
SELECT position, max(time, since) AS time, coalesce(lead(time) OVER (ORDER BY position), late) AS ended
FROM times, judged, promised WHERE since IS NOT NULL;
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT time, '$.retention.keyRotation', ended FROM used;
SELECT 'keys-are-replaced' AS "check", position, 'the keys in use since then were not replaced in time' AS what
FROM used JOIN deadlines ON start = time AND judged = ended WHERE due + 7 * 86400000 < ended;
