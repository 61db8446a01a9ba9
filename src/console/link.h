/* SPDX-License-Identifier: ISC */
/*
 * link.h - the console's line to the core, and back after the core's death.
 *
 * Calls are made with a function that gets their rows and their end; a view
 * that goes away takes its calls along. When the descriptor ends the link
 * connects to the path socket (0.1 s doubling to 2 s, with jitter) and says
 * RESUME with its ticket, which never leaves this memory.
 *
 * WELCOME with another person on a line that is up means that somebody else
 * sits here now: calls that only look have ended, and the owner begins anew.
 */
#ifndef CONSOLE_LINK_H
#define CONSOLE_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/vec.h"
#include "wire/client.h"

struct link;

/* ev is ROWS (then read them), or END: the last time it is called. */
typedef void link_answer_fn(
    void *arg, struct link *l, const struct client_event *ev);

struct link_calls {		/* what the link tells its owner */
	void *arg;
	void (*welcome)(void *arg, const struct welcome *w);
	void (*beat)(void *arg, const struct beat *b);
	void (*notice)(void *arg, const struct notice *n);
	/* n must be given to link_drawn() when it is on the glass */
	void (*update)(void *arg, uint32_t id, uint32_t n);
	void (*lost)(void *arg);
	void (*refused)(void *arg, const char *why);	/* for good */
};

enum link_state { LINK_DOWN, LINK_GREETING, LINK_UP };

struct link {
	struct client *client;
	struct link_calls calls;
	enum link_state state;
	char path[4096], from[65], term[65];
	char tty[65];		/* where we are, if local */
	bool local;		/* no session was given to us */
	bool refused;
	bool stranger;		/* the core speaks another version */
	char ticket[WIRE_TICKET + 1];
	struct mono next_try;
	int64_t pause_ms;
	VEC(struct link_call {
		uint32_t id;
		link_answer_fn *fn;
		void *arg;
		bool acts;	/* goes on whoever sits here */
		bool drawn;	/* its owner says when it wants more */
	}) open;
	bool acts;		/* the call that is being made */
	uint32_t person;	/* who sits here, as the welcome counts */
};

/* fd: a session's descriptor, or -1 to connect to path as a local caller. */
void link_init(struct link *l, const struct link_calls *calls, int fd,
    const char *path, const char *term);
void link_fini(struct link *l);
int link_fd(const struct link *l);	/* to poll; -1: down */
void link_read(struct link *l, struct mono now);
void link_turn(struct link *l, struct mono now);	/* tries again */
struct mono link_due(const struct link *l);

/* link_begin, client_with(l->client, ..), link_send. 0: it cannot be asked
 * now, fn is not called. */
bool link_begin(struct link *l, enum verb verb);
/* The call is made by a key of this time (for traces). */
void link_pressed(struct link *l, struct mono key);
uint32_t link_send(struct link *l, link_answer_fn *fn, void *arg);
/* Answers for arg are thrown away from now on. */
void link_forget(struct link *l, const void *arg);
void link_cancel(struct link *l, uint32_t id);
/* The next rows of this call come when link_more() is said: when these are on
 * the glass. */
void link_paced(struct link *l, uint32_t id);
void link_more(struct link *l, uint32_t id);
void link_drawn(struct link *l, uint32_t n);
/* Rows are not what they must be: the core's version is another. The end. */
void link_misunderstood(struct link *l);

#endif
