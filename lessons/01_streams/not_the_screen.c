// not_the_screen.c - a result that never appears, and a warning that does
// Run:    make run-not_the_screen
// Expect: on the screen: result 0, warning 1; in the file: result 1
// Why:    stdout is a number, 1; where it leads was chosen by whoever started
//         the program
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static void child(int file, int screen)
{
    MUST(dup2(file, STDOUT_FILENO)); // [child]
    MUST(dup2(screen, STDERR_FILENO));
    printf("result\n");
    fprintf(stderr, "warning\n");
    exit(0);
}

// Both messages are short. A terminal that nobody holds any more ends in an
// error, a file in a 0.
static void read_all(int descriptor, char text[100])
{
    size_t size = 0;
    ssize_t got;

    while ((got = read(descriptor, text + size, 99 - size)) > 0)
        size += (size_t)got;
    text[size] = '\0';
}

int main(void)
{
    char seen[100], kept[100];
    int file = fileno(MUST(tmpfile()));
    int window = MUST(getpt()); // from which a screen is drawn

    MUST(grantpt(window));
    MUST(unlockpt(window));
    int screen = MUST(open(ptsname(window), O_RDWR | O_NOCTTY));
    if (MUST(fork()) == 0)
        child(file, screen);
    MUST(close(screen));
    MUST(wait(NULL));
    MUST(lseek(file, 0, SEEK_SET));
    read_all(window, seen);
    read_all(file, kept);

    bool result_seen = strstr(seen, "result") != NULL; // [look]
    bool result_kept = strstr(kept, "result") != NULL;
    bool warning_seen = strstr(seen, "warning") != NULL;
    printf("on the screen: result %d, warning %d\n", result_seen, warning_seen);
    printf("in the file: result %d\n", result_kept);
    fact("result_seen", result_seen);
    fact("result_kept", result_kept);
    fact("warning_seen", warning_seen);
    return 0;
}
