-- P-16.1: who has left neither signs in nor writes.
WITH acts AS (
  SELECT position, time, type, json_extract(clear, '$.member') AS member FROM e WHERE type = 'accounts.signed-in'
  UNION ALL SELECT position, time, type, member FROM e
    WHERE (type GLOB 'forum.*' OR type GLOB 'messages.*') AND member IS NOT NULL)
SELECT CASE acts.type WHEN 'accounts.signed-in' THEN 'only-members-sign-in' ELSE 'only-members-write' END AS "check", position,
  'member:' || acts.member || ' was ' || coalesce(phase, 'no member') AS what
FROM acts LEFT JOIN phases ON phases.member = acts.member AND first < position AND (last IS NULL OR last >= position)
WHERE coalesce(phase, '') <> 'active'
  -- After its end, one who was suspended may sign in, and is back by that.
  AND NOT (acts.type = 'accounts.signed-in' AND coalesce(phase, '') = 'deactivated' AND coalesce(json_extract(phases.clear, '$.until') <= acts.time, 0));
