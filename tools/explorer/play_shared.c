// play_shared.c - the memory that several threads were seen to use
#include <stdlib.h>

#include "tools/explorer/play_shared.h"
#include "tools/explorer/report_parts.h"

// A program that shares more is not played by hand.
enum { PIECE_LIMIT = 4096 };

bool is_access(const struct step *step)
{
    return step->op == OP_READ || step->op == OP_WRITE || step->op == OP_UPDATE;
}

static bool is_known(const struct shared *shared, const struct step *step)
{
    for (size_t i = 0; i < shared->count; i++)
        if (shared->pieces[i].address == step->address &&
            shared->pieces[i].size_bytes == step->size_bytes)
            return true;
    return false;
}

static void learn(struct shared *shared, const struct step *step)
{
    if (is_known(shared, step) || shared->count == PIECE_LIMIT)
        return;
    shared->pieces =
        grow(shared->pieces, shared->count, sizeof *shared->pieces);
    shared->pieces[shared->count++] =
        (struct piece){step->address, step->size_bytes};
}

void shared_learn(struct shared *shared, const struct replay *replay)
{
    for (size_t i = 0; i < replay->step_count; i++)
        if (is_access(&replay->steps[i]))
            learn(shared, &replay->steps[i]);
}

bool shared_has(const struct shared *shared, uint64_t address,
                uint32_t size_bytes)
{
    for (size_t i = 0; i < shared->count; i++) {
        const struct piece *piece = &shared->pieces[i];

        if (address < piece->address + piece->size_bytes &&
            piece->address < address + (size_bytes ? size_bytes : 1))
            return true;
    }
    return false;
}

void shared_free(struct shared *shared)
{
    free(shared->pieces);
    *shared = (struct shared){0};
}
