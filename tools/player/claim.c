// claim.c - what people say, and what the facts of a run say to it
#include <string.h>

#include "runtime/message.h"
#include "tools/player/claim.h"
#include "tools/player/condition.h"
#include "tools/player/sentence.h"

const char *verdict_key(enum verdict verdict)
{
    static const char *const keys[] = {"true", "partly", "false", "undecided"};

    return keys[verdict];
}

const char *verdict_words(enum verdict verdict)
{
    switch (verdict) {
    case CLAIM_TRUE:
        return M("true", "cierta");
    case CLAIM_PARTLY:
        return M("partly true", "cierta en parte");
    case CLAIM_FALSE:
        return M("false", "falsa");
    default:
        return M("undecided here", "sin decidir aquí");
    }
}

const char *claim_condition(const struct item *claim, enum verdict verdict)
{
    return verdict == CLAIM_UNDECIDED ? NULL
                                      : item_value(claim, verdict_key(verdict));
}

const char *claim_source(const struct item *claim)
{
    const char *source = item_value(claim, "source");

    return strcmp(source, "folklore") == 0 ? M("folklore", "se dice") : source;
}

enum verdict claim_verdict(const struct item *claim, const struct facts *facts)
{
    for (int i = 0; i < CLAIM_UNDECIDED; i++) {
        const char *condition = claim_condition(claim, (enum verdict)i);

        if (condition && condition_holds(condition, facts) == IS_TRUE)
            return (enum verdict)i;
    }
    return CLAIM_UNDECIDED;
}

char *claim_figure(const struct item *claim, const struct facts *facts)
{
    const char *figure = item_value(claim, "figure");

    return figure ? sentence_fill(figure, facts) : NULL;
}

bool claim_names(const struct item *claim,
                 bool (*use)(const char *name, void *context), void *context)
{
    const char *figure = item_value(claim, "figure");

    for (int i = 0; i < CLAIM_UNDECIDED; i++) {
        const char *condition = claim_condition(claim, (enum verdict)i);

        if (condition && !condition_names(condition, use, context))
            return false;
    }
    return !figure || sentence_names(figure, use, context);
}
