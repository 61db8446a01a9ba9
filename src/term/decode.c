/* SPDX-License-Identifier: ISC */
#include "term/decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define ESC 0x1b
#define PARAMS 4
#define PASTE_END "\033[201~"

struct decode_extra {
	unsigned char text[16];
	size_t len;
	uint32_t code;
};

/* What is in front: more bytes are needed (0), or so many were used; the
 * key is K_NONE if they mean nothing to us. */
typedef size_t front(struct decode *d, const unsigned char *s, size_t n,
    bool late, struct key *key);

static front decode_front, decode_plain;

struct params {
	int at[PARAMS];
	int n;
};

struct pair {
	int from;
	uint32_t code;
};

/* Final byte of CSI and SS3. */
static const struct pair finals[] = {
	{ 'A', K_UP      },
	{ 'B', K_DOWN    },
	{ 'C', K_RIGHT   },
	{ 'D', K_LEFT    },
	{ 'H', K_HOME    },
	{ 'F', K_END     },
	{ 'P', K_F1      },
	{ 'Q', K_F2      },
	{ 'R', K_F3      },
	{ 'S', K_F4      },
	{ 'Z', K_BACKTAB },
	{ 'a', K_UP      },	/* rxvt with Shift or Ctrl */
	{ 'b', K_DOWN    },
	{ 'c', K_RIGHT   },
	{ 'd', K_LEFT    },
};

/* Number of ESC [ number ~. */
static const struct pair tildes[] = {
	{ 1,  K_HOME      },
	{ 2,  K_INSERT    },
	{ 3,  K_DELETE    },
	{ 4,  K_END       },
	{ 5,  K_PAGE_UP   },
	{ 6,  K_PAGE_DOWN },
	{ 7,  K_HOME      },
	{ 8,  K_END       },
	{ 11, K_F1        },
	{ 12, K_F2        },
	{ 13, K_F3        },
	{ 14, K_F4        },
	{ 15, K_F5        },
	{ 17, K_F6        },
	{ 18, K_F7        },
	{ 19, K_F8        },
	{ 20, K_F9        },
	{ 21, K_F10       },
	{ 23, K_F11       },
	{ 24, K_F12       },
};

/* The keypad in application mode, behind SS3. */
static const struct pair keypad[] = {
	{ 'M', K_ENTER },
	{ 'I', K_TAB   },
	{ ' ', ' '     },
	{ 'X', '='     },
	{ 'j', '*'     },
	{ 'k', '+'     },
	{ 'l', ','     },
	{ 'm', '-'     },
	{ 'n', '.'     },
	{ 'o', '/'     },
	{ 'p', '0'     },
	{ 'q', '1'     },
	{ 'r', '2'     },
	{ 's', '3'     },
	{ 't', '4'     },
	{ 'u', '5'     },
	{ 'v', '6'     },
	{ 'w', '7'     },
	{ 'x', '8'     },
	{ 'y', '9'     },
};

#define LOOKUP(table, value) lookup(table, sizeof(table) / sizeof(*(table)), value)

static uint32_t
lookup(const struct pair *table, size_t n, int value)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].from == value)
			return table[i].code;
	return K_NONE;
}

void
decode_init(struct decode *d)
{
	memset(d, 0, sizeof(*d));
	d->esc_delay = DECODE_ESC_DELAY;
	d->click.code = K_NONE;
	buf_text(&d->in, "");	/* so that in.at is never NULL */
	buf_text(&d->paste, "");
}

void
decode_fini(struct decode *d)
{
	buf_free(&d->in);
	buf_free(&d->paste);
	free(d->extra);
	d->extra = NULL;
}

void
decode_learn(struct decode *d, const char *sequence, uint32_t code)
{
	size_t len = strlen(sequence);
	struct decode_extra *x;

	if (len < 2 || len >= sizeof(x->text) || sequence[0] != ESC)
		return;
	d->extra = xrealloc(d->extra, d->extras + 1, sizeof(*d->extra));
	x = &d->extra[d->extras++];
	memcpy(x->text, sequence, len);
	x->len = len;
	x->code = code;
}

void
decode_feed(struct decode *d, const void *bytes, size_t n, struct mono now)
{
	if (d->taken > 0) {
		buf_drop(&d->in, d->taken);
		d->taken = 0;
	}
	if (d->in.len == 0)
		d->at = now;
	if (n > DECODE_BUFFER - d->in.len)
		n = DECODE_BUFFER - d->in.len;
	buf_add(&d->in, bytes, n);
	d->last = now;
}

void
decode_discard(struct decode *d)
{
	buf_clear(&d->in);
	d->taken = 0;
	d->pasting = false;
	buf_clear(&d->paste);
}

static unsigned
mods_of(int param)
{
	unsigned bits = param > 1 ? (unsigned)param - 1 : 0;

	return (bits & 1 ? K_SHIFT : 0) | (bits & (2 | 8) ? K_ALT : 0) |
	    (bits & 4 ? K_CTRL : 0);
}

static void
set(struct key *key, uint32_t code, unsigned mods)
{
	key->code = code;
	key->mods = code == K_NONE ? 0 : mods;
}

/* A control byte is a key of its own, or a letter with Ctrl. */
static void
set_control(struct key *key, unsigned char c)
{
	switch (c) {
	case '\t':
		set(key, K_TAB, 0);
		return;
	case '\r':
	case '\n':
		set(key, K_ENTER, 0);
		return;
	case '\b':
	case 0x7f:
		set(key, K_BACKSPACE, 0);
		return;
	case 0:
		set(key, ' ', K_CTRL);
		return;
	}
	if (c <= 26)
		set(key, 'a' + (uint32_t)c - 1, K_CTRL);
}

/* A character by its number, as CSI u and modifyOtherKeys send it. */
static void
set_number(struct key *key, int code, unsigned mods)
{
	char text[8];
	size_t n;

	if (code < 0x20 || code == 0x7f) {
		if (code == ESC)
			set(key, K_ESC, 0);
		else if (code >= 0)
			set_control(key, (unsigned char)code);
		key->mods |= key->code == K_NONE ? 0 : mods;
		return;
	}
	if (code >= K_FIRST)
		return;
	n = text_encode(text, (uint32_t)code);
	if (n > 0 && text_is_clean(text, n))
		set(key, (uint32_t)code, mods & ~(unsigned)K_SHIFT);
}

static int
params_parse(struct params *p, const unsigned char *s, size_t n)
{
	int value = 0;

	p->n = 0;
	for (size_t i = 0; i <= n; i++) {
		if (i == n || s[i] == ';' || s[i] == ':') {
			if (p->n < PARAMS)
				p->at[p->n++] = value;
			value = 0;
		} else if (s[i] < '0' || s[i] > '9') {
			return -1;	/* private: an answer, not a key */
		} else if (value < 100000) {
			value = value * 10 + s[i] - '0';
		}
	}
	return 0;
}

static void
set_mouse(struct decode *d, struct key *key, int button, int col, int row)
{
	if ((button & 32) || row < 1 || col < 1)
		return;	/* moved with a button held */
	key->row = row - 1;
	key->col = col - 1;
	if (button & 64) {
		if ((button & 3) < 2)
			set(key, button & 1 ? K_WHEEL_DOWN : K_WHEEL_UP, 0);
		return;
	}
	if ((button & 3) != 0)
		return;
	set(key, K_CLICK, 0);
	if (d->click.code == K_CLICK && d->click.row == key->row &&
	    d->click.col == key->col &&
	    mono_before(d->at, mono_add(d->click.at, DECODE_DOUBLE)))
		set(key, K_DOUBLE, 0);
	d->click = *key;
	d->click.at = d->at;
}

/* The rest of ESC [ < button ; col ; row M, m when it is let go. */
static void
set_sgr_mouse(struct decode *d, const unsigned char *s, size_t n, int final,
    struct key *key)
{
	struct params p;

	if (final == 'M' && params_parse(&p, s, n) == 0 && p.n == 3)
		set_mouse(d, key, p.at[0], p.at[1], p.at[2]);
}

static void
set_tilde(struct decode *d, const struct params *p, unsigned mods,
    struct key *key)
{
	if (p->at[0] == 200) {
		d->pasting = true;
		buf_clear(&d->paste);
	} else if (p->at[0] == 27 && p->n >= 3) {
		set_number(key, p->at[2], mods_of(p->at[1]));
	} else {
		set(key, LOOKUP(tildes, p->at[0]), mods);
	}
}

static void
set_csi(struct decode *d, const unsigned char *s, size_t n, int final,
    struct key *key)
{
	struct params p;
	unsigned mods;

	if (n > 0 && s[0] == '<') {
		set_sgr_mouse(d, s + 1, n - 1, final, key);
		return;
	}
	if (params_parse(&p, s, n) != 0)
		return;
	mods = p.n > 1 ? mods_of(p.at[1]) : 0;
	switch (final) {
	case '~':
		set_tilde(d, &p, mods, key);
		break;
	case '$':
		set(key, LOOKUP(tildes, p.at[0]), K_SHIFT);
		break;
	case '^':
		set(key, LOOKUP(tildes, p.at[0]), K_CTRL);
		break;
	case '@':
		set(key, LOOKUP(tildes, p.at[0]), K_CTRL | K_SHIFT);
		break;
	case 'u':
		set_number(key, p.at[0], mods);
		break;
	case 'n':	/* the answer to PROBE_QUESTION */
		d->answers += p.at[0] == 0;
		break;
	default:
		/* a first parameter other than 1: a report, not a key */
		if (p.at[0] > 1)
			break;
		set(key, LOOKUP(finals, final),
		    final >= 'a' ? K_SHIFT : mods);
	}
}

static bool
is_final(const unsigned char *s, size_t i)
{
	if (s[i] == '$')	/* rxvt, unless it is within a report */
		return i > 2 && s[2] >= '0' && s[2] <= '9';
	return s[i] >= 0x40 && s[i] <= 0x7e;
}

/* ESC [ ... */
static size_t
decode_csi(struct decode *d, const unsigned char *s, size_t n, bool late,
    struct key *key)
{
	size_t i = 2;

	if (n == 2) {
		if (late)
			set(key, '[', K_ALT);
		return late ? 2 : 0;
	}
	if (s[2] == '[') {	/* the Linux console: ESC [[A .. [[E */
		if (n < 4)
			return late ? n : 0;
		if (s[3] >= 'A' && s[3] <= 'E')
			set(key, K_F1 + (uint32_t)(s[3] - 'A'), 0);
		return 4;
	}
	if (s[2] == 'M') {	/* the mouse of before 1006 */
		if (n < 6)
			return late ? n : 0;
		set_mouse(d, key, s[3] - 32, s[4] - 32, s[5] - 32);
		return 6;
	}
	while (i < n && s[i] >= 0x20 && s[i] < 0x7f && !is_final(s, i))
		i++;
	if (i == n)
		return late ? n : 0;
	if (!is_final(s, i))
		return i;	/* cut off by what comes here */
	set_csi(d, s + 2, i - 2, s[i], key);
	return i + 1;
}

/* ESC O x, or ESC O 5 x with modifiers. */
static size_t
decode_ss3(struct decode *d, const unsigned char *s, size_t n, bool late,
    struct key *key)
{
	size_t i = 2;
	int param = 0;
	uint32_t code;

	(void)d;
	if (n == 2) {
		if (late)
			set(key, 'O', K_ALT);
		return late ? 2 : 0;
	}
	for (; i < n && i < 6 && ((s[i] >= '0' && s[i] <= '9') || s[i] == ';');
	    i++)
		param = s[i] == ';' ? 0 : param * 10 + s[i] - '0';
	if (i == n)
		return late ? n : 0;
	if (s[i] < 0x20 || s[i] > 0x7e)
		return i;
	code = LOOKUP(finals, s[i]);
	if (code != K_NONE)
		set(key, code, s[i] >= 'a' ? K_CTRL : mods_of(param));
	else
		set(key, LOOKUP(keypad, s[i]), 0);
	return i + 1;
}

/* ESC ] ... BEL, ESC P ... ESC \: a terminal's answer to somebody. */
static size_t
decode_string(struct decode *d, const unsigned char *s, size_t n, bool late,
    struct key *key)
{
	(void)d;
	if (n == 2 && late) {
		set(key, s[1], K_ALT);
		return 2;
	}
	for (size_t i = 2; i < n; i++) {
		if (s[i] == 0x07)
			return i + 1;
		if (s[i] == ESC && i + 1 < n)
			return s[i + 1] == '\\' ? i + 2 : i;
	}
	return late || n > DECODE_BUFFER / 2 ? n : 0;
}

static size_t
decode_escape(struct decode *d, const unsigned char *s, size_t n, bool late,
    struct key *key)
{
	unsigned answers = d->answers;
	size_t used;

	if (n == 1) {
		if (late)
			set(key, K_ESC, 0);
		return late ? 1 : 0;
	}
	switch (s[1]) {
	case '[':
		return decode_csi(d, s, n, late, key);
	case 'O':
		return decode_ss3(d, s, n, late, key);
	case ']':
	case 'P':
	case '_':
	case '^':
		return decode_string(d, s, n, late, key);
	case ESC:
		if (n == 2 || s[2] == ESC) {	/* Esc twice */
			if (n == 2 && !late)
				return 0;
			set(key, K_ESC, 0);
			return 1;
		}
		break;
	}
	used = decode_front(d, s + 1, n - 1, late, key);
	if (used == 0)
		return 0;
	if (d->answers != answers) {	/* Esc, and then the terminal spoke */
		d->answers = answers;
		set(key, K_ESC, 0);
		return 1;
	}
	if (key->code != K_NONE)
		key->mods |= K_ALT;
	return used + 1;
}

/* Bytes that a character beginning with c takes; 0: c begins none. */
static size_t
utf8_length(unsigned char c)
{
	return c < 0x80 ? 1
	    : c < 0xc2	? 0
	    : c < 0xe0	? 2
	    : c < 0xf0	? 3
	    : c < 0xf5	? 4
			: 0;
}

static size_t
decode_plain(struct decode *d, const unsigned char *s, size_t n, bool late,
    struct key *key)
{
	const char *text = (const char *)s;
	size_t want = utf8_length(s[0]), have = 1;
	uint32_t code;

	(void)d;
	if (s[0] < 0x20 || s[0] == 0x7f) {
		set_control(key, s[0]);
		return 1;
	}
	if (want == 0)
		return 1;
	while (have < want && have < n && (s[have] & 0xc0) == 0x80)
		have++;
	if (have < want)
		return have < n || late ? have : 0;
	if (text_next(text, want, &code) != want)
		return 1;
	if (text_is_clean(text, want))
		set(key, code, 0);
	return want;
}

/* A sequence that the terminal's description names. */
static size_t
decode_learned(struct decode *d, const unsigned char *s, size_t n,
    struct key *key)
{
	for (size_t i = 0; i < d->extras; i++) {
		const struct decode_extra *x = &d->extra[i];

		if (n < x->len || memcmp(s, x->text, x->len) != 0)
			continue;
		set(key, x->code, 0);
		return x->len;
	}
	return 0;
}

static size_t
decode_front(struct decode *d, const unsigned char *s, size_t n, bool late,
    struct key *key)
{
	size_t used = decode_learned(d, s, n, key);

	if (used > 0)
		return used;
	return s[0] == ESC ? decode_escape(d, s, n, late, key)
			   : decode_plain(d, s, n, late, key);
}

/* The paste as one clean line. */
static void
paste_clean(struct decode *d)
{
	struct buf *p = &d->paste;

	for (size_t i = 0; i < p->len; i++)
		if (p->at[i] == '\n' || p->at[i] == '\r' || p->at[i] == '\t')
			p->at[i] = ' ';
	while (p->len > 0 && p->at[p->len - 1] == ' ')
		p->len--;
	text_clean(d->text, sizeof(d->text), buf_string(p), p->len);
}

static void
paste_add(struct decode *d, const char *s, size_t n)
{
	if (n > DECODE_PASTE_MAX - d->paste.len)
		n = DECODE_PASTE_MAX - d->paste.len;
	buf_add(&d->paste, s, n);
}

/* Takes what belongs to the paste; true: it has ended. */
static bool
paste_take(struct decode *d)
{
	const size_t mark = sizeof(PASTE_END) - 1;
	const char *s = d->in.at + d->taken;
	size_t n = d->in.len - d->taken, keep;
	const char *end = memmem(s, n, PASTE_END, mark);

	if (end != NULL) {
		paste_add(d, s, (size_t)(end - s));
		d->taken += (size_t)(end - s) + mark;
		d->pasting = false;
		return true;
	}
	/* the last bytes may be the begin of the end mark */
	for (keep = n < mark ? n : mark - 1; keep > 0; keep--)
		if (memcmp(s + n - keep, PASTE_END, keep) == 0)
			break;
	paste_add(d, s, n - keep);
	d->taken += n - keep;
	return false;
}

static bool
next_paste(struct decode *d, struct mono now, struct key *key)
{
	if (!paste_take(d)) {
		if (!mono_before(now, mono_add(d->last, DECODE_PASTE)))
			decode_discard(d);	/* it never ended */
		return false;
	}
	paste_clean(d);
	buf_clear(&d->paste);
	key->code = K_PASTE;
	key->mods = 0;
	key->text = d->text;
	key->at = d->at;
	return true;
}

bool
decode_next(struct decode *d, struct mono now, struct key *key)
{
	size_t used;
	bool late = !mono_before(now, decode_deadline(d));

	for (;;) {
		memset(key, 0, sizeof(*key));
		key->code = K_NONE;
		if (d->pasting)
			return next_paste(d, now, key);
		if (d->taken == d->in.len)
			return false;
		used = decode_front(d,
		    (const unsigned char *)d->in.at + d->taken,
		    d->in.len - d->taken, late, key);
		if (used == 0)
			return false;
		d->taken += used;
		key->at = d->at;
		if (key->code != K_NONE)
			return true;
	}
}

struct mono
decode_deadline(const struct decode *d)
{
	const char *s = d->in.at + d->taken;
	size_t n = d->in.len - d->taken;

	if (d->pasting)
		return mono_add(d->last, DECODE_PASTE);
	if (n == 0)
		return MONO_NEVER;
	if (s[0] == ESC && (n == 1 || (n == 2 && s[1] == ESC)))
		return mono_add(d->last, d->esc_delay);
	return mono_add(d->last, DECODE_TORN);
}
