/* SPDX-License-Identifier: ISC */
#include "term/termname.h"

#include <string.h>

#define LONGEST 32

int
termname_check(const char *name, struct err *e)
{
	size_t len = strlen(name);

	if (len == 0)
		return err_set(e, "TERM is not set: this is no terminal");
	if (len > LONGEST ||
	    strspn(name,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789._+-") != len)
		return err_set(e, "TERM is not the name of a terminal");
	if (strcmp(name, "dumb") == 0 || strcmp(name, "unknown") == 0)
		return err_set(e,
		    "TERM=%s cannot show screens; use the command line", name);
	return 0;
}

const char *
termname_fallback(const char *name)
{
	static const char *const like_xterm[] = { "kitty", "ghostty", "wezterm",
		"foot", "contour", "rio", "alacritty", "xterm" };

	for (size_t i = 0; i < sizeof(like_xterm) / sizeof(*like_xterm); i++)
		if (strncmp(name, like_xterm[i], strlen(like_xterm[i])) == 0)
			return "xterm-256color";
	return strstr(name, "256") != NULL ? "xterm-256color" : "vt100";
}

bool
termname_small_font(const char *name)
{
	return strcmp(name, "linux") == 0 ||
	    strncmp(name, "linux-", 6) == 0 || strncmp(name, "vt", 2) == 0;
}
