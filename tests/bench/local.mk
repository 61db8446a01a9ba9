# SPDX-License-Identifier: ISC
# Figures (FORMATS 6): `make -C build bench [BENCH=name]` prints one line each.
# A benchmark is tests/bench/NAME.c, listed here.
benches = tests/bench/poll
EXTRA_PROGRAMS += $(benches)
tests_bench_poll_SOURCES = tests/bench/poll.c
tests_bench_poll_CFLAGS = $(AM_CFLAGS) $(MODBUS_CFLAGS)
tests_bench_poll_LDADD = $(FIELD_LIBS)

.PHONY: bench
bench: $(benches)
	@for b in $(benches); do \
		case "$$b" in */$(BENCH)|*/$(BENCH).*) $(abs_builddir)/$$b ;; \
		*) test -n '$(BENCH)' || $(abs_builddir)/$$b ;; esac; \
	done
