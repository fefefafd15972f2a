// pot.c - a pot of coins that many threads share
#include "pot.h"

static int count;

void pot_put(int coins)
{
    count += coins;
}

void pot_take(int coins)
{
    count -= coins;
}

int pot_count(void)
{
    return count;
}
