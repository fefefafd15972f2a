// verifier.c - what programs call that were written for verifiers
//
// The names are those of SV-COMP, CBMC and ESBMC; link.c says which of them
// stands for what. An assumption that does not hold ends what the task does,
// and is no failure: as if it had been too slow for anybody to see what comes.
#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/process.h"
#include "tools/explorer/engine/section.h"

// ---- Values that nobody knows -----------------------------------------------

// One of many: small, and such that loops that ask for them come to an end.
static int next_value(const void *pc)
{
    static const int values[] = {1, 2, 0};

    bound_met(BOUND_UNKNOWN, pc);
    return values[TASK->unknowns++ % 3];
}

long weave_unknown_integer(void)
{
    return next_value(CALLER);
}

_Bool weave_unknown_bool(void)
{
    return next_value(CALLER) != 0;
}

float weave_unknown_float(void)
{
    return (float)next_value(CALLER);
}

double weave_unknown_double(void)
{
    return next_value(CALLER);
}

void *weave_unknown_pointer(void)
{
    bound_met(BOUND_UNKNOWN, CALLER);
    return NULL;
}

// ---- What must and what may be ----------------------------------------------

_Noreturn void weave_end_here(void)
{
    loom_stop(CALLER);
}

void weave_assume(int holds)
{
    if (!holds)
        loom_stop(CALLER);
}

_Noreturn void weave_reach_error(void)
{
    process_assertion(M("what must not be reached was reached",
                        "se llegó a donde no se debe llegar"),
                      CALLER);
}

void weave_must(int holds)
{
    if (!holds)
        process_assertion(
            M("what must hold does not", "no se cumple lo que se debe cumplir"),
            CALLER);
}

// ---- Sections ---------------------------------------------------------------

void weave_section_begin(void)
{
    section_begin(CALLER);
}

void weave_section_end(void)
{
    section_end();
}
