-- P-08.2: nobody judges in her own matter, or over an appeal against her own decision; a removal is a case.
SELECT 'nobody-judges-own-matter' AS "check", position, 'decided by a party' AS what
FROM e WHERE type = 'cases.decided' AND member IS NOT NULL AND EXISTS (
  SELECT 1 FROM parties WHERE parties."case" = e.stream AND parties.member = e.member AND parties.position <= e.position)
UNION ALL
SELECT 'nobody-judges-own-matter', position, 'judged an appeal against her own decision'
FROM e WHERE type = 'cases.decided' AND member IS NOT NULL AND EXISTS (
  SELECT 1 FROM e AS earlier JOIN e AS appeal ON appeal.stream = earlier.stream AND appeal.type = 'cases.appealed' AND appeal.position > earlier.position
  WHERE earlier.stream = e.stream AND earlier.type = 'cases.decided' AND earlier.member = e.member AND appeal.position < e.position)
UNION ALL
SELECT 'nobody-judges-own-matter', position, 'rejected an appeal against her own decision, or her own appeal'
FROM e WHERE type = 'accounts.appeal-rejected' AND actor IN (stream, (
  SELECT judged.actor FROM e AS judged WHERE judged.stream = e.stream AND judged.position < e.position AND judged.actor LIKE 'member:%'
    AND judged.type IN ('accounts.closed', 'accounts.deactivated') ORDER BY judged.position DESC LIMIT 1))
UNION ALL
SELECT 'nobody-judges-own-matter', position, 'decided about herself'
FROM e WHERE actor = stream AND (type = 'accounts.deactivated' OR type = 'accounts.closed' AND json_extract(clear, '$.cause') = 'breach');

SELECT 'removals-are-cases' AS "check", e.position, 'was removed without a decision in a case' AS what
FROM e JOIN versions ON versions.text = 'policy' AND begins <= e.time AND (ends IS NULL OR ends > e.time)
WHERE e.type = 'forum.post-removed' AND instr(body, '### P-06.4')
  AND NOT EXISTS (
    SELECT 1 FROM e AS decided JOIN e AS opened ON opened.stream = decided.stream AND opened.type = 'cases.opened'
    WHERE decided.type = 'cases.decided' AND decided.position < e.position AND json_extract(decided.clear, '$.outcome') <> 'rejected'
      AND json_extract(opened.clear, '$.matter') = 'report'
      AND ('post:' || json_extract(opened.clear, '$.post') = e.stream OR json_extract(opened.clear, '$.thread') = (
        SELECT json_extract(written.clear, '$.thread') FROM e AS written
        WHERE written.stream = e.stream AND written.type = 'forum.post-published')));
