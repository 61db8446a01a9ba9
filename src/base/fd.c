/* SPDX-License-Identifier: ISC */
#include "base/fd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int
fd_nonblock(int fd, bool on)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0)
		return -1;
	return fcntl(
	    fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}

int
fd_cloexec(int fd, bool on)
{
	return fcntl(fd, F_SETFD, on ? FD_CLOEXEC : 0);
}

void
fd_close(int *fd)
{
	int saved = errno;

	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	errno = saved;
}

int
fd_pair(int pair[2])
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    0, pair);
}

/*
 * The address of path. A long one becomes /proc/self/fd/N/NAME with N its
 * directory, which the caller closes afterwards.
 */
static int
unix_address(struct sockaddr_un *sa, const char *path, int *dir, struct err *e)
{
	const char *slash = strrchr(path, '/');
	char parent[4096];

	*dir = -1;
	memset(sa, 0, sizeof(*sa));
	sa->sun_family = AF_UNIX;
	if (strlen(path) < sizeof(sa->sun_path)) {
		memcpy(sa->sun_path, path, strlen(path));
		return 0;
	}
	if (slash == NULL || (size_t)(slash - path) >= sizeof(parent))
		return err_set(e, "%s: name too long", path);
	memcpy(parent, path, (size_t)(slash - path));
	parent[slash - path] = '\0';
	*dir = open(parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*dir < 0)
		return err_sys(e, "%s", parent);
	if (snprintf(sa->sun_path, sizeof(sa->sun_path), "/proc/self/fd/%d/%s",
		*dir, slash + 1) >= (int)sizeof(sa->sun_path)) {
		fd_close(dir);
		return err_set(e, "%s: name too long", path);
	}
	return 0;
}

int
fd_listen_unix(const char *path, mode_t mode, struct err *e)
{
	struct sockaddr_un sa;
	int dir, fd = -1, rc = -1;

	if (unix_address(&sa, path, &dir, e) < 0)
		return -1;
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		err_sys(e, "socket");
		goto out;
	}
	unlink(sa.sun_path);
	if (bind(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0 ||
	    chmod(sa.sun_path, mode) < 0 || listen(fd, 512) < 0) {
		err_sys(e, "%s", path);
		goto out;
	}
	rc = 0;
out:
	fd_close(&dir);
	if (rc < 0)
		fd_close(&fd);
	return fd;
}

int
fd_connect_unix(const char *path, struct err *e)
{
	struct sockaddr_un sa;
	int dir, fd, rc;

	if (unix_address(&sa, path, &dir, e) < 0)
		return -1;
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	rc = fd < 0 ? -1 : connect(fd, (struct sockaddr *)&sa, sizeof(sa));
	if (rc < 0) {
		err_sys(e, "%s", path);
		fd_close(&fd);
	}
	fd_close(&dir);
	return fd;
}

int
fd_listen_tcp(const char *address, uint16_t *port, struct err *e)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *ai = NULL;
	struct sockaddr_storage ss;
	socklen_t len = sizeof(ss);
	char host[64];
	const char *colon = strrchr(address, ':');
	size_t n = colon != NULL ? (size_t)(colon - address) : 0;
	int fd = -1, one = 1;

	if (n == 0 || n >= sizeof(host))
		return err_set(e, "%s: not HOST:PORT", address);
	memcpy(host, address, n);
	host[n] = '\0';
	if (host[0] == '[' && host[n - 1] == ']') {
		host[n - 1] = '\0';
		memmove(host, host + 1, n - 1);
	}
	if (getaddrinfo(host, colon + 1, &hints, &ai) != 0)
		return err_set(e, "%s: not a numeric address", address);
	fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	/* so that 0.0.0.0 and [::] can both be listened to */
	if (fd >= 0 && ai->ai_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one));
	if (fd < 0 || bind(fd, ai->ai_addr, ai->ai_addrlen) < 0 ||
	    listen(fd, 512) < 0 ||
	    getsockname(fd, (struct sockaddr *)&ss, &len) < 0) {
		err_sys(e, "%s", address);
		fd_close(&fd);
	} else {
		*port = ntohs(ss.ss_family == AF_INET6
			? ((struct sockaddr_in6 *)&ss)->sin6_port
			: ((struct sockaddr_in *)&ss)->sin_port);
	}
	freeaddrinfo(ai);
	return fd;
}

ssize_t
fd_send(int fd, const void *bytes, size_t n, int pass)
{
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec iov = { (void *)(uintptr_t)bytes, n };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1 };
	struct cmsghdr *c;
	ssize_t rc;

	if (pass >= 0) {
		memset(&control, 0, sizeof(control));
		m.msg_control = control.room;
		m.msg_controllen = sizeof(control.room);
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(c), &pass, sizeof(int));
	}
	do
		rc = sendmsg(fd, &m, MSG_NOSIGNAL);
	while (rc < 0 && errno == EINTR);
	return rc;
}

ssize_t
fd_receive(int fd, void *bytes, size_t cap, int *got)
{
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(int) * 4)];
	} control;
	struct iovec iov = { bytes, cap };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room) };
	struct cmsghdr *c;
	int fds[4], i, n, kept = -1;
	ssize_t rc;

	do
		rc = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
	while (rc < 0 && errno == EINTR);
	if (rc < 0)
		return -1;
	for (c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		n = (int)((c->cmsg_len - CMSG_LEN(0)) / sizeof(int));
		n = n > 4 ? 4 : n;
		memcpy(fds, CMSG_DATA(c), (size_t)n * sizeof(int));
		for (i = 0; i < n; i++)
			if (kept < 0 && got != NULL)
				kept = fds[i];
			else
				close(fds[i]);
	}
	if (got != NULL)
		*got = kept;
	if (m.msg_flags & MSG_TRUNC) {
		fd_close(&kept);
		if (got != NULL)
			*got = -1;
		errno = EMSGSIZE;
		return -1;
	}
	return rc;
}

int
fd_write_all(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;
	ssize_t rc;

	while (n > 0) {
		rc = write(fd, p, n);
		if (rc < 0 && errno == EINTR)
			continue;
		if (rc < 0)
			return -1;
		p += rc;
		n -= (size_t)rc;
	}
	return 0;
}

int
fd_write_file(
    const char *path, const void *bytes, size_t n, mode_t mode, struct err *e)
{
	char tmp[4096];
	int fd;

	if (snprintf(tmp, sizeof(tmp), "%s.new", path) >= (int)sizeof(tmp))
		return err_set(e, "%s: name too long", path);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0)
		return err_sys(e, "%s", tmp);
	/* the mode that was asked for, whatever the umask */
	if (fchmod(fd, mode) < 0 || fd_write_all(fd, bytes, n) < 0 ||
	    fsync(fd) < 0 ||
	    rename(tmp, path) < 0) {
		err_sys(e, "%s", path);
		fd_close(&fd);
		unlink(tmp);
		return -1;
	}
	fd_close(&fd);
	return 0;
}
