-- P-17.2: a request from somebody who was not signed in is granted only after the identity was proved.
SELECT 'requests-are-identified' AS "check", decided.position, 'was granted without a proof of identity' AS what
FROM cases JOIN e AS decided ON decided.stream = "case" AND decided.type = 'cases.decided'
WHERE matter = 'rights' AND opener IS NULL AND json_extract(decided.clear, '$.outcome') IN ('upheld', 'partly') AND NOT EXISTS (
  SELECT 1 FROM e AS proof WHERE proof.stream = "case" AND proof.type IN ('cases.identity-checked', 'cases.identified')
    AND proof.position < decided.position);
