-- P-06.4: what somebody reads is no event, under a version that promises so.
SELECT 'reading-is-no-event' AS "check", e.position, 'tells what somebody has read' AS what
FROM e JOIN versions ON versions.text = 'policy' AND begins <= e.time AND (ends IS NULL OR ends > e.time)
WHERE type IN ('messages.read', 'notices.read', 'notices.opened') AND instr(body, '### P-06.4');
