/* SPDX-License-Identifier: ISC */
/*
 * message.h - the messages between the core and its clients (consoles, CLI,
 * SSH front). One message is one datagram of a SOCK_SEQPACKET socket: a u8
 * type, then its fields as listed here, in order.
 *
 * A client says HELLO first. On a descriptor from the front it may then ask
 * PROBE and say LOGIN or PASSWORD (a wrong one is answered by PROBED no); on
 * one accepted from the path socket LOCAL or RESUME.
 * After WELCOME the descriptor is that session for ever: identity belongs to
 * the descriptor and is in no message. Then CALLs, each with an id of the
 * client's choice; the core answers with ROWS, page by page, each next page
 * after MORE, then END. WATCH and FOLLOW go on until CANCEL.
 *
 * At most one UPDATE per session is in flight: UPDATE n is answered by
 * DRAWN n when its bytes have gone out; the core merges meanwhile.
 *
 * Numbers are never used again; WIRE_VERSION changes when a meaning does.
 */
#ifndef WIRE_MESSAGE_H
#define WIRE_MESSAGE_H

#include "base/fd.h"
#include "wire/cell.h"
#include "wire/verbs.h"

#define WIRE_VERSION 2
#define WIRE_TICKET 64		/* hex digits */
#define WIRE_SECRET 256		/* bytes of a password */
#define WIRE_PARAMETERS 2048	/* most in one call */

enum message {
	/* client to core */
	MESSAGE_HELLO = 1,	/* u16 version, text program */
	MESSAGE_PROBE = 2,	/* text user, text fingerprint: may it log in? */
	MESSAGE_LOGIN = 3,	/* text user, fingerprint, from, term */
	MESSAGE_LOCAL = 4,	/* text tty or "", term */
	MESSAGE_RESUME = 5,	/* text ticket, from, term */
	MESSAGE_CALL = 6,	/* u32 id, u16 verb, u16 n, n x (u8, text) */
	MESSAGE_MORE = 7,	/* u32 id */
	MESSAGE_CANCEL = 8,	/* u32 id */
	MESSAGE_DRAWN = 9,	/* u32 n */
	MESSAGE_FEED = 10,	/* u32 id, bytes of its input; none: the end */
	MESSAGE_PASSWORD = 11,	/* text user, from, term, password */
	MESSAGE_SECRET = 12,	/* u8 enum secret, text: for the next CALL */
	/* core to client */
	MESSAGE_GREETING = 64,	/* u16 version, text build, text plant */
	MESSAGE_PROBED = 65,	/* u8 yes */
	MESSAGE_WELCOME = 66,	/* see struct welcome */
	MESSAGE_REFUSED = 67,	/* u8 exit code, text reason; then the end */
	MESSAGE_ROWS = 68,	/* u32 id, u8 flags, u16 rows, u8 cells of each, cells */
	MESSAGE_END = 69,	/* u32 id, u8 exit code, text */
	MESSAGE_UPDATE = 70,	/* u32 n, u32 id, u16 count, count x (u32 i, value) */
	MESSAGE_BEAT = 71,	/* see struct beat */
	MESSAGE_NOTICE = 72	/* see struct notice */
};

/* What is secret never travels in a CALL: it goes ahead of the one that needs
 * it, and is forgotten behind it. */
enum secret {
	SECRET_OWN,		/* the password of whoever calls */
	SECRET_OTHER,		/* a new one, or that of the person named */
	SECRETS
};

/* Flags of ROWS. */
enum { ROWS_SNAPSHOT_END = 1 };	/* FOLLOW: all that was there has been sent */

struct welcome {
	uint64_t session;
	char user[33], name[81], roles[512], station[65], language[9];
	char start[65], theme[33];
	char plant[201];
	char zone[65];
	char languages[65];	/* of the project's texts: "en,de" */
	uint32_t functions;	/* bit 1 << function: has it in some area */
	uint32_t revision;	/* of the project */
	uint32_t person;	/* counts who has sat here in this session */
	/* of the station; lists are joined by blanks (one in a word is "_"),
	 * keys are KEY=SCREEN */
	uint32_t only;		/* functions that it lets through; 0: all */
	uint8_t panes;
	char title[161], footer[256], keys[512], blocked[512];
};

/* Every second, through the same queue as everything else. */
struct beat {
	struct wall now;
	uint32_t revision;
	uint16_t devices_ok, devices;
	uint16_t sessions;
	uint16_t overrides, bypasses;
	uint16_t waiting[4];	/* unacknowledged, by priority 1..4 */
	uint8_t control;	/* this server commands the plant (P1) */
	uint8_t store_behind;	/* not recorded for more than 1 s (P19) */
	uint8_t horn;		/* P28: BEAT_HORN, BEAT_RINGS */
	uint32_t marks;		/* another one: overrides, lock-outs, bypasses changed */
	uint8_t rings;		/* counts what this station's horn rang for */
};
enum {
	BEAT_HORN = 1,		/* it goes on at this station until silenced */
	BEAT_RINGS = 2		/* of the station's consoles this one rings */
};

/* One line for the operator: what somebody did. seq is that of the event. */
struct notice {
	uint64_t seq;
	struct wall time;
	char user[33], name[PLANT_NAME_MAX + 1], text[321];
};

struct call {
	uint32_t id;
	enum verb verb;
	unsigned n;
	struct call_parameter {
		enum parameter which;
		const char *text;
	} *at;
	char *room;	/* where the texts stand */
};

/* The rest of the message as it stands, not cleaned. -1: too long, or no text;
 * dst is empty then. */
int get_secret(struct get *g, char dst[WIRE_SECRET + 1]);
void put_welcome(struct put *p, const struct welcome *w);
void get_welcome(struct get *g, struct welcome *w);
void put_beat(struct put *p, const struct beat *b);
void get_beat(struct get *g, struct beat *b);
void put_notice(struct put *p, const struct notice *n);
void get_notice(struct get *g, struct notice *n);

/* Behind the type byte. Texts are cleaned.
 * -1 if it is no call; then nothing has to be freed. */
int call_get(struct call *c, struct get *g);
void call_free(struct call *c);
/* The first parameter of this sort, or NULL. */
const char *call_text(const struct call *c, enum parameter which);
/* The i-th NAME (or other sort), or NULL. */
const char *call_nth(const struct call *c, enum parameter which, unsigned i);
unsigned call_count(const struct call *c, enum parameter which);

#endif
