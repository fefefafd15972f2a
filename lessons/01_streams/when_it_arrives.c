// when_it_arrives.c - what has arrived, by what the program has printed
// Run:    make run-when_it_arrives      Chart: ./telar plot 01
// Expect: to a terminal line by line, to a pipe 4096 bytes at a time, through
//         stderr at once: a series,x,arrived table
// Why:    stdio keeps a line for a terminal, a buffer for anything else, and
//         nothing for stderr
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { LINE_BYTES = 32, LINES = 384 };

// Two ends of something: what is written into one can be read from the other.
struct way {
    int reader, writer;
};

static struct way pipe_way(void)
{
    int ends[2];

    MUST(pipe(ends));
    return (struct way){ends[0], ends[1]};
}

// Without translation: a line comes out of it as long as it went in.
static struct way terminal_way(void)
{
    struct termios settings;
    struct way way = {.reader = MUST(open("/dev/ptmx", O_RDWR | O_NOCTTY))};

    MUST(grantpt(way.reader));
    MUST(unlockpt(way.reader));
    way.writer = MUST(open(ptsname(way.reader), O_RDWR | O_NOCTTY));
    MUST(tcgetattr(way.writer, &settings));
    cfmakeraw(&settings);
    MUST(tcsetattr(way.writer, TCSANOW, &settings));
    return way;
}

// How many bytes are there to be read now? They are read.
static long arrived(int reader)
{
    static char bytes[1 << 16];
    ssize_t size = read(reader, bytes, sizeof bytes);

    if (size < 0 && errno != EAGAIN)
        MUST(size);
    return size > 0 ? size : 0;
}

// Prints line after line into out; says after each how much has arrived.
// Returns the most that was printed while nothing had.
static long print(const char *series, struct way way, FILE *out, int step)
{
    long there = 0, silent = 0;

    MUST(fcntl(way.reader, F_SETFL, O_NONBLOCK));
    for (int line = 1; line <= LINES; line++) {
        fprintf(out, "%*d\n", LINE_BYTES - 1, line); // [print]
        there += arrived(way.reader);
        if (there == 0)
            silent = (long)line * LINE_BYTES;
        if (line % step == 0)
            printf("%s,%d,%ld\n", series, line * LINE_BYTES, there);
    }
    fclose(out);
    close(way.reader);
    return silent;
}

int main(int argc, char **argv)
{
    int step = argc > 1 && strcmp(argv[1], "quick") == 0 ? 16 : 4;
    struct way way = pipe_way(), screen = terminal_way(), error = pipe_way();
    FILE *unkept = MUST(fdopen(error.writer, "w"));

    puts("series,x,arrived");
    setvbuf(unkept, NULL, _IONBF, 0); // as stderr is
    fact("silent_bytes",
         print("pipe", way, MUST(fdopen(way.writer, "w")), step));
    fact("silent_terminal_bytes",
         print("terminal", screen, MUST(fdopen(screen.writer, "w")), step));
    print("stderr", error, unkept, step);
    fact("printed_bytes", (long)LINES * LINE_BYTES);
    return 0;
}
