-- P-06.2: a private message is opened by an administrator, after it was reported.
SELECT 'staff-read-only-reported' AS "check", position, 'a message was opened that nobody had reported' AS what
FROM e WHERE type = 'messages.opened-by-staff' AND NOT EXISTS (
  SELECT 1 FROM e AS report WHERE report.type = 'messages.reported' AND report.stream = e.stream AND report.position < e.position
    AND json_extract(report.clear, '$.message') = json_extract(e.clear, '$.message'))
UNION ALL
SELECT 'staff-read-only-reported', position, 'a message was opened by one who is no active administrator'
FROM e WHERE type = 'messages.opened-by-staff' AND NOT EXISTS (
  SELECT 1 FROM roles JOIN phases USING (member)
  WHERE role = 'administrator' AND phase = 'active' AND member = e.member
    AND roles.first < e.position AND (roles.last IS NULL OR roles.last > e.position)
    AND phases.first < e.position AND (phases.last IS NULL OR phases.last > e.position));
