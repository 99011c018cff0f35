-- P-01.1: acceptances name the version in force and its text; members accepted both texts; consents are one's own.
WITH accepted AS (
  SELECT position, time, substr(type, 10, instr(type, '-accepted') - 10) AS text, json_extract(clear, '$.version') AS version,
    json_extract(clear, '$.text') AS hash
  FROM e WHERE type IN ('accounts.policy-accepted', 'accounts.terms-accepted'))
SELECT 'accepted-versions-were-in-force' AS "check", position, 'accepts another text than that of the version in force' AS what
FROM accepted WHERE NOT EXISTS (
  SELECT 1 FROM versions WHERE versions.text = accepted.text AND versions.version = accepted.version AND versions.hash = accepted.hash
    AND versions.position < accepted.position AND begins <= accepted.time AND (ends IS NULL OR ends > accepted.time));

SELECT 'members-accepted-both-texts' AS "check", position, 'became a member without accepting policy and terms' AS what
FROM e WHERE type = 'accounts.confirmed' AND 2 > (
  SELECT count(DISTINCT type) FROM e AS accepted WHERE accepted.stream = e.stream AND accepted.position < e.position
    AND accepted.type IN ('accounts.policy-accepted', 'accounts.terms-accepted'));

-- Consent of the member herself while active, or of the visitor who signs up.
SELECT 'consents-are-ones-own' AS "check", position, 'was given by another, or by one who is no member' AS what
FROM e LEFT JOIN phases ON phases.member = e.id AND phases.first < e.position AND (phases.last IS NULL OR phases.last > e.position)
WHERE e.type = 'accounts.consent-given'
  AND NOT (e.actor = e.stream AND coalesce(phase, '') = 'active')
  AND NOT (e.actor = 'visitor' AND coalesce(phase, 'unconfirmed') = 'unconfirmed');

WITH answers AS (
  SELECT position, type, stream, lag(type) OVER (PARTITION BY stream, json_extract(clear, '$.purpose') ORDER BY position) AS before
  FROM e WHERE type IN ('accounts.consent-given', 'accounts.consent-withdrawn'))
SELECT 'consents-are-ones-own' AS "check", position, 'what was not given is withdrawn' AS what
FROM answers WHERE type = 'accounts.consent-withdrawn' AND coalesce(before, '') <> 'accounts.consent-given';
