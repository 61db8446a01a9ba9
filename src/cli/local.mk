# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libcli.a
%C%_libcli_a_SOURCES = \
	%D%/app.c %D%/app.h \
	%D%/ask.c %D%/ask.h \
	%D%/backup.c %D%/backup.h \
	%D%/bundle.c %D%/bundle.h \
	%D%/call.c %D%/call.h \
	%D%/check.c %D%/check.h \
	%D%/input.c %D%/input.h \
	%D%/link.c %D%/link.h \
	%D%/local.c %D%/local.h \
	%D%/output.c %D%/output.h \
	%D%/piece.c %D%/piece.h \
	%D%/report.c %D%/report.h \
	%D%/restore.c %D%/restore.h \
	%D%/screen.c %D%/screen.h \
	%D%/secret.c %D%/secret.h \
	%D%/stateproject.c %D%/stateproject.h \
	%D%/state.c %D%/state.h \
	%D%/store.c %D%/store.h \
	%D%/verify.c %D%/verify.h \
	%D%/watch.c %D%/watch.h
CLI_LIBS = src/cli/libcli.a $(STORE_LIBS) src/report/libreport.a src/verb/libverb.a $(JANSSON_LIBS) src/wire/libwire.a $(PROJECT_LIBS)

bin_PROGRAMS += sightglass
sightglass_SOURCES = %D%/main.c
sightglass_LDADD = $(CLI_LIBS)

# The SSH front starts it from where the other programs are.
install-exec-hook: install-cli-link
install-cli-link:
	$(MKDIR_P) '$(DESTDIR)$(pkglibexecdir)'
	ln -sf '$(bindir)/sightglass' '$(DESTDIR)$(pkglibexecdir)/sightglass'
uninstall-hook: uninstall-cli-link
uninstall-cli-link:
	rm -f '$(DESTDIR)$(pkglibexecdir)/sightglass'
.PHONY: install-cli-link uninstall-cli-link
