/* SPDX-License-Identifier: ISC */
/*
 * sshhand - an SSH client that does what ssh(1) would not.
 *
 *	sshhand PORT KEY USER signal NAME COMMAND
 *		sends the signal once the command has printed something; prints
 *		all that it printed, then `status N` or `signalled`
 *	sshhand PORT KEY USER channels N
 *		opens session channels; prints how many there are
 *	sshhand PORT KEY USER twice COMMAND
 *		asks for the command twice on one channel; prints yes or no each
 *	sshhand PORT KEY USER before
 *		opens a channel without a login; prints yes or no
 *	sshhand PORT KEY USER methods
 *		tries none, password and keyboard-interactive; prints each answer
 *
 * Prints `denied` if there is no login.
 */
#include <libssh/libssh.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

static ssh_session
dial(const char *port, const char *user)
{
	ssh_session s = ssh_new();
	int no = 0;
	long patience = 10;

	ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);
	ssh_options_set(s, SSH_OPTIONS_HOST, "127.0.0.1");
	ssh_options_set(s, SSH_OPTIONS_PORT_STR, port);
	ssh_options_set(s, SSH_OPTIONS_USER, user);
	ssh_options_set(s, SSH_OPTIONS_TIMEOUT, &patience);
	if (ssh_connect(s) != SSH_OK)
		fatal("connect: %s", ssh_get_error(s));
	return s;
}

static void
log_in(ssh_session s, const char *file)
{
	ssh_key key = NULL;
	int rc;

	if (ssh_pki_import_privkey_file(file, NULL, NULL, NULL, &key) != SSH_OK)
		fatal("%s: no key", file);
	rc = ssh_userauth_publickey(s, NULL, key);
	ssh_key_free(key);
	if (rc == SSH_AUTH_SUCCESS)
		return;
	puts("denied");
	ssh_disconnect(s);
	ssh_free(s);
	exit(1);
}

static ssh_channel
open_channel(ssh_session s)
{
	ssh_channel c = ssh_channel_new(s);

	if (c != NULL && ssh_channel_open_session(c) == SSH_OK)
		return c;
	ssh_channel_free(c);
	return NULL;
}

static void
try_signal(ssh_session s, const char *name, const char *command)
{
	ssh_channel c = open_channel(s);
	char bytes[512];
	int n;
	bool sent = false;

	if (c == NULL || ssh_channel_request_exec(c, command) != SSH_OK)
		fatal("exec: %s", ssh_get_error(s));
	while ((n = ssh_channel_read(c, bytes, sizeof(bytes), 0)) > 0) {
		fwrite(bytes, 1, (size_t)n, stdout);
		if (!sent)
			ssh_channel_request_send_signal(c, name);
		sent = true;
	}
	n = ssh_channel_get_exit_status(c);
	if (n >= 0)
		printf("status %d\n", n);
	else
		puts("signalled");
	ssh_channel_free(c);
}

static void
try_channels(ssh_session s, int want)
{
	int i, n = 0;

	for (i = 0; i < want; i++)
		n += open_channel(s) != NULL;
	printf("%d\n", n);
}

static const char *
yes(bool is)
{
	return is ? "yes" : "no";
}

static void
try_twice(ssh_session s, const char *command)
{
	ssh_channel c = open_channel(s);
	int i;

	if (c == NULL)
		fatal("channel: %s", ssh_get_error(s));
	for (i = 0; i < 2; i++)
		puts(yes(ssh_channel_request_exec(c, command) == SSH_OK));
	ssh_channel_free(c);
}

static void
try_methods(ssh_session s)
{
	printf("none %s\n", yes(ssh_userauth_none(s, NULL) == SSH_AUTH_SUCCESS));
	printf("password %s\n",
	    yes(ssh_userauth_password(s, NULL, "secret") == SSH_AUTH_SUCCESS));
	printf("keyboard-interactive %s\n",
	    yes(ssh_userauth_kbdint(s, NULL, NULL) == SSH_AUTH_SUCCESS));
}

int
main(int argc, char **argv)
{
	const char *what = argc > 4 ? argv[4] : "";
	ssh_session s;

	if (argc < 5)
		fatal("usage: sshhand PORT KEY USER WHAT ...");
	s = dial(argv[1], argv[3]);
	if (strcmp(what, "before") == 0) {
		puts(yes(open_channel(s) != NULL));
	} else if (strcmp(what, "methods") == 0) {
		try_methods(s);
	} else {
		log_in(s, argv[2]);
		if (strcmp(what, "signal") == 0 && argc == 7)
			try_signal(s, argv[5], argv[6]);
		else if (strcmp(what, "channels") == 0 && argc == 6)
			try_channels(s, atoi(argv[5]));
		else if (strcmp(what, "twice") == 0 && argc == 6)
			try_twice(s, argv[5]);
	}
	ssh_disconnect(s);
	ssh_free(s);
	return 0;
}
