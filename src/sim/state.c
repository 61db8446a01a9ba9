/* SPDX-License-Identifier: ISC */
#include "sim/state.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fd.h"

/* Change it with the meaning of anything in struct works. */
#define STATE_VERSION 3

struct state_file {
	char magic[8];
	uint32_t version, size;
	struct works works;
};
static const char magic[8] = "SGWORKS";

/* Opens and locks: two simulators cannot be one plant. */
static int
open_locked(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0)
		return err_sys(e, "%s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		err_sys(e, "%s: another simulator has it", path);
		fd_close(&fd);
	}
	return fd;
}

struct works *
state_open(const char *path, bool *fresh, struct err *e)
{
	struct state_file *s;
	int fd = open_locked(path, e);

	if (fd < 0)
		return NULL;
	if (ftruncate(fd, sizeof(*s)) < 0) {
		err_sys(e, "%s", path);
		fd_close(&fd);
		return NULL;
	}
	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (s == MAP_FAILED) {
		err_sys(e, "%s", path);
		fd_close(&fd);
		return NULL;
	}
	/* fd stays open: it holds the lock. */
	*fresh = memcmp(s->magic, magic, sizeof(magic)) != 0 ||
	    s->version != STATE_VERSION || s->size != sizeof(s->works);
	if (*fresh)
		memset(s, 0, sizeof(*s));
	return &s->works;
}

void
state_seal(struct works *w)
{
	struct state_file *s = (struct state_file *)(void *)(
	    (char *)w - offsetof(struct state_file, works));

	s->version = STATE_VERSION;
	s->size = sizeof(s->works);
	memcpy(s->magic, magic, sizeof(magic));
}
