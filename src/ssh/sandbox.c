/* SPDX-License-Identifier: ISC */
#include "config.h"

#include "ssh/sandbox.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef HAVE_SECCOMP
#include <linux/sockios.h>
#include <seccomp.h>
#endif

#define MEMORY (256UL << 20)	/* above what the process has at its start */
#define DESCRIPTORS 24

static int
limit(int which, rlim_t to, struct err *e)
{
	const struct rlimit r = { to, to };

	return setrlimit(which, &r) < 0 ? err_sys(e, "setrlimit") : 0;
}

/* Bytes of address space that the process has now. */
static rlim_t
memory_now(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f == NULL || fscanf(f, "%lu", &pages) != 1)
		pages = 0;
	if (f != NULL)
		fclose(f);
	return pages * (unsigned long)sysconf(_SC_PAGESIZE);
}

#ifdef HAVE_SECCOMP
/* With whatever arguments. */
static const int allowed[] = {
	/* the connection, the program's ends, the log */
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev),
	SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(sendto),
	SCMP_SYS(sendmsg), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(close),
	SCMP_SYS(shutdown), SCMP_SYS(fcntl), SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername),
	/* memory; see also below */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	/* time, chance, itself */
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid),
	SCMP_SYS(futex), SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(sched_yield),
	SCMP_SYS(wait4), SCMP_SYS(waitid), SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};
/* What libraries try and can do without. */
static const int denied[] = {
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access), SCMP_SYS(stat),
	SCMP_SYS(newfstatat), SCMP_SYS(fstat), SCMP_SYS(readlink),
	SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getuid),
	SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
};
static const unsigned long ioctls[] = { TIOCSWINSZ, SIOCOUTQ, FIONREAD };

static int
rules(scmp_filter_ctx c, pid_t program)
{
	const uint64_t group = (uint32_t)-program;
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
		rc |= seccomp_rule_add(c, SCMP_ACT_ALLOW, allowed[i], 0);
	for (i = 0; i < sizeof(denied) / sizeof(denied[0]); i++)
		rc |= seccomp_rule_add(c, SCMP_ACT_ERRNO(EACCES), denied[i], 0);
	for (i = 0; i < sizeof(ioctls) / sizeof(ioctls[0]); i++)
		rc |= seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
		    SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, ioctls[i]));
	rc |= seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(kill), 1,
	    SCMP_A0(SCMP_CMP_MASKED_EQ, UINT32_MAX, group));
	/* no memory that can be executed */
	rc |= seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	rc |= seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	return rc;
}

static int
filter(pid_t program, struct err *e)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc;

	if (c == NULL)
		return err_set(e, "seccomp");
	/* Frequent calls first matter less than few comparisons: a tree. */
	seccomp_attr_set(c, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	rc = rules(c, program);
	if (rc == 0)
		rc = seccomp_load(c);
	seccomp_release(c);
	return rc == 0 ? 0 : err_set(e, "seccomp: cannot load the filter");
}
#else
static int
filter(pid_t program, struct err *e)
{
	(void)program;
	(void)e;
	return 0;
}
#endif

int
sandbox_enter(pid_t program, struct err *e)
{
	if (limit(RLIMIT_CORE, 0, e) < 0 ||
	    limit(RLIMIT_NOFILE, DESCRIPTORS, e) < 0 ||
	    limit(RLIMIT_NPROC, 0, e) < 0 ||
	    limit(RLIMIT_AS, memory_now() + MEMORY, e) < 0)
		return -1;
	return filter(program, e);
}
