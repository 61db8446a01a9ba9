/* SPDX-License-Identifier: ISC */
/* sightglass-field: started by sightglassd with the core's socket as fd 3. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/cage.h"
#include "base/err.h"
#include "base/log.h"
#include "base/proc.h"
#include "field/field.h"
#include "wire/fieldwire.h"

/* libmodbus ends the process when a descriptor reaches FD_SETSIZE. */
#define DESCRIPTORS 1000

static void
limit_descriptors(void)
{
	struct rlimit limit = { DESCRIPTORS, DESCRIPTORS };

	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		fatal("the number of descriptors cannot be limited");
}

static void
check_socket(void)
{
	socklen_t len = sizeof(int);
	int type;

	if (getsockopt(FIELD_FD, SOL_SOCKET, SO_TYPE, &type, &len) < 0 ||
	    type != SOCK_SEQPACKET)
		fatal("descriptor %d is not the core's socket; sightglassd "
		      "starts this program",
		    FIELD_FD);
}

/* As if the core had closed: set pulses are still cleared. */
static void
on_term(int number)
{
	(void)number;
	shutdown(FIELD_FD, SHUT_RDWR);
}

/* SIGINT comes from a terminal to all of us; the core decides. */
static void
catch_signals(void)
{
	struct sigaction term = { .sa_handler = on_term, .sa_flags = SA_RESTART };

	sigaction(SIGTERM, &term, NULL);
	signal(SIGINT, SIG_IGN);
}

int
main(int argc, char **argv)
{
	enum log_level level = LOG_NOTE;
	struct err e = { "" };

	if (argc == 2 && !log_level_parse(&level, argv[1]))
		argc = 3;
	if (argc > 2) {
		fprintf(stderr, "usage: sightglass-field [LEVEL]\n");
		return 2;
	}
	log_open("sightglass-field", level);
	proc_harden();
	check_socket();
	proc_close_from(FIELD_FD + 1);
	limit_descriptors();
	catch_signals();
	if (cage_enter(&e) < 0)		/* without it is still a plant */
		log_warn("%s", e.text);
	if (field_run(FIELD_FD, &e) < 0)
		fatal("%s", e.text);
	return 0;
}
