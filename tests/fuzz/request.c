/* SPDX-License-Identifier: ISC */
/* A command line: split, understood or refused, completed. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "fuzz.h"
#include "verb/complete.h"
#include "verb/help.h"
#include "verb/request.h"
#include "verb/words.h"

static bool
is_word(const struct words *w, const char *text)
{
	unsigned i;

	for (i = 0; i < w->n; i++)
		if (text >= w->at[i] && text <= w->at[i] + strlen(w->at[i]))
			return true;
	return false;
}

/* What was understood stands in the words, and is what the verb takes. */
static void
check_request(const struct request *r, const struct words *w)
{
	size_t i;

	must(r->phrase != NULL || r->help);
	for (i = 0; i < r->arguments.n; i++) {
		must(r->arguments.at[i].which < PARAMETERS_END);
		must(is_word(w, r->arguments.at[i].text));
	}
	must(r->arguments.n <= w->n);
	must(r->format <= FORMAT_JSONL);
	if (r->phrase != NULL && !r->help) {
		must(!phrase_is_for_consoles(r->phrase));
		must(!(phrase_acts(r->phrase) && r->count > 0));
		must(!(r->quiet && r->format_given));
	}
}

static void
check_completion(const struct words *w)
{
	struct buf out = { 0 };

	must(complete_words(&out, (const char *const *)w->at, w->n) <=
	    COMPLETE_USERS);
	must(out.len == 0 || out.at[out.len - 1] == '\n');
	buf_free(&out);
}

static void
check_help(const struct words *w)
{
	struct buf out = { 0 };
	struct err e = { "" };

	if (help_words(&out, (const char *const *)w->at, w->n, &e) < 0)
		must(e.text[0] != '\0' && out.len == 0);
	else
		must(out.len > 0);
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = { "" };
	struct request r;
	struct words w;
	char *line;

	if (size > WORDS_LINE_MAX)
		return 0;
	line = xstrndup((const char *)data, size);
	if (words_split(&w, line, &e) == 0) {
		if (request_parse(&r, (const char *const *)w.at, w.n, &e) == 0)
			check_request(&r, &w);
		else
			must(e.text[0] != '\0');
		request_fini(&r);
		check_completion(&w);
		check_help(&w);
		words_free(&w);
	}
	must(text_is_clean(e.text, strlen(e.text)));
	free(line);
	return 0;
}
