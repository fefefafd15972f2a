// workbench.c - runs one shell command in a fresh copy of examples/
// Run:    make run-workbench
// Expect: the command after a $, what it prints, and its exit status as a fact
// Why:    what this lesson compiles, you can compile by hand in the same way
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

// This program lies in build/lessons/00_start or deeper: climbs from there to
// the folder that has lessons/00_start/examples.
static void find_examples(char path[PATH_MAX])
{
    char *end = path + MUST(readlink("/proc/self/exe", path, PATH_MAX - 32));

    do {
        *end = '\0';
        end = MUST(strrchr(path, '/'));
        strcpy(end, "/lessons/00_start/examples");
    } while (access(path, R_OK) != 0);
}

// Messages in English, and no random addresses.
static void set_the_scene(void)
{
    MUST(setenv("LC_ALL", "C", 1));
    MUST(setenv("ASAN_OPTIONS", "verify_asan_link_order=0:print_legend=0", 1));
    // Sanitizers fail where vm.mmap_rnd_bits is 32; a container may refuse.
    personality(ADDR_NO_RANDOMIZE);
}

static int shell(const char *command)
{
    int status = MUST(system(command));

    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char *argv[])
{
    const char *command = argc > 1 ? argv[1] : "ls";
    char examples[PATH_MAX], bench[] = "workbench-XXXXXX";

    find_examples(examples);
    set_the_scene();
    MUST(setenv("EXAMPLES", examples, 1));
    MUST(setenv("BENCH", MUST(mkdtemp(bench)), 1));
    MUST(chdir(bench));
    shell("cp \"$EXAMPLES\"/* .");

    printf("$ %s\n", command);
    fflush(stdout);
    fact("command_status", shell(command));

    MUST(chdir(".."));
    return shell("rm -rf \"$BENCH\"");
}
