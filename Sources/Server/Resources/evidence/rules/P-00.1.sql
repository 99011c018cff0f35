-- P-00.1: each version comes into force on its day, once, and after it was published.
WITH begun AS (
  SELECT position, time, substr(type, 10, instr(type, '-in-force') - 10) AS text, json_extract(clear, '$.version') AS version
  FROM e WHERE type IN ('accounts.policy-in-force', 'accounts.terms-in-force'))
SELECT 'versions-begin-on-their-day' AS "check", position, 'a version that was not published came into force' AS what
FROM begun WHERE NOT EXISTS (
  SELECT 1 FROM versions WHERE versions.text = begun.text AND versions.version = begun.version AND versions.position < begun.position)
UNION ALL
SELECT 'versions-begin-on-their-day', begun.position, 'a version came into force before its day'
FROM begun JOIN versions USING (text, version) WHERE begun.time < versions.midnight
UNION ALL
SELECT 'versions-begin-on-their-day', position, 'a version came into force a second time'
FROM begun WHERE EXISTS (
  SELECT 1 FROM begun AS first WHERE first.text = begun.text AND first.version = begun.version AND first.position < begun.position)
UNION ALL
SELECT 'versions-begin-on-their-day', position, 'a version has not come into force'
FROM versions, judged WHERE begins < late AND NOT EXISTS (
  SELECT 1 FROM begun WHERE begun.text = versions.text AND begun.version = versions.version);
