/* SPDX-License-Identifier: ISC */
#include "server/confine.h"

#include <sys/resource.h>
#include <unistd.h>

#ifdef HAVE_SECCOMP
#include <errno.h>
#include <seccomp.h>
#endif

static void
limit(int what, rlim_t n)
{
	struct rlimit r = { n, n };

	setrlimit((unsigned)what, &r);
}

#if defined(HAVE_SECCOMP) && !defined(SG_SANITIZE)
static void
filter(void)
{
	/* time zones and converters are read from files: open, but not write */
	static const int refused[] = { SCMP_SYS(socket), SCMP_SYS(connect),
		SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork),
		SCMP_SYS(vfork), SCMP_SYS(ptrace), SCMP_SYS(kill),
		SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename),
		SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
		SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(link),
		SCMP_SYS(symlink), SCMP_SYS(mount), SCMP_SYS(bpf),
		SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
		SCMP_SYS(truncate) };
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		seccomp_rule_add(
		    f, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
	/* opening for writing is refused */
	seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, 3, 1));
	seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, 3, 2));
	seccomp_load(f);
	seccomp_release(f);
}
#endif

void
confine_check(void)
{
	limit(RLIMIT_CPU, 10);
	limit(RLIMIT_FSIZE, 1 << 20);
	limit(RLIMIT_CORE, 0);
#ifndef SG_SANITIZE
	limit(RLIMIT_AS, 512 << 20);
#endif
	limit(RLIMIT_NPROC, 0);
	if (getuid() == 0 && setgid(65534) == 0 && setuid(65534) < 0)
		_exit(9);
#if defined(HAVE_SECCOMP) && !defined(SG_SANITIZE)
	filter();
#endif
}
