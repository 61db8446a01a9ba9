/* SPDX-License-Identifier: ISC */
#include "ssh/hostkey.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"

bool
hostkey_print(const ssh_key key, char print[HOSTKEY_PRINT])
{
	unsigned char *hash = NULL;
	char *text = NULL;
	size_t len;

	if (ssh_get_publickey_hash(
		key, SSH_PUBLICKEY_HASH_SHA256, &hash, &len) == 0)
		text = ssh_get_fingerprint_hash(
		    SSH_PUBLICKEY_HASH_SHA256, hash, len);
	if (text != NULL)
		str_copy(print, text, HOSTKEY_PRINT);
	ssh_clean_pubkey_hash(&hash);
	ssh_string_free_char(text);
	return text != NULL;
}

static int
write_public(const ssh_key key, const char *path, struct err *e)
{
	char *text = NULL, *line, *name;
	int rc = -1;

	if (ssh_pki_export_pubkey_base64(key, &text) != SSH_OK)
		return err_set(e, "%s: cannot export the host key", path);
	line = xasprintf("ssh-ed25519 %s sightglass\n", text);
	name = xasprintf("%s.pub", path);
	rc = fd_write_file(name, line, strlen(line), 0644, e);
	free(name);
	free(line);
	ssh_string_free_char(text);
	return rc;
}

static int
make(const char *path, struct err *e)
{
	ssh_key key = NULL;
	char *text = NULL;
	int rc = -1;

	if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK ||
	    ssh_pki_export_privkey_base64(key, NULL, NULL, NULL, &text) !=
		SSH_OK)
		err_set(e, "%s: cannot make a host key", path);
	else if (write_public(key, path, e) == 0)
		/* the private half last: with it the key is there */
		rc = fd_write_file(path, text, strlen(text), 0600, e);
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	ssh_string_free_char(text);
	ssh_key_free(key);
	return rc;
}

ssh_key
hostkey_open(const char *path, char *print, struct err *e)
{
	ssh_key key = NULL;
	struct stat st;
	int rc = stat(path, &st);

	if (rc < 0 && errno == ENOENT) {
		if (make(path, e) < 0)
			return NULL;
		rc = stat(path, &st);
	}
	if (rc < 0) {
		err_sys(e, "%s", path);
		return NULL;
	}
	if ((st.st_mode & 077) != 0) {
		err_set(e, "%s: others may read the host key", path);
		return NULL;
	}
	if (access(path, R_OK) < 0) {	/* libssh would not say why */
		err_sys(e, "%s", path);
		return NULL;
	}
	if (ssh_pki_import_privkey_file(path, NULL, NULL, NULL, &key) !=
		SSH_OK ||
	    !hostkey_print(key, print)) {
		err_set(e, "%s: not a host key", path);
		ssh_key_free(key);
		return NULL;
	}
	return key;
}
