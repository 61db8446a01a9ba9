/* SPDX-License-Identifier: ISC */
/*
 * live.h - the live table: the present value of every tag, by slot.
 *
 * live_put() is the one way in. A change (content, quality or flags) marks
 * the tag for its watchers, evaluates its alarms and queues the expressions
 * that read it; live_settle() evaluates those, operands first, once a turn.
 *
 * Age (P15): tags are read in blocks; a block that was read stamps all its
 * tags at once. No tag is shown good longer after its last good read than
 * its block's limit: then the block's tags become stale, keeping their
 * values. Values are bad(initial) until read (P5).
 *
 * An override (P18) stands in the place of the value for everybody who looks:
 * screens, alarms, expressions, records. What is read goes on beside it, and
 * live_real() is that for whoever must not believe an override.
 */
#ifndef SERVER_LIVE_H
#define SERVER_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/vec.h"
#include "model/dependents.h"
#include "model/value.h"

struct core;
struct watch;

struct live_watcher {
	struct watch *watch;
	uint32_t index;		/* of the tag among those it watches */
};
struct live_tag {
	struct value value;	/* a text value borrows text below */
	char *text;		/* of tags that hold a text */
	struct live_real *real;	/* what is read, while overridden; or NULL */
	uint32_t block;		/* or NONE */
	uint8_t fresh;		/* its quality before it was stale, and cause */
	uint8_t fresh_cause;
	bool queued;		/* its expression waits for live_settle() */
	bool jumped;		/* a counter that did at its last reading */
	VEC(struct live_watcher) watchers;
};
struct live_real {
	struct value value;	/* a text borrows text below */
	char text[VALUE_TEXT_MAX + 1];
};
struct live_block {
	uint32_t *tags;
	uint32_t n_tags;
	struct span limit;	/* P15 */
	struct mono alive;	/* last good read */
	struct wall read;
	bool stale;		/* its tags were marked */
	bool restore;		/* some are stale: the next read ends that */
};

struct live {
	struct live_tag *tags;
	uint32_t n_tags;
	struct dependents dependents;
	bool any_queued;
	bool uses_age;			/* some expression does */
	VEC(struct live_block) blocks;
};

void live_init(struct core *c);		/* for c->plant; all bad(initial) */
void live_fini(struct core *c);
/* (any thread) A table of its own, for a plant that does not hold yet. */
struct plant;
void live_prepare(struct live *l, const struct plant *p);
void live_release(struct live *l);
void live_put(struct core *c, uint32_t tag, const struct value *v);
/* In a table that does not hold yet: the value alone, its text copied. */
void live_set(struct live_tag *t, struct value v);
/* What an internal tag begins with. */
struct tag;
struct value live_initial(const struct tag *t, struct wall now);
/* P20: a retained value outside of the range is bad(config). */
void live_confine(const struct tag *t, struct value *v);
/* Quality alone; the value stays. */
void live_worsen(
    struct core *c, uint32_t tag, enum quality q, enum cause cause);
/* All that is read from the device; NONE: from any. */
void live_worsen_device(struct core *c, uint32_t device, enum cause cause);
/* It is, or may be, another one: for those who watch and read it. */
void live_touch(struct core *c, uint32_t tag);
/* Shows v (of the tag's type) instead of what is read, or that again. */
void live_override(struct core *c, uint32_t tag, const struct value *v);
void live_override_end(struct core *c, uint32_t tag);
void live_reveal(struct live_tag *t);	/* and tells nobody */
/* What was read or calculated, overridden or not. */
const struct value *live_real(const struct core *c, uint32_t tag);
void live_settle(struct core *c);
/* Evaluates every expression that looks at ages. */
void live_age(struct core *c);

/* The plan was made anew: no blocks. */
void live_no_blocks(struct core *c);
void live_block(struct core *c, uint32_t block, const uint32_t *tags,
    uint32_t n, struct span limit);
void live_block_alive(struct core *c, uint32_t block, struct wall read);
/* A tag's value came by itself: if its block was stale it is looked at again. */
void live_block_value(struct core *c, uint32_t tag);
/* Marks what grew too old and sets the next look. */
void live_sweep(struct core *c);

#endif
