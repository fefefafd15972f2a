// door.h - the environment as the front door was given it
//
// ./telar is a shell script: sh drops what is not a variable of its own (a.b=1,
// the functions of bash), adds some (PWD) and has an order of its own. What it
// was given it passes on in TELAR_GIVEN: the bytes of /proc/PID/environ, two
// hexadecimal digits each. Where there is no /proc, or too much for a variable,
// only TELAR_ROOT and TELAR_LANG are put back as they were.
//
// Interface: door_give_back.
// Threads: for a process with a single thread. Ownership: the variables belong
// to the environment from here on.
#ifndef TELAR_DOOR_H
#define TELAR_DOOR_H

// The environment becomes what it would be without the front door. Does nothing
// where that did not open, or a second time.
void door_give_back(void);

#endif
