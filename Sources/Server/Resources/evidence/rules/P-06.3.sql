-- P-06.3: what its author deletes can be restored for a while, and is erased after it.
DROP TABLE IF EXISTS temp.deletions; DROP TABLE IF EXISTS temp.texts;
-- Which subjects a deleted text has: all versions of a post, one version, or a message.
CREATE TEMP TABLE texts AS
SELECT stream AS text, subject FROM e WHERE type IN ('forum.post-published', 'forum.post-revised') AND subject IS NOT NULL
UNION SELECT stream || ' ' || coalesce(json_extract(clear, '$.revision'), 1), subject FROM e
  WHERE type IN ('forum.post-published', 'forum.post-revised') AND subject IS NOT NULL
UNION SELECT 'message:' || json_extract(clear, '$.message'), subject FROM e WHERE type = 'messages.sent' AND subject IS NOT NULL;
CREATE INDEX temp.texts_text ON texts(text);
CREATE TEMP TABLE deletions AS
SELECT CASE WHEN type GLOB 'messages.*' THEN 'message:' || json_extract(clear, '$.message')
    WHEN type GLOB 'forum.revision*' THEN stream || ' ' || json_extract(clear, '$.revision') ELSE stream END AS text,
  stream, position, time,
  CASE WHEN type GLOB '*-deletion-completed' THEN 'completed' WHEN type GLOB '*-restored' THEN 'restored' ELSE 'deleted' END AS what,
  json_extract(clear, '$.fence') AS fence
FROM e WHERE type IN (
  'forum.post-deleted', 'forum.post-restored', 'forum.post-deletion-completed', 'forum.revision-deleted', 'forum.revision-restored',
  'forum.revision-deletion-completed', 'messages.message-deleted', 'messages.message-restored', 'messages.message-deletion-completed');
CREATE INDEX temp.deletions_text ON deletions(text, position);

DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT time, '$.retention.deletedText', late FROM deletions, judged WHERE what = 'deleted';
INSERT OR IGNORE INTO began
SELECT deletions.time, '$.retention.deletedText', ended.time FROM deletions JOIN deletions AS ended USING (text)
WHERE deletions.what = 'deleted' AND ended.what <> 'deleted' AND ended.position > deletions.position;

-- Late, unless a report or dispute about it is open, or was until now.
WITH waiting AS (
    SELECT * FROM deletions WHERE what = 'deleted'
      AND NOT EXISTS (SELECT 1 FROM deletions AS after WHERE after.text = deletions.text AND after.position > deletions.position)
      AND EXISTS (
        SELECT 1 FROM texts WHERE texts.text = deletions.text AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.subject = texts.subject))),
  placed AS (
    SELECT waiting.*, written.owner, json_extract(written.clear, '$.thread') AS thread FROM waiting
      JOIN e AS written ON written.stream = waiting.stream
        AND (written.type = 'forum.post-published' OR written.type = 'messages.sent' AND written.subject = waiting.text)),
  concerning AS (
    SELECT placed.position, cases."case", closed_cases.closed_time FROM placed
    JOIN cases ON cases.post = substr(placed.stream, 6) AND placed.stream GLOB 'post:*' AND cases.matter = 'report'
      OR cases.message = substr(placed.text, 9) AND placed.text GLOB 'message:*' AND cases.matter = 'report'
      OR cases.thread = placed.thread AND cases.matter = 'report' AND EXISTS (
        SELECT 1 FROM e WHERE e.stream = 'thread:' || placed.thread AND e.type = 'forum.thread-opened'
          AND 'post:' || json_extract(e.clear, '$.first') = placed.stream)
      OR cases.matter = 'dispute' AND (cases.thread = placed.thread OR 'conversation:' || cases.conversation = placed.stream)
        AND EXISTS (SELECT 1 FROM parties WHERE parties."case" = cases."case" AND 'member:' || parties.member = placed.owner)
    LEFT JOIN closed_cases ON closed_cases."case" = cases."case")
SELECT 'deleted-texts-go' AS "check", placed.position, 'what its author deleted is still there' AS what
FROM placed JOIN judged JOIN deadlines ON start = placed.time AND judged = late AND due < late
WHERE NOT EXISTS (SELECT 1 FROM concerning WHERE concerning.position = placed.position AND (closed_time IS NULL OR closed_time >= late))
  AND NOT EXISTS (
    SELECT 1 FROM e WHERE e.type = 'messages.reported' AND 'message:' || json_extract(e.clear, '$.message') = placed.text
      AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.message = json_extract(e.clear, '$.message')));

-- Completed too early, or restored too late: counted from the last deletion before it.
SELECT 'deleted-texts-go' AS "check", position,
  CASE what WHEN 'completed' THEN 'was erased before the time to restore it was out' ELSE 'was restored when its time was out' END AS what
FROM (
  SELECT ended.position, ended.what, ended.time, max(deletions.position), deletions.time AS deleted
  FROM deletions AS ended JOIN deletions ON deletions.text = ended.text AND deletions.what = 'deleted' AND deletions.position < ended.position
  WHERE ended.what <> 'deleted' GROUP BY ended.position) AS ended
JOIN deadlines ON start = deleted AND judged = ended.time
WHERE CASE what WHEN 'completed' THEN ended.time < due ELSE ended.time > due END;

-- A completion erases; under a hold the erasure is put off, and the log says so.
SELECT 'deleted-texts-go' AS "check", position, 'nothing was erased' AS what
FROM deletions WHERE what = 'completed'
  AND (NOT EXISTS (SELECT 1 FROM texts WHERE texts.text = deletions.text) OR EXISTS (
    SELECT 1 FROM texts WHERE texts.text = deletions.text AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.subject = texts.subject)))
  AND NOT EXISTS (SELECT 1 FROM e WHERE type = 'erasure.deferred' AND json_extract(clear, '$.fence') = deletions.fence);
