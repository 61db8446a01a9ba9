/* SPDX-License-Identifier: ISC */
#include "server/making.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/proc.h"
#include "project/read.h"
#include "server/ancestry.h"
#include "server/core.h"

/* This server's own addresses in the place of the project's. */
static void
readdress(const struct server_config *k, struct plant *p)
{
	uint32_t i;
	unsigned n;

	for (i = 0; i < p->n_lines; i++)
		for (n = 0; n < k->n_lines; n++)
			if (strcmp(p->lines[i].name, k->lines[n].name) == 0) {
				memcpy(p->lines[i].to, k->lines[n].to,
				    sizeof(p->lines[i].to));
				p->lines[i].n_to = k->lines[n].n_to;
			}
}

int
making_read(const struct server_config *k, const char *id,
    struct plant **plant, struct err *e)
{
	struct report problems;
	struct buf said = { 0 };
	char dir[4200];
	int rc;

	snprintf(dir, sizeof(dir), "%s/projects/%s", k->state, id);
	report_init(&problems);
	rc = project_read(dir, plant, &problems);
	if (rc < 0) {
		report_print(&problems, NULL, &said);
		err_set(e, "the project %.12s cannot be read: %s", id,
		    buf_string(&said));
		buf_free(&said);
	} else {
		readdress(k, *plant);
	}
	report_fini(&problems);
	return rc;
}

/* projects/ID, which nothing changes later. */
static int
write_project(const struct server_config *k,
    const struct project_files *files, const char *id, struct err *e)
{
	char dir[4200], path[8400], *slash;
	size_t i;

	snprintf(dir, sizeof(dir), "%s/projects", k->state);
	mkdir(dir, 0700);
	snprintf(dir, sizeof(dir), "%s/projects/%s", k->state, id);
	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return err_sys(e, "%s", dir);
	for (i = 0; i < files->all.n; i++) {
		/* names are those that files.h lets in: at most one slash */
		snprintf(path, sizeof(path), "%s/%s", dir,
		    files->all.at[i].name);
		slash = strchr(files->all.at[i].name, '/') != NULL
		    ? strrchr(path, '/')
		    : NULL;
		if (slash != NULL) {
			*slash = '\0';
			mkdir(path, 0700);
			*slash = '/';
		}
		if (fd_write_file(path, files->all.at[i].text,
			files->all.at[i].len, 0400, e) < 0)
			return -1;
	}
	return 0;
}

static int
make_of_tar(struct making *m, struct plant **plant)
{
	struct project_files files = { 0 };
	struct report problems;
	int rc;

	report_init(&problems);
	lseek(m->tar, 0, SEEK_SET);
	rc = project_files_read_tar(&files, m->tar, &problems, &m->e);
	if (rc == 0) {
		project_files_id(&files, m->id);
		rc = project_read_files(&files, plant, &problems);
		if (rc < 0)
			err_set(&m->e, "the project has errors");
		else
			readdress(m->config, *plant);
	}
	if (rc == 0 && m->keep)
		rc = write_project(m->config, &files, m->id, &m->e);
	project_files_fini(&files);
	report_fini(&problems);
	return rc;
}

static int
make(struct making *m)
{
	struct plant *plant = NULL;

	if (m->what == MAKING_DIFFERENCE) {
		if (making_read(m->config, m->from, &m->then, &m->e) < 0 ||
		    making_read(m->config, m->id, &m->plant, &m->e) < 0)
			return -1;
		m->d = ancestry_difference(m, m->then, m->plant);
		return 0;
	}
	if (m->what == MAKING_EXPORT)
		return export_make(m->config, m->id, m->now, m->edits.at,
		    m->edits.n, &m->out, &m->left, &m->e);
	if (m->what == MAKING_TAR) {
		if (make_of_tar(m, &plant) < 0)
			return -1;
	} else if (making_read(m->config, m->id, &plant, &m->e) < 0) {
		return -1;
	}
	m->swap = swap_new(
	    m->now, plant, ancestry_difference(m, m->now, plant));
	return 0;
}

static void
end(struct making *m)
{
	atomic_store(&m->done, true);
	m->wake(m->arg);
}

static void *
run(void *arg)
{
	struct making *m = arg;

	m->rc = make(m);
	end(m);
	return NULL;
}

static void *
clear(void *arg)
{
	struct making *m = arg;

	swap_free(m->swap);
	difference_free(m->d);
	plant_free(m->then);
	plant_free(m->plant);
	m->swap = NULL;
	m->d = NULL;
	m->then = m->plant = NULL;
	vec_free(&m->edits);
	buf_free(&m->out);
	buf_free(&m->left);
	end(m);
	return NULL;
}

void
making_start(struct making *m, const struct core_io *io)
{
	m->wake = io->wake;
	m->arg = io->arg;
	m->rc = 0;
	m->names_lost = false;
	atomic_store(&m->done, false);
	m->runs = true;
	proc_thread(&m->thread, "making", run, m);
}

bool
making_ended(struct making *m)
{
	if (!m->runs || !atomic_load(&m->done))
		return false;
	pthread_join(m->thread, NULL);
	m->runs = false;
	return true;
}

void
making_clear(struct making *m)
{
	atomic_store(&m->done, false);
	m->runs = true;
	proc_thread(&m->thread, "making", clear, m);
}

void
making_fini(struct making *m)
{
	if (m->runs)
		pthread_join(m->thread, NULL);
	m->runs = false;
	if (m->wake != NULL)
		clear(m);
}
