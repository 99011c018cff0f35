-- What the rules begin with, for SQLite 3.38 or newer. `judging` has one row, the judging time: see run.sh.
-- Everything is in temporary tables and views; the log is only read. Times are milliseconds since 1970 UTC.

-- One row per event, with the parts of its names apart. `member` is the actor's id, when the actor is a member.
CREATE TEMP TABLE e AS
SELECT position, stream, substr(stream, 1, instr(stream || ':', ':') - 1) AS word,
  CASE WHEN instr(stream, ':') THEN substr(stream, instr(stream, ':') + 1) END AS id,
  type, schema, time, actor, CASE WHEN actor LIKE 'member:%' THEN substr(actor, 8) END AS member,
  command, subject, owner, clear
FROM main.events;
CREATE UNIQUE INDEX temp.e_position ON e(position);
CREATE INDEX temp.e_type ON e(type, position);
CREATE INDEX temp.e_stream ON e(stream, position);
CREATE INDEX temp.e_command ON e(command);
CREATE INDEX temp.e_subject ON e(subject, position) WHERE subject IS NOT NULL;

-- To judge whether something is late, its deadline is judged two hours before the judging time, and has passed then.
CREATE TEMP TABLE judged AS
SELECT at, at - 7200000 AS late, at - 86400000 AS late_by_a_day, (SELECT max(position) FROM e) AS head FROM judging;

-- Swedish time ------------------------------------------------------------------------------------------------------

-- The clock changes since 1996, when summer time has ended in October: at 01:00 UTC on the last Sundays of March and October.
CREATE TEMP TABLE clock(since INTEGER PRIMARY KEY, ahead INTEGER);
INSERT INTO clock VALUES (-9000000000000, 3600000);
INSERT INTO clock
WITH RECURSIVE years(year) AS (VALUES (1996) UNION ALL SELECT year + 1 FROM years WHERE year < 2100),
  ends(day, ahead) AS (
    SELECT year || '-03-31', 7200000 FROM years UNION ALL SELECT year || '-10-31', 3600000 FROM years)
SELECT (strftime('%s', day, '-' || strftime('%w', day) || ' days') + 3600) * 1000, ahead FROM ends;

-- Periods are ISO 8601 durations, such as P1Y, P30D or PT48H; one with a minus before it is subtracted.
CREATE TEMP TABLE periods(text TEXT PRIMARY KEY, months INTEGER, days INTEGER, elapsed INTEGER);

-- Adding a period: a rule writes its questions into `sums` and reads `summed`. Months and days are added to the date in Stockholm, hours to the moment.
-- SQLite's own '+1 year' turns 29 February into 1 March, but the policy says that a month that lacks the day ends on its last:
-- so year, month and day are counted apart, and the day is cut to the month's length.
CREATE TEMP TABLE sums(start INTEGER, period TEXT, PRIMARY KEY (start, period)) WITHOUT ROWID;
CREATE TEMP VIEW summed AS
WITH local AS (
    SELECT start, period, months, days, elapsed,
      start + (SELECT ahead FROM clock WHERE since <= start ORDER BY since DESC LIMIT 1) AS wall
    FROM sums JOIN periods ON text = period),
  dated AS (
    SELECT *, date(wall / 1000, 'unixepoch') AS day, wall % 86400000 AS clock_time FROM local),
  counted AS (
    SELECT *, CAST(substr(day, 1, 4) AS INTEGER) * 12 + CAST(substr(day, 6, 2) AS INTEGER) - 1 + months AS month FROM dated),
  moved AS (
    SELECT *, printf('%04d-%02d-01', month / 12, month % 12 + 1) AS first FROM counted),
  walls AS (
    SELECT *, (strftime('%s', first) / 86400
        + min(CAST(substr(day, 9, 2) AS INTEGER), CAST(strftime('%d', first, '+1 month', '-1 day') AS INTEGER)) - 1 + days)
      * 86400000 + clock_time AS end_wall
    FROM moved)
SELECT start, period, elapsed + CASE
    WHEN months = 0 AND days = 0 THEN start
    -- Two hours ahead if that is summer time there, else one: an hour that the clock skips counts as the next, one that comes twice as the first.
    WHEN (SELECT ahead FROM clock WHERE since <= end_wall - 7200000 ORDER BY since DESC LIMIT 1) = 7200000 THEN end_wall - 7200000
    ELSE end_wall - 3600000 END AS ended
FROM walls;

-- Versions ----------------------------------------------------------------------------------------------------------

-- The versions of both texts, each with the moment from which it is in force, and the next one's.
CREATE TEMP TABLE versions AS
WITH published AS (
    SELECT CASE stream WHEN 'privacy-policy' THEN 'policy' ELSE 'terms' END AS text, position, time,
      json_extract(clear, '$.version') AS version, json_extract(clear, '$.change') AS change, json_extract(clear, '$.hash') AS hash,
      json_extract(clear, '$.rules') AS rules, json_extract(clear, '$.text') AS body
    FROM e WHERE type IN ('accounts.policy-published', 'accounts.terms-published')),
  begun AS (
    SELECT *, strftime('%s', version) * 1000 - coalesce(
        (SELECT 7200000 FROM clock WHERE since <= strftime('%s', version) * 1000 - 7200000 AND ahead = 7200000
          AND since = (SELECT max(since) FROM clock WHERE since <= strftime('%s', version) * 1000 - 7200000)), 3600000) AS midnight
    FROM published)
SELECT *, max(midnight, time) AS begins,
  lead(max(midnight, time)) OVER (PARTITION BY text ORDER BY version, position) AS ends
FROM begun;

-- What a version means that lacks a rule (docs/policy-versions.md).
CREATE TEMP TABLE defaults(rule TEXT PRIMARY KEY, period TEXT);
INSERT INTO defaults VALUES
  ('$.retention.duplicateAccount', 'P7D'), ('$.retention.sessionLifetime', 'P90D'), ('$.retention.staffName', 'P1Y'),
  ('$.retention.deletedText', 'P7D'), ('$.retention.reading', 'P1Y'), ('$.retention.drafts', 'P30D'),
  ('$.retention.keyRotation', 'P90D');

INSERT INTO periods
WITH RECURSIVE texts(text) AS (
    SELECT DISTINCT value FROM versions, json_tree(versions.rules)
      WHERE versions.text = 'policy' AND type = 'text' AND value GLOB 'P*[0-9][YMWDHS]'
    UNION SELECT period FROM defaults UNION VALUES ('P7D'), ('P1D'), ('P0D')),
  letters(text, rest, timed, number, months, days, elapsed) AS (
    SELECT text, substr(text, 2), 0, 0, 0, 0, 0 FROM texts
    UNION ALL
    SELECT text, substr(rest, 2), timed OR rest LIKE 'T%',
      CASE WHEN rest GLOB '[0-9]*' THEN number * 10 + substr(rest, 1, 1) ELSE 0 END,
      months + CASE WHEN rest LIKE 'Y%' THEN 12 * number WHEN rest LIKE 'M%' AND NOT timed THEN number ELSE 0 END,
      days + CASE WHEN rest LIKE 'D%' THEN number WHEN rest LIKE 'W%' THEN 7 * number ELSE 0 END,
      elapsed + number * CASE WHEN rest LIKE 'H%' THEN 3600000 WHEN rest LIKE 'M%' AND timed THEN 60000 WHEN rest LIKE 'S%' THEN 1000 ELSE 0 END
    FROM letters WHERE rest <> '')
SELECT text, months, days, elapsed FROM letters WHERE rest = ''
UNION ALL SELECT '-' || text, -months, -days, -elapsed FROM letters WHERE rest = '';
-- Two periods together, both counted from the same start, are written with a plus between them, and so are their rules.
INSERT OR IGNORE INTO periods
SELECT a.text || '+' || b.text, a.months + b.months, a.days + b.days, a.elapsed + b.elapsed
FROM versions JOIN periods AS a ON a.text = json_extract(rules, '$.deadlines.rightsRequest')
  JOIN periods AS b ON b.text = json_extract(rules, '$.deadlines.rightsRequestExtension');

-- Deadlines: a rule writes what began into `began`, with the moment from which it is judged, and reads `deadlines`.
-- The deadline is the earliest by the version in force at the start and those that began between it and the moment of judging:
-- a later version may shorten a period, never lengthen it. No row: no version had the rule.
CREATE TEMP TABLE began(start INTEGER, rule TEXT, judged INTEGER, PRIMARY KEY (start, rule, judged)) WITHOUT ROWID;
CREATE TEMP VIEW applying AS
SELECT start, rule, judged, CASE WHEN instr(rule, '+')
    THEN json_extract(rules, substr(rule, 1, instr(rule, '+') - 1)) || '+' || json_extract(rules, substr(rule, instr(rule, '+') + 1))
    ELSE coalesce(json_extract(rules, rule), (SELECT period FROM defaults WHERE defaults.rule = began.rule)) END AS period
FROM began JOIN versions ON text = 'policy' AND begins <= max(start, judged) AND (ends IS NULL OR ends > start);
CREATE TEMP TRIGGER began_summed AFTER INSERT ON began BEGIN
  INSERT OR IGNORE INTO sums SELECT start, period FROM applying
  WHERE start = NEW.start AND rule = NEW.rule AND judged = NEW.judged AND period IS NOT NULL;
END;
CREATE TEMP VIEW deadlines AS
SELECT start, rule, judged, min(ended) AS due
FROM applying JOIN summed USING (start, period) GROUP BY start, rule, judged;

-- Persons -----------------------------------------------------------------------------------------------------------

-- The phases of each member: from the event at `first`, in force after it and up to the event at `last`, which is NULL for the present one.
CREATE TEMP TABLE phases AS
SELECT id AS member, position AS first, time AS since, actor, type, command, clear,
  lead(position) OVER (PARTITION BY id ORDER BY position) AS last,
  lead(time) OVER (PARTITION BY id ORDER BY position) AS until,
  lag(type) OVER (PARTITION BY id ORDER BY position) AS before,
  CASE type WHEN 'accounts.signed-up' THEN 'unconfirmed' WHEN 'accounts.review-requested' THEN 'awaiting review'
    WHEN 'accounts.review-rejected' THEN 'rejected' WHEN 'accounts.deactivated' THEN 'deactivated' WHEN 'accounts.closed' THEN 'closed'
    WHEN 'accounts.sign-up-lapsed' THEN 'lapsed' WHEN 'accounts.purged' THEN 'purged' ELSE 'active' END AS phase
FROM e WHERE word = 'member' AND type IN (
  'accounts.signed-up', 'accounts.review-requested', 'accounts.confirmed', 'accounts.review-approved', 'accounts.review-rejected',
  'accounts.deactivated', 'accounts.returned', 'accounts.closed', 'accounts.restored', 'accounts.sign-up-lapsed', 'accounts.purged');
CREATE INDEX temp.phases_member ON phases(member, first);

-- When a member had a role: after the event at `first`, up to the one at `last`.
CREATE TEMP TABLE roles AS
SELECT json_extract(clear, '$.member') AS member, json_extract(clear, '$.role') AS role, position AS first,
  (SELECT min(position) FROM e AS taken WHERE taken.type = 'accounts.role-revoked' AND taken.position > e.position
    AND json_extract(taken.clear, '$.member') = json_extract(e.clear, '$.member')
    AND json_extract(taken.clear, '$.role') = json_extract(e.clear, '$.role')) AS last
FROM e WHERE type = 'accounts.role-granted';

-- Erasures ----------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE fences AS
SELECT position, time, id AS fence, command, json_extract(clear, '$.owner') AS owner, json_extract(clear, '$.kinds') AS kinds,
  json_extract(clear, '$.subjects') AS subjects
FROM e WHERE type = 'erasure.fenced';

CREATE TEMP TABLE subjects AS
SELECT subject, owner, substr(subject, 1, instr(subject, ':') - 1) AS kind, min(position) AS first, max(position) AS last
FROM e WHERE subject IS NOT NULL GROUP BY subject;
CREATE UNIQUE INDEX temp.subjects_subject ON subjects(subject);
CREATE INDEX temp.subjects_owner ON subjects(owner);

-- Which fences cover which subjects.
CREATE TEMP TABLE covered AS
SELECT value AS subject, position, time, fence FROM fences, json_each(fences.subjects)
UNION SELECT subject, position, time, fence FROM fences JOIN subjects USING (owner) WHERE kinds IS NULL
UNION SELECT subject, position, time, fence FROM fences JOIN subjects USING (owner) JOIN json_each(kinds) ON value = kind;
CREATE INDEX temp.covered_subject ON covered(subject, position);

-- The legal holds on each member: in force after the event at `first`, up to the one at `last`, through `last_day` if it has an end.
CREATE TEMP TABLE holds AS
SELECT id AS member, position AS first, time AS since, type, actor, json_extract(clear, '$.proposal') AS proposal,
  (SELECT min(position) FROM e AS lifted WHERE lifted.stream = e.stream AND lifted.type = 'oversight.hold-lifted'
    AND lifted.position > e.position) AS last,
  (SELECT json_extract(p.clear, '$.lastDay') FROM e AS p WHERE p.stream = e.stream AND p.type = 'oversight.hold-proposed'
    AND p.position < e.position AND json_extract(p.clear, '$.proposal') = json_extract(e.clear, '$.proposal')) AS last_day
FROM e WHERE word = 'held-member' AND type IN ('oversight.hold-placed', 'oversight.hold-confirmed');

-- Those who are held now: what concerns them is not late.
CREATE TEMP VIEW held AS SELECT DISTINCT member FROM holds WHERE last IS NULL;

-- Members who belong to a case: its opener, the other party, whom a decision affects, who was identified.
CREATE TEMP TABLE parties AS
SELECT stream AS "case", json_extract(clear, '$.opener') AS member, 'opener' AS party, position FROM e WHERE type = 'cases.opened'
UNION ALL SELECT stream, json_extract(clear, '$.other'), 'other', position FROM e WHERE type = 'cases.opened'
UNION ALL SELECT stream, json_extract(clear, '$.member'), 'opener', position FROM e WHERE type = 'cases.identified'
UNION ALL SELECT stream, json_extract(clear, '$.affected'), 'other', position FROM e WHERE type = 'cases.decided';
DELETE FROM parties WHERE member IS NULL;
CREATE INDEX temp.parties_case ON parties("case");

-- What happened to cases -------------------------------------------------------------------------------------------

CREATE TEMP TABLE cases AS
SELECT stream AS "case", id, position, time, actor, json_extract(clear, '$.matter') AS matter, json_extract(clear, '$.right') AS "right",
  json_extract(clear, '$.channel') AS channel, json_extract(clear, '$.opener') AS opener, json_extract(clear, '$.post') AS post,
  json_extract(clear, '$.thread') AS thread, json_extract(clear, '$.message') AS message,
  json_extract(clear, '$.conversation') AS conversation
FROM e WHERE type = 'cases.opened';
CREATE UNIQUE INDEX temp.cases_case ON cases("case");

-- A case is closed by an event that closes, decides or erases it, until one that opens it again.
CREATE TEMP TABLE case_steps AS
SELECT stream AS "case", position, time, type, clear, type IN ('cases.closed', 'cases.decided', 'cases.erased') AS closes,
  lead(position) OVER (PARTITION BY stream ORDER BY position) AS next
FROM e WHERE word = 'case' AND (type IN (
    'cases.opened', 'cases.closed', 'cases.decided', 'cases.erased', 'cases.reopened', 'cases.replied', 'cases.appealed')
  OR type IN ('cases.stated', 'cases.mail-filed') AND json_extract(clear, '$.asks'));
CREATE INDEX temp.case_steps_case ON case_steps("case", position);

CREATE TEMP VIEW closed_cases AS
SELECT cases.*, case_steps.position AS closed_at, case_steps.time AS closed_time, case_steps.type AS closed_by
FROM cases JOIN case_steps USING ("case") WHERE closes AND next IS NULL;
