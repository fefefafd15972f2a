// phrase.h - what stands in a trace, in sentences of the language of message.h
//
// Interface: phrase_task, phrase_doing, phrase_object, phrase_in,
// phrase_unseen, phrase_baton, phrase_event, phrase_of, phrase_tells.
// Threads: one at a time a model. Ownership: text is the caller's and is
// returned; what does not fit is left out. Names are a stranger's: print them
// through print_printable or a grid.
#ifndef TELAR_PHRASE_H
#define TELAR_PHRASE_H

#include "tools/trace/baton.h"
#include "tools/trace/model.h"

// "B waits for m1 for 3.2 ms now (since 1.1 ms); A owns it, which waits for m2;
// B owns it: deadlock  @ file.c:12": what task does at the model's position,
// and the whole chain of those to blame; now is the time of that, or later.
char *phrase_task(const struct model *model, uint32_t task, uint64_t now,
                  char *text, size_t size);

// "waits for m1", "runs on CPU 1": only what it does.
char *phrase_doing(const struct model *model, uint32_t task, char *text,
                   size_t size);

// "m1: ▸A owns it for 3 ms now (since 8 ms); waiting: B, C": at now, the time
// of the last event or later; the sign is before the task marked (0: none). ""
// for an object of which there is nothing to say.
char *phrase_object(const struct model *model,
                    const struct model_object *object, uint64_t now,
                    uint32_t marked, char *text, size_t size);

// What is to be said of a pipe out of which came more than was seen going in.
const char *phrase_unseen(void);

// "12", or "at least 12" where more came out of the pipe than went in: what
// stdio writes inside libc is not seen.
char *phrase_in(const struct model_object *pipe, char *text, size_t size);

// "thread 2 takes m1  @ file.c:12": event number of the trace. The model should
// stand behind it.
char *phrase_event(const struct model *model, size_t number, char *text,
                   size_t size);

// "takes m1", "writes into pipe 1, 4 bytes": what an event of that kind is,
// with object and value as words_object and words_value have them.
char *phrase_of(uint16_t kind, const char *object, const char *value,
                char *text, size_t size);

// Does an event of that kind tell the story? Requests, calls and turns on the
// CPU do not: they are in the state and in the export.
bool phrase_tells(uint16_t kind);

// "baton (inferred): A has it; passed on 3 times in all".
char *phrase_baton(const struct model *model, const struct baton *baton,
                   char *text, size_t size);

#endif
