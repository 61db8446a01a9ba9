# SPDX-License-Identifier: ISC
# A Modbus TCP client of its own: independent of the field and of libmodbus.
check_PROGRAMS += %D%/mb
%C%_mb_SOURCES = %D%/mb.c
%C%_mb_LDADD = $(BASE_LIBS)

# Parent and core for tests of the SSH front, and a program that it starts.
check_PROGRAMS += %D%/fakecore %D%/sshprobe %D%/tcphold \
	%D%/slowline %D%/sshhand
%C%_fakecore_SOURCES = %D%/fakecore.c
%C%_fakecore_LDADD = src/wire/libwire.a $(MODEL_LIBS)
%C%_sshprobe_SOURCES = %D%/sshprobe.c
%C%_sshprobe_LDADD = src/wire/libwire.a $(MODEL_LIBS)
EXTRA_DIST += %D%/tap.sh
%C%_tcphold_SOURCES = %D%/tcphold.c
%C%_tcphold_LDADD = $(BASE_LIBS)
%C%_sshhand_SOURCES = %D%/sshhand.c
%C%_sshhand_CFLAGS = $(AM_CFLAGS) $(SSH_CFLAGS)
%C%_sshhand_LDADD = $(BASE_LIBS) $(SSH_LIBS)
%C%_slowline_SOURCES = %D%/slowline.c
%C%_slowline_LDADD = $(BASE_LIBS)
EXTRA_DIST += %D%/front.sh

# A whole plant for tests/system, and a console that was broken into.
check_PROGRAMS += %D%/forge
%C%_forge_SOURCES = %D%/forge.c
%C%_forge_LDADD = src/wire/libwire.a $(MODEL_LIBS)
check_PROGRAMS += %D%/feed
%C%_feed_SOURCES = %D%/feed.c
%C%_feed_LDADD = src/wire/libwire.a $(MODEL_LIBS)
EXTRA_DIST += %D%/setup.sh %D%/plant.sh %D%/lines.sh %D%/story.sh %D%/show.sh %D%/hostile.sh

# What is shown as good against what the simulator has.
check_PROGRAMS += %D%/truth
%C%_truth_SOURCES = %D%/truth.c
%C%_truth_LDADD = $(BASE_LIBS)
check_PROGRAMS += %D%/leftover
%C%_leftover_SOURCES = %D%/leftover.c
%C%_leftover_LDADD = src/wire/libwire.a $(MODEL_LIBS)
EXTRA_DIST += %D%/proof.sql
