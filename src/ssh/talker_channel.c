/* SPDX-License-Identifier: ISC */
/* What a client may ask for on its channel. */
#include <libssh/callbacks.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/mem.h"
#include "ssh/talker_state.h"

static int
on_pty(ssh_session s, ssh_channel c, const char *term, int columns, int rows,
    int px, int py, void *data)
{
	struct talker *t = data;

	(void)s, (void)c, (void)px, (void)py;
	if (t->request.kind != REQUEST_NONE || t->request.pty)
		return SSH_ERROR;
	t->request.pty = true;
	request_term(&t->request, term);
	t->request.size = request_size(columns, rows);
	return SSH_OK;
}

static int
on_resize(ssh_session s, ssh_channel c, int columns, int rows, int px, int py,
    void *data)
{
	struct talker *t = data;

	(void)s, (void)c, (void)px, (void)py;
	t->request.size = request_size(columns, rows);
	if (t->request.pty && t->bridge.ends.out >= 0)
		ioctl(t->bridge.ends.out, TIOCSWINSZ, &t->request.size);
	return SSH_OK;
}

static int
on_env(ssh_session s, ssh_channel c, const char *name, const char *value,
    void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	if (t->request.kind != REQUEST_NONE)
		return SSH_ERROR;
	return request_env(&t->request, name, value) ? SSH_OK : SSH_ERROR;
}

static int
on_shell(ssh_session s, ssh_channel c, void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	if (t->request.kind != REQUEST_NONE)
		return SSH_ERROR;
	t->request.kind = REQUEST_SHELL;
	return SSH_OK;
}

static int
on_exec(ssh_session s, ssh_channel c, const char *command, void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	if (t->request.kind != REQUEST_NONE)
		return SSH_ERROR;
	t->request.kind = REQUEST_EXEC;
	t->command = xstrndup(command, WORDS_LINE_MAX + 1);
	return SSH_OK;
}

static int
on_data(ssh_session s, ssh_channel c, void *bytes, uint32_t n, int is_err,
    void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	return is_err ? (int)n : bridge_data(&t->bridge, bytes, n);
}

static void
on_eof(ssh_session s, ssh_channel c, void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	t->bridge.eof = true;
}

static void
on_close(ssh_session s, ssh_channel c, void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	t->gone = true;
}

static void
on_signal(ssh_session s, ssh_channel c, const char *name, void *data)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = { { "HUP", SIGHUP }, { "INT", SIGINT },
		{ "QUIT", SIGQUIT }, { "TERM", SIGTERM } };
	const struct talker *t = data;
	size_t i;

	(void)s, (void)c;
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (t->stage == RUNNING && strcmp(name, signals[i].name) == 0)
			talker_signal(t, signals[i].number);
}

ssh_channel
talker_on_channel(ssh_session session, void *data)
{
	struct talker *t = data;

	if (t->stage != OPEN || t->channel != NULL)
		return NULL;
	t->channel = ssh_channel_new(session);
	if (t->channel == NULL)
		return NULL;
	t->on_channel = (struct ssh_channel_callbacks_struct){
		.userdata = t,
		.channel_data_function = on_data,
		.channel_eof_function = on_eof,
		.channel_close_function = on_close,
		.channel_signal_function = on_signal,
		.channel_pty_request_function = on_pty,
		.channel_pty_window_change_function = on_resize,
		.channel_shell_request_function = on_shell,
		.channel_exec_request_function = on_exec,
		.channel_env_request_function = on_env,
	};
	ssh_callbacks_init(&t->on_channel);
	ssh_set_channel_callbacks(t->channel, &t->on_channel);
	bridge_init(&t->bridge, session, t->channel, t->socket);
	return t->channel;
}
