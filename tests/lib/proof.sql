-- SPDX-License-Identifier: ISC
-- proof.sql - record.db, the PLC's record and what operators were told, side
-- by side, for stock sqlite3 in a database of its own. Attached as r: the
-- record. Tables that the caller has filled:
--
--	plc	time device unit function address value: the PLC's record
--	said	user name old new result ms: rows of `-o csv`
--	seen	user name: acknowledgements that a screen called done
--
-- Each view wrong_* is empty, or something is.

-- What was asked for and how it ended, as registers of the PLC.
CREATE TEMP VIEW asked AS
SELECT a.command, a.user, a.verb, a.name, a.old, a.new, b.result,
	a.time AS since, b.time AS until,
	CASE WHEN a.name LIKE '%.sp' THEN 6 ELSE 5 END AS function,
	CASE WHEN a.name LIKE 'P-101A.sp' THEN 100
		WHEN a.name LIKE 'P-101B.sp' THEN 101
		WHEN a.name LIKE 'P-101A.%' THEN 0 ELSE 1 END AS address,
	CASE WHEN a.name LIKE '%.sp' THEN round(a.new * 276.48)
		ELSE a.name LIKE '%.start' END AS value
FROM r.audit a JOIN r.audit b
	ON b.command = a.command AND b.result <> '' AND a.result = ''
WHERE a.verb IN ('set', 'do');

-- The PLC's writes but the life word (P4); time as the record counts it.
CREATE TEMP VIEW written AS
SELECT rowid AS id, function + 0 AS function, address + 0 AS address,
	value + 0 AS value,
	CAST(strftime('%s', time) * 1000 + substr(time, 21, 3) AS INTEGER)
	AS at
FROM plc WHERE NOT (function + 0 <> 5 AND address + 0 = 1);

-- A write belongs to a command that asked for it before, and was not yet
-- over. What is unknown may still have been under way for a moment.
CREATE TEMP VIEW may_belong AS
SELECT w.id, a.command, w.at <= a.until AS in_time FROM written w JOIN asked a
	ON a.function = w.function AND a.address = w.address
	AND a.value = w.value AND a.result NOT LIKE 'refused%'
	AND a.result NOT LIKE 'expired%'
	AND w.at BETWEEN a.since AND a.until +
		CASE WHEN a.result LIKE 'unknown%' THEN 2000 ELSE 0 END;
CREATE TEMP TABLE belongs AS
SELECT id, command FROM may_belong m WHERE in_time OR NOT EXISTS (
	SELECT 1 FROM may_belong o WHERE o.id = m.id AND o.in_time);

CREATE TEMP VIEW wrong_writes AS
SELECT 'write without one audit row', w.* FROM written w
WHERE (SELECT count(*) FROM belongs b WHERE b.id = w.id) <> 1
UNION ALL
SELECT 'written more than once', command, count(*), 0, 0, 0
FROM belongs GROUP BY command HAVING count(*) > 1
UNION ALL
SELECT 'done, but not written', a.command, a.name, a.new, a.since, a.until
FROM asked a WHERE a.result = 'done'
AND NOT EXISTS (SELECT 1 FROM belongs b WHERE b.command = a.command);

-- What a person was told is done: once in the audit, acknowledgements once
-- in the journal as well, setpoints once in the PLC.
CREATE TEMP VIEW told AS
SELECT s.*, substr(name, 1, instr(name, '#') - 1) AS alarm,
	CAST(substr(name, instr(name, '#') + 1) AS INTEGER) AS occurrence
FROM said s WHERE result = 'done' AND ms IS NOT NULL;

CREATE TEMP VIEW wrong_acknowledgements AS
SELECT 'not once in the journal', t.* FROM told t WHERE name LIKE '%#%'
AND (SELECT count(*) FROM r.events e WHERE e.kind = 'alarm'
	AND e.name = t.alarm AND e.occurrence = t.occurrence
	AND e.user = t.user AND e.old = t.old AND e.new = t.new) <> 1
UNION ALL
SELECT 'not once in the audit', t.* FROM told t WHERE name LIKE '%#%'
AND (SELECT count(*) FROM r.audit a WHERE a.verb IN ('ack', 'reset')
	AND a.result = 'done' AND a.name = t.name AND a.user = t.user
	AND a.old = t.old) <> 1
UNION ALL
SELECT 'seen, not once in the journal', s.user, s.name, '', '', '', '', '', ''
FROM seen s WHERE (SELECT count(*) FROM r.events e WHERE e.kind = 'alarm'
	AND e.name || '#' || e.occurrence = s.name AND e.user = s.user) <> 1;

CREATE TEMP VIEW wrong_commands AS
SELECT 'not in the audit', t.* FROM told t WHERE name NOT LIKE '%#%'
AND (SELECT count(*) FROM asked a WHERE a.name = t.name AND a.new = t.new
	AND a.user = t.user AND a.result = 'done') < (SELECT count(*)
	FROM told o WHERE o.name = t.name AND o.new = t.new
	AND o.user = t.user)
UNION ALL
SELECT 'not once in the PLC', t.* FROM told t WHERE name LIKE '%.sp'
AND (SELECT count(*) FROM written w JOIN asked a USING (function, address,
	value) WHERE a.name = t.name AND a.new = t.new
	AND a.result = 'done') <> 1;

CREATE TEMP VIEW wrong_results AS
SELECT command, count(*) AS rows, sum(result = '') AS requests,
	group_concat(result) AS results
FROM r.audit GROUP BY command HAVING count(*) <> 2 OR requests <> 1;

-- The steps of P8, without inhibits; LL is a protection alarm, as is the door
-- on the hill: it wants both acknowledgements and latches.
CREATE TEMP TABLE legal AS
WITH step(protection, old, new) AS (VALUES
	(0, 'normal', 'unacknowledged'), (0, 'unacknowledged', 'acknowledged'),
	(0, 'unacknowledged', 'returned'), (0, 'acknowledged', 'normal'),
	(0, 'returned', 'unacknowledged'), (0, 'returned', 'normal'),
	(1, 'normal', 'unacknowledged'), (1, 'unacknowledged', 'acknowledged'),
	(1, 'unacknowledged', 'returned'), (1, 'acknowledged', 'returned'),
	(1, 'acknowledged', 'unacknowledged'),
	(1, 'returned', 'unacknowledged'), (1, 'returned', 'latched'),
	(1, 'latched', 'unacknowledged'), (1, 'latched', 'normal'))
SELECT * FROM step;

CREATE TEMP VIEW steps AS
SELECT seq, name, old, new, user, occurrence,
	lag(new, 1, 'normal') OVER w AS was,
	lag(occurrence, 1, 0) OVER w AS last
FROM r.events WHERE kind = 'alarm'
AND NOT (old = new AND text LIKE '%suppressed%')	-- by design (P14)
WINDOW w AS (PARTITION BY name ORDER BY seq);

CREATE TEMP VIEW wrong_steps AS
SELECT 'does not follow', s.* FROM steps s WHERE old <> was
UNION ALL
SELECT 'is no step', s.* FROM steps s WHERE NOT EXISTS (SELECT 1 FROM legal l
	WHERE l.protection =
		(s.name LIKE '%.LL' OR s.name = 'reservoir.door.OPEN')
	AND l.old = s.old AND l.new = s.new)
UNION ALL
SELECT 'counts wrongly', s.* FROM steps s WHERE occurrence <> last +
	(new = 'unacknowledged' AND old <> 'acknowledged')
UNION ALL
SELECT 'is not where it ended', s.* FROM steps s JOIN r.alarms a USING (name)
WHERE s.seq = (SELECT max(seq) FROM steps o WHERE o.name = s.name)
AND (a.state <> s.new OR a.occurrence <> s.occurrence)
UNION ALL
SELECT 'nobody or somebody', s.* FROM steps s
WHERE (user <> '') <> (new = 'acknowledged' OR old = 'latched' AND
	new = 'normal' OR old = 'returned' AND new <> 'unacknowledged');
