-- P-14.1: a password, a second factor and recovery codes that are replaced are erased; no number stands in the clear.
WITH secrets AS (
    SELECT position, stream, type, subject,
      CASE type WHEN 'accounts.password-set' THEN 'password' WHEN 'accounts.two-factor-enabled' THEN 'factor' ELSE 'codes' END AS kind
    FROM e WHERE type IN ('accounts.password-set', 'accounts.two-factor-enabled', 'accounts.recovery-codes-made') AND subject IS NOT NULL),
  ends AS (
    SELECT position, stream, kind FROM secrets
    UNION ALL SELECT position, stream, 'password' FROM e WHERE type = 'accounts.compromise-reported'
    UNION ALL SELECT position, stream, kind FROM e, (SELECT 'factor' AS kind UNION VALUES ('codes'))
      WHERE type IN ('accounts.two-factor-disabled', 'accounts.two-factor-reset')),
  replaced AS (
    SELECT ends.position, (
      SELECT subject FROM secrets WHERE secrets.stream = ends.stream AND secrets.kind = ends.kind AND secrets.position < ends.position
      ORDER BY secrets.position DESC LIMIT 1) AS subject
    FROM ends)
SELECT 'replaced-passwords-are-erased' AS "check", position, 'what it replaced or ended is not erased' AS what
FROM replaced WHERE subject IS NOT NULL AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.subject = replaced.subject);

-- Ten digits, or twelve with the century, with or without a sign before the last four: a date, and a check digit by Luhn's rule.
WITH strings AS (
    SELECT position, value, replace(replace(value, '-', ''), '+', '') AS digits FROM e, json_tree(e.clear)
    WHERE json_tree.type = 'text' AND length(value) BETWEEN 10 AND 13
      AND (value GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]' OR value GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9][-+][0-9][0-9][0-9][0-9]')),
  numbers AS (
    SELECT position, digits, substr(digits, -10) AS ten FROM strings
    WHERE length(digits) IN (10, 12) AND digits NOT GLOB '*[^0-9]' AND length(value) - length(digits) <= 1),
  dates AS (
    SELECT *, substr(ten, 3, 2) || '-' || substr(ten, 5, 2) AS day FROM numbers)
SELECT DISTINCT 'numbers-are-sealed' AS "check", position, 'a personal identity number stands in the clear' AS what
FROM dates
WHERE ((length(digits) = 12 AND date(substr(digits, 1, 4) || '-' || day, '+0 days') = substr(digits, 1, 4) || '-' || day)
    OR (length(digits) = 10 AND (
      date('19' || substr(ten, 1, 2) || '-' || day, '+0 days') = '19' || substr(ten, 1, 2) || '-' || day
      OR date('20' || substr(ten, 1, 2) || '-' || day, '+0 days') = '20' || substr(ten, 1, 2) || '-' || day)))
  AND 0 = (
    WITH RECURSIVE places(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM places WHERE i < 10)
    SELECT sum(CASE WHEN i % 2 = 0 THEN substr(ten, i, 1) + 0 WHEN substr(ten, i, 1) < '5' THEN 2 * substr(ten, i, 1) ELSE 2 * substr(ten, i, 1) - 9 END)
    FROM places) % 10;
