/* SPDX-License-Identifier: ISC */
#include "store/page.h"

#include <string.h>

#include "base/buf.h"
#include "store/inside.h"
#include "store/read.h"

#define WINDOW 20000		/* sequence numbers in one transaction */
#define PAGE_MS 100		/* then the page is handed over as it is */

/* ?1 from seq, ?2 to seq, ?3 limit, ?4 since, ?5 until, ?6 user, ?7 glob,
 * ?8 command */
#define FILTER                                                                 \
	" WHERE seq BETWEEN ?1 AND ?2"                                         \
	" AND (?4=0 OR time>=?4) AND (?5=0 OR time<?5)"                        \
	" AND (?6 IS NULL OR user=?6) AND (?7 IS NULL OR name GLOB ?7)"        \
	" AND (?8=0 OR command=?8)"
#define EVENT_FILTER FILTER " AND wanted(kind,area)"
#define SPAN " WHERE time>=?4 AND (?5=0 OR time<?5)"

static const char *const scans[2][SCANS] = {
	{ "SELECT " EVENT_COLUMNS " FROM events" EVENT_FILTER
	  " ORDER BY seq LIMIT ?3",
	    "SELECT seq FROM events" EVENT_FILTER
	    " ORDER BY seq DESC LIMIT ?3",
	    "SELECT min(seq),max(seq) FROM events" SPAN,
	    "SELECT 1,max(seq) FROM events" },
	{ "SELECT " AUDIT_COLUMNS ",hash FROM audit" FILTER
	  " ORDER BY seq LIMIT ?3",
	    "SELECT seq FROM audit" FILTER " ORDER BY seq DESC LIMIT ?3",
	    "SELECT min(seq),max(seq) FROM audit" SPAN,
	    "SELECT 1,max(seq) FROM audit" }
};

static bool
is_audit(const struct reader *rd)
{
	return rd->q->list == RECORD_AUDIT;
}

/* An area stands for those below it, too. */
static bool
area_wanted(const struct record_query *q, const char *area)
{
	size_t i, len;

	for (i = 0; i < q->area_count; i++) {
		len = strlen(q->areas[i]);
		if (strncmp(area, q->areas[i], len) == 0 &&
		    (area[len] == '\0' || area[len] == '.'))
			return true;
	}
	return q->area_count == 0;
}

static bool
kind_wanted(const struct record_query *q, const char *kind)
{
	int i;

	if (q->list == RECORD_JOURNAL)
		return strcmp(kind, record_kind_name(RECORD_ALARM)) == 0;
	if (q->kinds == 0)
		return true;
	for (i = 0; i < RECORD_KIND_COUNT; i++)
		if ((q->kinds & 1u << i) != 0 &&
		    strcmp(kind, record_kind_name(i)) == 0)
			return true;
	return false;
}

/* wanted(kind, area) in SQL */
static void
wanted(sqlite3_context *context, int n, sqlite3_value **values)
{
	const struct reader *rd = sqlite3_user_data(context);
	const char *kind = (const char *)sqlite3_value_text(values[0]);
	const char *area = (const char *)sqlite3_value_text(values[1]);

	(void)n;
	sqlite3_result_int(context,
	    kind != NULL && area != NULL && kind_wanted(rd->q, kind) &&
		area_wanted(rd->q, area));
}

int
reader_open(struct reader *rd, const char *path, struct err *e)
{
	if (rd->db.handle != NULL)
		return 0;
	if (db_open_reader(&rd->db, path, e) == -1)
		return -1;
	if (sqlite3_create_function_v2(rd->db.handle, "wanted", 2,
		SQLITE_UTF8 | SQLITE_DIRECTONLY, rd, wanted, NULL, NULL,
		NULL) != SQLITE_OK)
		return db_fail(&rd->db, "record.db", e);
	return 0;
}

void
reader_close(struct reader *rd)
{
	int list, i;

	for (list = 0; list < 2; list++)
		for (i = 0; i < SCANS; i++)
			sqlite3_finalize(rd->st[list][i]);
	db_abandon(&rd->db);
	memset(rd->st, 0, sizeof(rd->st));
}

/* Ready to step, over seq from..to and at most limit rows; NULL and why. */
static sqlite3_stmt *
scan(struct reader *rd, enum scan id, uint64_t from, uint64_t to,
    uint64_t limit, struct err *e)
{
	sqlite3_stmt **st = &rd->st[is_audit(rd)][id];
	const struct record_query *q = rd->q;

	if (*st == NULL &&
	    sqlite3_prepare_v3(rd->db.handle, scans[is_audit(rd)][id], -1,
		SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK) {
		db_fail(&rd->db, "record.db", e);
		return NULL;
	}
	sqlite3_reset(*st);
	sqlite3_clear_bindings(*st);
	/* a parameter that a statement does not have is refused: fine */
	sqlite3_bind_int64(*st, 1, (int64_t)from);
	sqlite3_bind_int64(*st, 2, (int64_t)to);
	sqlite3_bind_int64(*st, 3, (int64_t)limit);
	sqlite3_bind_int64(*st, 4, q->since.ms);
	sqlite3_bind_int64(*st, 5, q->until.ms);
	if (q->user != NULL)
		sqlite3_bind_text(*st, 6, q->user, -1, SQLITE_STATIC);
	if (rd->glob != NULL)
		sqlite3_bind_text(*st, 7, rd->glob, -1, SQLITE_STATIC);
	sqlite3_bind_int64(*st, 8, (int64_t)q->command);
	return *st;
}

static int
find_bounds(struct reader *rd, struct search *s, struct err *e)
{
	const struct record_query *q = rd->q;
	bool timed = q->since.ms != 0 || q->until.ms != 0;
	sqlite3_stmt *st;
	uint64_t first, last;

	s->after = q->after;
	s->upto = q->upto;
	if (is_audit(rd) && q->command > s->after)
		s->after = q->command - 1;
	if (q->upto != 0)
		return 0;
	st = scan(rd, timed ? SCAN_SPAN : SCAN_END, 0, 0, 0, e);
	if (st == NULL)
		return -1;
	if (sqlite3_step(st) != SQLITE_ROW) {
		db_fail(&rd->db, "record.db", e);
		sqlite3_reset(st);
		return -1;
	}
	first = (uint64_t)sqlite3_column_int64(st, 0);
	last = (uint64_t)sqlite3_column_int64(st, 1);
	sqlite3_reset(st);
	if (first > 0 && first - 1 > s->after)
		s->after = first - 1;
	s->upto = last;
	return 0;
}

static int
search_begin(struct reader *rd, struct search *s, struct err *e)
{
	if (s->begun)
		return 0;
	if (find_bounds(rd, s, e) == -1)
		return -1;
	s->begun = true;
	s->to = s->upto;
	s->left = rd->q->last;
	s->found = s->upto + 1;
	return 0;
}

/* 0: the last rows that match begin at s->found; 1: not done yet. */
static int
find_last(struct reader *rd, struct search *s, struct err *e)
{
	sqlite3_stmt *st;
	uint64_t from;
	int rc;

	for (; s->to > s->after && s->left > 0; s->to = from - 1) {
		if (real_ms() >= rd->until)
			return 1;
		from = s->to - s->after > WINDOW ? s->to - WINDOW + 1
						 : s->after + 1;
		st = scan(rd, SCAN_LAST, from, s->to, s->left, e);
		if (st == NULL)
			return -1;
		while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
			s->found = (uint64_t)sqlite3_column_int64(st, 0);
			s->left--;
		}
		if (rc != SQLITE_DONE)
			db_fail(&rd->db, "record.db", e);
		sqlite3_reset(st);
		if (rc != SQLITE_DONE)
			return -1;
	}
	return 0;
}

/* A borrowed text becomes the page's. */
static void
keep(struct record_page *p, const char **text)
{
	*text = arena_text(p->arena, *text);
}

#define EACH_EVENT_TEXT(X)                                                     \
	X(area) X(name) X(text) X(user) X(station) X(old) X(new) X(result)     \
	X(value) X(cause)
#define EACH_AUDIT_TEXT(X)                                                     \
	X(user) X(station) X(from) X(session) X(verb) X(name) X(old) X(new)    \
	X(reason) X(result)

static size_t
event_bytes(const struct record_event *row)
{
#define X(field) +strlen(row->field) + 4
	return 64 EACH_EVENT_TEXT(X);
#undef X
}

static size_t
audit_bytes(const struct record_audit *row)
{
#define X(field) +strlen(row->field) + 4
	return 64 + DIGEST_HEX EACH_AUDIT_TEXT(X);
#undef X
}

/* Takes the row at hand into the page; false if it does not fit any more. */
static bool
take_event(struct reader *rd, sqlite3_stmt *st)
{
	struct record_page *p = rd->page;
	struct record_event row;
	size_t bytes;

	read_event(st, &row);
	bytes = event_bytes(&row);
	if (p->n == PAGE_ROWS || rd->bytes + bytes > RECORD_PAGE_MAX)
		return false;
#define X(field) keep(p, &row.field);
	EACH_EVENT_TEXT(X)
#undef X
	p->events[p->n++] = row;
	p->after = row.seq;
	rd->bytes += bytes;
	return true;
}

static bool
take_audit(struct reader *rd, sqlite3_stmt *st)
{
	struct record_page *p = rd->page;
	struct record_audit row;
	size_t bytes;

	read_audit(st, &row);
	bytes = audit_bytes(&row);
	if (p->n == PAGE_ROWS || rd->bytes + bytes > RECORD_PAGE_MAX)
		return false;
#define X(field) keep(p, &row.field);
	EACH_AUDIT_TEXT(X)
#undef X
	p->audit[p->n++] = row;
	p->after = row.seq;
	rd->bytes += bytes;
	return true;
}

/* One window; *full: the page took no more. */
static int
read_window(struct reader *rd, uint64_t to, uint64_t *left, bool *full,
    struct err *e)
{
	sqlite3_stmt *st = scan(
	    rd, SCAN_ROWS, rd->page->after + 1, to, PAGE_ROWS + 1, e);
	int rc = SQLITE_DONE;

	if (st == NULL)
		return -1;
	while (*left > 0 && !*full && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (is_audit(rd) ? take_audit(rd, st) : take_event(rd, st))
			(*left)--;
		else
			*full = true;
	}
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		db_fail(&rd->db, "record.db", e);
	sqlite3_reset(st);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? 0 : -1;
}

static int
read_rows(struct reader *rd, struct search *s, struct err *e)
{
	const struct record_query *q = rd->q;
	struct record_page *p = rd->page;
	uint64_t left = q->limit != 0 ? q->limit : UINT64_MAX;
	bool full = false;
	uint64_t to;
	int rc;

	if (search_begin(rd, s, e) == -1)
		return -1;
	p->after = s->after;
	p->upto = s->upto;
	if (q->last != 0) {
		rc = find_last(rd, s, e);
		if (rc != 0)
			return rc;
		p->after = s->found - 1;
	}
	while (p->after < p->upto && left > 0 && !full &&
	    real_ms() < rd->until) {
		to = p->upto - p->after > WINDOW ? p->after + WINDOW : p->upto;
		if (read_window(rd, to, &left, &full, e) == -1)
			return -1;
		if (left > 0 && !full)
			p->after = to;
	}
	p->more = p->after < p->upto && left > 0;
	p->limit = q->limit != 0 ? left : 0;
	return 0;
}

/* Our patterns have * and ? only; GLOB knows [ as well. */
static char *
glob_of(const char *name)
{
	struct buf b = { 0 };

	if (name == NULL)
		return NULL;
	for (; *name != '\0'; name++) {
		if (*name == '[')
			buf_text(&b, "[[]");
		else
			buf_char(&b, *name);
	}
	return b.at != NULL ? b.at : xstrdup("");
}

int
page_read(struct reader *rd, const struct record_query *q, struct search *s,
    struct record_page *p, struct err *e)
{
	int rc;

	rd->q = q;
	rd->page = p;
	rd->bytes = 0;
	rd->until = real_ms() + PAGE_MS;
	rd->glob = glob_of(q->name);
	rc = read_rows(rd, s, e);
	free(rd->glob);
	return rc;
}
