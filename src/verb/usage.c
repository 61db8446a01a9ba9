/* SPDX-License-Identifier: ISC */
#include "verb/usage.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>


/* One item of the text: a word, or what stands in brackets. */
struct item {
	const char *at;
	size_t len;
	bool optional, repeated;
};

static const char *
blanks(const char *s)
{
	return s + strspn(s, " ");
}

/* The end of a word; blanks within brackets do not end it. */
static const char *
word_end(const char *s, const char *end)
{
	int depth = 0;

	for (; s < end && (depth > 0 || *s != ' '); s++)
		depth += *s == '[' ? 1 : *s == ']' ? -1 : 0;
	return s;
}

static bool
dots(const char *at, size_t len)
{
	return len > 3 && memcmp(at + len - 3, "...", 3) == 0;
}

/* Takes the next item off the text; false at its end. */
static bool
next(const char **text, struct item *it)
{
	const char *s = blanks(*text), *end;

	if (*s == '\0')
		return false;
	memset(it, 0, sizeof(*it));
	end = word_end(s, s + strlen(s));
	it->at = s;
	it->len = (size_t)(end - s);
	it->repeated = dots(s, it->len);
	it->optional = *s == '[';
	if (it->optional) {
		it->len -= it->repeated ? 3 : 0;
		assert(it->len > 2 && s[it->len - 1] == ']');
		it->at++;
		it->len -= 2;
		it->repeated |= dots(it->at, it->len);
	}
	*text = end;
	return true;
}

static void
copy(char *dst, size_t cap, const char *at, size_t len)
{
	assert(len < cap);
	memcpy(dst, at, len);
	dst[len] = '\0';
}

static enum parameter
parameter_of(const char *name, size_t len, enum parameter other)
{
	enum parameter p;

	for (p = 0; p < PARAMETERS_END; p++)
		if (strlen(parameter_names[p]) == len &&
		    strncasecmp(parameter_names[p], name, len) == 0 && len > 0)
			return p;
	return other;
}

static size_t
capitals(const char *s)
{
	size_t n = 0;

	while (isupper((unsigned char)s[n]))
		n++;
	return n;
}

static void
add_place(struct usage *u, const struct item *it)
{
	static const char sign[] = "(+|-)";
	struct usage_place *p = &u->places[u->n_places++];
	const char *at = it->at;
	size_t n;

	assert(u->n_places <= USAGE_PLACES);
	p->optional = it->optional;
	p->repeated = it->repeated;
	p->signs = strncmp(at, sign, sizeof(sign) - 1) == 0;
	at += p->signs ? sizeof(sign) - 1 : 0;
	n = capitals(at);
	if (n == 0) {		/* on|off */
		copy(p->label, sizeof(p->label), at, it->len);
		p->which = PARAMETER_STATE;
		return;
	}
	copy(p->label, sizeof(p->label), at, n);
	p->project = strcmp(p->label, "DIR") == 0;
	p->which = strcmp(p->label, "FINGERPRINT") == 0
	    ? PARAMETER_KEY
	    : parameter_of(at, n, PARAMETER_NAME);
	/* --name is the name of a person, NAME that of a thing */
	if (p->which == PARAMETER_FULL_NAME)
		p->which = PARAMETER_NAME;
}

static enum parameter
option_parameter(const char *name)
{
	enum parameter p;

	if (strcmp(name, "-n") == 0)
		return PARAMETER_COUNT;
	p = parameter_of(name + 2, strlen(name + 2), PARAMETERS_END);
	assert(p != PARAMETERS_END);
	return p;
}

static void
add_option(struct usage *u, const struct item *it, const char **rest)
{
	struct usage_option *o = &u->options[u->n_options++];
	const char *end = it->at + it->len;
	const char *name_end = word_end(it->at, end);
	struct item value;

	assert(u->n_options <= USAGE_OPTIONS);
	copy(o->name, sizeof(o->name), it->at, (size_t)(name_end - it->at));
	o->which = option_parameter(o->name);
	o->required = !it->optional;
	o->repeated = it->repeated;
	if (!it->optional) {
		next(rest, &value);
		copy(o->label, sizeof(o->label), value.at, value.len);
	} else if (name_end < end) {
		name_end = blanks(name_end);
		copy(o->label, sizeof(o->label), name_end,
		    (size_t)(end - name_end));
	}
}

void
usage_parse(struct usage *u, const char *text)
{
	struct item it;

	memset(u, 0, sizeof(*u));
	while (next(&text, &it)) {
		if (*it.at == '-') {
			add_option(u, &it, &text);
		} else if (*it.at == '<') {
			next(&text, &it);
			u->has_input = true;
			u->input = parameter_of(it.at, capitals(it.at),
			    PARAMETER_DATA);
		} else {
			add_place(u, &it);
		}
	}
}

const struct usage_option *
usage_option(const struct usage *u, const char *name, size_t len)
{
	unsigned i;

	for (i = 0; i < u->n_options; i++)
		if (strlen(u->options[i].name) == len &&
		    memcmp(u->options[i].name, name, len) == 0)
			return &u->options[i];
	return NULL;
}
