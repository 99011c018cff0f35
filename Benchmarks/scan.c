/* usage: scan LOG
 *
 * The physical limit of reading a log: every column of every event, once, in order. Prints rows per second. */
#include <sqlite3.h>
#include <stdio.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    sqlite3 *db;
    sqlite3_stmt *rows;
    if (argc != 2 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, 0) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT * FROM events ORDER BY position", -1, &rows, 0) != SQLITE_OK) {
        fprintf(stderr, "usage: scan LOG\n");
        return 2;
    }
    double start = now();
    long count = 0, sum = 0;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const unsigned char *bytes = sqlite3_column_blob(rows, i);
            int length = sqlite3_column_bytes(rows, i);
            if (length > 0) sum += bytes[0] + bytes[length - 1];
        }
        count++;
    }
    /* The sum keeps the compiler from leaving the reading out. */
    printf("%.0f\n", (count + (sum < 0)) / (now() - start));
    return 0;
}
