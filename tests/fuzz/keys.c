/* SPDX-License-Identifier: ISC */
/*
 * The key decoder: whatever a terminal sends, in pieces and over time.
 *
 * Input: a byte says how much comes next (its low six bits) and how long it
 * takes (its high two: 0, 40, 600, 6000 ms); then so many bytes.
 */
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "term/decode.h"

static void
check_key(const struct key *k, struct mono now)
{
	char text[8];
	size_t n;

	must(k->code < K_LAST && k->code != K_NONE);
	must((k->mods & ~(unsigned)(K_SHIFT | K_ALT | K_CTRL)) == 0);
	must(k->at.us <= now.us);
	if (k->code < K_NONE) {
		n = text_encode(text, k->code);
		must(n > 0 && text_is_clean(text, n));
	}
	if (k->code == K_PASTE) {
		must(k->text != NULL);
		must(text_is_clean(k->text, strlen(k->text)));
	}
	if (k->code == K_CLICK)
		must(k->row >= 0 && k->col >= 0);
}

static void
take_keys(struct decode *d, struct mono now)
{
	struct key k;

	while (decode_next(d, now, &k))
		check_key(&k, now);
	/* what is left waits for more bytes or for its time */
	must(mono_before(now, decode_deadline(d)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const int64_t gaps[] = { 0, 40, 600, 6000 };
	static struct decode d;
	struct mono now = { 0 };
	size_t at = 0, n;

	decode_init(&d);
	decode_learn(&d, "\033Ot", K_F5);
	while (at < size) {
		n = bytes[at] & 63;
		now = mono_add(now, (struct span){ gaps[bytes[at] >> 6] });
		at++;
		if (n > size - at)
			n = size - at;
		take_keys(&d, now);
		decode_feed(&d, bytes + at, n, now);
		take_keys(&d, now);
		at += n;
	}
	/* after a pause nothing is left */
	now = mono_add(now, (struct span){ 10000 });
	take_keys(&d, now);
	must(d.in.len == d.taken && !d.pasting);
	decode_fini(&d);
	return 0;
}
