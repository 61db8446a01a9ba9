# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libssh.a
%C%_libssh_a_CFLAGS = $(AM_CFLAGS) $(SSH_CFLAGS) $(SECCOMP_CFLAGS)
%C%_libssh_a_SOURCES = \
	%D%/bridge.c %D%/bridge.h \
	%D%/gate.c %D%/gate.h \
	%D%/hostkey.c %D%/hostkey.h \
	%D%/listener.c %D%/listener.h \
	%D%/login.c %D%/login.h \
	%D%/penalty.c %D%/penalty.h \
	%D%/request.c %D%/request.h \
	%D%/sandbox.c %D%/sandbox.h \
	%D%/source.c %D%/source.h \
	%D%/starter.c %D%/starter.h \
	%D%/talker.c %D%/talker.h \
	%D%/talker_bind.c \
	%D%/talker_channel.c \
	%D%/talker_login.c \
	%D%/talker_state.h
# The room and all below it, without libssh: what its tests link.
FRONT_LIBS = src/ssh/libssh.a src/verb/libverb.a src/wire/libwire.a \
	$(MODEL_LIBS)

pkglibexec_PROGRAMS += sightglass-sshd
sightglass_sshd_SOURCES = %D%/main.c
sightglass_sshd_CFLAGS = $(AM_CFLAGS) $(SSH_CFLAGS)
sightglass_sshd_LDADD = $(FRONT_LIBS) $(SSH_LIBS) $(SECCOMP_LIBS)
EXTRA_DIST += %D%/README.md
