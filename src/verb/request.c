/* SPDX-License-Identifier: ISC */
#include "verb/request.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/language.h"
#include "base/near.h"
#include "verb/option.h"

/* The words of a command line, one after the other. */
struct reading {
	const char *const *at;
	size_t n, next;
	bool options_ended;	/* `--` was there */
	VEC(const char *) places;
};

static int
unknown_option(const struct request *r, const char *word, struct err *e)
{
	const char *best = NULL;
	unsigned distance = 0, i;
	char hint[NEAR_CAP], name[80];
	size_t k;

	str_copy(name, word, sizeof(name));
	name[strcspn(name, "=")] = '\0';
	for (i = 0; i < r->usage.n_options; i++)
		near_offer(name, r->usage.options[i].name, &best, &distance);
	for (k = 0; k < n_common_options; k++)
		near_offer(name, common_options[k].name, &best, &distance);
	if (r->phrase == NULL)
		return err_set(e, _("no option \"%s\" before the verb%s"), name,
		    near_say(hint, best));
	return err_set(e, _("%s has no option \"%s\"%s"), r->phrase->name, name,
	    near_say(hint, best));
}

/* The value of the option that stands at w->next - 1; label "" for none. */
static int
option_value(struct reading *w, size_t name_len, const char *label,
    const char **value, struct err *e)
{
	const char *word = w->at[w->next - 1];
	int len = (int)name_len;

	*value = NULL;
	if (*label == '\0') {
		if (word[len] == '=')
			return err_set(e, _("%.*s takes no value"), len, word);
		return 0;
	}
	if (word[len] == '=') {
		*value = word + len + 1;
		return 0;
	}
	if (w->next == w->n)
		return err_set(e, _("%.*s needs a value: %.*s %s"), len, word, len,
		    word, label);
	*value = w->at[w->next++];
	return 0;
}

static bool
has_argument(const struct request *r, enum parameter which)
{
	size_t i;

	for (i = 0; i < r->arguments.n; i++)
		if (r->arguments.at[i].which == which)
			return true;
	return false;
}

/* An option of this verb alone; -n, --since and --until are common ones. */
static int
take_own(struct request *r, struct reading *w, const struct usage_option *o,
    struct err *e)
{
	const char *value;

	if (!o->repeated && has_argument(r, o->which))
		return err_set(e, _("%s is given twice"), o->name);
	if (option_value(w, strlen(o->name), o->label, &value, e) < 0)
		return -1;
	/* one without a value says by being there */
	vec_push(&r->arguments,
	    ((struct argument){ o->which, value != NULL ? value : "" }));
	return 0;
}

static int
take_option(struct request *r, struct reading *w, struct err *e)
{
	const char *word = w->at[w->next - 1], *value;
	size_t len = strcspn(word, "=");
	const struct usage_option *own = usage_option(&r->usage, word, len);
	int common = option_find(word, len);

	if (common < 0 && own == NULL)
		return unknown_option(r, word, e);
	/* --until of what acts is its own: it ends something */
	if (common < 0 || (own != NULL && phrase_acts(r->phrase)))
		return take_own(r, w, own, e);
	if (option_value(w, len, common_options[common].label, &value, e) < 0)
		return -1;
	return option_take(r, common, value, e);
}

/* Does the usage have words like -operator? */
static bool
takes_signs(const struct usage *u)
{
	unsigned i;

	for (i = 0; i < u->n_places; i++)
		if (u->places[i].signs)
			return true;
	return false;
}

static bool
is_option(const struct request *r, const struct reading *w, const char *word)
{
	size_t len = strcspn(word, "=");

	if (w->options_ended || word[0] != '-' || word[1] == '\0')
		return false;
	if (isdigit((unsigned char)word[1]) || word[1] == '.')
		return false;	/* set TAG -4.5 */
	if (takes_signs(&r->usage) && word[1] != '-')
		return option_find(word, len) >= 0;
	return true;
}

/* The words of a line that may be a verb's name, joined: at most three. */
static void
join_words(const char *const *words, size_t n, char *dst, size_t cap)
{
	size_t used = 0, k;

	dst[0] = '\0';
	for (k = 0; k < n && k < 3 && used < cap; k++) {
		used += str_copy(dst + used, k > 0 ? " " : "", cap - used);
		if (used < cap)
			used += str_copy(dst + used, words[k], cap - used);
	}
}

/* What may follow the words of a group like `user`; nothing: no group. */
static void
list_group(const char *group, struct buf *list)
{
	size_t i, len = strlen(group);
	const char *name;

	for (i = 0; i < n_phrases; i++) {
		name = phrases[i].name;
		if (strncmp(name, group, len) == 0 && name[len] == ' ' &&
		    !phrase_is_hidden(&phrases[i]))
			buf_printf(list, "%s%s", list->len > 0 ? ", " : "",
			    name + len + 1);
	}
}

/* The verb that the first one, two or three words are nearest to. */
static const char *
nearest_verb(const char *const *words, size_t n)
{
	const char *best = NULL;
	unsigned distance = 0;
	char typed[80];
	size_t i, k;

	for (k = 1; k <= n && k <= 3; k++) {
		join_words(words, k, typed, sizeof(typed));
		for (i = 0; i < n_phrases; i++)
			if (!phrase_is_hidden(&phrases[i]))
				near_offer(typed, phrases[i].name, &best,
				    &distance);
	}
	return best;
}

/* The words as far as they are a group, and the one that does not fit. */
static int
unknown_verb(const char *const *words, size_t n, struct err *e)
{
	char hint[NEAR_CAP], typed[80];
	struct buf list = { 0 };
	size_t k = 0;

	do {
		join_words(words, ++k, typed, sizeof(typed));
		buf_clear(&list);
		list_group(typed, &list);
	} while (list.len > 0 && k < n && k < 3 && words[k][0] != '-');
	if (list.len > 0)
		err_set(e, _("%s what? %s"), typed, buf_string(&list));
	else
		err_set(e, _("no verb \"%s\"%s"), typed,
		    near_say(hint, nearest_verb(words, n)));
	buf_free(&list);
	return -1;
}

static int
find_phrase(struct request *r, struct reading *w, struct err *e)
{
	size_t used;

	r->phrase = phrase_find(w->at + w->next, w->n - w->next, &used);
	if (r->phrase == NULL)
		return unknown_verb(w->at + w->next, w->n - w->next, e);
	w->next += used;
	usage_parse(&r->usage, r->phrase->parameters);
	return 0;
}

/* Options in front, the verb, then everything else. */
static int
read_words(struct request *r, struct reading *w, struct err *e)
{
	const char *word;

	while (w->next < w->n) {
		word = w->at[w->next];
		if (!w->options_ended && strcmp(word, "--") == 0) {
			w->options_ended = true;
			w->next++;
		} else if (is_option(r, w, word)) {
			w->next++;
			if (take_option(r, w, e) < 0)
				return -1;
		} else if (r->phrase == NULL) {
			if (find_phrase(r, w, e) < 0)
				return -1;
		} else {
			w->next++;
			vec_push(&w->places, word);
		}
	}
	return 0;
}

/* Where the i-th word goes; NULL if there are too many. */
static const struct usage_place *
place_of(const struct usage *u, size_t i)
{
	if (i < u->n_places)
		return &u->places[i];
	if (u->n_places > 0 && u->places[u->n_places - 1].repeated)
		return &u->places[u->n_places - 1];
	return NULL;
}

/* Places before the first that must be filled are left out when there are
 * too few words: note [ALARM|OBJECT] TEXT. */
static size_t
places_left_out(const struct usage *u, size_t words)
{
	size_t first = 0, needed = 0, i;

	while (first < u->n_places && u->places[first].optional)
		first++;
	for (i = first; i < u->n_places; i++)
		needed += !u->places[i].optional;
	if (needed == 0 || words >= first + needed)
		return 0;
	return words < needed ? first : first + needed - words;
}

static int
put_places(struct request *r, const struct reading *w, struct err *e)
{
	const struct usage_place *p;
	const char *word;
	size_t i, skip = places_left_out(&r->usage, w->places.n);

	for (i = skip; i < w->places.n + skip; i++) {
		word = w->places.at[i - skip];
		p = place_of(&r->usage, i);
		if (p == NULL)
			return err_set(e, _("%s: one word too many: \"%s\""),
			    r->phrase->name, word);
		if (p->signs && *word != '+' && *word != '-')
			return err_set(e,
			    _("\"%s\": +%s gives a role, -%s takes it"), word,
			    word, word);
		if (p->project)
			r->project = word;
		else
			vec_push(&r->arguments,
			    ((struct argument){ p->which, word }));
	}
	for (; i < r->usage.n_places; i++)
		if (!r->usage.places[i].optional)
			return err_set(e, _("%s needs %s"), r->phrase->name,
			    r->usage.places[i].label);
	return 0;
}

static int
check_required(const struct request *r, struct err *e)
{
	const struct usage_option *o;
	unsigned i;

	for (i = 0; i < r->usage.n_options; i++) {
		o = &r->usage.options[i];
		if (o->required && !has_argument(r, o->which))
			return err_set(e, _("%s needs %s %s"), r->phrase->name,
			    o->name, o->label);
	}
	return 0;
}

static int
check_common(const struct request *r, struct err *e)
{
	const char *name = r->phrase->name;

	if (r->quiet && r->format_given)
		return err_set(e, _("-q and -o exclude each other"));
	if (phrase_acts(r->phrase) && (r->since != NULL || r->until != NULL ||
					    r->count > 0))
		return err_set(e, _("%s takes no --since, --until or -n"), name);
	if ((r->since != NULL || r->until != NULL) &&
	    phrase_time_column(r->phrase) < 0)
		return err_set(e, _("%s has no times: --since and --until do not "
		    "fit"), name);
	if (phrase_is_for_consoles(r->phrase))
		return err_set(e, _("%s is for consoles"), name);
	return 0;
}

bool
request_core_limits(const struct request *r)
{
	return usage_option(&r->usage, "-n", 2) != NULL;
}

int
request_parse(
    struct request *r, const char *const *words, size_t n, struct err *e)
{
	struct reading w = { .at = words, .n = n };
	int rc;

	memset(r, 0, sizeof(*r));
	rc = read_words(r, &w, e);
	if (rc == 0 && r->phrase == NULL && !r->help)
		rc = err_set(e, _("no verb"));
	if (rc == 0 && r->phrase != NULL && !r->help &&
	    (put_places(r, &w, e) < 0 || check_required(r, e) < 0 ||
		check_common(r, e) < 0))
		rc = -1;
	vec_free(&w.places);
	return rc;
}

void
request_fini(struct request *r)
{
	vec_free(&r->arguments);
	memset(r, 0, sizeof(*r));
}

const char *
request_argument(const struct request *r, enum parameter which)
{
	size_t i;

	for (i = 0; i < r->arguments.n; i++)
		if (r->arguments.at[i].which == which)
			return r->arguments.at[i].text;
	return NULL;
}
