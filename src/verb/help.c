/* SPDX-License-Identifier: ISC */
#include "verb/help.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "verb/option.h"

static const char *const parameter_help[PARAMETERS_END] = {
	[PARAMETER_EXPECT] = N_("do it only if the value is still this one"),
	[PARAMETER_CONFIRM] = N_("the same again, where the project demands it"),
	[PARAMETER_REASON] = N_("why; goes into the audit"),
	[PARAMETER_NOTE] = N_("a remark; goes into the audit"),
	[PARAMETER_AREA] = N_("only this area and those below it"),
	[PARAMETER_QUALITY] = N_("only good, uncertain, stale or bad"),
	[PARAMETER_STATE] = N_("only unacknowledged .. latched, or shelved, "
			    "suppressed, out-of-service"),
	[PARAMETER_FOR] = N_("how long: 10min, 8h"),
	[PARAMETER_SINCE] = N_("from this time on"),
	[PARAMETER_UNTIL] = N_("until this time"),
	[PARAMETER_COUNT] = N_("at most so many rows, the last ones"),
	[PARAMETER_END] = N_("it is over"),
	[PARAMETER_TICKET] = N_("the number of the work permit"),
	[PARAMETER_OF] = N_("of this user"),
	[PARAMETER_PRIORITY] = N_("only this priority; 1 is the worst"),
	[PARAMETER_ROLE] = N_("a role, narrowed to an area by @AREA"),
	[PARAMETER_FULL_NAME] = N_("the name of the person"),
	[PARAMETER_LANGUAGE] = N_("of the texts on this user's screens"),
	[PARAMETER_UNIX] = N_("the local account that is this user"),
	[PARAMETER_KEY] = N_("a public key"),
	[PARAMETER_KIND] = N_("only alarm, command, state, plc, login, session, "
			   "project, system or note"),
	[PARAMETER_AFTER] = N_("only those after the one with this number"),
	[PARAMETER_BEFORE] = N_("only those before the one with this number"),
	[PARAMETER_DATA] = N_("the state of a server that is stopped"),
	[PARAMETER_DATE] = N_("the day: 2026-11-22, today, yesterday"),
	[PARAMETER_SHIFT] = N_("only this shift"),
	[PARAMETER_TRACE] = N_("step by step, with the bytes on the wire"),
	[PARAMETER_EVERY] = N_("a row for each such span: 15min, 1d"),
	[PARAMETER_SHOW] = N_("any of avg,min,max,last,count,good,integral,rises,"
			   "flags,counted,covered,resets"),
	[PARAMETER_SECOND] = N_("another user who may do it; the password is "
			     "asked for"),
	[PARAMETER_RETIRE] = N_("also take away what is not normal now"),
	[PARAMETER_STDIN] = N_("the password is a line of standard input"),
	[PARAMETER_REMOVE] = N_("take the password away"),
	[PARAMETER_AGAIN] = N_("begin where the last console here was"),
	[PARAMETER_SIZE] = N_("of the terminal: 132x43"),
	[PARAMETER_ASCII] = N_("with plain characters"),
	[PARAMETER_PROJECT] = N_("the project around it"),
	[PARAMETER_OTHER_PLANT] = N_("although it is of a plant with another name"),
};

static const struct exit_help {
	unsigned code;
	const char *text;
} exit_codes[] = {
	{ EXIT_DONE, N_("done") },
	{ EXIT_NEGATIVE, N_("no rows, or a check found something") },
	{ EXIT_USAGE, N_("usage") },
	{ EXIT_NOT_ALLOWED, N_("not allowed") },
	{ EXIT_NO_SUCH, N_("no such name") },
	{ EXIT_CHANGED, N_("changed meanwhile") },
	{ EXIT_REFUSED, N_("refused by interlock, range or station") },
	{ EXIT_MISMATCH, N_("the device read back something else") },
	{ EXIT_NO_SERVER, N_("no server") },
	{ EXIT_INTERNAL, N_("internal error") },
	{ EXIT_UNKNOWN,
	    N_("sent or perhaps sent, not confirmed: check the plant") },
	{ EXIT_CANCELLED, N_("cancelled") },
};

const char *
help_parameter(enum parameter which)
{
	return parameter_help[which];
}

const char *
help_exit_code(unsigned code)
{
	size_t i;

	for (i = 0; i < sizeof(exit_codes) / sizeof(exit_codes[0]); i++)
		if (exit_codes[i].code == code)
			return exit_codes[i].text;
	return NULL;
}

static void
put_pair(struct buf *out, const char *left, const char *right)
{
	buf_printf(out, "  %-24s  %s\n", left, right);
}

static void
put_common_options(struct buf *out)
{
	char left[40];
	size_t i;

	for (i = 0; i < n_common_options; i++) {
		str_copy(left, common_options[i].name, sizeof(left));
		if (*common_options[i].label != '\0') {
			strcat(left, " ");
			strcat(left, common_options[i].label);
		}
		put_pair(out, left, _(common_options[i].help));
	}
}

void
help_general(struct buf *out)
{
	char code[12];
	size_t i;

	buf_printf(out, "%s sightglass [-s SOCKET] %s ...\n\n", _("usage:"),
	    _("VERB"));
	for (i = 0; i < n_phrases; i++)
		if (!phrase_is_hidden(&phrases[i]))
			put_pair(out, phrases[i].name, _(phrases[i].help));
	buf_printf(out, "\n%s\n", _("Options of all verbs; -- ends them:"));
	put_common_options(out);
	buf_printf(out, "\n%s\n", _("Exit codes:"));
	for (i = 0; i < sizeof(exit_codes) / sizeof(exit_codes[0]); i++) {
		snprintf(code, sizeof(code), "%u", exit_codes[i].code);
		put_pair(out, code, _(exit_codes[i].text));
	}
	buf_printf(out, "\n%s\n",
	    _("More: sightglass help VERB, man sightglass"));
}

void
help_usage(struct buf *out, const struct phrase *p)
{
	buf_printf(out, "%s sightglass %s%s%s\n", _("usage:"), p->name,
	    *p->parameters != '\0' ? " " : "", p->parameters);
}

static void
put_options(struct buf *out, const struct phrase *p)
{
	struct usage u;
	const struct usage_option *o;
	char left[48];
	unsigned i;

	usage_parse(&u, p->parameters);
	for (i = 0; i < u.n_options; i++) {
		o = &u.options[i];
		snprintf(left, sizeof(left), "%s %s", o->name, o->label);
		put_pair(out, left, _(help_parameter(o->which)));
	}
}

static void
put_right(struct buf *out, const struct phrase *p)
{
	const struct verb_row *row;

	if (p->verb == VERB_COUNT)
		return;
	row = &verbs[p->verb];
	put_pair(out, _("right"), function_name(row->function));
	if (row->scope == SCOPE_ITEM)
		put_pair(out, "", _("in the area of each thing that is named"));
}

void
help_phrase(struct buf *out, const struct phrase *p)
{
	help_usage(out, p);
	buf_printf(out, "\n%s\n\n", _(p->help));
	put_options(out, p);
	put_right(out, p);
	if (*p->columns != '\0')
		put_pair(out, _("columns"), p->columns);
}

int
help_words(
    struct buf *out, const char *const *words, size_t n, struct err *e)
{
	struct request r;
	size_t i, len, used;
	const struct phrase *p;
	int rc;

	if (n == 0) {
		help_general(out);
		return 0;
	}
	p = phrase_find(words, n, &used);
	if (p != NULL && used == n) {
		help_phrase(out, p);
		return 0;
	}
	len = strlen(words[0]);
	for (i = 0; n == 1 && i < n_phrases; i++)
		if (strncmp(phrases[i].name, words[0], len) == 0 &&
		    phrases[i].name[len] == ' ' &&
		    !phrase_is_hidden(&phrases[i]))
			help_usage(out, &phrases[i]);
	if (out->len > 0)
		return 0;
	rc = request_parse(&r, words, n, e);	/* for what it says */
	request_fini(&r);
	return rc < 0 ? -1 : err_set(e, _("%s: one word too many"), words[0]);
}
