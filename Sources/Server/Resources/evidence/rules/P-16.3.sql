-- P-16.3: a closed account is erased when its time is out, after an announcement; erasures are completed; nothing follows them.
DROP TABLE IF EXISTS temp.closings;
-- Each closing with the purge that ended it, and the moment from which its time is judged. The time of a duplicate that has not appealed
-- ends with the time to appeal, where that is sooner.
CREATE TEMP TABLE closings AS
SELECT phases.member, first, since, last, until, json_extract(phases.clear, '$.cause') AS cause,
  (SELECT type FROM e WHERE position = phases.last) AS ending,
  (SELECT json_extract(clear, '$.order') FROM e WHERE position = phases.last) AS "order",
  CASE WHEN phases.last IS NULL THEN late ELSE until END AS judged,
  (SELECT max(time) FROM e WHERE stream = 'member:' || phases.member AND type = 'accounts.purge-announced' AND position > phases.first
    AND position < coalesce(phases.last, 1 << 62)) AS announced,
  json_extract(phases.clear, '$.cause') = 'duplicate' AND NOT EXISTS (
    SELECT 1 FROM e WHERE stream = 'member:' || phases.member AND type = 'accounts.appealed' AND position > phases.first
      AND position < coalesce(phases.last, 1 << 62) AND NOT EXISTS (
        SELECT 1 FROM e AS r WHERE r.stream = e.stream AND r.type = 'accounts.appeal-rejected' AND r.position > e.position
          AND r.position < coalesce(phases.last, 1 << 62))) AS sooner
FROM phases, judged WHERE phase = 'closed';
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT since, '$.retention.closedAccount', judged FROM closings;
INSERT OR IGNORE INTO began SELECT since, '$.deadlines.appealWindow', judged FROM closings WHERE sooner;
DROP TABLE IF EXISTS temp.times;
CREATE TEMP TABLE times AS
SELECT closings.*, min(due) AS due, (
  SELECT '-' || json_extract(rules, '$.closing.purgeAnnouncedBefore') FROM versions
  WHERE text = 'policy' AND begins <= closings.judged AND (ends IS NULL OR ends > closings.judged)) AS notice
FROM closings JOIN deadlines ON start = since AND deadlines.judged = closings.judged
  AND (rule = '$.retention.closedAccount' OR sooner)
GROUP BY first;
UPDATE times SET notice = NULL WHERE cause = 'duplicate';
-- When the announcement is due, whether the versions of that day called for it, and when the account goes if it came late.
DELETE FROM sums; DELETE FROM began;
INSERT OR IGNORE INTO sums SELECT due, notice FROM times WHERE notice IS NOT NULL;
DROP TABLE IF EXISTS temp.notices;
CREATE TEMP TABLE notices AS SELECT times.*, ended AS announce FROM times JOIN summed ON start = due AND period = notice;
INSERT OR IGNORE INTO began SELECT since, '$.retention.closedAccount', announce FROM notices;
DROP TABLE IF EXISTS temp.owed;
CREATE TEMP TABLE owed AS
SELECT notices.* FROM notices JOIN deadlines ON start = since AND deadlines.judged = announce AND deadlines.due <= notices.due;
DELETE FROM sums;
INSERT OR IGNORE INTO sums SELECT announced, substr(notice, 2) FROM owed WHERE announced IS NOT NULL;

SELECT 'closed-accounts-are-erased' AS "check", first AS position, 'one was erased who was not closed' AS what
FROM phases WHERE type = 'accounts.purged' AND coalesce(before, '') <> 'accounts.closed'
UNION ALL
SELECT 'closed-accounts-are-erased', last, 'was erased before the time was out'
FROM times WHERE ending = 'accounts.purged' AND "order" IS NULL AND until < due
UNION ALL
SELECT 'closed-accounts-are-erased', first, 'member:' || member || ' is not erased'
FROM times JOIN judged WHERE last IS NULL AND due < late AND member NOT IN (SELECT member FROM held)
  -- One whose announcement came late is erased as long after it as promised.
  AND NOT EXISTS (
    SELECT 1 FROM owed JOIN summed ON start = owed.announced AND period = substr(owed.notice, 2)
    WHERE owed.first = times.first AND owed.announced > owed.announce + 86400000 AND ended >= late);

SELECT 'erasures-are-announced' AS "check", last AS position, 'was erased without an announcement as long before as promised' AS what
FROM owed LEFT JOIN summed ON start = announced AND period = substr(notice, 2)
WHERE ending = 'accounts.purged' AND "order" IS NULL AND coalesce(ended > until + 86400000, 1)
UNION ALL
SELECT 'erasures-are-announced', first, 'the erasure of member:' || member || ' is not announced'
FROM owed JOIN judged WHERE last IS NULL AND announced IS NULL AND announce < late;

SELECT 'erasures-are-completed' AS "check", position, 'is not completed' AS what
FROM fences, judged WHERE time < late_by_a_day AND NOT EXISTS (
  SELECT 1 FROM e WHERE stream = 'fence:' || fence AND type = 'erasure.completed')
UNION ALL
SELECT 'erasures-are-completed', phases.first, 'the identity of member:' || member || ' is not erased'
FROM phases JOIN subjects ON owner = 'member:' || member AND kind = 'identity'
WHERE type = 'accounts.purged' AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.subject = subjects.subject);

SELECT DISTINCT 'nothing-after-erasure' AS "check", e.position, 'is sealed about what was erased' AS what
FROM e JOIN covered ON covered.subject = e.subject AND covered.position < e.position
UNION ALL
SELECT 'nothing-after-erasure', e.position, 'happened to one who was erased'
FROM e JOIN phases ON phases.member = e.id AND phases.type = 'accounts.purged' AND phases.first < e.position WHERE e.word = 'member';

-- What goes with the account whatever stays: by the last choice before the purge, and what was deleted or removed.
WITH purges AS (
    SELECT phases.member, phases.first AS position, phases.since AS time, 'member:' || phases.member AS owner, (
      SELECT max(position) FROM e WHERE stream = 'member:' || phases.member AND position < phases.first
        AND type IN ('accounts.closed', 'accounts.texts-chosen')) AS choice
    FROM phases JOIN judged ON phases.since < late_by_a_day WHERE type = 'accounts.purged'),
  chosen AS (
    SELECT purges.*, coalesce(json_extract(clear, '$.posts'), json_extract(clear, '$.texts'), json_extract(clear, '$.choice')) AS posts,
      coalesce(json_extract(clear, '$.messages'), json_extract(clear, '$.texts'), json_extract(clear, '$.choice')) AS messages,
      coalesce(json_extract(clear, '$.marked'), json_extract(clear, '$.erasing'), '[]') AS marked
    FROM purges JOIN e ON e.position = choice),
  going AS (
    SELECT position, time, subject FROM chosen JOIN subjects USING (owner)
      WHERE posts = 'erase' AND kind IN ('post', 'revision', 'thread', 'picture') OR messages = 'erase' AND kind = 'message'
    UNION SELECT position, time, value FROM chosen, json_each(marked)
    -- A post that was deleted or removed, with its revisions.
    UNION SELECT purges.position, purges.time, written.subject FROM purges
      JOIN e AS written ON written.owner = purges.owner AND written.type IN ('forum.post-published', 'forum.post-revised') AND written.position < purges.position
      WHERE 'forum.post-deleted' = (
          SELECT type FROM e WHERE e.stream = written.stream AND e.position < purges.position AND type IN ('forum.post-deleted', 'forum.post-restored')
          ORDER BY e.position DESC LIMIT 1)
        OR 'forum.post-removed' = (
          SELECT type FROM e WHERE e.stream = written.stream AND e.position < purges.position AND type IN ('forum.post-removed', 'forum.post-reinstated')
          ORDER BY e.position DESC LIMIT 1)
        OR 'forum.revision-deleted' = (
          SELECT type FROM e WHERE e.stream = written.stream AND e.position < purges.position
            AND type IN ('forum.revision-deleted', 'forum.revision-restored')
            AND json_extract(clear, '$.revision') = coalesce(json_extract(written.clear, '$.revision'), 1) ORDER BY e.position DESC LIMIT 1)
    UNION SELECT purges.position, purges.time, written.subject FROM purges
      JOIN e AS written ON written.owner = purges.owner AND written.type = 'messages.sent'
      WHERE 'messages.message-deleted' = (
        SELECT type FROM e WHERE e.stream = written.stream AND e.position < purges.position
          AND type IN ('messages.message-deleted', 'messages.message-restored')
          AND json_extract(clear, '$.message') = json_extract(written.clear, '$.message') ORDER BY e.position DESC LIMIT 1))
SELECT 'chosen-texts-go' AS "check", position, subject || ' is not erased' AS what
FROM going WHERE NOT EXISTS (SELECT 1 FROM covered WHERE covered.subject = going.subject AND covered.time <= going.time + 86400000);
