// relay.h - signals: what the program is sent through us, and its stops
//
// The program is in our process group, so what the terminal sends (Ctrl-C,
// Ctrl-\, Ctrl-Z, a hang-up, a new size) it gets by itself, and we only wait
// for what it makes of it. What somebody sends to this process alone is passed
// on. When the program stops, this process stops by the same signal, so that
// the shell sees its job stopped; when it goes on, so does the program.
//
// Interface: relay_begin, relay_child, relay_turn, relay_follow_stop,
// relay_die.
// Threads: for a process with a single thread. Ownership: relay_begin opens one
// descriptor for the life of the process.
#ifndef TELAR_RELAY_H
#define TELAR_RELAY_H

#include <sys/types.h>

// Takes all signals in through a descriptor, which is returned (-1 with errno).
int relay_begin(void);

// In the child, before it executes: signals as this process was given them.
void relay_child(void);

// Takes in what came and passes on to pid what is for it. Does not block.
void relay_turn(int fd, pid_t pid);

// pid stopped by signal. Blocks until this process is continued.
void relay_follow_stop(int signal, pid_t pid);

// Dies by signal, without a core of its own; exits with 128 + signal where that
// does not kill.
_Noreturn void relay_die(int signal);

#endif
