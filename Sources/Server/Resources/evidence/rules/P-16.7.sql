-- P-16.7: data of members are viewed in a role, for a reason, and of those who have left by administrators, until their time is out.
DROP TABLE IF EXISTS temp.viewings;
CREATE TEMP TABLE viewings AS
SELECT e.position, e.time, e.actor, e.member AS viewer, json_extract(e.clear, '$.role') AS role, json_extract(e.clear, '$.reason') AS reason,
  phase, since, json_extract(phases.clear, '$.cause') AS cause
FROM e LEFT JOIN phases ON phases.member = e.id AND first < e.position AND (last IS NULL OR last > e.position)
WHERE e.type = 'oversight.data-viewed';
DELETE FROM began; DELETE FROM sums;
INSERT OR IGNORE INTO began SELECT since, '$.retention.closedAccount', time FROM viewings WHERE phase = 'closed';
INSERT OR IGNORE INTO began SELECT since, '$.deadlines.appealWindow', time FROM viewings WHERE phase = 'closed' AND cause = 'duplicate';
SELECT 'viewings-are-justified' AS "check", position, 'viewed in a role that one did not have' AS what
FROM viewings WHERE CASE WHEN actor = 'operator' THEN role IS NOT 'administrator' ELSE NOT EXISTS (
  SELECT 1 FROM roles WHERE roles.member = viewer AND roles.role = viewings.role AND first < position AND (last IS NULL OR last > position)) END
UNION ALL
SELECT 'viewings-are-justified', position, 'viewed without a reason' FROM viewings WHERE reason IS NULL
UNION ALL
SELECT 'viewings-are-justified', position, 'one who is not active was viewed by another than an administrator'
FROM viewings WHERE coalesce(phase, '') <> 'active' AND role IS NOT 'administrator'
UNION ALL
SELECT 'viewings-are-justified', position, 'one was viewed who is erased, or whose time was out'
FROM viewings WHERE coalesce(phase, 'nobody') IN ('purged', 'lapsed', 'nobody') OR phase = 'closed' AND EXISTS (
  SELECT 1 FROM deadlines WHERE start = since AND judged = time AND due <= time);
