// redirect.c - the shell sends "result" to stdout and "warning" to stderr
// Run:    make run-redirect
// Expect: with >f 2>&1 both in f; with 2>&1 >f, and with >f 2>f, only one
// Why:    redirections are done from left to right, each with what the
//         descriptors mean at that moment
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

// talk is what is redirected; f is shown when it has ended.
static const char scene[] =
    "talk() { echo result; echo warning >&2; }\n"
    "eval \"$COMMAND\"; while read -r line; do echo \"in f: $line\"; done <f";

int main(int argc, char *argv[])
{
    char folder[] = "redirect-XXXXXX";
    struct stat file;

    MUST(setenv("COMMAND", argc > 1 ? argv[1] : "talk >f 2>&1", 1));
    MUST(chdir(MUST(mkdtemp(folder))));
    MUST(system(scene));
    MUST(stat("f", &file));
    fact("in_file_bytes", (long long)file.st_size);

    MUST(unlink("f"));
    MUST(chdir(".."));
    MUST(rmdir(folder));
    return 0;
}
