-- P-10.1: what a legal hold covers is not erased; a hold takes two and ends on its day.
WITH owners AS (
    SELECT member, holds.first, holds.last, word || member AS owner FROM holds, (
      SELECT 'member:' AS word UNION VALUES ('party:'), ('held-member:'))),
  -- Subjects and owners that a fence names, with the kind where it names one.
  named AS (
    SELECT position, owner, NULL AS kind FROM fences WHERE owner IS NOT NULL AND kinds IS NULL
    UNION SELECT position, owner, value FROM fences, json_each(kinds) WHERE owner IS NOT NULL
    UNION SELECT fences.position, subjects.owner, kind FROM fences, json_each(fences.subjects) JOIN subjects ON subject = value
    UNION SELECT fences.position, 'party:' || member, NULL FROM fences JOIN parties ON "case" = owner AND parties.position < fences.position)
SELECT DISTINCT 'held-is-not-erased' AS "check", position, 'member:' || member || ' was held' AS what
FROM named JOIN owners USING (owner)
WHERE first < position AND (last IS NULL OR last > position) AND coalesce(kind, '') NOT IN ('credential', 'second-factor', 'recovery-codes');

SELECT 'holds-take-two' AS "check", position, 'proposed by one who may not' AS what
FROM e WHERE type = 'oversight.hold-proposed' AND (member = id OR NOT EXISTS (
  SELECT 1 FROM roles WHERE role = 'administrator' AND roles.member = e.member AND first < position AND (last IS NULL OR last > position)))
UNION ALL
SELECT 'holds-take-two', e.position, 'confirms what nobody proposed, or what was decided already'
FROM e WHERE e.type = 'oversight.hold-confirmed' AND NOT EXISTS (
    SELECT 1 FROM e AS p WHERE p.stream = e.stream AND p.type = 'oversight.hold-proposed' AND p.position < e.position
      AND json_extract(p.clear, '$.proposal') = json_extract(e.clear, '$.proposal') AND NOT EXISTS (
        SELECT 1 FROM e AS decided WHERE decided.stream = e.stream AND decided.position BETWEEN p.position AND e.position - 1
          AND decided.type IN ('oversight.hold-confirmed', 'oversight.hold-declined')
          AND json_extract(decided.clear, '$.proposal') = json_extract(p.clear, '$.proposal')))
UNION ALL
SELECT 'holds-take-two', e.position, 'confirmed by its proposer, by the member, or by one who may not'
FROM e JOIN e AS p ON p.stream = e.stream AND p.type = 'oversight.hold-proposed' AND p.position < e.position
  AND json_extract(p.clear, '$.proposal') = json_extract(e.clear, '$.proposal')
WHERE e.type = 'oversight.hold-confirmed' AND CASE WHEN e.actor = 'operator'
  -- The operator stands in where no other administrator could.
  THEN EXISTS (
    SELECT 1 FROM roles JOIN phases USING (member) WHERE role = 'administrator' AND phase = 'active' AND member NOT IN (p.member, e.id)
      AND roles.first < e.position AND (roles.last IS NULL OR roles.last > e.position)
      AND phases.first < e.position AND (phases.last IS NULL OR phases.last > e.position))
  ELSE e.actor = p.actor OR e.member = e.id OR NOT EXISTS (
    SELECT 1 FROM roles WHERE role = 'administrator' AND roles.member = e.member AND first < e.position AND (last IS NULL OR last > e.position))
  END;

-- The first moment after the last day, in Stockholm.
DELETE FROM sums;
WITH latest AS (SELECT *, max(first) FROM holds WHERE last IS NULL GROUP BY member),
  ends AS (SELECT *, strftime('%s', last_day, '+1 day') * 1000 AS midnight FROM latest WHERE last_day IS NOT NULL)
SELECT 'holds-end' AS "check", first AS position, 'member:' || member || ' is held after the last day' AS what
FROM ends, judged
WHERE late > midnight - (SELECT ahead FROM clock WHERE since <= midnight - 7200000 ORDER BY since DESC LIMIT 1);
