/* SPDX-License-Identifier: ISC */
#include "server/confine.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_SECCOMP
#include <errno.h>
#include <seccomp.h>
#endif

static const int kept[] = { CAP_SETUID, CAP_SETGID, CAP_KILL,
	CAP_NET_BIND_SERVICE, CAP_DAC_OVERRIDE, CAP_CHOWN, CAP_FOWNER };

void
confine_parent(void)
{
	struct __user_cap_header_struct head = {
		_LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2];
	uint64_t keep = 0;
	size_t i;
	int cap;

	if (geteuid() != 0)
		return;
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		keep |= (uint64_t)1 << kept[i];
	for (cap = 0; cap <= CAP_LAST_CAP; cap++)
		if ((keep >> cap & 1) == 0)
			prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
	memset(data, 0, sizeof(data));
	for (i = 0; i < 2; i++)
		data[i].effective = data[i].permitted =
		    (uint32_t)(keep >> (32 * i));
	syscall(SYS_capset, &head, data);
}

static void
limit(int what, rlim_t n)
{
	struct rlimit r = { n, n };

	setrlimit((unsigned)what, &r);
}

/* Of all files only those that the C library reads: zones, converters. What
 * a project's author may make this process say, it has not read elsewhere. */
static void
see_no_files(void)
{
	static const char *const needed[] = { "/usr/share/zoneinfo",
		"/usr/lib", "/lib", "/etc/localtime" };
	struct landlock_ruleset_attr rules = { .handled_access_fs =
		LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
		LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR };
	struct landlock_path_beneath_attr path = { .allowed_access =
		LANDLOCK_ACCESS_FS_READ_FILE };
	int fd = (int)syscall(SYS_landlock_create_ruleset, &rules,
	    sizeof(rules), 0);
	size_t i;

	if (fd < 0)
		return;		/* an older kernel: the filter must do */
	for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		path.parent_fd = open(needed[i], O_PATH | O_CLOEXEC);
		if (path.parent_fd < 0)
			continue;
		syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH,
		    &path, 0);
		close(path.parent_fd);
	}
	syscall(SYS_landlock_restrict_self, fd, 0);
	close(fd);
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
		SCMP_SYS(truncate), SCMP_SYS(open), SCMP_SYS(creat),
		SCMP_SYS(openat2) };
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
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	see_no_files();
#if defined(HAVE_SECCOMP) && !defined(SG_SANITIZE)
	filter();
#endif
}
