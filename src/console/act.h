/* SPDX-License-Identifier: ISC */
/*
 * act.h - what can be done to an alarm, a value or an object beside commands
 * and setpoints, and the keys that lead there.
 */
#ifndef CONSOLE_ACT_H
#define CONSOLE_ACT_H

#include "console/app.h"

enum act {
	ACT_SHELVE,
	ACT_UNSHELVE,
	ACT_UNSUPPRESS,
	ACT_OOS,
	ACT_BACK,
	ACT_RESET,
	ACT_OVERRIDE,
	ACT_OVERRIDE_END,
	ACT_LOCKOUT,
	ACT_LOCKOUT_END,
	ACT_NOTE,
	ACT_BYPASS,
	ACT_BYPASS_END
};
struct act_request {
	enum act act;
	/* of the alarm, tag, object or command; "" the plant */
	const char *name;
};

void act_open(struct app *a, enum act act, const char *name);
/* The key's action on what is under the cursor; false: it is none of these. */
bool act_key(struct app *a, int action);

#endif
