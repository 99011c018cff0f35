-- P-09.2: the newsletter goes to those who said yes, and had not said no when it was sent.
SELECT 'newsletters-follow-a-yes' AS "check", position, 'went to one who had not said yes' AS what
FROM e WHERE type = 'mail.handed-over' AND json_extract(clear, '$.kind') = 'newsletter' AND 1 IS NOT (
  SELECT json_extract(answer.clear, '$.answer') FROM e AS answer
  WHERE answer.stream = 'member:' || json_extract(e.clear, '$.member') AND answer.type = 'accounts.newsletter-answered'
    AND answer.position <= json_extract(e.clear, '$.checked')
  ORDER BY answer.position DESC LIMIT 1);
