// bound.c - what limits what an exploration looked at
#include "tools/explorer/engine/bound.h"

struct bound_count bounds[BOUND_COUNT];

#define BOUND_NAME(name, word) [BOUND_##name] = word,
const char *const bound_names[BOUND_COUNT] = {BOUND_LIST(BOUND_NAME)};

void bound_met(enum bound bound, const void *pc)
{
    if (bounds[bound].count++ == 0)
        bounds[bound].pc = pc;
}
