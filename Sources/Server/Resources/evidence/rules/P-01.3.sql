-- P-01.3: nobody writes before accepting a major version that is in force; major versions are mailed to every member.
WITH asking AS (
  SELECT text, version, position, begins FROM versions
  WHERE change = 'major' AND EXISTS (
    SELECT 1 FROM versions AS first WHERE first.text = versions.text AND first.position < versions.position))
SELECT 'nobody-writes-before-accepting' AS "check", e.position, 'written before a major version was accepted' AS what
FROM asking JOIN e ON e.position > asking.position AND e.time >= begins AND e.type GLOB 'forum.*' AND e.member IS NOT NULL
JOIN phases ON phases.member = e.member AND phases.first < e.position AND (phases.last IS NULL OR phases.last >= e.position) AND phase = 'active'
WHERE version > coalesce((
  SELECT json_extract(accepted.clear, '$.version') FROM e AS accepted
  WHERE accepted.stream = 'member:' || e.member AND accepted.type = 'accounts.' || text || '-accepted' AND accepted.position < e.position
  ORDER BY accepted.position DESC LIMIT 1), '')
GROUP BY e.position;

DELETE FROM sums;
INSERT OR IGNORE INTO sums SELECT time, 'P7D' FROM versions;
WITH asking AS (
  SELECT text, position, ended FROM versions JOIN summed ON start = time AND period = 'P7D'
  WHERE change = 'major' AND EXISTS (
    SELECT 1 FROM versions AS first WHERE first.text = versions.text AND first.position < versions.position))
SELECT 'major-changes-are-mailed' AS "check", asking.position, 'was not mailed to member:' || member AS what
FROM asking JOIN judged ON ended < late
JOIN phases ON phase = 'active' AND first < asking.position AND (last IS NULL OR last > asking.position)
WHERE EXISTS (
    SELECT 1 FROM phases AS still WHERE still.member = phases.member AND still.phase = 'active' AND still.since <= ended
      AND (still.until IS NULL OR still.until > ended))
  AND NOT EXISTS (
    SELECT 1 FROM e WHERE type IN ('mail.handed-over', 'mail.suppressed', 'mail.given-up') AND e.position > asking.position
      AND e.time <= ended AND json_extract(clear, '$.asked') = asking.position AND json_extract(clear, '$.member') = phases.member
      AND json_extract(clear, '$.kind') = asking.text || '-changed')
  AND NOT EXISTS (
    SELECT 1 FROM e WHERE type = 'mail.released' AND json_extract(clear, '$.through') >= asking.position);
