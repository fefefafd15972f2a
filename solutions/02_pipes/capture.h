// capture.h - run a program and keep everything it says (given, do not edit)
//
// Interface: capture, start_child.
// Threads: no shared state. Ownership: as said at each function.
#ifndef CAPTURE_H
#define CAPTURE_H

#include <stddef.h>
#include <sys/types.h>

struct captured {
    char *out;       // what the child wrote to its standard output: any bytes,
    size_t out_size; // out_size of them; no '\0' is added
    char *err;       // the same of its standard error
    size_t err_size;
    int status; // what the child gave to exit(), 0 to 255; -1: it was killed
    int signal; // the number of the signal that killed it; 0: none did
};

// YOU WRITE THIS ONE, in capture.c.
// Runs the program argv[0] with these arguments (argv ends with NULL) and
// blocks until both of its outputs are at their end and it has ended. Returns 0
// and fills *result. out and err come from malloc and belong to the caller, who
// frees them; one that is empty has size 0 and may be NULL.
// If something fails (no pipe, no memory, no such program, a read) it returns
// -1 and errno says why; then there is nothing to free, no descriptor that it
// opened is left, no child of its is left, and *result does not matter.
// An interrupted call (EINTR) is not a failure. The child gets 1 and 2, and no
// other end of the pipes.
int capture(char *const argv[], struct captured *result);

// GIVEN, in start_child.c.
// Starts argv[0], looked for in PATH, as a child whose standard output is out_fd
// and whose standard error is err_fd; both stay open in the parent too. Every
// other descriptor of the parent is inherited unless it is O_CLOEXEC. Does not
// wait for the child to end. Returns its number, for waitpid, or -1 with the
// reason in errno (ENOENT: no such program), and then there is no child.
pid_t start_child(char *const argv[], int out_fd, int err_fd);

#endif
