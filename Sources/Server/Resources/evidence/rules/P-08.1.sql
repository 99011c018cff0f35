-- P-08.1: each event has a purpose: its type and schema are among those of the processing register (types.sql).
SELECT 'events-have-a-purpose' AS "check", min(position) AS position, count(*) || ' of ' || type || ', schema ' || schema AS what
FROM e WHERE NOT EXISTS (SELECT 1 FROM types WHERE types.type = e.type AND e.schema BETWEEN 1 AND types.schema)
GROUP BY type, schema;
