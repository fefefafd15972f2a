// records.c - a reader who believes that read fills what it is given
// Run:    make run-records
// Expect: good records 0, bad ones 7
// Why:    the writer's bytes come in pieces, and read brings what there is: the
//         rest of the record is taken for the next one
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lessons/02_pipes/asleep.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { RECORD = 8, RECORDS = 4 }; // a record is "12345678"

// Four records, in pieces of 5 bytes; the next one only when this was read.
static void child(int end, pid_t parent)
{
    static const char text[] = "12345678123456781234567812345678";

    for (size_t put = 0; put < RECORD * RECORDS; put += 5) {
        size_t rest = RECORD * RECORDS - put;
        MUST(write(end, text + put, rest < 5 ? rest : 5)); // [write]
        while (bytes_waiting(end) > 0 || !asleep(parent))
            look_again();
    }
    _exit(0);
}

static int read_record(int end, char *record)
{
    int got = 0, more;

    // one read brings the record
    more = (int)MUST(read(end, record + got, RECORD - got)); // [read]
    got += more;
    // however little that was
    return got;
}

int main(void)
{
    int ends[2], good = 0, bad = 0, got;
    char record[RECORD];
    pid_t parent = getpid();

    MUST(pipe(ends));
    if (MUST(fork()) == 0)
        child(ends[1], parent);
    MUST(close(ends[1]));
    while ((got = read_record(ends[0], record)) > 0) {
        bool whole = got == RECORD && memcmp(record, "12345678", RECORD) == 0;
        *(whole ? &good : &bad) += 1;
    }
    MUST(wait(NULL));

    printf("good records %d, bad ones %d\n", good, bad);
    fact("good_records", good);
    fact("bad_records", bad);
    return 0;
}
