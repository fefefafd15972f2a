// loop.h - tasks that wait without stopping the others (given, do not edit)
//
// Interface: loop_start, loop_run; for tasks: loop_yield, loop_sleep,
// loop_await, loop_ready.
// Threads: one. Ownership: the loop's; a task lives until loop_run returns.
#ifndef LOOP_H
#define LOOP_H

struct task; // what is in it you decide, in loop.c

// YOU WRITE THESE SIX, in loop.c.

// A new task that will run function(argument). It does not run yet: it stands
// at the end of the queue. Called before loop_run, or by a task. Returns NULL,
// with ENOMEM in errno and nothing kept, when there is no memory.
struct task *loop_start(long (*function)(void *), void *argument);

// Runs the tasks, those that are started meanwhile among them, until all have
// ended; frees all of them and returns 0. A task whose turn it is runs until it
// waits or ends; whose turn is next, the queue says: first come, first served.
// While nobody can run it sleeps, in moment_wait. When nobody can ever run
// again (tasks that await each other) it frees all of them too and returns -1
// with EDEADLK in errno. Can be called again, with new tasks.
int loop_run(void);

// To the end of the queue.
void loop_yield(void);

// Goes to the end of the queue when this many milliseconds (0 or more) have
// passed, or soon after. Who has to wake first wakes first; of those with the
// same moment, who went to sleep first.
void loop_sleep(long ms);

// What the task's function returned. Until it has, the caller waits; when it
// does, those who await it go to the end of the queue, in the order in which
// they came. A task can be awaited by many, by one several times, or by nobody.
long loop_await(struct task *task);

// Waits until poll() would say something about this descriptor (events: POLLIN,
// POLLOUT), and returns what it said (revents). Not more than one task waits
// for a descriptor.
short loop_ready(int fd, short events);

#endif
