// dice.h - numbers without an order, the same in every run
//
// Interface: dice_up_to.
// Threads: one a dice. Ownership: nothing is kept.
#ifndef TELAR_DICE_H
#define TELAR_DICE_H

#include <stdint.h>

struct dice {
    uint64_t state;
};

// 1 to sides. splitmix64 (Steele, Lea and Flood 2014, figure 16).
static inline uint32_t dice_up_to(struct dice *dice, uint32_t sides)
{
    uint64_t z = dice->state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return 1 + (uint32_t)((z ^ z >> 31) % sides);
}

#endif
