// tool.h - runs a compiler or a linker and keeps what it says
//
// Interface: tool_run, tool_show.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_TOOL_H
#define TELAR_TOOL_H

// Runs argv (a name without '/' is looked for in PATH), without input; what it
// writes goes to the new file log. Waits for it; if this process dies, so does
// it. Returns its exit status; 127 with errno ENOENT when there is no such
// program, -1 with errno when it could not be run or was killed.
int tool_run(char *const *argv, const char *log);

// Writes what it said to standard error, as it is.
void tool_show(const char *log);

#endif
