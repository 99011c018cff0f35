-- P-15.1: a mail that can be switched off follows the choice at the moment when it was checked. The newsletter is P-09.2.
WITH kinds(mail, kind) AS (VALUES
    ('new-message', 'private-message'), ('new-reply', 'reply'), ('new-mention', 'mention'), ('new-quote', 'quote'), ('new-watched', 'watched')),
  sent AS (
    SELECT position, time, json_extract(clear, '$.member') AS member, json_extract(clear, '$.checked') AS checked, mail, kind
    FROM e JOIN kinds ON mail = json_extract(clear, '$.kind') WHERE type = 'mail.handed-over'),
  chosen AS (
    SELECT sent.*, coalesce((
      SELECT json_extract(choice.clear, '$.choice') FROM e AS choice
      WHERE choice.stream = 'member:' || sent.member AND choice.type = 'accounts.mail-choice-set' AND choice.position <= checked
        AND json_extract(choice.clear, '$.kind') = sent.kind ORDER BY choice.position DESC LIMIT 1), 'unset') AS choice
    FROM sent)
SELECT 'mails-follow-choices' AS "check", position, mail || ' was sent against the choice' AS what
FROM chosen WHERE choice = 'no' OR choice = 'unset' AND NOT (kind = 'private-message' AND 'on' IS (
  SELECT json_extract(rules, '$.mail.privateMessageNotice') FROM versions
  WHERE text = 'policy' AND begins <= chosen.time AND (ends IS NULL OR ends > chosen.time)));

-- The daily mail needs a kind that was chosen for it.
SELECT 'mails-follow-choices' AS "check", position, 'the daily mail went to one who had not chosen it' AS what
FROM e WHERE type = 'mail.handed-over' AND json_extract(clear, '$.kind') = 'digest' AND NOT EXISTS (
  SELECT 1 FROM (
    SELECT json_extract(choice.clear, '$.choice') AS choice, max(choice.position) FROM e AS choice
    WHERE choice.stream = 'member:' || json_extract(e.clear, '$.member') AND choice.type = 'accounts.mail-choice-set'
      AND choice.position <= json_extract(e.clear, '$.checked') GROUP BY json_extract(choice.clear, '$.kind'))
  WHERE choice = 'daily');
