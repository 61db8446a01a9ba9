/* SPDX-License-Identifier: ISC */
/*
 * Serial ports, through libmodbus: it sets the port, keeps the silence between
 * frames and checks the checksum. The PDU is built and judged here, as for
 * every transport; libmodbus' recovery stays off.
 */
#include <errno.h>
#include <modbus.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>

#include "base/mem.h"
#include "field/driver.h"

struct rtu {
	struct driver base;
	modbus_t *bus;
};

static bool
rtu_is_open(const struct driver *d)
{
	return ((const struct rtu *)d)->bus != NULL;
}

static void
rtu_close(struct driver *d)
{
	struct rtu *r = (struct rtu *)d;

	if (r->bus == NULL)
		return;
	modbus_close(r->bus);
	modbus_free(r->bus);
	r->bus = NULL;
}

static void
rtu_free(struct driver *d)
{
	rtu_close(d);
	free(d);
}

static int
rtu_open(struct driver *d, const struct path *to, struct span timeout,
    struct err *e)
{
	struct rtu *r = (struct rtu *)d;

	(void)timeout;
	rtu_close(d);
	r->bus = modbus_new_rtu(
	    to->host, (int)to->baud, to->parity, to->data_bits, to->stop_bits);
	if (r->bus == NULL)
		return err_sys(e, "%s", to->text);
	modbus_set_error_recovery(r->bus, MODBUS_ERROR_RECOVERY_NONE);
	if (modbus_connect(r->bus) < 0) {
		err_set(e, "%s: %s", to->host, modbus_strerror(errno));
		rtu_close(d);
		return -1;
	}
	/* its select() ends the process above this */
	if (modbus_get_socket(r->bus) >= FD_SETSIZE) {
		rtu_close(d);
		return err_set(e, "%s: too many open files", to->host);
	}
	return 0;
}

static enum verdict
verdict_of(int error)
{
	switch (error) {
	case ETIMEDOUT:
		return VERDICT_TIMEOUT;
	case EIO:
	case ENODEV:
	case ENXIO:
	case EBADF:
		return VERDICT_LOST;
	default:
		return VERDICT_GARBAGE;
	}
}

/* Bytes that come after a timeout may be the answer to what was asked before;
 * nothing in a frame tells. So the port is left alone for as long again. */
static void
fall_silent(struct rtu *r, struct span timeout)
{
	struct timespec ts = { timeout.ms / 1000,
		timeout.ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
	modbus_flush(r->bus);
}

static void
exchange_one(
    struct rtu *r, uint8_t unit, struct exchange *x, struct span timeout)
{
	uint8_t reply[MODBUS_MAX_ADU_LENGTH] = { 0 };
	struct mono now;
	int n;

	modbus_flush(r->bus);
	modbus_set_slave(r->bus, unit);
	modbus_set_response_timeout(r->bus, (uint32_t)(timeout.ms / 1000),
	    (uint32_t)(timeout.ms % 1000 * 1000));
	x->request_frame[0] = unit;
	memcpy(x->request_frame + 1, x->request.at, x->request.n);
	x->n_request_frame = (uint16_t)(1 + x->request.n);
	now = clock_mono();
	if (mono_before(x->not_after, now)) {
		x->verdict = VERDICT_EXPIRED;
		return;
	}
	x->sent = now;
	n = modbus_send_raw_request(
	    r->bus, x->request_frame, x->n_request_frame);
	if (n > 0)
		n = modbus_receive_confirmation(r->bus, reply);
	if (n >= 4 && reply[0] == unit)
		exchange_judge(x, reply, (size_t)n, 1, 2);
	else
		x->verdict = n >= 0 ? VERDICT_GARBAGE : verdict_of(errno);
}

static void
rtu_exchange(struct driver *d, uint8_t unit, struct exchange *x, unsigned n,
    struct span timeout)
{
	struct rtu *r = (struct rtu *)d;
	unsigned i;

	for (i = 0; i < n; i++) {
		if (r->bus == NULL)
			x[i].verdict = VERDICT_LOST;
		else
			exchange_one(r, unit, &x[i], timeout);
		if (x[i].verdict == VERDICT_LOST)
			rtu_close(d);
		else if (x[i].verdict == VERDICT_TIMEOUT ||
		    x[i].verdict == VERDICT_GARBAGE)
			fall_silent(r, timeout);
	}
}

static const struct driver_ops rtu_ops = { rtu_open, rtu_is_open, rtu_exchange,
	rtu_close, rtu_free };

struct driver *
driver_rtu_new(void)
{
	struct rtu *r = xcalloc(1, sizeof(*r));

	r->base.ops = &rtu_ops;
	return &r->base;
}
