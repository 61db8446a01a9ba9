/* SPDX-License-Identifier: ISC */
#include "server/users.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "server/core.h"
#include "store/load.h"

void
user_set(char **field, const char *text)
{
	char *new = xstrdup(text != NULL ? text : "");

	free(*field);
	*field = new;
}

void
user_set_password(struct user *u, const char *hash)
{
	if (u->password != NULL)
		explicit_bzero(u->password, strlen(u->password));
	free(u->password);
	u->password = hash != NULL ? xstrdup(hash) : NULL;
}

static struct user *
user_new(const char *name)
{
	struct user *u = xcalloc(1, sizeof(*u));

	u->name = xstrdup(name);
	u->full_name = xstrdup("");
	u->roles = xstrdup("");
	u->language = xstrdup("");
	u->unix_name = xstrdup("");
	return u;
}

void
user_free(struct user *u)
{
	size_t i;

	if (u == NULL)
		return;
	for (i = 0; i < u->keys.n; i++) {
		free(u->keys.at[i].fingerprint);
		free(u->keys.at[i].line);
	}
	vec_free(&u->keys);
	free(u->name);
	free(u->full_name);
	free(u->roles);
	free(u->language);
	free(u->unix_name);
	user_set_password(u, NULL);
	free(u);
}

struct user *
user_copy(const struct user *u, const char *name)
{
	struct user *new = user_new(name);
	size_t i;

	if (u == NULL)
		return new;
	user_set(&new->full_name, u->full_name);
	user_set(&new->roles, u->roles);
	user_set(&new->language, u->language);
	user_set(&new->unix_name, u->unix_name);
	user_set_password(new, u->password);
	new->locked = u->locked;
	new->created = u->created;
	new->last_login = u->last_login;
	for (i = 0; i < u->keys.n; i++)
		vec_push(&new->keys,
		    ((struct user_key){ xstrdup(u->keys.at[i].fingerprint),
			xstrdup(u->keys.at[i].line), u->keys.at[i].added }));
	return new;
}

static void
load_user(void *arg, const struct record_user *row)
{
	struct core *c = arg;
	struct user *u = user_new(row->name);

	user_set(&u->full_name, row->full_name);
	user_set(&u->roles, row->roles);
	user_set(&u->language, row->language);
	user_set(&u->unix_name, row->unix_name);
	user_set_password(u, row->password);
	u->locked = row->locked;
	u->created = row->created;
	u->last_login = row->last_login;
	HASH_ADD_KEYPTR(hh, c->users.by_name, u->name, strlen(u->name), u);
}

static void
load_key(void *arg, const struct record_key *row)
{
	struct user *u = users_find(arg, row->user);

	if (u != NULL)
		vec_push(&u->keys,
		    ((struct user_key){ xstrdup(row->fingerprint),
			xstrdup(row->line), row->added }));
}

int
users_load(struct core *c, struct err *e)
{
	if (record_load_users(c->record, load_user, c, e) < 0 ||
	    record_load_keys(c->record, load_key, c, e) < 0)
		return -1;
	return 0;
}

void
users_fini(struct core *c)
{
	struct user *u, *next;

	HASH_ITER(hh, c->users.by_name, u, next) {
		HASH_DEL(c->users.by_name, u);
		user_free(u);
	}
}

struct user *
users_find(const struct core *c, const char *name)
{
	struct user *u;

	HASH_FIND_STR(c->users.by_name, name, u);
	return u;
}

struct user *
users_by_unix(const struct core *c, const char *unix_name)
{
	struct user *u;

	for (u = c->users.by_name; u != NULL; u = u->hh.next)
		if (*u->unix_name != '\0' &&
		    strcmp(u->unix_name, unix_name) == 0)
			return u;
	return NULL;
}

bool
user_has_key(const struct user *u, const char *fingerprint)
{
	size_t i;

	for (i = 0; i < u->keys.n; i++)
		if (strcmp(u->keys.at[i].fingerprint, fingerprint) == 0)
			return true;
	return false;
}

bool
user_can_login(const struct user *u, bool passwords)
{
	return !u->locked &&
	    (u->keys.n > 0 ||
		(passwords && u->password != NULL));
}

bool
user_name_valid(const char *name)
{
	return strlen(name) <= USER_NAME_MAX && name_is_plain(name) &&
	    strcmp(name, "local") != 0;
}

void
user_record(struct core *c, const struct user *u)
{
	record_put_user(commit_batch(c),
	    &(struct record_user){
		.name = u->name,
		.full_name = u->full_name,
		.roles = u->roles,
		.language = u->language,
		.unix_name = u->unix_name,
		.password = u->password,
		.locked = u->locked,
		.created = u->created,
		.last_login = u->last_login,
	    });
}

void
users_remove(struct core *c, const char *name)
{
	struct user *u = users_find(c, name);

	if (u == NULL)
		return;
	HASH_DEL(c->users.by_name, u);
	user_free(u);
}

void
users_replace(struct core *c, struct user *u)
{
	users_remove(c, u->name);
	HASH_ADD_KEYPTR(hh, c->users.by_name, u->name, strlen(u->name), u);
}

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Strict base64 into out; its length, or -1. */
static int
unbase64(uint8_t *out, size_t cap, const char *s, size_t len)
{
	uint32_t bits = 0;
	size_t i, n = 0;
	int have = 0;
	const char *p;

	while (len > 0 && s[len - 1] == '=')
		len--;
	for (i = 0; i < len; i++) {
		p = s[i] != '\0' ? strchr(alphabet, s[i]) : NULL;
		if (p == NULL)
			return -1;
		bits = bits << 6 | (uint32_t)(p - alphabet);
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		if (n == cap)
			return -1;
		out[n++] = (uint8_t)(bits >> have);
	}
	return (int)n;
}

static void
base64(char *dst, const uint8_t *in, size_t n)
{
	uint32_t bits = 0;
	int have = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		bits = bits << 8 | in[i];
		for (have += 8; have >= 6; have -= 6)
			*dst++ = alphabet[bits >> (have - 6) & 63];
	}
	if (have > 0)
		*dst++ = alphabet[bits << (6 - have) & 63];
	*dst = '\0';
}

int
key_fingerprint(char dst[64], const char *line, struct err *e)
{
	static const char *const types[] = { "ssh-ed25519",
		"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
		"ecdsa-sha2-nistp521", "ssh-rsa",
		"sk-ssh-ed25519@openssh.com" };
	size_t type = strcspn(line, " "), len, i;
	const char *blob = line + type + (line[type] == ' ');
	uint8_t raw[2048];
	struct digest d;
	char text[48];
	int n;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strlen(types[i]) == type &&
		    strncmp(line, types[i], type) == 0)
			break;
	if (i == sizeof(types) / sizeof(types[0]))
		return err_set(e, "this is no public key (ssh-ed25519 AAAA..)");
	len = strcspn(blob, " \t\r\n");
	n = unbase64(raw, sizeof(raw), blob, len);
	/* the blob names its type once more */
	if (n < (int)type + 4 || raw[0] != 0 || raw[1] != 0 || raw[2] != 0 ||
	    raw[3] != type || memcmp(raw + 4, line, type) != 0)
		return err_set(e, "this public key is damaged");
	if (strcmp(types[i], "ssh-rsa") == 0 && n < 3072 / 8)
		return err_set(e, "an RSA key needs at least 3072 bits");
	d = digest_of(raw, (size_t)n);
	base64(text, d.at, DIGEST_SIZE);
	snprintf(dst, 64, "SHA256:%s", text);
	return 0;
}
