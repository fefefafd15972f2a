// model_parts.h - what the files model*.c have from each other
//
// Interface: model_pid_of, model_find, model_grow_index, model_need_object,
// model_apply, model_has_holes, model_listen.
// Threads and ownership: as in model.h.
#ifndef TELAR_MODEL_PARTS_H
#define TELAR_MODEL_PARTS_H

#include "tools/trace/model.h"

// The process whose address id is when task says it; 0: of all.
uint32_t model_pid_of(const struct model *model, uint32_t task,
                      enum trace_meaning meaning, uint64_t id);

// The place in the index where that object is (its number + 1), or should be
// (0).
uint32_t *model_find(const struct model *model, uint64_t id, uint32_t pid,
                     uint32_t meaning);

// Makes the index, or doubles it. Returns false when memory is short.
bool model_grow_index(struct model *model);

// The object that task knows as id, made when there is none. Never NULL: where
// memory is short it is one that nobody sees, and model->no_memory is set.
struct model_object *model_need_object(struct model *model, uint32_t task,
                                       enum trace_meaning meaning, uint64_t id);

// Lets the next event happen.
void model_apply(struct model *model);

// Is there anything that is not in the trace?
bool model_has_holes(const struct model *model);

// Finds out when each task of which events were lost was heard of last. Returns
// false when memory is short.
bool model_listen(struct model *model);

#endif
