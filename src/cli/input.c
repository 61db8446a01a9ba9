/* SPDX-License-Identifier: ISC */
#include "cli/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"
#include "cli/bundle.h"
#include "cli/link.h"
#include "cli/output.h"

int
input_drain(struct app *app, struct buf *b, size_t max)
{
	char piece[16384];
	ssize_t n;

	for (;;) {
		if (link_wait_input(app) == LINK_CANCEL)
			return EXIT_CANCELLED;
		n = read(app->in_fd, piece, sizeof(piece));
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0) {
			complain(app, _("standard input: %s"), strerror(errno));
			return EXIT_USAGE;
		}
		if (n == 0)
			return EXIT_DONE;
		buf_add(b, piece, (size_t)n);
		if (b->len > max) {
			complain(app, _("standard input: more than %zu bytes"),
			    max);
			return EXIT_USAGE;
		}
	}
}

/* The one line that is not empty, without blanks around it. */
static int
one_line(struct app *app, struct buf *b)
{
	char *found = NULL, *line, *next, *end;

	if (b->len == 0 || strlen(b->at) != b->len) {
		complain(app, _("standard input: a line of text is expected"));
		return EXIT_USAGE;
	}
	for (line = b->at; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		line += strspn(line, " \t\r");
		for (end = line + strlen(line);
		     end > line && strchr(" \t\r", end[-1]) != NULL;)
			*--end = '\0';
		if (*line == '\0' || *line == '#')
			continue;
		if (found != NULL) {
			complain(app, _("standard input: one line at a time"));
			return EXIT_USAGE;
		}
		found = line;
	}
	if (found == NULL) {
		complain(app, _("standard input: nothing was given"));
		return EXIT_USAGE;
	}
	buf_drop(b, (size_t)(found - b->at));
	b->len = strlen(b->at);
	return EXIT_DONE;
}

static int
read_text(struct app *app, struct buf *b)
{
	int code;

	if (app->in_is_terminal)
		output_message(app, "(paste it here, then Ctrl-D)\n");
	code = input_drain(app, b, INPUT_TEXT_MAX);
	return code != EXIT_DONE ? code : one_line(app, b);
}

int
input_read(struct app *app, struct buf *b)
{
	if (app->request.usage.has_input)
		return read_text(app, b);
	if (app->request.project != NULL)
		return bundle_pack(app, b);
	return EXIT_DONE;
}
