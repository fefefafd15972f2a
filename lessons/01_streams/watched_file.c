// watched_file.c - whoever watches the file sees nothing until the writer ends
// Run:    make run-watched_file
// Expect: 0 of 3 messages in the file while the writer was alive
// Why:    the messages were in the writer's buffer, where nobody can see them
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { MESSAGES = 3 };

static void writer(FILE *log)
{
    // log is left as it was found
    for (int i = 0; i < MESSAGES; i++) { // [writer]
        fprintf(log, "message\n");
        raise(SIGSTOP); // wait here until the watcher has looked
    }
    exit(0);
}

// What was added to the file since the last look, as tail -f would.
static int look(FILE *log, int seen)
{
    char text[4096];

    return (int)MUST(pread(fileno(log), text, sizeof text, seen));
}

int main(void)
{
    FILE *log = MUST(tmpfile());
    int status, seen = 0;
    pid_t child = MUST(fork());

    if (child == 0)
        writer(log);
    while (MUST(waitpid(child, &status, WUNTRACED)) && WIFSTOPPED(status)) {
        seen += look(log, seen); // [look]
        MUST(kill(child, SIGCONT));
    }
    int alive = seen / 8, all = (seen + look(log, seen)) / 8;

    printf("messages in the file while the writer was alive: %d of %d\n", alive,
           all);
    fact("seen_while_alive", alive);
    fact("seen_in_the_end", all);
    return 0;
}
