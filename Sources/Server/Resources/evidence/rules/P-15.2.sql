-- P-15.2: mails that can be switched off go to members, at addresses that take them.
WITH sent AS (
  SELECT position, json_extract(clear, '$.member') AS member, json_extract(clear, '$.checked') AS checked, json_extract(clear, '$.address') AS address
  FROM e WHERE type = 'mail.handed-over'
    AND json_extract(clear, '$.kind') IN ('new-message', 'new-reply', 'new-mention', 'new-quote', 'new-watched', 'digest', 'newsletter'))
SELECT 'mails-reach-members-only' AS "check", position, 'went to one who was no active member' AS what
FROM sent WHERE 'active' IS NOT (
  SELECT phase FROM phases WHERE phases.member = sent.member AND first <= checked ORDER BY first DESC LIMIT 1)
UNION ALL
SELECT 'mails-reach-members-only', position, 'went to an address that had refused mail'
FROM sent WHERE 'mail.bounced' = (
  SELECT type FROM e WHERE e.stream = 'mailbox:' || sent.member AND e.position <= checked AND json_extract(clear, '$.address') = address
    AND (type = 'mail.address-retried' OR type = 'mail.bounced' AND json_extract(clear, '$.severity') = 'hard')
  ORDER BY e.position DESC LIMIT 1);
