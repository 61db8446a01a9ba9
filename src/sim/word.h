/* SPDX-License-Identifier: ISC */
/*
 * word.h - what every PLC says about itself: alive, identity, life, running.
 * Plain data without pointers; the first words of its holding registers.
 */
#ifndef SIM_WORD_H
#define SIM_WORD_H

#include <stdbool.h>
#include <stdint.h>

#define WORD_TEXT 16		/* characters of a text in a PLC */

struct plc_word {
	uint32_t alive;		/* counts the scans, 16 bits */
	uint32_t life, life_seen;
	double life_s;		/* since life last changed; <0: never seen */
	double patience_s;	/* how long life may stand still */
	bool server_silent;	/* it stands still for longer */
	uint32_t identity;	/* of the program that is loaded */
	uint32_t own;		/* of the plant's own program */
	bool running, battery_low, mains;
	char version[WORD_TEXT + 1];
};

/* patience_s: of life, by how often the server writes it. */
void word_init(struct plc_word *p, uint32_t identity, const char *version,
    double patience_s);
/* One scan; mains: whether there is voltage where the PLC stands. */
void word_scan(struct plc_word *p, bool mains, double dt);

#endif
