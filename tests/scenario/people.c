/* SPDX-License-Identifier: ISC */
#include "scenario/people.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "report/run.h"
#include "project/pack.h"
#include "scenario/world.h"
#include "store/batch.h"
#include "verb/usage.h"

#define OBSERVER "observer"

/* Everybody's, so that the users can be managed from afar. */
static const char password[] = "a scenario's password", hash[] =
    "$y$j75$k2XAnEHBqQ1Ct2aMXFKNa/$"
    "WNh2uVJYqMpQPuBQ11cHclyzPbKMBcbKrTpMj8oGNBC";

static const struct {
	const char *name, *roles;
} users[] = {
	{ "olga", "operator" },
	{ "sven", "operator" },
	{ "lena", "shift-leader" },
	{ "mara", "shift-leader" },
	{ "felix", "operator@filtration" },
	{ "vera", "viewer" },
	{ "anna", "admin" },
	{ "emma", "engineer" },
	{ OBSERVER, "viewer,admin" },
};

void
people_init(struct world *w)
{
	(void)w;
}

/* anna is also whoever runs the test: control is taken on the machine. */
void
people_enroll(struct record_batch *b)
{
	const struct passwd *me = getpwuid(geteuid());
	const bool root = geteuid() == 0;
	char key[64];
	size_t i;

	for (i = 0; i < sizeof(users) / sizeof(users[0]); i++) {
		record_put_user(b,
		    &(struct record_user){ .name = users[i].name,
			.full_name = users[i].name,
			.roles = users[i].roles,
			.language = "",
			.password = hash,
			.unix_name = !root && me != NULL &&
				strcmp(users[i].name, "anna") == 0
			    ? me->pw_name
			    : "" });
		snprintf(key, sizeof(key), "SHA256:%s", users[i].name);
		record_put_key(b,
		    &(struct record_key){ .user = users[i].name,
			.fingerprint = key,
			.line = "ssh-ed25519 AAAA" });
	}
}

static void
person_free(struct person *p)
{
	client_free(p->client);
	buf_free(&p->rows);
	free(p);
}

void
people_part(struct world *w, const char *name)
{
	size_t i;

	for (i = 0; i < w->people.all.n; i++)
		if (strcmp(w->people.all.at[i]->name, name) == 0) {
			if (w->people.last == w->people.all.at[i])
				w->people.last = NULL;
			person_free(w->people.all.at[i]);
			w->people.all.at[i] =
			    w->people.all.at[--w->people.all.n];
			break;
		}
	world_settle(w);
}

void
people_leave(struct world *w)
{
	size_t i;

	for (i = 0; i < w->people.all.n; i++)
		person_free(w->people.all.at[i]);
	vec_clear(&w->people.all);
	vec_clear(&w->people.alarms);
	w->people.last = NULL;
}

void
people_fini(struct world *w)
{
	people_leave(w);
	vec_free(&w->people.all);
	vec_free(&w->people.alarms);
}

static struct person *
find(const struct world *w, const char *name)
{
	size_t i;

	for (i = 0; i < w->people.all.n; i++)
		if (strcmp(w->people.all.at[i]->name, name) == 0)
			return w->people.all.at[i];
	return NULL;
}

static int
connect_path(const struct world *w)
{
	char path[96];
	struct err e;
	int fd;

	snprintf(path, sizeof(path), "%s/core.sock", w->dir);
	fd = fd_connect_unix(path, &e);
	fd_nonblock(fd, true);
	return fd;
}

static struct person *
enter(struct world *w, const char *name, const char *from)
{
	struct person *p = xcalloc(1, sizeof(*p));
	const bool local = strcmp(name, "local") == 0;
	char key[64];
	int pair[2];

	str_copy(p->name, name, sizeof(p->name));
	str_copy(p->from, from, sizeof(p->from));
	snprintf(key, sizeof(key), "SHA256:%s", name);
	if (local)
		pair[1] = connect_path(w);
	else if (fd_pair(pair) < 0)
		world_fail(w, "no socket for %s", name);
	p->client = client_new(pair[1]);
	vec_push(&w->people.all, p);
	core_time(w->core);
	if (!local)
		peer_add(w->core, pair[0], PEER_FRONT);
	client_hello(p->client, "scenario");
	if (local)
		client_local(p->client, "", "dumb");
	else
		client_login(p->client, name, key, from, "xterm");
	world_settle(w);
	if (!p->in)
		world_fail(w, "%s cannot log in: %s", name, p->end);
	else if (!local) {	/* a console has the descriptor now */
		client_hello(p->client, "console");
		world_settle(w);
	}
	return p;
}

struct person *
people_get(struct world *w, const char *name, const char *from)
{
	struct person *p = find(w, name);

	if (p == NULL)
		p = enter(w, name, *from != '\0' ? from : "10.0.5.7:5000");
	return p;
}

void
people_meet(struct world *w)
{
	struct person *p = enter(w, OBSERVER, "10.0.5.8:5000");

	client_call(p->client, VERB_FOLLOW);
	p->follow = client_send(p->client);
	world_settle(w);
}

static struct seen_alarm *
note_alarm(struct people *p, const char *name)
{
	struct seen_alarm *a;
	size_t i;

	for (i = 0; i < p->alarms.n; i++)
		if (strcmp(p->alarms.at[i].name, name) == 0)
			return &p->alarms.at[i];
	a = vec_add(&p->alarms);
	memset(a, 0, sizeof(*a));
	str_copy(a->name, name, sizeof(a->name));
	return a;
}

static const char *
text_of(const struct cell *c)
{
	return c->type == CELL_TEXT || c->type == CELL_FLAGS ? c->as.text : "";
}

/* Another project: as a console, it forgets what is not told again. */
static void
tell_again(struct people *p)
{
	size_t i;

	for (i = 0; i < p->alarms.n; i++)
		p->alarms.at[i].before = true;
}

static void
told_again(struct people *p)
{
	size_t i;

	for (i = 0; i < p->alarms.n; i++)
		if (p->alarms.at[i].before) {
			str_copy(p->alarms.at[i].state, "normal",
			    sizeof(p->alarms.at[i].state));
			p->alarms.at[i].inhibit[0] = '\0';
			p->alarms.at[i].before = false;
		}
}

/* FOLLOW_COLUMNS */
static void
take_alarms(struct world *w, struct person *p, unsigned flags)
{
	struct cell cells[32];
	struct seen_alarm *a;

	while (client_row(p->client, cells)) {
		a = note_alarm(&w->people, text_of(&cells[0]));
		a->occurrence = cells[1].as.uint;
		str_copy(a->state, text_of(&cells[2]), sizeof(a->state));
		str_copy(a->inhibit, text_of(&cells[3]), sizeof(a->inhibit));
		a->verified = cells[4].as.on;
		str_copy(a->by, text_of(&cells[10]), sizeof(a->by));
		a->recorded = cells[16].as.on;
		a->held = cells[17].as.on;
		a->folded = cells[18].as.on;
		a->before = false;
		a->quiet = cells[27].as.on;
		a->told++;
	}
	if (flags & ROWS_SNAPSHOT_END)
		told_again(&w->people);
	client_more(p->client, p->follow);
}

static void
print_cell(struct buf *b, const struct cell *c)
{
	char text[32];

	switch ((enum cell_type)c->type) {
	case CELL_BOOL:
		buf_text(b, c->as.on ? "true" : "false");
		break;
	case CELL_INT:
		buf_printf(b, "%lld", (long long)c->as.sint);
		break;
	case CELL_UINT:
		buf_printf(b, "%llu", (unsigned long long)c->as.uint);
		break;
	case CELL_REAL:
		buf_text(b, real_print(text, c->as.real));
		break;
	case CELL_TEXT:
	case CELL_FLAGS:
		buf_text(b, c->as.text);
		break;
	case CELL_TIME:
		buf_printf(b, "%lld", (long long)c->as.time.ms);
		break;
	case CELL_NULL:
		buf_char(b, '-');
	}
}

static void
take_rows(struct person *p, unsigned n)
{
	struct cell cells[32];
	unsigned i;

	while (client_row(p->client, cells)) {
		p->n_rows++;
		if (p->report != NULL) {
			report_run_row(p->report, cells, n);
			continue;
		}
		for (i = 0; i < n; i++) {
			print_cell(&p->rows, &cells[i]);
			buf_char(&p->rows, i + 1 < n ? '\t' : '\n');
		}
		if (n == 5)	/* RESULT_COLUMNS */
			str_copy(p->result, text_of(&cells[3]),
			    sizeof(p->result));
	}
	client_more(p->client, p->call);
}

static void
take(struct world *w, struct person *p, const struct client_event *ev)
{
	switch (ev->type) {
	case MESSAGE_WELCOME:
		p->in = true;
		if (p->follow != 0)
			tell_again(&w->people);
		break;
	case MESSAGE_REFUSED:
		p->in = false;
		str_copy(p->end, ev->text, sizeof(p->end));
		break;
	case MESSAGE_ROWS:
		if (ev->id == p->follow)
			take_alarms(w, p, ev->flags);
		else if (ev->id == p->call)
			take_rows(p, ev->cells);
		break;
	case MESSAGE_END:
		if (ev->id != p->call)
			break;
		p->ended = true;
		p->code = ev->code;
		str_copy(p->end, ev->text, sizeof(p->end));
		break;
	case MESSAGE_BEAT:
		p->rung += (ev->beat.horn & BEAT_RINGS) != 0 &&
		    ev->beat.rings != p->beat.rings && p->beat.now.ms != 0;
		p->beat = ev->beat;
		break;
	case MESSAGE_NOTICE:
		snprintf(p->notice, sizeof(p->notice), "%s %s",
		    ev->notice.name, ev->notice.text);
		break;
	default:
		break;
	}
}

bool
people_take(struct world *w)
{
	struct client_event ev;
	struct person *p;
	bool any = false;
	struct err e;
	size_t i;

	for (i = 0; i < w->people.all.n; i++) {
		p = w->people.all.at[i];
		while (client_receive(p->client, &ev, &e) > 0) {
			take(w, p, &ev);
			any = true;
		}
	}
	return any;
}

/* The words behind the verb, by its usage text: places in order, the first
 * one left out if it may be and there are too few; options with their values. */
static void
add_words(struct client *c, const struct usage *u, const char *const *words,
    size_t n)
{
	const struct usage_option *o;
	size_t i, place = 0, plain = 0;

	for (i = 0; i < n; i++) {
		o = usage_option(u, words[i], strlen(words[i]));
		plain += o == NULL;
		i += o != NULL && *o->label != '\0';
	}
	if (u->n_places > 1 && u->places[0].optional && plain < u->n_places)
		place = 1;
	for (i = 0; i < n; i++) {
		o = usage_option(u, words[i], strlen(words[i]));
		if (o != NULL && *o->label == '\0')
			client_with(c, o->which, "");
		else if (o != NULL && i + 1 < n)
			client_with(c, o->which, words[++i]);
		else if (strcmp(words[i], "--drawn") == 0 && i + 1 < n)
			/* what only a console says */
			client_with(c, PARAMETER_DRAWN, words[++i]);
		else if (place < u->n_places) {
			client_with(c, u->places[place].which, words[i]);
			place += !u->places[place].repeated;
		} else
			client_with(c, PARAMETER_NAME, words[i]);
	}
}

/* Rows of a database come from another thread, in real time. */
static void
await_rows(struct world *w, struct person *p, enum verb v)
{
	const struct timespec pace = { 0, 2000000 };
	int i;

	if (verbs[v].audit == AUDIT_ALWAYS || v == VERB_WATCH ||
	    v == VERB_FOLLOW)
		return;
	for (i = 0; i < 5000 && !p->ended; i++) {
		nanosleep(&pace, NULL);
		world_settle(w);
	}
}

static void
begin_call(struct world *w, struct person *p)
{
	p->ended = false;
	p->result[0] = p->end[0] = '\0';
	p->n_rows = 0;
	buf_clear(&p->rows);
	p->call = client_send(p->client);
	w->people.last = p;
}

void
people_call(struct world *w, struct person *p, const char *const *words,
    size_t n)
{
	size_t i, used;
	enum verb v = verb_find(words, n, &used);
	struct usage u;

	if (v == VERB_COUNT) {
		world_fail(w, "no verb %s", words[0]);
		return;
	}
	usage_parse(&u, verbs[v].parameters);
	for (i = used; i < n; i++)
		if (strcmp(words[i], "--second") == 0)
			client_secret(p->client, SECRET_OTHER, password);
	if (verb_needs_password(v))
		client_secret(p->client, SECRET_OWN, password);
	client_call(p->client, v);
	add_words(p->client, &u, words + used, n - used);
	begin_call(w, p);
	world_settle(w);
	await_rows(w, p, v);
}

void
people_sit(struct world *w, const char *name, const char *from)
{
	struct person *p = people_get(w, name, from);

	client_call(p->client, VERB_HERE);
	client_with(p->client, PARAMETER_SCREEN, "overview");
	client_with(p->client, PARAMETER_SIZE, "80x24");
	client_send(p->client);
	client_call(p->client, VERB_FOLLOW);
	p->follow = client_send(p->client);
	world_settle(w);
}

/* The words of a question as they would be typed. */
static void
ask(struct world *w, struct person *p, const struct report_question *q)
{
	const char *words[400];
	char verb[64], options[16][24], *part;
	size_t n = 0, i, k = 0;

	str_copy(verb, verbs[q->verb].name, sizeof(verb));
	for (part = strtok(verb, " "); part != NULL; part = strtok(NULL, " "))
		words[n++] = part;
	for (i = 0; i < q->n && n + 2 < 400 && k < 16; i++) {
		if (q->words[i].which != PARAMETER_NAME) {
			snprintf(options[k], sizeof(options[k]), "--%s",
			    parameter_names[q->words[i].which]);
			words[n++] = options[k++];
		}
		words[n++] = q->words[i].text;
	}
	people_call(w, p, words, n);
}

static bool
print_row(void *arg, const struct cell *cells, unsigned n)
{
	struct person *p = arg;
	unsigned i;

	for (i = 0; i < n; i++) {
		print_cell(&p->rows, &cells[i]);
		buf_char(&p->rows, i + 1 < n ? ' ' : '\n');
	}
	return true;
}

/* report NAME [--date D] [--shift S] */
void
people_report(struct world *w, struct person *p, const char *const *words,
    size_t n)
{
	struct report_wish wish = { .name = n > 1 ? words[1] : "",
		.now = clock_wall(),
		.plant = "",
		.language = "en",
		.languages = "en" };
	const struct report_question *q;
	struct report_run *run;
	const char *why;
	size_t i;

	for (i = 2; i + 1 < n; i += 2)
		if (strcmp(words[i], "--date") == 0)
			wish.date = words[i + 1];
		else if (strcmp(words[i], "--shift") == 0)
			wish.shift = words[i + 1];
	run = report_run_new(&wish);
	while ((q = report_run_next(run)) != NULL) {
		p->report = run;
		ask(w, p, q);
		p->report = NULL;
		report_run_end(run, p->ended ? p->code : EXIT_INTERNAL, p->end);
	}
	p->ended = true;
	p->code = report_run_code(run, &why);
	str_copy(p->end, why, sizeof(p->end));
	buf_clear(&p->rows);
	if (p->code == EXIT_DONE)
		report_rows(run, print_row, p);
	report_run_free(run);
}

void
people_send(struct world *w, struct person *p, enum verb verb, bool retire)
{
	struct buf tar = { 0 };
	struct err e = { "" };
	size_t at, n;

	if (project_pack(&w->project, &tar, &e) < 0) {
		world_fail(w, "%s", e.text);
		return;
	}
	client_call(p->client, verb);
	client_with(p->client, PARAMETER_NAME, "-");
	if (retire)
		client_with(p->client, PARAMETER_RETIRE, "yes");
	begin_call(w, p);
	for (at = 0; at < tar.len; at += n) {
		n = tar.len - at < 32768 ? tar.len - at : 32768;
		client_feed(p->client, p->call, tar.at + at, n);
		world_settle(w);
	}
	client_feed(p->client, p->call, "", 0);
	buf_free(&tar);
	world_settle(w);
}

void
people_ticket(struct world *w, const char *name)
{
	const char *const words[] = { "session", "ticket" };
	struct person *p = people_get(w, name, "");
	const char *rows;

	people_call(w, p, words, 2);
	rows = buf_string(&p->rows);
	if (!p->ended || strcspn(rows, "\n") != WIRE_TICKET) {
		world_fail(w, "%s got no ticket: %s", name, p->end);
		return;
	}
	memcpy(w->people.ticket[1], w->people.ticket[0], WIRE_TICKET + 1);
	str_copy(w->people.ticket[0], rows, WIRE_TICKET + 1);
}

bool
people_resume(struct world *w, const char *name, bool before)
{
	struct person *p = xcalloc(1, sizeof(*p));

	str_copy(p->name, name, sizeof(p->name));
	p->client = client_new(connect_path(w));
	vec_push(&w->people.all, p);
	core_time(w->core);
	client_hello(p->client, "scenario");
	client_resume(
	    p->client, w->people.ticket[before], "10.9.9.9:1", "xterm");
	world_settle(w);
	return p->in;
}

struct person *
people_ask(struct world *w, const char *verb, const char *name)
{
	struct person *p = people_get(w, OBSERVER, ""), *last = w->people.last;
	const char *words[2] = { verb, name };

	people_call(w, p, words, name != NULL ? 2 : 1);
	w->people.last = last;
	if (!p->ended)
		world_fail(w, "%s has no answer", verb);
	return p;
}

const struct seen_alarm *
people_alarm(const struct world *w, const char *name)
{
	size_t i;

	for (i = 0; i < w->people.alarms.n; i++)
		if (strcmp(w->people.alarms.at[i].name, name) == 0)
			return &w->people.alarms.at[i];
	return NULL;
}
