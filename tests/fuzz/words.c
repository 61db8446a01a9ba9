/* SPDX-License-Identifier: ISC */
/*
 * Command lines. Whatever words come out, the same words come out again when
 * each is put into single quotes; an error names a column of the line.
 */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fuzz.h"
#include "verb/words.h"

static void
quote(struct buf *b, const char *word)
{
	buf_char(b, '\'');
	for (; *word != '\0'; word++)
		if (*word == '\'')
			buf_text(b, "'\\''");
		else
			buf_char(b, *word);
	buf_text(b, "' ");
}

static void
check_words(const struct words *w)
{
	struct buf line = { 0 };
	struct words again;
	struct err e;
	unsigned i;

	must(w->n <= WORDS_MAX && w->at[w->n] == NULL);
	for (i = 0; i < w->n; i++)
		quote(&line, w->at[i]);
	if (line.len <= WORDS_LINE_MAX) {
		must(words_split(&again, buf_string(&line), &e) == 0);
		must(again.n == w->n);
		for (i = 0; i < w->n; i++)
			must(strcmp(again.at[i], w->at[i]) == 0);
		words_free(&again);
	}
	buf_free(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = xstrndup((const char *)data, size);
	struct words w;
	struct err e = { "" };
	int column = 0;

	if (words_split(&w, line, &e) == 0)
		check_words(&w);
	else
		must(sscanf(e.text, "column %d: ", &column) == 1 &&
		    column >= 1 && column <= (int)strlen(line) + 1 &&
		    w.at == NULL);
	words_free(&w);
	free(line);
	return 0;
}
