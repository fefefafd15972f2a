// try_loop.c - a kitchen: water, pasta and sauce at once (change it at will)
#include <stdio.h>

#include "loop.h"
#include "moment.h"

static long begin;

static void say(const char *what)
{
    printf("%4ld ms  %s\n", moment_now() - begin, what);
}

static long boil_water(void *unused)
{
    (void)unused;
    say("water: on the fire");
    loop_sleep(300);
    say("water: it boils");
    return 5; // litres
}

static long cook_pasta(void *water)
{
    long litres = loop_await(water);

    printf("pasta: into %ld litres\n", litres);
    loop_sleep(400);
    say("pasta: done");
    return 0;
}

static long make_sauce(void *unused)
{
    (void)unused;
    for (int i = 0; i < 3; i++) {
        say("sauce: stir");
        loop_sleep(150);
    }
    return 0;
}

int main(void)
{
    begin = moment_now();
    struct task *water = loop_start(boil_water, NULL);
    if (!water) {
        perror("loop_start");
        return 2;
    }
    loop_start(cook_pasta, water);
    loop_start(make_sauce, NULL);
    if (loop_run() != 0)
        perror("loop_run");
    say("dinner");
    return 0;
}
