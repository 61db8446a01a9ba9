/* SPDX-License-Identifier: ISC */
/* option.h - the options that all verbs have. */
#ifndef VERB_OPTION_H
#define VERB_OPTION_H

#include "verb/request.h"

struct common_option {
	const char *name;	/* --since */
	const char *label;	/* T; "" if it takes no value */
	const char *help;
};
extern const struct common_option common_options[];
extern const size_t n_common_options;

/* The index of the option of this name, len bytes; or -1. */
int option_find(const char *name, size_t len);
/* Takes it into the request; -1 with e if its value makes no sense. */
int option_take(
    struct request *r, int option, const char *value, struct err *e);

#endif
