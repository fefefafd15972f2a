// words.h - events in words and numbers, for exporters and views
//
// Interface: words_kind, words_meaning, words_object, words_value, words_time,
// words_duration, words_cut.
// Threads: no shared state. Ownership: text is the caller's and is returned.
#ifndef TELAR_WORDS_H
#define TELAR_WORDS_H

#include "tools/trace/model.h"

// "lock_request"; "kind_999" for one that is not known.
char *words_kind(uint16_t kind, char *text, size_t size);

// What an object or value is: "lock", "bytes"; "" for TRACE_NOTHING.
const char *words_meaning(enum trace_meaning meaning);

// The object of the event as a person knows it ("m1", "stdout", the name of a
// task); "" when it has none.
char *words_object(const struct model *model, uint32_t task,
                   const struct trace_record *record, char *text, size_t size);

// Its value with its unit ("512 bytes", "exit 0"); "" when it has none.
char *words_value(const struct model *model, uint32_t task,
                  const struct trace_record *record, char *text, size_t size);

// A time since the beginning of the trace, in the language of message.h: "3.2
// ms", "3,2 ms"; "step 12" where the clock counts steps.
char *words_time(const struct model *model, uint64_t time, char *text,
                 size_t size);

// The same for how long something took: "3.2 ms", "2 steps".
char *words_duration(const struct model *model, uint64_t time, char *text,
                     size_t size);

// A label of a task within so many characters. The number behind a name stays,
// as it may be all that tells two tasks apart: "pythread_wrap…#42".
char *words_cut(const char *label, int characters, char *text, size_t size);

#endif
