// phrase.h - what stands in a trace, in sentences of the language of message.h
//
// Interface: phrase_task, phrase_doing, phrase_object, phrase_event,
// phrase_verb.
// Threads: one at a time a model. Ownership: text is the caller's and is
// returned; what does not fit is left out. Names are a stranger's: print them
// through print_printable or a grid.
#ifndef TELAR_PHRASE_H
#define TELAR_PHRASE_H

#include "tools/trace/model.h"

// "B waits for m1 since 3.2 ms; A owns it, which waits for m2; B owns it:
// deadlock  @ file.c:12": what task does at the model's position, and the whole
// chain of those to blame.
char *phrase_task(const struct model *model, uint32_t task, char *text,
                  size_t size);

// "waits for m1", "runs on CPU 1": only what it does.
char *phrase_doing(const struct model *model, uint32_t task, char *text,
                   size_t size);

// "m1: A owns it since 3 ms; waiting: B, C"; "" for an object of which there is
// nothing to say.
char *phrase_object(const struct model *model,
                    const struct model_object *object, char *text, size_t size);

// "thread 2 takes m1  @ file.c:12": event number of the trace. The model should
// stand behind it.
char *phrase_event(const struct model *model, size_t number, char *text,
                   size_t size);

// "takes": what tells the story; NULL for the kinds that do not.
const char *phrase_verb(uint16_t kind);

#endif
