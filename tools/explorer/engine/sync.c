// sync.c - what all calls that synchronise have in common
#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/heap.h"
    if (section_is_mine())
        bound_met(BOUND_SECTIONS, pc);
