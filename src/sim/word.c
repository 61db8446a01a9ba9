/* SPDX-License-Identifier: ISC */
#include "sim/word.h"

#include <stdio.h>

void
word_init(struct plc_word *p, uint32_t identity, const char *version,
    double patience_s)
{
	*p = (struct plc_word){ .identity = identity,
		.own = identity, .running = true,
		.mains = true, .life_s = -1.0, .patience_s = patience_s };
	snprintf(p->version, sizeof(p->version), "%s", version);
}

void
word_scan(struct plc_word *p, bool mains, double dt)
{
	p->alive = (p->alive + 1) & 0xffff;
	p->running = true;
	p->mains = mains;
	if (p->life != p->life_seen) {
		p->life_seen = p->life;
		p->life_s = 0.0;
	} else if (p->life_s >= 0.0) {
		p->life_s += dt;
	}
	p->server_silent = p->life_s > p->patience_s;
}
