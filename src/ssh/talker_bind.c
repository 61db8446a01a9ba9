/* SPDX-License-Identifier: ISC */
/* What is offered: no SHA-1, no CBC, no Diffie-Hellman over integers. */
#include <stdbool.h>

#include "ssh/talker.h"

static int
bind_text(ssh_bind b, enum ssh_bind_options_e which, const char *text)
{
	return ssh_bind_options_set(b, which, text);
}

ssh_bind
talker_bind(ssh_key hostkey, struct err *e)
{
	static const char kex[] =
	    "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256";
	static const char ciphers[] =
	    "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr";
	static const char macs[] = "hmac-sha2-256-etm@openssh.com,"
				   "hmac-sha2-512-etm@openssh.com";
	static const char keys[] =
	    "ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,"
	    "ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
	    "sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256";
	ssh_bind b = ssh_bind_new();
	bool no = false;
	int rsa = 3072, rc = 0;

	if (b == NULL)
		goto failed;
	rc |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no);
	rc |= bind_text(b, SSH_BIND_OPTIONS_BANNER, "Sightglass");
	rc |= bind_text(b, SSH_BIND_OPTIONS_KEY_EXCHANGE, kex);
	rc |= bind_text(b, SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, "ssh-ed25519");
	rc |= bind_text(b, SSH_BIND_OPTIONS_CIPHERS_C_S, ciphers);
	rc |= bind_text(b, SSH_BIND_OPTIONS_CIPHERS_S_C, ciphers);
	rc |= bind_text(b, SSH_BIND_OPTIONS_HMAC_C_S, macs);
	rc |= bind_text(b, SSH_BIND_OPTIONS_HMAC_S_C, macs);
	rc |= bind_text(b, SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES, keys);
	rc |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_RSA_MIN_SIZE, &rsa);
	rc |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_IMPORT_KEY, hostkey);
	if (rc == 0)
		return b;
failed:
	err_set(e, "libssh: %s", b != NULL ? ssh_get_error(b) : "no memory");
	ssh_bind_free(b);
	return NULL;
}
