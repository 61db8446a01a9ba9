# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libserver.a
%C%_libserver_a_CPPFLAGS = $(AM_CPPFLAGS) -include config.h
%C%_libserver_a_CFLAGS = $(AM_CFLAGS) $(UV_CFLAGS) $(SYSTEMD_CFLAGS) $(SECCOMP_CFLAGS)
%C%_libserver_a_SOURCES = \
	%D%/alarms.c %D%/alarms.h \
	%D%/allowance.c %D%/allowance.h \
	%D%/ancestry.c %D%/ancestry.h \
	%D%/announce.c %D%/announce.h \
	%D%/answer.c %D%/answer.h \
	%D%/attempts.c %D%/attempts.h \
	%D%/audit.c %D%/audit.h \
	%D%/auth.c %D%/auth.h \
	%D%/bypass.c %D%/bypass.h \
	%D%/changes.c %D%/changes.h \
	%D%/child.c %D%/child.h \
	%D%/directory.c %D%/directory.h \
	%D%/clockstep.c %D%/clockstep.h \
	%D%/commands.c %D%/commands.h \
	%D%/commit.c %D%/commit.h \
	%D%/confine.c %D%/confine.h \
	%D%/control.c %D%/control.h \
	%D%/core.c %D%/core.h \
	%D%/counters.c %D%/counters.h \
	%D%/door.c %D%/door.h \
	%D%/entry.c %D%/entry.h \
	%D%/export.c %D%/export.h \
	%D%/feedback.c %D%/feedback.h \
	%D%/fieldheard.c %D%/fieldheard.h \
	%D%/fieldlink.c %D%/fieldlink.h \
	%D%/fieldpast.c %D%/fieldpast.h \
	%D%/fieldplan.c %D%/fieldplan.h \
	%D%/follow.c %D%/follow.h \
	%D%/group.c %D%/group.h \
	%D%/horn.c %D%/horn.h \
	%D%/intake.c %D%/intake.h \
	%D%/length.c %D%/length.h \
	%D%/live.c %D%/live.h \
	%D%/lockout.c %D%/lockout.h \
	%D%/login.c %D%/login.h \
	%D%/logs.c %D%/logs.h \
	%D%/loop.c %D%/loop.h \
	%D%/making.c %D%/making.h \
	%D%/moving.c %D%/moving.h \
	%D%/override.c %D%/override.h \
	%D%/passwords.c %D%/passwords.h \
	%D%/parent.c %D%/parent.h %D%/parentwire.h \
	%D%/place.c %D%/place.h \
	%D%/peer.c %D%/peer.h \
	%D%/proof.c %D%/proof.h \
	%D%/requests.c %D%/requests.h \
	%D%/restore.c %D%/restore.h \
	%D%/second.c %D%/second.h \
	%D%/sessions.c %D%/sessions.h \
	%D%/spoken.c %D%/spoken.h \
	%D%/station.c %D%/station.h \
	%D%/swap.c %D%/swap.h \
	%D%/tickets.c %D%/tickets.h \
	%D%/tallies.c %D%/tallies.h \
	%D%/timers.c %D%/timers.h \
	%D%/told.c %D%/told.h \
	%D%/trace.c %D%/trace.h \
	%D%/tunables.c %D%/tunables.h \
	%D%/users.c %D%/users.h \
	%D%/verb_ack.c \
	%D%/verb_alarms.c \
	%D%/verb_backup.c \
	%D%/verb_bypass.c \
	%D%/verb_document.c \
	%D%/verb_history.c \
	%D%/verb_inhibit.c \
	%D%/verb_lockout.c \
	%D%/verb_note.c \
	%D%/verb_override.c \
	%D%/verb_records.c \
	%D%/verb_session.c \
	%D%/verb_shift.c \
	%D%/verb_status.c \
	%D%/verb_tags.c \
	%D%/verb_trace.c \
	%D%/verb_user.c \
	%D%/watch.c %D%/watch.h

# Floor order, each room once.
SERVER_LIBS = src/server/libserver.a $(STORE_LIBS) src/wire/libwire.a \
	$(PROJECT_LIBS) $(UV_LIBS) $(CRYPT_LIBS) $(SYSTEMD_LIBS) $(SECCOMP_LIBS)

sbin_PROGRAMS += sightglassd
sightglassd_SOURCES = %D%/main.c
sightglassd_LDADD = $(SERVER_LIBS)
