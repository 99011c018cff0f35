-- P-12.3: a number is shown to staff in a role that may see it.
SELECT 'numbers-are-shown-with-care' AS "check", position, 'shown to one who is no active administrator, or in another role' AS what
FROM e WHERE type = 'oversight.number-shown' AND (json_extract(clear, '$.role') IS NOT 'administrator'
  OR actor <> 'operator' AND NOT EXISTS (
    SELECT 1 FROM roles JOIN phases USING (member) WHERE role = 'administrator' AND phase = 'active' AND member = e.member
      AND roles.first < e.position AND (roles.last IS NULL OR roles.last > e.position)
      AND phases.first < e.position AND (phases.last IS NULL OR phases.last > e.position)))
UNION ALL
SELECT 'numbers-are-shown-with-care', position, 'the numbers in a text were shown in a role that one did not have, or that does not suffice'
FROM e WHERE type = 'oversight.text-number-shown' AND (json_extract(clear, '$.role') NOT IN ('administrator', 'moderator')
  OR NOT EXISTS (
    SELECT 1 FROM roles WHERE role = json_extract(clear, '$.role') AND roles.member = e.member
      AND first < e.position AND (last IS NULL OR last > e.position)));
