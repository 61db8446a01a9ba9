/* SPDX-License-Identifier: ISC */
#include "cli/stateproject.h"

#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/fd.h"
#include "base/mem.h"
#include "model/plant.h"
#include "project/read.h"
#include "store/restored.h"

/* The id of the revision that was applied last; "" if none was. */
static int
current(const char *state, char id[DIGEST_HEX], struct err *e)
{
	char number[16], key[40], text[160];

	*id = '\0';
	if (record_setting(state, "revision", number, sizeof(number), e) < 0)
		return -1;
	snprintf(key, sizeof(key), "revision %s", number);
	if (*number == '\0' ||
	    record_setting(state, key, text, sizeof(text), e) < 0)
		return *number == '\0' ? 0 : -1;
	if (strcspn(text, " ") != DIGEST_HEX - 1)
		return err_set(e, "revision %s: no project", number);
	str_copy(id, text, DIGEST_HEX);
	return strchr(id, '/') == NULL ? 0 : err_set(e, "no project");
}

static void
become_owner(const char *state)
{
	struct stat st;

	if (geteuid() != 0)
		return;
	if (stat(state, &st) < 0 || setgroups(0, NULL) < 0 ||
	    setgid(st.st_gid) < 0 || setuid(st.st_uid) < 0)
		_exit(2);
}

static _Noreturn void
read_project(const char *state, const char *dir, int out)
{
	struct report problems;
	struct buf said = { 0 };
	struct plant *plant;

	become_owner(state);
	report_init(&problems);
	if (project_read(dir, &plant, &problems) == 0)
		_exit(0);
	report_print(&problems, NULL, &said);
	if (fd_write_all(out, buf_string(&said),
		said.len < 200 ? said.len : 200) < 0)
		_exit(2);
	_exit(1);
}

static int
check(const char *state, const char *dir, struct err *e)
{
	char said[201] = "";
	int out[2], status = -1;
	pid_t pid;

	if (pipe(out) < 0)
		return err_sys(e, "project");
	pid = fork();
	if (pid == 0)
		read_project(state, dir, out[1]);
	close(out[1]);
	if (pid > 0 && (read(out[0], said, sizeof(said) - 1) < 0 ||
			   waitpid(pid, &status, 0) != pid))
		status = -1;
	close(out[0]);
	said[strcspn(said, "\n")] = '\0';
	return status == 0 ? 0 : err_set(e, "its project cannot be read: %s",
	    said);
}

int
state_project_check(const char *state, struct err *e)
{
	char id[DIGEST_HEX], *dir;
	int rc;

	if (current(state, id, e) < 0)
		return -1;
	if (*id == '\0')
		return 0;
	dir = xasprintf("%s/projects/%s", state, id);
	rc = check(state, dir, e);
	free(dir);
	return rc;
}
