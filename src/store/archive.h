/* SPDX-License-Identifier: ISC */
/*
 * archive.h - the history as its own files see it. Not for other rooms.
 *
 * The core appends entries to incoming and hands them over in a flush; the
 * archive thread takes them at once into open chunks (one for each tag that
 * has samples, of one day) and into the log of this second, and commits once
 * a second. A chunk is closed at CHUNK_SAMPLES samples, by age, at another
 * type, when time goes back and at the end of its day; it then waits among
 * the closed ones of its day file until the transaction that holds it is
 * committed. Readers copy what is in memory under the lock before they read
 * the file, and know by seq what they have already.
 *
 * Under lock: incoming, taken .. health, and the chunks in memory, which the
 * archive thread alone changes.
 */
#ifndef STORE_ARCHIVE_H
#define STORE_ARCHIVE_H

#include <pthread.h>

#include "base/vec.h"
#include "store/chunk.h"
#include "store/dayfile.h"
#include "store/history.h"
#include "store/pool.h"

#define CHUNK_SAMPLES 256
#define CHUNK_AGE_MS 3600000
#define ARCHIVE_FILES 16		/* days written at the same time */

enum entry_kind { ENTRY_SAMPLE, ENTRY_END, ENTRY_MARK };
struct entry {
	uint32_t tag;
	uint8_t kind;
	struct value value;	/* a text is owned; of others the time */
};
struct entries {
	struct entry *at;
	size_t n, cap;
};

struct chunk {
	int32_t day;
	uint32_t tag;
	int64_t first, last, seq;
	int64_t second;		/* the log's row of its first sample */
	int64_t upto;		/* and of its last, once it is closed */
	uint32_t n;
	struct chunk_pen pen;
	struct buf body;
};
struct chunks {
	struct chunk **at;
	size_t n, cap;
};

/* A row of the log. */
struct second {
	int64_t id;
	struct buf body;
};
struct mark {
	int64_t time;
	const char *reason;	/* static */
};

/* One day that is written to. */
struct day {
	struct dayfile file;
	VEC(uint32_t) ids;	/* by tag: id in this file; 0: none yet */
	VEC(uint32_t) fresh;	/* tags that the file does not know yet */
	uint32_t last_id;
	int64_t second, seq;	/* last used */
	struct chunks closed;	/* (lock) not committed yet */
	VEC(struct mark) marks;	/* (lock) not committed yet */
	struct buf log;		/* of this second, since it was last cut */
	int64_t log_time;	/* of its last sample */
	VEC(struct second) cut;	/* rows of the log, complete */
	size_t open;		/* chunks */
	int64_t attempt;	/* second of a commit that failed; 0: none */
	int64_t trim;		/* seconds up to it are in chunks */
	int64_t reached, committed_reached;
	uint64_t samples;	/* not committed yet */
};

/* A tag, by its number. */
struct track {
	char *name;
	struct chunk *open;	/* or NULL; the archive thread changes it */
	int64_t imported;	/* the last time that an import brought; 0 */
};
#define TRACK_BLOCK 1024
#define TRACK_BLOCKS 512

struct history {
	char *dir;		/* .../history */
	struct history_limits limits;
	struct entries put;	/* the core's: not flushed */
	bool importing;		/* no log is kept */
	int owner;		/* of an import; or -1 */
	char *state;
	bool started;
	struct history_import import;

	/* the archive thread's */
	pthread_t thread;
	struct day *days[ARCHIVE_FILES];
	size_t known;		/* tags, when entries were last taken */
	uint32_t sweep;		/* the next tag to be looked at for its age */

	pthread_mutex_t lock;
	pthread_cond_t work, news;
	struct entries incoming;
	struct track *tracks[TRACK_BLOCKS];	/* never move */
	size_t n_tags;
	uint32_t *index;	/* open addressing, by name */
	size_t index_size;
	uint64_t flushed, taken, committed;	/* entries, counted */
	struct wall now, taken_now, committed_now;
	bool ready, stop, hurry, losing;
	int64_t stop_by;
	uint64_t lost;		/* not told yet */
	struct wall lost_since;
	struct history_health health;
	struct pool *readers;
};

static inline struct track *
track_of(const struct history *h, uint32_t tag)
{
	return &h->tracks[tag / TRACK_BLOCK][tag % TRACK_BLOCK];
}
/* Into its open chunk and the log; -1: its day cannot be opened. */
int archive_take(struct history *h, const struct entry *x, struct err *e);
/* The day's file, opened if need be; NULL and why. */
struct day *archive_day(struct history *h, int32_t day, struct err *e);
void archive_close_chunk(struct history *h, uint32_t tag);
/* Closes what is full or old: a part of the tags at each call. */
void archive_sweep(struct history *h);
/* One transaction for each day that has something. -1: nothing is lost, it
 * can be tried again; *code is SQLite's. */
int archive_commit(struct history *h, int *code, struct err *e);
/* After a failure of the disk: closes, opens, and finds what was written. */
int archive_reopen(struct history *h, struct err *e);
/* Seals what a crash left, and marks where it ended. */
int archive_recover(struct history *h, struct err *e);
/* All open chunks of all days are closed; with the next commit no log is
 * needed any more. */
void archive_seal(struct history *h);
void archive_free_days(struct history *h);
/* With the lock: the tag's number, new or known. */
uint32_t archive_tag(struct history *h, const char *name);
/* With the lock: the number of a tag, or UINT32_MAX. */
uint32_t archive_find(const struct history *h, const char *name);
/* With the lock: until the counter (taken, committed) has come to n. */
bool archive_wait(
    struct history *h, const uint64_t *counter, uint64_t n, int ms);
void *archive_main(void *history);

void chunk_free(struct chunk *c);
extern const struct pool_work history_reading;

#endif
