/* SPDX-License-Identifier: ISC */
#include "project/address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const spaces[] = { "coil", "di", "ir", "hr" };

const char *
space_name(enum space s)
{
	return spaces[s];
}

/* Digits at *s into *n, at most 65536; moves *s behind them. */
static bool
take_number(const char **s, uint32_t *n)
{
	const char *p = *s;

	for (*n = 0; *p >= '0' && *p <= '9'; p++) {
		*n = *n * 10 + (uint32_t)(*p - '0');
		if (*n > 65536)
			*n = 65536;	/* too large, whatever follows */
	}
	if (p == *s)
		return false;
	*s = p;
	return true;
}

/* 40101, 400101: the first digit is the space, the rest counts from 1. */
static bool
parse_classic(struct address *a, const char *s)
{
	static const int8_t of[] = { SPACE_COIL, SPACE_DI, -1, SPACE_IR,
		SPACE_HR };
	size_t len = strspn(s, "0123456789");
	const char *rest = s + 1;

	if ((len != 5 && len != 6) || s[0] > '4' || of[s[0] - '0'] < 0)
		return false;
	a->space = (uint8_t)of[s[0] - '0'];
	a->counted = true;
	return take_number(&rest, &a->number) && a->number > 0 &&
	    (a->number--, true);
}

static bool
parse_bit(struct address *a, const char *s)
{
	uint32_t bit;

	a->bit = NO_BIT;
	if (*s == '\0')
		return true;
	if (*s++ != '.' || !take_number(&s, &bit) || *s != '\0' || bit > 15)
		return false;
	a->bit = (uint8_t)bit;
	return true;
}

int
address_parse(struct address *a, const char *s, struct err *e)
{
	const char *p = s;
	size_t i, n;

	*a = (struct address){ .bit = NO_BIT };
	if (*s >= '0' && *s <= '9') {
		if (parse_classic(a, s) &&
		    parse_bit(a, s + strspn(s, "0123456789")))
			return 0;
		return err_set(e, "\"%.40s\" is no address; write hr:100 or "
		    "40101", s);
	}
	for (i = 0; i < 4; i++) {
		n = strlen(spaces[i]);
		if (strncmp(s, spaces[i], n) == 0 &&
		    (s[n] == ':' || s[n] == '+'))
			break;
	}
	if (i == 4)
		return err_set(e, "\"%.40s\" is no address; it begins with "
		    "coil: di: ir: or hr:", s);
	p += strlen(spaces[i]);
	a->space = (uint8_t)i;
	a->relative = *p++ == '+';
	if (!take_number(&p, &a->number) || !parse_bit(a, p))
		return err_set(e, "\"%.40s\" is no address; write hr:100, or "
		    "hr:100.3 for a bit", s);
	return 0;
}

int
point_set_kind(struct point *p, const char *s, struct err *e)
{
	static const uint8_t registers[] = {
#define X(id, name, n) n,
		KINDS(X)
#undef X
	};
	unsigned length = 0;
	int k, end = 0;

	if (sscanf(s, "text:%3u%n", &length, &end) == 1 && s[end] == '\0') {
		if (length < 1 || length > VALUE_TEXT_MAX)
			return err_set(e, "\"%.20s\" is out of range "
			    "(text:1..text:%d)", s, VALUE_TEXT_MAX);
		p->kind = KIND_TEXT;
		p->length = (uint8_t)length;
		p->registers = (uint8_t)((length + 1) / 2);
		return 0;
	}
	for (k = 0; k < KIND_TEXT; k++) {
		if (strcmp(kind_name((enum kind)k), s) == 0) {
			p->kind = (uint8_t)k;
			p->registers = registers[k];
			return 0;
		}
	}
	return err_set(e, "unknown kind \"%.40s\"", s);
}

int
address_place(struct point *p, const struct address *a, uint32_t base,
    unsigned first, struct err *e)
{
	bool bits = a->space == SPACE_COIL || a->space == SPACE_DI;
	int64_t at = a->number;

	if (a->relative && base == NONE)
		return err_set(e, "no base address for %s", spaces[a->space]);
	if (a->relative)
		at += (int64_t)base - first;
	else if (!a->counted)
		at -= first;
	if (at < 0)
		return err_set(e, "address 0, but the device counts from 1");
	if (bits && a->bit != NO_BIT)
		return err_set(e, "a %s has no bits", spaces[a->space]);
	if ((bits || a->bit != NO_BIT) && p->kind != KIND_BOOL)
		return err_set(e, "one bit cannot hold %s",
		    kind_name((enum kind)p->kind));
	if (at + p->registers - 1 > 65535)
		return err_set(e, "address %s:%lld is beyond 65535",
		    spaces[a->space], (long long)at + p->registers - 1);
	p->space = a->space;
	p->bit = a->bit;
	p->address = (uint16_t)at;
	return 0;
}

int
hole_parse(struct hole *h, const char *s, unsigned first, struct err *e)
{
	struct address a;
	const char *dash = strchr(s, '-');
	char begin[32];
	uint32_t last;

	if (dash == NULL || dash - s >= (ptrdiff_t)sizeof(begin))
		return err_set(e, "\"%.40s\" is no range; write hr:40-59", s);
	memcpy(begin, s, (size_t)(dash - s));
	begin[dash++ - s] = '\0';
	if (address_parse(&a, begin, e) < 0)
		return -1;
	if (a.relative || a.bit != NO_BIT || !take_number(&dash, &last) ||
	    *dash != '\0' || last < a.number || a.number < first ||
	    last - first > 65535)
		return err_set(e, "\"%.40s\" is no range; write hr:40-59", s);
	h->space = a.space;
	h->first = (uint16_t)(a.number - first);
	h->last = (uint16_t)(last - first);
	return 0;
}

static int
parse_host(struct path *p, const char *s, struct arena *a, struct err *e)
{
	const char *colon = strrchr(s, ':'), *rest;
	size_t len = colon ? (size_t)(colon - s) : 0;
	uint32_t port;

	rest = colon ? colon + 1 : s;
	if (len == 0 || len > 253 || !take_number(&rest, &port) ||
	    *rest != '\0' || port < 1 || port > 65535)
		return err_set(e, "\"%.80s\": write HOST:PORT", p->text);
	if (*s == '[' && s[len - 1] == ']') {
		s++;
		len -= 2;
	}
	p->host = arena_textn(a, s, len);
	p->port = (uint16_t)port;
	return 0;
}

/* /dev/ttyUSB0:19200:8E1 */
static int
parse_serial(struct path *p, const char *s, struct arena *a, struct err *e)
{
	static const uint32_t bauds[] = { 300, 600, 1200, 2400, 4800, 9600,
		19200, 38400, 57600, 115200, 230400 };
	const char *mode = strrchr(s, ':'), *baud;
	size_t i;

	if (mode == NULL || *s != '/')
		return err_set(e, "\"%.80s\": write rtu:/dev/tty..:19200:8E1",
		    p->text);
	for (baud = mode; baud > s && baud[-1] != ':'; baud--)
		;
	if (baud == s)
		return err_set(e, "\"%.80s\": the baud rate is missing",
		    p->text);
	p->baud = (uint32_t)strtoul(baud, NULL, 10);
	for (i = 0; i < sizeof(bauds) / sizeof(bauds[0]); i++) {
		if (bauds[i] == p->baud)
			break;
	}
	if (i == sizeof(bauds) / sizeof(bauds[0]) ||
	    strspn(baud, "0123456789") != (size_t)(mode - baud))
		return err_set(e, "\"%.80s\": no usual baud rate", p->text);
	mode++;
	if (strlen(mode) != 3 || (mode[0] != '7' && mode[0] != '8') ||
	    strchr("NEO", mode[1]) == NULL ||
	    (mode[2] != '1' && mode[2] != '2'))
		return err_set(e, "\"%.80s\": write 8E1, 8N1 or 8O1",
		    p->text);
	p->data_bits = (uint8_t)(mode[0] - '0');
	p->parity = mode[1];
	p->stop_bits = (uint8_t)(mode[2] - '0');
	p->host = arena_textn(a, s, (size_t)(baud - 1 - s));
	return 0;
}

int
path_parse(struct path *p, const char *s, struct arena *a, struct err *e)
{
	*p = (struct path){ .text = arena_text(a, s) };
	if (strncmp(s, "tcp:", 4) == 0) {
		p->transport = TRANSPORT_TCP;
		return parse_host(p, s + 4, a, e);
	}
	if (strncmp(s, "rtu-tcp:", 8) == 0) {
		p->transport = TRANSPORT_RTU_TCP;
		return parse_host(p, s + 8, a, e);
	}
	if (strncmp(s, "rtu:", 4) == 0) {
		p->transport = TRANSPORT_RTU;
		return parse_serial(p, s + 4, a, e);
	}
	return err_set(e, "\"%.80s\" begins with none of tcp: rtu: rtu-tcp:",
	    s);
}
