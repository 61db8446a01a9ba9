/* SPDX-License-Identifier: ISC */
/* Who may come in: libssh checks signatures, the core knows the keys. */
#include <libssh/callbacks.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "ssh/hostkey.h"
#include "ssh/talker_state.h"

static void
keyed(struct talker *t)
{
	if (t->keyed)
		return;
	t->keyed = true;
	talker_tell(t, REPORT_KEYED);
}

static int
refuse(struct talker *t, const char *user, const char *key, const char *why)
{
	log_note("login refused: %.32s from %s, %s: %s", user, t->from, key,
	    why);
	talker_tell(t, REPORT_FAILED);
	if (++t->tries >= t->rules->tries)
		t->over = true;
	return SSH_AUTH_DENIED;
}

static int
no_core(struct talker *t, const struct err *e)
{
	log_warn("no login from %s: %s", t->from, e->text);
	t->over = true;
	return SSH_AUTH_DENIED;
}

/* The descriptor is a session from now on. */
static int
logged_in(struct talker *t, const char *user, const char *key)
{
	str_copy(t->user, user, sizeof(t->user));
	str_copy(t->request.language, login_language(t->login),
	    sizeof(t->request.language));
	t->session_fd = login_take(t->login);
	log_note("%s logged in from %s, %s", user, t->from, key);
	talker_tell(t, REPORT_LIVE);
	talker_enter(t, OPEN, TALKER_OPEN_GRACE);
	return SSH_AUTH_SUCCESS;
}

static int
log_in(struct talker *t, const char *user, const char *key)
{
	struct err e;
	int rc;

	/* The terminal is not known before the channel is open. */
	rc = login_key(t->login, user, key, t->from, "", &e);
	if (rc < 0)
		return no_core(t, &e);
	if (rc == 0) {
		t->over = true;	/* the descriptor said LOGIN; it has no second */
		return refuse(t, user, key, e.text);
	}
	return logged_in(t, user, key);
}

/* libssh overwrites its copy of the password with the message. */
static int
on_password(
    ssh_session session, const char *user, const char *password, void *data)
{
	struct talker *t = data;
	struct err e;
	int rc;

	(void)session;
	keyed(t);
	if (t->stage != LOGIN || t->over)
		return SSH_AUTH_DENIED;
	if (!request_user_ok(user))
		return refuse(t, user, "password", "not a user name");
	rc = login_password(
	    t->login, user, password, t->from, t->deadline, &e);
	if (rc < 0)
		return no_core(t, &e);
	if (rc == 0)
		return refuse(t, user, "password", e.text);
	return logged_in(t, user, "password");
}

static int
on_key(ssh_session session, const char *user, struct ssh_key_struct *key,
    char state, void *data)
{
	struct talker *t = data;
	char print[HOSTKEY_PRINT];
	struct err e;
	int rc;

	(void)session;
	keyed(t);
	if (t->stage != LOGIN || t->over || !hostkey_print(key, print))
		return SSH_AUTH_DENIED;
	if (!request_user_ok(user))
		return refuse(t, user, print, "not a user name");
	if (state == SSH_PUBLICKEY_STATE_VALID)
		return log_in(t, user, print);
	if (state != SSH_PUBLICKEY_STATE_NONE)
		return refuse(t, user, print, "wrong signature");
	rc = login_probe(t->login, user, print, &e);
	if (rc < 0)
		return no_core(t, &e);
	return rc == 1 ? SSH_AUTH_SUCCESS
		       : refuse(t, user, print, "not a key of this user");
}

/* Every client begins with it, to learn the methods; it is no try. */
static int
on_none(ssh_session session, const char *user, void *data)
{
	(void)session;
	(void)user;
	keyed(data);
	return SSH_AUTH_DENIED;
}

static int
on_service(ssh_session session, const char *service, void *data)
{
	(void)session;
	keyed(data);
	return strcmp(service, "ssh-userauth") == 0 ? 0 : -1;
}

/* What no callback is for. Methods that we do not offer count as tries; the
 * rest libssh refuses. */
static int
on_message(ssh_session session, ssh_message m, void *data)
{
	struct talker *t = data;
	const char *user = ssh_message_auth_user(m);

	(void)session;
	if (ssh_message_type(m) == SSH_REQUEST_AUTH && t->stage == LOGIN)
		refuse(t, user != NULL ? user : "", "none",
		    "a method that is not offered");
	return 1;
}

void
talker_await_login(struct talker *t)
{
	t->server = (struct ssh_server_callbacks_struct){
		.userdata = t,
		.auth_none_function = on_none,
		.auth_pubkey_function = on_key,
		.auth_password_function =
		    t->rules->passwords ? on_password : NULL,
		.service_request_function = on_service,
		.channel_open_request_session_function = talker_on_channel,
	};
	ssh_callbacks_init(&t->server);
	ssh_set_server_callbacks(t->session, &t->server);
	ssh_set_message_callback(t->session, on_message, t);
	ssh_set_auth_methods(t->session,
	    t->rules->passwords
		? SSH_AUTH_METHOD_PUBLICKEY | SSH_AUTH_METHOD_PASSWORD
		: SSH_AUTH_METHOD_PUBLICKEY);
}
