// play_tell.h - what stands on the board of a game, in words
//
// Interface: play_tell_task, play_tell_stand, play_tell_failed, play_tell_why,
// play_tell_chance, play_tell_place, play_tell_piece, play_tell_object.
// Threads: one at a time. Ownership: text is the caller's; places belong to the
// names of the game. In the language of message.h, without a newline.
#ifndef TELAR_PLAY_TELL_H
#define TELAR_PLAY_TELL_H

#include "tools/explorer/play.h"

// "thread 2 add", "main".
void play_tell_task(const struct play *play, int task, char *text, size_t size);

// "is about to read total: 0", "waits for m1, which thread 2 holds".
void play_tell_stand(struct play *play, const struct told_task *task,
                     char *text, size_t size);

// Is it the one by whose doing the program failed?
bool play_tell_failed(const struct play *play, int task);

// Why the task cannot go on, and by whom, down to the root: "waits for m1,
// which thread 2 holds, which waits for m2, which thread 1 holds: deadlock".
void play_tell_why(struct play *play, const struct told_task *task, char *text,
                   size_t size);

// "thread 2 wakes at changed without a signal".
void play_tell_chance(struct play *play, const struct chance *chance,
                      char *text, size_t size);

// Where the task stands; of one that has not begun, its function. False where
// that is not known.
bool play_tell_place(struct play *play, int task, struct place *place);

// "total = 1"; false where the value is not known.
bool play_tell_piece(struct play *play, const struct piece *piece, char *text,
                     size_t size);

// "mutex m1: held by thread 1 since f.c:7; waits: 2"; false where nothing is to
// be said of it.
bool play_tell_object(struct play *play, const struct told_object *object,
                      char *text, size_t size);

#endif
