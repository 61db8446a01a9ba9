/* SPDX-License-Identifier: ISC */
#include "sim/received.h"

#include <fcntl.h>

#include "base/buf.h"
#include "base/fd.h"
#include "base/when.h"

int
received_open(const char *path, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);

	return fd >= 0 ? fd : err_sys(e, "%s", path);
}

int
received_add(int fd, struct wall now, const char *device, uint8_t unit,
    const struct modbus_write *w, struct err *e)
{
	char time[WHEN_CAP];
	struct buf line = { 0 };
	unsigned i;
	int rc;

	buf_printf(&line, "%s\t%s\t%u\t%u\t%u\t", when_utc(time, now), device,
	    unit, w->function, w->address);
	for (i = 0; i < w->n; i++)
		buf_printf(&line, "%s%u", i > 0 ? " " : "", w->values[i]);
	buf_char(&line, '\n');
	/* One write: a line is there whole or, when killed before, not. */
	rc = fd_write_all(fd, line.at, line.len);
	buf_free(&line);
	return rc == 0 ? 0 : err_sys(e, "record");
}
