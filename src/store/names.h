/* SPDX-License-Identifier: ISC */
/* names.h - the words in record.db for what C numbers: numbers may move. */
#ifndef STORE_NAMES_H
#define STORE_NAMES_H

enum name_set {
	NAME_VALUE_TYPE,
	NAME_QUALITY,
	NAME_CAUSE,
	NAME_ALARM_STATE,
	NAME_INHIBIT,
	NAME_KIND
};

const char *name_of(enum name_set set, unsigned number);
/* The number, or 0 for a word that is not known. */
unsigned name_number(enum name_set set, const char *word);

#endif
