/* SPDX-License-Identifier: ISC */
#include "term/keycaps.h"

#include "term/key.h"
#include "term/surface.h"
#include <term.h>

static const struct {
	const char *name;
	uint32_t code;
} caps[] = {
	{ "kcuu1", K_UP        },
	{ "kcud1", K_DOWN      },
	{ "kcuf1", K_RIGHT     },
	{ "kcub1", K_LEFT      },
	{ "khome", K_HOME      },
	{ "kend",  K_END       },
	{ "kpp",   K_PAGE_UP   },
	{ "knp",   K_PAGE_DOWN },
	{ "kich1", K_INSERT    },
	{ "kdch1", K_DELETE    },
	{ "kcbt",  K_BACKTAB   },
	{ "kent",  K_ENTER     },
	{ "kf1",   K_F1        },
	{ "kf2",   K_F2        },
	{ "kf3",   K_F3        },
	{ "kf4",   K_F4        },
	{ "kf5",   K_F5        },
	{ "kf6",   K_F6        },
	{ "kf7",   K_F7        },
	{ "kf8",   K_F8        },
	{ "kf9",   K_F9        },
	{ "kf10",  K_F10       },
	{ "kf11",  K_F11       },
	{ "kf12",  K_F12       },
};

bool
keycaps_known(const char *name, int fd)
{
	TERMINAL *before = cur_term;
	int result;

	if (setupterm(name, fd, &result) != OK)
		return false;
	del_curterm(set_curterm(before));
	return true;
}

void
keycaps_each(
    void (*found)(void *arg, const char *sequence, uint32_t code), void *arg)
{
	for (size_t i = 0; i < sizeof(caps) / sizeof(*caps); i++) {
		const char *s = tigetstr(caps[i].name);

		if (s != NULL && s != (const char *)-1)
			found(arg, s, caps[i].code);
	}
}
