// tell.h - where everybody is when a replay ends
//
// Interface: tell_end.
// Threads: none. Ownership: none.
#ifndef TELAR_TELL_H
#define TELAR_TELL_H

// The lines misfit, failure, frame, task, object, memory, exit, position of
// protocol.h.
void tell_end(void);

#endif
