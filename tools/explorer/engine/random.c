// random.c - random numbers: of each thread one sequence, from the seed
//
// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
// Generators", OOPSLA 2014, figure 17 (SplitMix64).
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/touch.h"

static uint64_t next(const void *pc)
{
    uint64_t z = TASK->random_state += 0x9e3779b97f4a7c15u;

    bound_met(BOUND_RANDOM, pc);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

#define NUMBER(type, name, value)                                              \
    type weave_##name(void)                                                    \
    {                                                                          \
        return (type)(value);                                                  \
    }
NUMBER(int, rand, next(CALLER) >> 33)
NUMBER(long, random, next(CALLER) >> 33)
NUMBER(long, lrand48, next(CALLER) >> 33)
NUMBER(long, mrand48, (int32_t)(next(CALLER) >> 32))
NUMBER(double, drand48, (double)(next(CALLER) >> 11) * 0x1p-53)
NUMBER(uint32_t, arc4random, next(CALLER) >> 32)

uint32_t weave_arc4random_uniform(uint32_t below)
{
    return below ? (uint32_t)(next(CALLER) % below) : 0;
}

void weave_srand(unsigned seed)
{
    TASK->random_state = seed;
}

void weave_srandom(unsigned seed)
{
    TASK->random_state = seed;
}

void weave_srand48(long seed)
{
    TASK->random_state = (uint64_t)seed;
}

// The program's own state decides: one sequence for each seed.
int weave_rand_r(unsigned *seed)
{
    unsigned state;
    int result;

    touch_read(seed, sizeof *seed, CALLER);
    state = *seed;
    result = rand_r(&state);
    touch_write(seed, sizeof *seed, CALLER);
    *seed = state;
    return result;
}

double weave_erand48(unsigned short state[3])
{
    double result;

    touch_read(state, 3 * sizeof *state, CALLER);
    touch_write(state, 3 * sizeof *state, CALLER);
    result = erand48(state);
    return result;
}

static void fill(void *to, size_t size, const void *pc)
{
    unsigned char *bytes = to;

    touch_write(to, size, pc);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)next(pc);
}

ssize_t weave_getrandom(void *to, size_t size, unsigned flags)
{
    (void)flags;
    fill(to, size, CALLER);
    return (ssize_t)size;
}

int weave_getentropy(void *to, size_t size)
{
    fill(to, size, CALLER);
    return 0;
}

void weave_arc4random_buf(void *to, size_t size)
{
    fill(to, size, CALLER);
}
