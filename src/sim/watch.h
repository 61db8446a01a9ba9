/* SPDX-License-Identifier: ISC */
/* watch.h - what an epoll event points at: who takes it. */
#ifndef SIM_WATCH_H
#define SIM_WATCH_H

#include <stdint.h>

struct watch {
	int fd;
	void (*on_event)(struct watch *w, uint32_t events);
};

#endif
