-- P-08.4: mails about cases and decisions are never switched off.
SELECT 'case-mails-are-never-switched-off' AS "check", position, 'a mail about a case was held back as switched off' AS what
FROM e WHERE type = 'mail.suppressed' AND json_extract(clear, '$.reason') = 'switched-off'
  AND (json_extract(clear, '$.kind') GLOB 'case-*' OR json_extract(clear, '$.kind') GLOB 'decision-*');
