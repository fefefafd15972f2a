// 00_pot.c - the promises of a lab that only test_explored.sh knows
#include "tools/grader/suite.h"

static const struct promise promises[] = {
    {.name = "pot_loses_nothing",
     .level = BASIC,
     .points = 6,
     .english = "two threads put, and nothing is lost",
     .spanish = "dos hilos ponen, y nada se pierde",
     .explore = "two_puts",
     .status = 42,
     .man = "3 pthread_mutex_lock",
     .step = "locks"},
    {.name = "pot_gives_when_full",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "who takes waits until there is enough",
     .spanish = "quien saca espera hasta que alcance",
     .explore = "take_waits",
     .status = 42,
     .checks = "race,deadlock,assert,memory,leak"},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"pot.c"}, .given = {"pot.h"}, .promises = promises};
    return suite_main(&lab, count, arguments);
}
