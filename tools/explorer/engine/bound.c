// bound.c - what limits what an exploration looked at
#include "tools/explorer/engine/bound.h"

struct bound_count bounds[BOUND_COUNT];

#define BOUND_NAME(name, word) [BOUND_##name] = word,
const char *const bound_names[BOUND_COUNT] = {BOUND_LIST(BOUND_NAME)};

void bound_met(enum bound_kind kind, const void *pc)
{
    if (bounds[kind].count++ == 0)
        bounds[kind].pc = pc;
}
