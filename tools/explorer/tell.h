// tell.h - steps, waiting and failures of a replay in words
//
// Interface: tell_prepare, tell_task, tell_the_task, tell_of_task, tell_thread,
// tell_step, tell_what, tell_waits, tell_waiting, tell_all_wait, tell_message,
// tell_object, tell_place, tell_is_worth.
// Threads: one at a time. Ownership: text is written into the caller's, in the
// language of message.h, without a newline.
#ifndef TELAR_TELL_H
#define TELAR_TELL_H

#include "tools/explorer/names.h"
#include "tools/explorer/report.h"

// Makes known to names what the replay told of memory. To be called first.
void tell_prepare(struct names *names, const struct replay *replay);

// "main", "thread 2"; in a sentence "el hilo 2"; "of thread 2", "del hilo 2".
void tell_task(int task, char *text, size_t size);
void tell_the_task(int task, char *text, size_t size);
void tell_of_task(int task, char *text, size_t size);

// With the function that it began in: "thread 2 add".
void tell_thread(struct names *names, const struct replay *replay, int task,
                 char *text, size_t size);

// "writes counter: 1".
void tell_step(struct names *names, const struct step *step, char *text,
               size_t size);

// Of a step: what it is about and the value, as JSON has them ("" where there
// is none).
void tell_what(struct names *names, const struct step *step, char *what,
               size_t what_size, char *value, size_t value_size);

// Does the task wait, at the end of the replay? What for: "waits for fork[1],
// which thread 2 holds".
bool tell_waits(const struct told_task *task);
void tell_waiting(struct names *names, const struct replay *replay,
                  const struct told_task *task, char *text, size_t size);

// Does it fail because everybody waits?
bool tell_all_wait(const struct replay *replay);

// One line for the failure of the replay.
void tell_message(struct names *names, const struct replay *replay, char *text,
                  size_t size);

// A line for an object at the end: who holds it, who waits. False when there is
// nothing to say of it.
bool tell_object(struct names *names, const struct told_object *object,
                 char *text, size_t size);

// "f.c:12", or "" when it is not known.
void tell_place(struct names *names, uint64_t pc, char *text, size_t size);

// Is op one that a person wants to see in a story?
bool tell_is_worth(const struct step *step);

#endif
