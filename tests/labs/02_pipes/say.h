// say.h - the child that lab 02 captures, and what it says
//
// The child is a copy of the suite in the worker's folder, called "say"; its
// words are a small program, done from left to right:
//
//   out=TEXT err=TEXT       TEXT to standard output or error
//   out+SIZE+SEED err+...   SIZE bytes, any bytes, computed from SEED
//   turns+COUNT+SEED        COUNT blocks of 1 to 5000 bytes, each to one of the
//                           two outputs as SEED decides
//   drain                   wait until the reader has taken everything
//   shut=out shut=both      close standard output; or it and standard error
//   linger                  wait until the parent sleeps
//   stray                   to standard output, a letter for each descriptor
//                           above 2 that is an end of one of its own two pipes
//   exit=N kill=N           end with this status; by this signal
//
// The suite interprets the same words to know what must arrive.
// Interface: say_words, say_main.
// Threads: none. Ownership: put is given bytes that live until it returns.
#ifndef TESTS_LABS_SAY_H
#define TESTS_LABS_SAY_H

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAY_OUT, SAY_ERR };

struct say {
    void (*put)(struct say *say, int stream, const void *bytes, size_t size);
    bool (*act)(const char *word); // what is no output; NULL: nothing is done
};

// xorshift64*: the same bytes from the same seed, in the child and the suite.
static uint64_t say_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717ULL;
}

static void say_bytes(struct say *say, int stream, size_t size, uint64_t *seed)
{
    unsigned char block[4096];

    while (size > 0) {
        size_t now = size < sizeof block ? size : sizeof block;
        for (size_t i = 0; i < now; i++)
            block[i] = (unsigned char)(say_next(seed) >> 56);
        say->put(say, stream, block, now);
        size -= now;
    }
}

static void say_turns(struct say *say, long count, uint64_t *seed)
{
    for (long i = 0; i < count; i++) {
        int stream = say_next(seed) >> 63 ? SAY_ERR : SAY_OUT;
        say_bytes(say, stream, 1 + (say_next(seed) >> 32) % 5000, seed);
    }
}

// Does one word. Returns false when there is no such word.
static bool say_word(struct say *say, const char *word)
{
    long count;
    uint64_t seed;
    int stream = strncmp(word, "err", 3) == 0 ? SAY_ERR : SAY_OUT;

    if (strncmp(word, "out=", 4) == 0 || strncmp(word, "err=", 4) == 0)
        say->put(say, stream, word + 4, strlen(word + 4));
    else if (sscanf(word, "out+%ld+%" SCNu64, &count, &seed) == 2 ||
             sscanf(word, "err+%ld+%" SCNu64, &count, &seed) == 2)
        say_bytes(say, stream, (size_t)count, &seed);
    else if (sscanf(word, "turns+%ld+%" SCNu64, &count, &seed) == 2)
        say_turns(say, count, &seed);
    else
        return !say->act || say->act(word);
    return true;
}

// ---- The child --------------------------------------------------------------

static void say_put(struct say *say, int stream, const void *bytes, size_t size)
{
    const char *at = bytes;

    (void)say;
    while (size > 0) {
        ssize_t wrote = write(stream == SAY_ERR ? 2 : 1, at, size);
        if (wrote < 0)
            _exit(99);
        at += wrote;
        size -= (size_t)wrote;
    }
}

static void say_pause(void)
{
    poll(NULL, 0, 1); // spares the core while a state is waited for
}

// Has the reader taken everything, or gone?
static bool say_taken(int descriptor)
{
    struct pollfd end = {descriptor, 0, 0};
    int waiting = 0;

    poll(&end, 1, 0);
    return (end.revents & POLLERR) || ioctl(descriptor, FIONREAD, &waiting) ||
           waiting == 0;
}

static bool say_parent_sleeps(void)
{
    char path[64], state = '?';

    snprintf(path, sizeof path, "/proc/%d/stat", (int)getppid());
    FILE *stat = fopen(path, "r");
    if (stat && fscanf(stat, "%*d (%*[^)]) %c", &state) != 1)
        state = '?';
    if (stat)
        fclose(stat);
    return state == 'S';
}

// A parent that asks again and again instead of sleeping is not waited for
// longer than this many looks: that is clumsy, and not wrong.
static void say_linger(void)
{
    for (int looks = 0; looks < 500 && !say_parent_sleeps(); looks++)
        say_pause();
}

static bool say_is_own_pipe(int descriptor)
{
    struct stat it, out, err;

    return fstat(descriptor, &it) == 0 && S_ISFIFO(it.st_mode) &&
           ((fstat(1, &out) == 0 && it.st_ino == out.st_ino) ||
            (fstat(2, &err) == 0 && it.st_ino == err.st_ino));
}

static void say_stray(void)
{
    for (int descriptor = 3; descriptor < 1024; descriptor++)
        if (say_is_own_pipe(descriptor))
            say_put(NULL, SAY_OUT, "x", 1);
}

static void say_shut(const char *which)
{
    close(1);
    if (strcmp(which, "both") == 0)
        close(2);
}

static bool say_act(const char *word)
{
    if (strncmp(word, "exit=", 5) == 0)
        _exit(atoi(word + 5));
    else if (strncmp(word, "kill=", 5) == 0)
        kill(getpid(), atoi(word + 5));
    else if (strncmp(word, "shut=", 5) == 0)
        say_shut(word + 5);
    else if (strcmp(word, "drain") == 0)
        while (!say_taken(1) || !say_taken(2))
            say_pause();
    else if (strcmp(word, "linger") == 0)
        say_linger();
    else if (strcmp(word, "stray") == 0)
        say_stray();
    else
        return false;
    return true;
}

static int say_main(int count, char **words)
{
    struct say say = {.put = say_put, .act = say_act};

    signal(SIGPIPE, SIG_DFL);
    for (int i = 1; i < count; i++)
        if (!say_word(&say, words[i]))
            return 98;
    return 0;
}

#endif
