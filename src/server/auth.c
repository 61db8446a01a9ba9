/* SPDX-License-Identifier: ISC */
#include "server/auth.h"

#include <crypt.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/vec.h"
#include "wire/message.h"

/* yescrypt. The cost is ours and not the library's default, so that all
 * hashes take the same time: about 25 ms and 16 MiB. */
#define METHOD "$y$"
#define COST 5

struct job {
	uint64_t id;
	bool make;
	bool known;		/* hash is a user's */
	char password[WIRE_SECRET + 1], hash[AUTH_HASH];
};

struct auth {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more, idle;
	struct job jobs[AUTH_JOBS];	/* a ring */
	unsigned first, n;
	bool working, stopping;
	VEC(struct auth_result) results;
	char nobody[AUTH_HASH];		/* a salt for those who have none */
	void (*done)(void *arg);
	void *arg;
};

/* As long wherever they differ. */
static bool
same(const char *a, const char *b)
{
	size_t i, n = strlen(a);
	unsigned char diff = strlen(b) != n;

	for (i = 0; i < n && b[i] != '\0'; i++)
		diff |= (unsigned char)(a[i] ^ b[i]);
	return diff == 0;
}

static bool
make_salt(char dst[AUTH_HASH])
{
	char salt[CRYPT_GENSALT_OUTPUT_SIZE];

	if (crypt_gensalt_rn(METHOD, COST, NULL, 0, salt, sizeof(salt)) ==
		NULL ||
	    strlen(salt) >= AUTH_HASH)
		return false;
	str_copy(dst, salt, AUTH_HASH);
	return true;
}

static void
work(const struct auth *a, const struct job *j, struct crypt_data *data,
    struct auth_result *r)
{
	const char *setting = j->known ? j->hash : a->nobody, *out;
	char salt[AUTH_HASH];

	*r = (struct auth_result){ .id = j->id };
	if (j->make) {
		if (!make_salt(salt))
			return;
		setting = salt;
	}
	out = crypt_r(j->password, setting, data);
	if (out == NULL || *out == '*' || strlen(out) >= sizeof(r->hash))
		return;
	if (j->make) {
		str_copy(r->hash, out, sizeof(r->hash));
		r->good = true;
	} else {
		str_copy(r->hash, j->hash, sizeof(r->hash));
		r->good = same(out, setting) && j->known;
	}
}

static bool
next(struct auth *a, struct job *j)
{
	bool stop;

	pthread_mutex_lock(&a->lock);
	a->working = false;
	if (a->n == 0)
		pthread_cond_broadcast(&a->idle);
	while (a->n == 0 && !a->stopping)
		pthread_cond_wait(&a->more, &a->lock);
	stop = a->stopping;
	if (!stop) {
		*j = a->jobs[a->first];
		explicit_bzero(&a->jobs[a->first], sizeof(*j));
		a->first = (a->first + 1) % AUTH_JOBS;
		a->n--;
		a->working = true;
	}
	pthread_mutex_unlock(&a->lock);
	return !stop;
}

static void *
run(void *arg)
{
	struct auth *a = arg;
	struct crypt_data *data = xcalloc(1, sizeof(*data));
	struct auth_result r;
	struct job j;

	while (next(a, &j)) {
		work(a, &j, data, &r);
		explicit_bzero(&j, sizeof(j));
		explicit_bzero(data, sizeof(*data));
		pthread_mutex_lock(&a->lock);
		vec_push(&a->results, r);
		pthread_mutex_unlock(&a->lock);
		explicit_bzero(&r, sizeof(r));
		a->done(a->arg);
	}
	free(data);
	return NULL;
}

struct auth *
auth_new(void (*done)(void *arg), void *arg)
{
	struct auth *a = xcalloc(1, sizeof(*a));

	a->done = done;
	a->arg = arg;
	if (!make_salt(a->nobody))
		fatal("this crypt library does not know yescrypt");
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->more, NULL);
	pthread_cond_init(&a->idle, NULL);
	proc_thread(&a->thread, "auth", run, a);
	return a;
}

void
auth_free(struct auth *a)
{
	if (a == NULL)
		return;
	pthread_mutex_lock(&a->lock);
	a->stopping = true;
	pthread_cond_signal(&a->more);
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->thread, NULL);
	pthread_cond_destroy(&a->more);
	pthread_cond_destroy(&a->idle);
	pthread_mutex_destroy(&a->lock);
	if (a->results.n > 0)
		explicit_bzero(a->results.at,
		    a->results.n * sizeof(*a->results.at));
	vec_free(&a->results);
	explicit_bzero(a, sizeof(*a));
	free(a);
}

static bool
add(struct auth *a, uint64_t id, bool make, const char *password,
    const char *hash)
{
	struct job *j;
	bool room;

	pthread_mutex_lock(&a->lock);
	room = a->n < AUTH_JOBS;
	if (room) {
		j = &a->jobs[(a->first + a->n++) % AUTH_JOBS];
		j->id = id;
		j->make = make;
		j->known = hash != NULL;
		str_copy(j->password, password, sizeof(j->password));
		str_copy(j->hash, hash != NULL ? hash : "", sizeof(j->hash));
		pthread_cond_signal(&a->more);
	}
	pthread_mutex_unlock(&a->lock);
	return room;
}

bool
auth_check(struct auth *a, uint64_t id, const char *password,
    const char *hash)
{
	return add(a, id, false, password, hash);
}

bool
auth_make(struct auth *a, uint64_t id, const char *password)
{
	return add(a, id, true, password, NULL);
}

bool
auth_take(struct auth *a, struct auth_result *r)
{
	bool any;

	pthread_mutex_lock(&a->lock);
	any = a->results.n > 0;
	if (any) {
		*r = a->results.at[0];
		memmove(a->results.at, a->results.at + 1,
		    --a->results.n * sizeof(*r));
		explicit_bzero(&a->results.at[a->results.n], sizeof(*r));
	}
	pthread_mutex_unlock(&a->lock);
	return any;
}

bool
auth_wait(struct auth *a, int ms)
{
	struct timespec until;
	bool idle;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ms / 1000 + 1;
	pthread_mutex_lock(&a->lock);
	while ((a->n > 0 || a->working) &&
	    pthread_cond_timedwait(&a->idle, &a->lock, &until) == 0)
		;
	idle = a->n == 0 && !a->working;
	pthread_mutex_unlock(&a->lock);
	return idle;
}
