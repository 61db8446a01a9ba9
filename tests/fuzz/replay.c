/* SPDX-License-Identifier: ISC */
/*
 * replay.c - a main for fuzz targets without a fuzzer: runs the checked-in
 * corpus of the target, tests/fuzz/NAME/ for the program NAME.fuzz, or the
 * directory given as argument. A crash, a sanitizer's finding or a broken
 * promise ends the program before its TAP line.
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fuzz.h"

#define LEAST 50		/* distinct inputs of a corpus */
#define INPUT_MAX (1 << 20)
#define HANGS 60		/* seconds for the whole corpus */

static VEC(struct digest) seen;

static bool
is_new(const struct buf *input)
{
	struct digest d = digest_of(buf_string(input), input->len);

	for (size_t i = 0; i < seen.n; i++)
		if (digest_same(&seen.at[i], &d))
			return false;
	vec_push(&seen, d);
	return true;
}

/* In a block of exactly its size, so that a sanitizer sees each step beyond. */
static void
replay(const char *path)
{
	struct buf input = { 0 };
	uint8_t *exact;

	if (buf_read_file(&input, path, INPUT_MAX) < 0) {
		printf("Bail out! %s: %s\n", path, strerror(errno));
		exit(1);
	}
	if (!is_new(&input))
		printf("# %s repeats another input\n", path);
	exact = xmalloc(input.len);
	memcpy(exact, buf_string(&input), input.len);
	LLVMFuzzerTestOneInput(exact, input.len);
	free(exact);
	buf_free(&input);
}

static int
visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static void
replay_all(const char *dir)
{
	struct dirent **names;
	int n = scandir(dir, &names, visible, alphasort);
	char *path;

	for (int i = 0; i < n; i++) {
		path = xasprintf("%s/%s", dir, names[i]->d_name);
		replay(path);
		free(path);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

/* tests/fuzz/expr.fuzz: expr */
static char *
target_name(const char *program)
{
	const char *base = strrchr(program, '/');

	base = base == NULL ? program : base + 1;
	return xstrndup(base, strcspn(base, "."));
}

int
main(int argc, char **argv)
{
	const char *src = getenv("SG_SRC");
	char *name = target_name(argv[0]);
	char *dir = argc > 1 ? xstrdup(argv[1])
			     : xasprintf("%s/tests/fuzz/%s",
				   src != NULL ? src : ".", name);

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..1\n");
	alarm(HANGS);
	replay_all(dir);
	printf("%sok 1 - %s: %zu inputs replayed, at least %d wanted\n",
	    seen.n < LEAST ? "not " : "", name, seen.n, LEAST);
	free(dir);
	free(name);
	return seen.n < LEAST;
}
