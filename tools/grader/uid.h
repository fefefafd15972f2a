// uid.h - a user without rights, for a stranger's code
//
// Interface: uid_aside.
// Threads: one, since it forks.
#ifndef TELAR_UID_H
#define TELAR_UID_H

#include <stdbool.h>
#include <sys/types.h>

// Finds a user without rights or files of its own, who may enter the folder
// (ours) from now on. *uid is 0, stay who you are, for everybody but root, and
// for the root of a container that knows no other user but has namespaces.
// Returns false where the code would run as root and reach everything: errno is
// EACCES (nobody else can enter the folder) or EPERM.
bool uid_aside(const char *folder, uid_t *uid);

#endif
