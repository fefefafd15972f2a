// unsupported.c - what the explorer cannot judge: it says so by the call's name
#include "runtime/message.h"
#include "tools/explorer/engine/engine.h"
#include "tools/explorer/engine/unsupported.h"

void weave_unsupported(const char *name, const void *pc)
{
    engine_refuse_at(pc,
                     M("the program calls %s, which is not supported here",
                       "el programa llama a %s, que aquí no se admite"),
                     name);
}
