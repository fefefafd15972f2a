// replay.h - schedules: written down while they happen, and followed again
//
// Interface: steps_left, replay_read, replay_begin, replay_arrive,
// replay_preempted; record_begin, record_segment, record_step, record_text.
// Threads: none. Ownership: the engine's; record_text's text is static.
#ifndef TELAR_REPLAY_H
#define TELAR_REPLAY_H

#include "tools/explorer/engine/engine.h"

// ---- Written down -----------------------------------------------------------

void record_begin(void);

// The task took so many steps since the last segment; the latest one chose
// that alternative (GO: none).
void record_segment(int task, int64_t steps, uint8_t chose);

// "0*5,1*3,w2": what was recorded.
const char *record_text(void);

// ---- Followed ---------------------------------------------------------------

// Reads loom.schedule. Refuses what is none.
void replay_read(void);

void replay_begin(void);

// In place of the search: the task that runs is about to do TASK->op. Returns
// when the schedule lets it; ends the execution where the schedule ends.
void replay_arrive(void);

// The task that runs has finished.
_Noreturn void replay_task_end(void);

// The one that ran before the present step could have gone on.
bool replay_preempted(void);

// The schedule did not fit, at that segment (from 1); 0: it did.
int replay_misfit(const char **why);

#endif
