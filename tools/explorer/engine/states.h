// states.h - how many different final states were reached
//
// Interface: states_forget, states_add, states_tell.
// Threads: none. Ownership: the engine's.
#ifndef TELAR_STATES_H
#define TELAR_STATES_H

void states_forget(void);

// The state in which the execution has just ended: globals, heap, how the
// program ended, who is blocked.
void states_add(void);

// The line "states" of protocol.h.
void states_tell(void);

#endif
