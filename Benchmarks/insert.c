/* usage: insert SOURCE TARGET COUNT BATCH
 *
 * The physical limit of appending: the last COUNT rows of SOURCE's log, inserted into TARGET by prepared statements in transactions of
 * BATCH rows, with the log's tables, indexes and pragmas, and none of its guards, sealing or hashing. Prints rows per second.
 * BATCH may be a fraction: it is the mean. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 15 };

static void must(int ok, sqlite3 *db, const char *what) {
    if (ok) return;
    fprintf(stderr, "insert: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
    exit(1);
}

static void run(sqlite3 *db, const char *sql) { must(sqlite3_exec(db, sql, 0, 0, 0) == SQLITE_OK, db, sql); }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    must(argc == 5, 0, "usage: insert SOURCE TARGET COUNT BATCH");
    long count = atol(argv[3]);
    double batch = atof(argv[4]);
    sqlite3 *source, *target;
    sqlite3_stmt *rows, *schema, *insert, *begin, *commit;

    must(sqlite3_open_v2(argv[1], &source, SQLITE_OPEN_READONLY, 0) == SQLITE_OK, source, argv[1]);
    must(sqlite3_open(argv[2], &target) == SQLITE_OK, target, argv[2]);
    run(target, "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000");
    must(sqlite3_prepare_v2(source, "SELECT sql FROM sqlite_schema WHERE tbl_name = 'events' AND type IN ('table', 'index')"
                            " AND sql IS NOT NULL ORDER BY type DESC", -1, &schema, 0) == SQLITE_OK, source, "schema");
    while (sqlite3_step(schema) == SQLITE_ROW) run(target, (const char *)sqlite3_column_text(schema, 0));
    sqlite3_finalize(schema);

    must(sqlite3_prepare_v2(source, "SELECT * FROM (SELECT * FROM events ORDER BY position DESC LIMIT ?) ORDER BY position",
                            -1, &rows, 0) == SQLITE_OK, source, "rows");
    sqlite3_bind_int64(rows, 1, count);
    sqlite3_value **values = calloc(count * COLUMNS, sizeof *values);
    long found = 0;
    while (found < count && sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < COLUMNS; i++) values[found * COLUMNS + i] = sqlite3_value_dup(sqlite3_column_value(rows, i));
        found++;
    }
    sqlite3_finalize(rows);

    must(sqlite3_prepare_v2(target, "INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &insert, 0) == SQLITE_OK,
         target, "insert");
    sqlite3_prepare_v2(target, "BEGIN IMMEDIATE", -1, &begin, 0);
    sqlite3_prepare_v2(target, "COMMIT", -1, &commit, 0);
    double start = now(), due = 0;
    long done = 0;
    while (done < found) {
        must(sqlite3_step(begin) == SQLITE_DONE, target, "begin");
        sqlite3_reset(begin);
        due += batch;
        do {
            for (int i = 0; i < COLUMNS; i++) sqlite3_bind_value(insert, i + 1, values[done * COLUMNS + i]);
            must(sqlite3_step(insert) == SQLITE_DONE, target, "row");
            sqlite3_reset(insert);
            done++;
        } while (done < found && done < due);
        must(sqlite3_step(commit) == SQLITE_DONE, target, "commit");
        sqlite3_reset(commit);
    }
    printf("%.0f\n", found / (now() - start));
    return 0;
}
