# SPDX-License-Identifier: ISC
# One scenario per rule, played on virtual time; one test point each.
check_PROGRAMS += %D%/run
TESTS += %D%/run
%C%_run_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
%C%_run_SOURCES = %D%/run.c %D%/act.c %D%/act.h %D%/expect.c \
	%D%/people.c %D%/people.h %D%/plc.c %D%/plc.h \
	%D%/script.c %D%/script.h %D%/world.c %D%/world.h
%C%_run_LDADD = src/verb/libverb.a src/report/libreport.a $(SERVER_LIBS)
EXTRA_DIST += %D%/README.md %D%/plant \
	%D%/P01-nothing-writes-by-itself.scenario \
	%D%/P02-one-result.scenario \
	%D%/P03-stopping-is-easy.scenario \
	%D%/P04-alive-and-identity.scenario \
	%D%/P05-start.scenario \
	%D%/P06-bad-quality.scenario \
	%D%/P07-five-ranges.scenario \
	%D%/P08-two-parts.scenario \
	%D%/P09-acknowledge-what-was-seen.scenario \
	%D%/P10-acts-on-what-was-drawn.scenario \
	%D%/P11-dead-link.scenario \
	%D%/P12-words-and-bits.scenario \
	%D%/P13-taken-and-achieved.scenario \
	%D%/P14-an-apply-closes-a-ring.scenario \
	%D%/P14-interlocks-bypassed.scenario \
	%D%/P14-interlocks-on-bad-inputs.scenario \
	%D%/P14-rings-that-are-hard-to-see.scenario \
	%D%/P14-suppressions-in-a-ring.scenario \
	%D%/P15-stale.scenario \
	%D%/P16-setpoints.scenario \
	%D%/P17-compare-and-set.scenario \
	%D%/P18-override.scenario \
	%D%/P19-disk-trouble.scenario \
	%D%/P20-apply.scenario \
	%D%/P20-rollback-takes-names-back.scenario \
	%D%/P20-what-begins-anew.scenario \
	%D%/P21-tunables.scenario \
	%D%/P22-time-of-a-value.scenario \
	%D%/P23-events.scenario \
	%D%/P24-a-bad-address.scenario \
	%D%/P25-door-order.scenario \
	%D%/P26-pid.scenario \
	%D%/P27-h-and-hh.scenario \
	%D%/P27-hh-calls-nobody.scenario \
	%D%/P27-system-alarms.scenario \
	%D%/P28-horn.scenario \
	%D%/P29-counters.scenario \
	%D%/P30-periods.scenario \
	%D%/P31-unknown-codes.scenario \
	%D%/clock-set.scenario \
	%D%/names-exchanged-by-an-apply.scenario \
	%D%/what-an-apply-ended-stays-ended.scenario \
	%D%/overrides-and-tags-through-an-apply.scenario \
	%D%/sessions-come-and-go.scenario \
	%D%/tickets.scenario
