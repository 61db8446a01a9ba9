/* SPDX-License-Identifier: ISC */
#include "term/key.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

static const char *const names[] = {
#define X(name, text) text,
	KEY_NAMES(X)
#undef X
};

const char *
key_print(char *dst, size_t cap, uint32_t code, unsigned mods)
{
	char text[16] = "";

	if (code >= K_FIRST && code < K_LAST)
		snprintf(text, sizeof(text), "%s", names[code - K_FIRST]);
	else if (code == ' ')
		snprintf(text, sizeof(text), "Space");
	else if (code < K_NONE)
		text[text_encode(text, code)] = '\0';
	/* Ctrl-L is written large, whatever came */
	if ((mods & K_CTRL) && text[0] >= 'a' && text[0] <= 'z' &&
	    text[1] == '\0')
		text[0] -= 'a' - 'A';
	snprintf(dst, cap, "%s%s%s%s", mods & K_CTRL ? "Ctrl-" : "",
	    mods & K_ALT ? "Alt-" : "", mods & K_SHIFT ? "Shift-" : "", text);
	return dst;
}

static bool
take_prefix(const char **s, const char *prefix)
{
	size_t n = strlen(prefix);

	if (strncasecmp(*s, prefix, n) != 0 || (*s)[n] == '\0')
		return false;
	*s += n;
	return true;
}

static bool
parse_name(uint32_t *code, const char *s)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcasecmp(s, names[i]) == 0) {
			*code = K_FIRST + (uint32_t)i;
			return true;
		}
	}
	if (strcasecmp(s, "Space") != 0)
		return false;
	*code = ' ';
	return true;
}

bool
key_parse(uint32_t *code, unsigned *mods, const char *text)
{
	size_t len;

	*mods = 0;
	for (;;) {
		if (take_prefix(&text, "Ctrl-"))
			*mods |= K_CTRL;
		else if (take_prefix(&text, "Alt-"))
			*mods |= K_ALT;
		else if (take_prefix(&text, "Shift-"))
			*mods |= K_SHIFT;
		else
			break;
	}
	if (parse_name(code, text))
		return true;
	len = strlen(text);
	if (len == 0 || text_next(text, len, code) != len ||
	    !text_is_clean(text, len))
		return false;
	if ((*mods & K_CTRL) && *code >= 'A' && *code <= 'Z')
		*code += 'a' - 'A';
	return true;
}
