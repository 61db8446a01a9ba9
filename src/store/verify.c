/* SPDX-License-Identifier: ISC */
#include "store/verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/chain.h"
#include "store/db.h"
#include "store/schema.h"

static int
expect_none(struct db *db, const char *sql, const char *what, struct err *e)
{
	int64_t n;

	if (db_number(db, sql, &n, e) == -1)
		return -1;
	if (n != 0)
		return err_set(e, "%" PRId64 " %s", n, what);
	return 0;
}

/* All in one transaction: a running server goes on meanwhile. */
static int
verify(struct db *db, struct record_proof *p, struct err *e)
{
	char hash[DIGEST_HEX];
	struct chain_sum sum;
	int64_t open;

	if (schema_check(db, e) == -1 || db_exec(db, "BEGIN", e) == -1 ||
	    db_check(db, "integrity_check", e) == -1)
		return -1;
	memset(hash, '0', DIGEST_HEX - 1);
	hash[DIGEST_HEX - 1] = '\0';
	if (chain_verify(db, 0, hash, &sum, e) == -1 ||
	    chain_verify_tail(db, 1, e) == -1)
		return -1;
	if (expect_none(db,
		"SELECT count(*) FROM audit a WHERE result<>'' AND NOT EXISTS"
		" (SELECT 1 FROM audit b WHERE b.seq=a.command AND"
		" b.result='')",
		"results without a request", e) == -1 ||
	    expect_none(db,
		"SELECT count(*) FROM audit a WHERE result='' AND"
		" (SELECT count(*) FROM audit b WHERE b.command=a.command AND"
		" b.result<>'') + (SELECT count(*) FROM open_requests o WHERE"
		" o.command=a.command) <> 1",
		"commands without exactly one result", e) == -1 ||
	    db_number(db, "SELECT count(*) FROM open_requests", &open, e) ==
		-1)
		return -1;
	*p = (struct record_proof){ .rows = sum.rows,
		.requests = sum.requests,
		.results = sum.results,
		.open = (uint64_t)open,
		.last_seq = sum.last };
	str_copy(p->last_hash, hash, sizeof(p->last_hash));
	return 0;
}

int
record_verify(const char *dir, struct record_proof *p, struct err *e)
{
	char *path = xasprintf("%s/record.db", dir);
	struct db db;
	int rc = -1;

	if (db_open_reader(&db, path, e) == 0)
		rc = verify(&db, p, e);
	db_abandon(&db);
	if (rc == -1)
		err_prefix(e, "%s", path);
	free(path);
	return rc;
}
