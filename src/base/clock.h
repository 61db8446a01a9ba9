/* SPDX-License-Identifier: ISC */
/*
 * clock.h - the two clocks, in types that cannot be mixed.
 *
 * mono counts microseconds since some start and never steps: delays,
 * deadlines, ages. wall is UTC in milliseconds since 1970 and may step: what
 * is stored and shown. Rules take times as arguments; only programs ask the
 * clock, and a test may set it.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct mono {
	int64_t us;
};
struct wall {
	int64_t ms;
};
struct span {
	int64_t ms;	/* a duration */
};

#define MONO_NEVER ((struct mono){ INT64_MAX })

struct mono clock_mono(void);
struct mono clock_boot(void);	/* goes on while the machine sleeps */
struct wall clock_wall(void);
/* From now on both clocks stand at these times until set again (tests). */
void clock_set(struct mono mono, struct wall wall);
void clock_real(void);	/* back to the machine's clocks */

static inline struct mono
mono_add(struct mono t, struct span d)
{
	return (struct mono){ t.us + d.ms * 1000 };
}
static inline bool
mono_before(struct mono a, struct mono b)
{
	return a.us < b.us;
}
/* The time from b to a, in ms, rounded down. */
static inline struct span
mono_since(struct mono a, struct mono b)
{
	return (struct span){ (a.us - b.us) / 1000 };
}
static inline struct mono
mono_first(struct mono a, struct mono b)
{
	return a.us < b.us ? a : b;
}
static inline struct wall
wall_add(struct wall t, struct span d)
{
	return (struct wall){ t.ms + d.ms };
}

#endif
