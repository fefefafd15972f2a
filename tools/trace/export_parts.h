// export_parts.h - what the tables and pictures have from each other
//
// Interface: export_since, export_unit.
// Threads: no shared state. Ownership: none.
#ifndef TELAR_EXPORT_PARTS_H
#define TELAR_EXPORT_PARTS_H

#include "tools/trace/model.h"

// Since the beginning of the trace.
static inline uint64_t export_since(const struct model *model, uint64_t time)
{
    uint64_t start = model->reader->header.start;

    return time > start ? time - start : 0;
}

static inline const char *export_unit(const struct model *model)
{
    return model->reader->header.clock == TRACE_STEPS ? "steps" : "ns";
}

#endif
