-- P-16.4: decisions have reasons; who broke the rules does not return alone; unused and unreturned accounts end as promised.
SELECT 'decisions-have-reasons' AS "check", position, 'has no reasons' AS what
FROM e WHERE subject IS NULL AND (type = 'accounts.deactivated' OR type = 'accounts.closed' AND json_extract(clear, '$.cause') = 'breach');

WITH returns AS (
  SELECT back.first AS position, back.actor, back.member, back.type, back.since AS time, away.phase, json_extract(away.clear, '$.cause') AS cause,
    json_extract(away.clear, '$.until') AS until
  FROM phases AS back JOIN phases AS away ON away.member = back.member AND away.last = back.first
  WHERE back.type IN ('accounts.restored', 'accounts.returned'))
SELECT 'nobody-returns-from-breach-alone' AS "check", position, 'came back without an administrator' AS what
FROM returns WHERE (phase = 'closed' AND cause = 'breach' OR phase = 'deactivated' AND time < until)
  AND actor <> 'operator' AND NOT (actor <> 'member:' || member AND EXISTS (
    SELECT 1 FROM roles WHERE role = 'administrator' AND 'member:' || roles.member = returns.actor
      AND first < position AND (last IS NULL OR last > position)));

DROP TABLE IF EXISTS temp.uses;
-- When a member last used the account: by signing in, or when it was confirmed or restored.
CREATE TEMP TABLE uses AS
SELECT json_extract(clear, '$.member') AS member, position, time FROM e WHERE type = 'accounts.signed-in'
UNION ALL SELECT member, first, since FROM phases WHERE phase = 'active';
CREATE INDEX temp.uses_member ON uses(member, position);
WITH closings AS (
  SELECT phases.member, phases.first AS position, phases.since AS time,
    (SELECT max(position) FROM uses WHERE uses.member = phases.member AND uses.position < phases.first) AS used,
    (SELECT json_array_length(rules, '$.unusedAccount.warnBefore') FROM versions
      WHERE text = 'policy' AND begins <= phases.since AND (ends IS NULL OR ends > phases.since)) AS promised
  FROM phases WHERE type = 'accounts.closed' AND json_extract(clear, '$.cause') = 'unused')
SELECT 'unused-accounts-are-warned' AS "check", position,
  CASE WHEN promised IS NULL THEN 'was closed under a version that closes no unused accounts' ELSE 'was closed without the warnings' END AS what
FROM closings WHERE promised IS NULL OR promised > (
  SELECT count(*) FROM e WHERE stream = 'member:' || closings.member AND type = 'accounts.unused-warned' AND e.position BETWEEN used AND closings.position);

-- Unused for so long, and warned as long before as promised: the last administrator's account stays.
DELETE FROM began; DELETE FROM sums;
DROP TABLE IF EXISTS temp.unused;
CREATE TEMP TABLE unused AS
SELECT phases.member, max(uses.position) AS position, uses.time FROM phases JOIN uses USING (member)
WHERE phases.last IS NULL AND phase = 'active' GROUP BY phases.member;
INSERT OR IGNORE INTO began SELECT time, '$.unusedAccount.closedAfter', late FROM unused, judged;
INSERT OR IGNORE INTO sums
SELECT e.time, value FROM e JOIN versions ON versions.text = 'policy', json_each(rules, '$.unusedAccount.warnBefore')
WHERE e.type = 'accounts.unused-warned';
WITH rules AS (
    SELECT json_extract(rules, '$.unusedAccount.warnBefore') AS warned FROM versions JOIN judged
    WHERE text = 'policy' AND begins <= late AND (ends IS NULL OR ends > late)),
  promised AS (
    SELECT value AS period, row_number() OVER (ORDER BY months DESC, days DESC, elapsed DESC) AS number
    FROM rules, json_each(warned) JOIN periods ON text = value),
  given AS (
    SELECT unused.member, e.time, row_number() OVER (PARTITION BY unused.member ORDER BY e.position) AS number
    FROM unused JOIN e ON e.stream = 'member:' || unused.member AND e.type = 'accounts.unused-warned' AND e.position > unused.position)
SELECT 'unused-accounts-are-closed' AS "check", position, 'member:' || member || ' has not signed in since' AS what
FROM unused JOIN judged JOIN deadlines ON start = unused.time AND judged = late AND due < late
WHERE NOT EXISTS (SELECT 1 FROM applying WHERE applying.start = unused.time AND applying.period IS NULL AND rule = '$.unusedAccount.closedAfter')
  AND EXISTS (SELECT 1 FROM promised)
  AND NOT EXISTS (
    SELECT 1 FROM promised WHERE NOT EXISTS (
      SELECT 1 FROM given JOIN summed ON start = given.time AND summed.period = promised.period
      WHERE given.member = unused.member AND given.number = promised.number AND ended < late))
  AND NOT (
    member IN (SELECT member FROM roles WHERE role = 'administrator' AND last IS NULL)
    AND 1 = (
      SELECT count(DISTINCT roles.member) FROM roles JOIN phases USING (member)
      WHERE role = 'administrator' AND roles.last IS NULL AND phases.last IS NULL AND phase = 'active'));

DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began
SELECT json_extract(clear, '$.until'), '$.deactivation.unreturnedCountsAsClosedAfter', late FROM phases, judged
WHERE last IS NULL AND phase = 'deactivated' AND json_extract(clear, '$.until') IS NOT NULL;
SELECT 'unreturned-accounts-are-closed' AS "check", first AS position, 'member:' || member || ' did not return and is not closed' AS what
FROM phases JOIN judged JOIN deadlines ON start = json_extract(clear, '$.until') AND judged = late
WHERE last IS NULL AND phase = 'deactivated' AND due < late;
