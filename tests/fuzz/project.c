/* SPDX-License-Identifier: ISC */
/*
 * Whole projects. An input is either a tar, or files in one text:
 *
 *	=== plant.conf
 *	format = 1;
 *	=== types/pump.conf
 *	..
 *
 * A file named sightglass.conf is read as the server's configuration.
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"
#include "fuzz.h"
#include "model/expr.h"
#include "project/read.h"
#include "project/server.h"

#define INPUT_MAX 65536

static void
check_report(struct report *r)
{
	struct buf out = { 0 };
	size_t i;

	report_print(r, "DIR", &out);
	for (i = 0; i < r->problems.n; i++) {
		const char *text = r->problems.at[i].text;

		must(text_is_clean(text, strlen(text)));
	}
	must(out.len > 0);
	buf_free(&out);
}

static void
check_tags(const struct plant *p)
{
	uint32_t i;

	for (i = 0; i < p->n_tags; i++) {
		const struct tag *t = &p->tags[i];

		must(plant_tag(p, t->name) == i);
		must(t->area < p->n_areas && t->poll < p->n_polls);
		must(t->object == NONE || t->object < p->n_objects);
		must((t->source == SOURCE_DEVICE) == (t->point != NULL));
		must((t->source == SOURCE_CALC) == (t->expr != NULL));
		if (t->point == NULL)
			continue;
		must(t->point->device < p->n_devices);
		must(t->point->registers >= 1 &&
		    t->point->address + t->point->registers <= 65536);
	}
	for (i = 0; i < p->n_calc; i++)
		must(p->calc[i] < p->n_tags);
}

/* Nothing refers to what is not there. */
static void
check_plant(const struct plant *p)
{
	uint32_t i;

	must(p->n_polls > 0 && p->n_areas > 0 && p->n_classes > 0);
	must(strlen(p->id) == 64 && p->name.in[0] != NULL);
	for (i = 0; i < p->n_alarms; i++) {
		const struct alarm_def *d = &p->alarms[i];

		must(plant_alarm(p, d->name) == i);
		must(d->kind == ALARM_SYSTEM || d->of < p->n_tags);
		must(d->class < p->n_classes && d->area < p->n_areas);
		must(d->priority > 0 && d->title.in[0] != NULL);
		must(d->kind > ALARM_BELOW || d->limit != NULL);
	}
	for (i = 0; i < p->n_commands; i++) {
		must(p->commands[i].object < p->n_objects);
		must(p->commands[i].point.device < p->n_devices);
	}
	for (i = 0; i < p->n_devices; i++)
		must(p->devices[i].line < p->n_lines);
	for (i = 0; i < p->n_objects; i++) {
		const struct object *o = &p->objects[i];

		must(plant_object(p, o->name) == i);
		must(o->tags + o->n_tags <= p->n_tags);
		must(o->type < p->n_types && o->area < p->n_areas);
		must(o->main == NONE || o->main < p->n_tags);
	}
	check_tags(p);
}

static void
check_result(int got, struct plant *plant, struct report *r)
{
	must((got == 0) == (plant != NULL));
	must((got == 0) == (r->errors == 0));
	check_report(r);
	if (plant != NULL)
		check_plant(plant);
	plant_free(plant);
	report_fini(r);
}

static void
read_tar(const uint8_t *data, size_t size)
{
	int fd = memfd_create("tar", MFD_CLOEXEC);
	struct report r;
	struct plant *plant;
	int got;

	must(fd >= 0 && fd_write_all(fd, data, size) == 0);
	must(lseek(fd, 0, SEEK_SET) == 0);
	report_init(&r);
	got = project_read_fd(fd, &plant, &r);
	check_result(got, plant, &r);
	close(fd);
}

static void
read_server(const char *text, size_t len)
{
	struct server_config c;
	struct report r;
	struct buf out = { 0 };
	int got;

	report_init(&r);
	got = server_config_parse(&c, "sightglass.conf", text, len, &r);
	must((got == 0) == (r.errors == 0));
	server_config_print(&c, &out);
	server_config_fini(&c);
	if (got == 0)
		must(server_config_parse(&c, "printed", buf_string(&out),
			 out.len, &r) == 0);
	server_config_fini(&c);
	check_report(&r);
	report_fini(&r);
	buf_free(&out);
}

/* The file that begins at text; returns where the next begins. */
static const char *
take_file(struct project_files *files, const char *text, const char *end,
    struct report *r)
{
	const char *line = memchr(text, '\n', (size_t)(end - text)), *next;
	char name[128] = "";

	if (line == NULL)
		return end;
	if (line - text > 4 && line - text - 4 < (ptrdiff_t)sizeof(name))
		memcpy(name, text + 4, (size_t)(line - text - 4));
	next = memmem(line, (size_t)(end - line), "\n=== ", 5);
	next = next != NULL ? next + 1 : end;
	line++;
	if (line > next)
		line = next;
	if (strcmp(name, "sightglass.conf") == 0)
		read_server(line, (size_t)(next - line));
	else if (project_files_find(files, name) == NULL)
		project_files_add(
		    files, name, line, (size_t)(next - line), r);
	return next;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct project_files files = { 0 };
	const char *p = (const char *)data, *end = p + size;
	struct report r;
	struct plant *plant;
	int got;

	if (size > INPUT_MAX)
		return 0;
	if (size < 4 || memcmp(data, "=== ", 4) != 0) {
		read_tar(data, size);
		return 0;
	}
	report_init(&r);
	while (p < end)
		p = take_file(&files, p, end, &r);
	project_files_sort(&files);
	got = project_read_files(&files, &plant, &r);
	check_result(got, plant, &r);
	project_files_fini(&files);
	return 0;
}
