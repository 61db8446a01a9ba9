/* SPDX-License-Identifier: ISC */
/*
 * horn.h - what sounds where (P28).
 *
 * An alarm that comes with a horn (model/alarm.h says which) is a sound. Of a
 * class with horn "once" it is heard once; a "continuous" one goes on until
 * it is silenced, acknowledged, reset, inhibited or stands in its HH's row
 * (P27); return to normal does not end it. A sound is heard at a station when
 * somebody on a console there may acknowledge it, and silencing takes away
 * those sounds that the user may acknowledge, at that station: the next new
 * alarm sounds again.
 *
 * There is one horn per station however many sessions: of those at a station
 * one console rings, and another takes over when it is gone or stuck. Where
 * the project names no station, all sessions from one address are one. The
 * horn does not survive a restart of the core (P5).
 */
#ifndef SERVER_HORN_H
#define SERVER_HORN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

struct core;
struct session;

#define HORN_STATION 75	/* bytes of a name, with its NUL */

struct horn_sound {
	uint32_t alarm;
	uint64_t number;	/* each sound has its own */
	bool continuous;
	bool fresh;		/* nobody was told yet */
};
struct horn_station {
	char name[HORN_STATION];
	VEC(uint64_t) silenced;	/* numbers of sounds */
	uint64_t heard;		/* the last sound that rang here */
	uint8_t rings;		/* counts them, for the consoles */
	bool sounds;
	uint64_t ringer;	/* the session that rings; 0 none */
};
struct horns {
	uint64_t last;
	VEC(struct horn_sound) sounds;
	VEC(struct horn_station) stations;
	bool changed;
};

void horn_fini(struct core *c);
void horn_add(struct core *c, uint32_t alarm);
void horn_end(struct core *c, uint32_t alarm);
/* End of the turn: who hears what; tells those for whom it changed. */
void horn_settle(struct core *c);
/* Somebody came, went, got other rights, or gives no sign of life. */
void horn_look(struct core *c);
/* P20: sounds go on under the alarms' new slots; */
struct swap;
void horn_swap(struct core *c, const struct swap *s);
/* and when the sessions have moved, each console at the station where it sits
 * now. None is without one for a while: that would ring once more. */
void horn_place(struct core *c);
/* Is there a sound at the station of this session that its user may
 * acknowledge? */
bool horn_hears(const struct core *c, const struct session *s);
void horn_silence(struct core *c, struct session *s);
/* What the beat of this session says: state for beat.horn, count of rings. */
unsigned horn_state(const struct core *c, const struct session *s,
    uint8_t *rings);
/* The station as the horn knows it; dst. */
char *horn_station_name(
    char dst[HORN_STATION], const struct session *s);

#endif
