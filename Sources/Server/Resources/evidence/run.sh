#!/bin/sh
# Prints for each clause whether the log keeps it, by the queries in rules/, and every breach below it.
#
# usage: ./run.sh LOG.sqlite [TIME]
#   TIME   judge what should have been done by then, as 2026-12-01T12:00:00Z. Without it, the time at which the program judged;
#          then its verdicts stand in the third column.
#
# Needs only sqlite3, 3.38 or newer. Exit status: 0 every clause is kept, 1 one is broken, 2 it could not be found out.
set -eu

stop() {
    echo "run.sh: $*" >&2
    exit 2
}

[ $# -ge 1 ] && [ $# -le 2 ] || stop "usage: ./run.sh LOG.sqlite [TIME]"
log=$1
here=$(cd "$(dirname "$0")" && pwd)
time=${2:-$(cat "$here/judged-at.txt")}
[ -f "$log" ] || stop "there is no log at $log"
case $time in
*[!0-9a-zA-Z:.+-]*) stop "TIME is written as 2026-12-01T12:00:00Z" ;;
esac
at=$(sqlite3 :memory: "SELECT CAST(round((julianday('$time') - 2440587.5) * 86400000) AS INTEGER)")
[ -n "$at" ] || stop "TIME is written as 2026-12-01T12:00:00Z"

# A copy of log.sqlite alone is read without a lock; one with its WAL needs it.
path=$(printf '%s' "$log" | sed 's/%/%25/g; s/?/%3f/g; s/#/%23/g')
if [ -e "$log-wal" ]; then mode='mode=ro'; else mode='immutable=1'; fi

rows=$(mktemp) told=$(mktemp)
trap 'rm -f "$rows" "$told"' EXIT
if [ $# -eq 1 ]; then
    sqlite3 -tabs :memory: "SELECT json_extract(value, '$.clause'), coalesce(json_extract(value, '$.verdict'), json_extract(value, '$.state'))
        FROM json_each(CAST(readfile('$(printf '%s' "$here" | sed "s/'/''/g")/verdicts.json') AS TEXT), '$.clauses')" >"$told" ||
        stop "sqlite3 could not read verdicts.json"
fi
{
    echo "CREATE TEMP TABLE judging AS SELECT $at AS at;"
    cat "$here/prelude.sql" "$here/types.sql"
    for rule in "$here"/rules/*.sql; do
        clause=${rule##*/}
        printf '\n.print %s\n' "${clause%.sql}"
        cat "$rule"
    done
} | sqlite3 -batch -bail -tabs "file:$path?$mode" >"$rows" || stop "sqlite3 could not read the log"

awk -F '\t' '
    function tell() {
        if (clause != "") print clause "\t" (breaches ? "BROKEN" : "kept") (clause in program ? "\tthe program: " program[clause] : "") text
    }
    FILENAME == ARGV[1] { program[$1] = $2; next }
    NF == 1 { tell(); clause = $1; breaches = 0; text = ""; next }
    { breaches++; broken = 1; if (breaches <= 20) text = text "\n    " $1 "\tposition " $2 "\t" $3 }
    END { tell(); exit broken }
' "$told" "$rows"
