/* SPDX-License-Identifier: ISC */
/*
 * keys.c - the tables of project/keys.h as the man pages have them.
 *
 * `keys` prints the names of all groups, `keys GROUP` that group's list in
 * mdoc. man.t compares these with man/, so that no key is added without its
 * words and no default is told wrongly.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "model/value.h"
#include "project/keys.h"

static const struct {
	const char *name;
	const struct schema *schema;
} all[] = {
#define X(name, what, keys) { #name, &schema_##name },
	SCHEMAS(X)
#undef X
};
#define GROUPS (sizeof(all) / sizeof(all[0]))

static void
print_words(const char *const *words)
{
	int i;

	for (i = 0; words[i] != NULL; i++)
		printf("%s%s", i ? " | " : ": ", words[i]);
}

static void
print_limit(double x, bool span)
{
	char text[32];

	if (span && x >= 86400000)
		printf("%sd", real_print(text, x / 86400000));
	else if (span && x >= 3600000)
		printf("%sh", real_print(text, x / 3600000));
	else if (span && x >= 1000)
		printf("%ss", real_print(text, x / 1000));
	else if (span)
		printf("%sms", real_print(text, x));
	else
		printf("%s", real_print(text, x));
}

static void
print_range(const struct key *k)
{
	bool span = k->form == FORM_SPAN || k->form == FORM_SPANS;

	if (k->form != FORM_INT && k->form != FORM_REAL && !span)
		return;
	if (k->min == k->max && k->form == FORM_REAL)
		return;
	printf(", ");
	print_limit(k->min, span);
	if (isinf(k->max)) {
		printf(" or more");
		return;
	}
	printf("..");
	print_limit(k->max, span);
}

static const char *
group_name(const struct schema *s)
{
	size_t i;

	for (i = 0; i < GROUPS; i++) {
		if (all[i].schema == s)
			return all[i].name;
	}
	return "?";
}

static void
print_key(const struct key *k)
{
	printf(".It Ic %s Pq %s", k->name, form_name((enum form)k->form));
	if (k->words != NULL && k->words != words_function)
		print_words(k->words);
	print_range(k);
	if (k->group != NULL)
		printf(": %s", group_name(k->group));
	if (k->flags & (KEY_REQUIRED | KEY_LATE))
		printf(", required");
	if (k->flags & KEY_NONE)
		printf(" or none");
	if (k->standard != NULL)
		printf(", default %s",
		    strncmp(k->standard, "/", 1) == 0 &&
			strcmp(k->name, "programs") == 0
			? "the folder it was installed to" : k->standard);
	printf("\n%c%s.\n", toupper((unsigned char)k->help[0]), k->help + 1);
}

static int
print_group(const char *name)
{
	size_t i;
	unsigned j;

	for (i = 0; i < GROUPS; i++) {
		if (strcmp(all[i].name, name) != 0)
			continue;
		printf(".Bl -tag -width Ds\n");
		for (j = 0; j < all[i].schema->n; j++)
			print_key(&all[i].schema->keys[j]);
		printf(".El\n");
		return 0;
	}
	fprintf(stderr, "keys: no group %s\n", name);
	return 1;
}

int
main(int argc, char **argv)
{
	size_t i;

	if (argc == 2)
		return print_group(argv[1]);
	for (i = 0; i < GROUPS; i++)
		printf("%s\n", all[i].name);
	return 0;
}
