# SPDX-License-Identifier: ISC
# Figures: `make bench [BENCH=name]`, see README.md.
bench_programs = %D%/plcd %D%/loop %D%/samples %D%/screens
EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)
%C%_plcd_SOURCES = %D%/plcd.c %D%/plc.c %D%/plc.h
%C%_plcd_LDADD = $(BASE_LIBS)
%C%_loop_SOURCES = %D%/loop.c
%C%_loop_CFLAGS = $(AM_CFLAGS) $(MODBUS_CFLAGS)
%C%_loop_LDADD = $(BASE_LIBS) $(MODBUS_LIBS)
%C%_samples_SOURCES = %D%/samples.c
%C%_samples_LDADD = $(STORE_LIBS) $(MODEL_LIBS)
%C%_screens_SOURCES = %D%/screens.c %D%/plc.c %D%/plc.h \
	%D%/terminals.c %D%/terminals.h
%C%_screens_LDADD = $(BASE_LIBS) -lutil

.PHONY: bench
bench: all $(bench_programs)
	@SG_SRC='$(abs_top_srcdir)' SG_BUILD='$(abs_top_builddir)' \
	    $(SHELL) '$(srcdir)/%D%/run' $(BENCH)
EXTRA_DIST += %D%/README.md %D%/run %D%/lib.sh %D%/field.poll.cpu \
	%D%/value.age %D%/ssh.login %D%/session.memory \
	%D%/screens.100 %D%/start.20000 %D%/apply.swap %D%/history
