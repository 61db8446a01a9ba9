/* SPDX-License-Identifier: ISC */
#include "cli/secret.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/language.h"
#include "cli/link.h"
#include "cli/output.h"

/* One line; the bytes behind it stay where they are. */
static int
read_line(struct app *app, char dst[WIRE_SECRET + 1])
{
	size_t n = 0;
	ssize_t got;
	char c = '\0';

	for (;;) {
		if (link_wait_input(app) == LINK_CANCEL)
			return EXIT_CANCELLED;
		got = read(app->in_fd, &c, 1);
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got <= 0 || c == '\n')
			break;
		if (n == WIRE_SECRET) {
			complain(app, _("a password has at most %d bytes"),
			    WIRE_SECRET);
			return EXIT_USAGE;
		}
		dst[n++] = c;
	}
	if (n > 0 && dst[n - 1] == '\r')
		n--;
	dst[n] = '\0';
	if (got > 0 || n > 0)
		return EXIT_DONE;
	complain(app, _("no password on standard input"));
	return EXIT_USAGE;
}

/* What was typed ahead is thrown away: it was shown. */
static int
ask_hidden(struct app *app, const char *prompt, char dst[WIRE_SECRET + 1])
{
	struct termios was, hidden;
	int code;

	if (tcgetattr(app->in_fd, &was) < 0) {
		complain(app, _("this terminal cannot hide a password"));
		return EXIT_USAGE;
	}
	hidden = was;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	hidden.c_lflag |= ICANON | ISIG;
	hidden.c_iflag |= ICRNL;
	if (tcsetattr(app->in_fd, TCSAFLUSH, &hidden) < 0) {
		complain(app, _("this terminal cannot hide a password"));
		return EXIT_USAGE;
	}
	output_message(app, prompt);
	code = read_line(app, dst);
	tcsetattr(app->in_fd, TCSAFLUSH, &was);
	output_message(app, "\n");
	return code;
}

static int
read_secret(
    struct app *app, enum secret which, const char *prompt, const char *again)
{
	char twice[WIRE_SECRET + 1];
	char *dst = app->secrets[which];
	bool same;
	int code;

	if (!app->in_is_terminal || app->secret_lines)
		return read_line(app, dst);
	code = ask_hidden(app, prompt, dst);
	if (code != EXIT_DONE || again == NULL)
		return code;
	code = ask_hidden(app, again, twice);
	same = strcmp(dst, twice) == 0;
	explicit_bzero(twice, sizeof(twice));
	if (code != EXIT_DONE || same)
		return code;
	complain(app, _("these were two different passwords"));
	return EXIT_USAGE;
}

int
secrets_read(struct app *app)
{
	const struct request *q = &app->request;
	enum verb v = q->phrase->verb;
	const char *second = request_argument(q, PARAMETER_SECOND);
	char prompt[120], again[120];
	int code = EXIT_DONE;

	app->secret_lines = request_argument(q, PARAMETER_STDIN) != NULL;
	if (app->remote && verb_needs_password(v))
		code = read_secret(app, SECRET_OWN, _("Your password: "), NULL);
	if (code == EXIT_DONE && v == VERB_USER_PASSWORD &&
	    request_argument(q, PARAMETER_REMOVE) == NULL) {
		snprintf(prompt, sizeof(prompt), _("New password of %.40s: "),
		    request_argument(q, PARAMETER_NAME));
		snprintf(again, sizeof(again), "%s", _("The same again: "));
		code = read_secret(app, SECRET_OTHER, prompt, again);
	}
	if (code == EXIT_DONE && second != NULL) {
		snprintf(prompt, sizeof(prompt), _("Password of %.40s: "), second);
		code = read_secret(app, SECRET_OTHER, prompt, NULL);
	}
	return code;
}

int
secrets_send(struct app *app)
{
	int i, rc = 0;

	for (i = 0; i < SECRETS && rc == 0; i++)
		if (app->secrets[i][0] != '\0')
			rc = client_secret(app->client, (enum secret)i,
			    app->secrets[i]);
	secrets_forget(app);
	return rc;
}

void
secrets_forget(struct app *app)
{
	explicit_bzero(app->secrets, sizeof(app->secrets));
}
