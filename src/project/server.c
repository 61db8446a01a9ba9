/* SPDX-License-Identifier: ISC */
#include "project/server.h"

#include <errno.h>
#include <string.h>

#include "project/address.h"
#include "project/conf.h"
#include "project/files.h"
#include "project/keys.h"
#include "project/names.h"
#include "project/source.h"

struct server_reading {
	struct reading g;
	struct server_config *c;
};

static const char *
kept(struct server_reading *x, const struct cell *c)
{
	return arena_text(x->c->arena, c->string);
}

static void
take_users(struct server_reading *x, const struct cell *c)
{
	static const char *const usual[] = { "sightglass", "sightglass-io",
		"sightglass-term" };
	int i;

	for (i = 0; i < 3; i++)
		x->c->users[i] = cell_is_set(c)
		    ? kept(x, &c->list.at[i]) : usual[i];
}

/* HOST:PORT with a port that may be 0: any. */
static bool
is_address(const char *s)
{
	const char *colon = strrchr(s, ':');
	size_t digits;

	if (colon == NULL || colon == s)
		return false;
	digits = strspn(colon + 1, "0123456789");
	if (digits == 0 || digits > 5 || colon[1 + digits] != '\0')
		return false;
	return memchr(s, ':', (size_t)(colon - s)) == NULL ||
	    (*s == '[' && colon[-1] == ']');
}

static void
take_listen(struct server_reading *x, const struct cell *c)
{
	uint32_t i;

	if (!cell_is_set(c)) {
		x->c->listen[0] = "127.0.0.1:4022";
		x->c->listen[1] = "[::1]:4022";
		x->c->n_listen = 2;
		return;
	}
	for (i = 0; i < c->list.n; i++) {
		if (!is_address(c->list.at[i].string))
			report_error(x->g.report, c->at, "\"listen\": "
			    "\"%.80s\"; write HOST:PORT or [HOST]:PORT",
			    c->list.at[i].string);
		x->c->listen[x->c->n_listen++] = kept(x, &c->list.at[i]);
	}
}

/* Defaults of a group that is not written come from its schema too. */
static const struct item *
group_of(struct server_reading *x, const struct item *item, unsigned row)
{
	if (cell_is_set(&item->cells[row]))
		return item->cells[row].item;
	return item_new(&x->g, item->schema->keys[row].group, item->at);
}

static void
take_groups(struct server_reading *x, const struct item *item)
{
	const struct item *ssh = group_of(x, item, SERVER_SSH);
	const struct item *log = group_of(x, item, SERVER_LOG);
	const struct item *history = group_of(x, item, SERVER_HISTORY);
	struct server_config *c = x->c;

	c->ssh.login_grace = ssh->cells[SSH_LOGIN_GRACE].span;
	c->ssh.tries = (unsigned)ssh->cells[SSH_TRIES].integer;
	c->ssh.sessions = (unsigned)ssh->cells[SSH_SESSIONS].integer;
	c->ssh.sessions_per_user =
	    (unsigned)ssh->cells[SSH_SESSIONS_PER_USER].integer;
	c->ssh.passwords = ssh->cells[SSH_PASSWORDS].on;
	c->log.to = (enum server_log)log->cells[LOG_TO].integer;
	c->log.level = (enum log_level)log->cells[LOG_LEVEL].integer;
	c->history.keep = history->cells[HISTORY_KEEP].span;
	c->history.size_mb = history->cells[HISTORY_SIZE_MB].integer;
}

static void
take_line(struct server_reading *x, const struct item *item,
    struct names *seen)
{
	const struct cell *name = &item->cells[SERVER_LINE_NAME];
	const struct cell *to = &item->cells[SERVER_LINE_TO];
	struct server_line *line = &x->c->lines[x->c->n_lines];
	struct err e;
	uint32_t i;

	if (!item->whole ||
	    !names_add(seen, name->string, 0, name->at, x->g.report))
		return;
	line->name = kept(x, name);
	for (i = 0; i < to->list.n; i++) {
		if (path_parse(&line->to[line->n_to], to->list.at[i].string,
			x->c->arena, &e) < 0)
			report_error(x->g.report, to->list.at[i].at,
			    "\"to\": %s", e.text);
		else
			line->n_to++;
	}
	x->c->n_lines++;
}

static void
take_lines(struct server_reading *x, const struct cell *c)
{
	struct names seen = { .what = "line" };
	uint32_t i;

	if (!cell_is_set(c))
		return;
	x->c->lines = arena_take(
	    x->c->arena, c->items.n, sizeof(*x->c->lines));
	for (i = 0; i < c->items.n; i++)
		take_line(x, c->items.at[i], &seen);
	names_fini(&seen);
}

static void
take_all(struct server_reading *x, const struct item *item)
{
	struct server_config *c = x->c;

	c->state = kept(x, &item->cells[SERVER_STATE]);
	c->run = kept(x, &item->cells[SERVER_RUN]);
	c->programs = kept(x, &item->cells[SERVER_PROGRAMS]);
	c->restarts = (unsigned)item->cells[SERVER_RESTARTS].integer;
	take_users(x, &item->cells[SERVER_USERS]);
	take_listen(x, &item->cells[SERVER_LISTEN]);
	take_groups(x, item);
	take_lines(x, &item->cells[SERVER_LINES]);
}

int
server_config_parse(struct server_config *c, const char *file,
    const char *text, size_t len, struct report *r)
{
	struct server_reading x = { .g = { .report = r }, .c = c };
	const struct item *item;
	unsigned errors = r->errors;

	*c = (struct server_config){ .arena = arena_new() };
	x.g.arena = arena_new();
	x.g.file = report_file(r, file);
	text = source_clean(x.g.arena, text, len, x.g.file, false, r, &len);
	item = conf_read(&x.g, &schema_server, text, len,
	    (struct place){ x.g.file, 0, 1 });
	if (item == NULL)
		item = item_new(&x.g, &schema_server, (struct place){ 0 });
	take_all(&x, item);
	arena_free(x.g.arena);
	return r->errors == errors ? 0 : -1;
}

void
server_config_init(struct server_config *c)
{
	struct report none;

	report_init(&none);
	server_config_parse(c, "", "", 0, &none);
	report_fini(&none);
}

void
server_config_fini(struct server_config *c)
{
	if (c != NULL && c->arena != NULL) {
		arena_free(c->arena);
		*c = (struct server_config){ 0 };
	}
}

int
server_config_read(
    struct server_config *c, const char *file, struct report *r)
{
	struct place at = { report_file(r, file), 0, 0 };
	struct buf text = { 0 };
	int result = -1;

	if (buf_read_file(&text, file, FILE_BYTES_MAX) < 0) {
		report_error(r, at, "%s", strerror(errno));
		server_config_init(c);
	} else {
		result = server_config_parse(
		    c, file, buf_string(&text), text.len, r);
	}
	buf_free(&text);
	return result;
}

static void
print_text(struct buf *out, const char *s)
{
	buf_char(out, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			buf_char(out, '\\');
		buf_char(out, *s);
	}
	buf_char(out, '"');
}

static void
print_key(struct buf *out, const char *key, const char *value)
{
	buf_printf(out, "%s = ", key);
	print_text(out, value);
	buf_text(out, ";\n");
}

static void
print_list(struct buf *out, const char *key, const char *const *all,
    unsigned n)
{
	unsigned i;

	buf_printf(out, "%s = ( ", key);
	for (i = 0; i < n; i++) {
		buf_text(out, i ? ", " : "");
		print_text(out, all[i]);
	}
	buf_text(out, " );\n");
}

/* In the largest unit that says it exactly. */
static void
print_span(struct buf *out, struct span d)
{
	static const struct {
		int64_t ms;
		const char *unit;
	} units[] = { { 86400000, "d" }, { 3600000, "h" }, { 60000, "min" },
		{ 1000, "s" }, { 1, "ms" } };
	int i = 0;

	while (d.ms % units[i].ms != 0 || d.ms < units[i].ms) {
		if (units[i].ms == 1)
			break;
		i++;
	}
	buf_printf(out, "\"%lld%s\"", (long long)(d.ms / units[i].ms),
	    units[i].unit);
}

static void
print_lines(const struct server_config *c, struct buf *out)
{
	const char *to[LINE_PATHS];
	unsigned i, j;

	buf_text(out, "lines = (");
	for (i = 0; i < c->n_lines; i++) {
		buf_printf(out, "%s\n  { name = \"%s\"; ", i ? "," : "",
		    c->lines[i].name);
		for (j = 0; j < c->lines[i].n_to; j++)
			to[j] = c->lines[i].to[j].text;
		print_list(out, "to", to, c->lines[i].n_to);
		buf_text(out, "  }");
	}
	buf_text(out, c->n_lines ? "\n);\n" : " );\n");
}

void
server_config_print(const struct server_config *c, struct buf *out)
{
	static const char *const log_to[] = { "stderr", "syslog" };
	static const char *const levels[] = { "error", "warning", "info",
		"debug" };

	print_key(out, "state", c->state);
	print_key(out, "run", c->run);
	print_list(out, "users", c->users, 3);
	print_key(out, "programs", c->programs);
	print_list(out, "listen", c->listen, c->n_listen);
	buf_text(out, "ssh = { login_grace = ");
	print_span(out, c->ssh.login_grace);
	buf_printf(out, "; tries = %u; sessions = %u; sessions_per_user = %u; "
	    "passwords = %s; };\n", c->ssh.tries, c->ssh.sessions,
	    c->ssh.sessions_per_user, c->ssh.passwords ? "true" : "false");
	buf_printf(out, "log = { to = \"%s\"; level = \"%s\"; };\n",
	    log_to[c->log.to], levels[c->log.level]);
	buf_printf(out, "restarts = %u;\n", c->restarts);
	buf_text(out, "history = { keep = ");
	print_span(out, c->history.keep);
	buf_printf(out, "; size_mb = %lld; };\n",
	    (long long)c->history.size_mb);
	print_lines(c, out);
}
