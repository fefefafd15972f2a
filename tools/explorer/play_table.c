// play_table.c - all that a game stands on, set as a person asked for it
#include <stdio.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "tools/explorer/command.h"
#include "tools/explorer/play_table.h"

void play_request_usual(struct play_request *request)
{
    *request = (struct play_request){.explore = {.plan = plan_usual()}};
    request->explore.plan.strategy = "auto";
    request->explore.plan.points = POINTS_ACCESSES;
    request->explore.plan.seconds = 1;
}

void play_request_free(struct play_request *request)
{
    wordlist_free(&request->files);
    wordlist_free(&request->sources);
    wordlist_free(&request->arguments);
}

// ---- The program ------------------------------------------------------------

static bool find_sources(struct play_request *request, char *error,
                         size_t error_size)
{
    for (size_t i = 0; i < request->files.count; i++) {
        char *path = build_source(request->files.words[i], error, error_size);

        if (!path)
            return false;
        wordlist_add(&request->sources, path);
        free(path);
    }
    request->explore.build.sources = request->sources.words;
    request->explore.build.source_count = request->sources.count;
    request->explore.arguments = request->arguments.words;
    return true;
}

static void unbuild(struct play_table *table)
{
    play_end(&table->play);
    names_close(table->names);
    build_free(&table->build);
    *table = (struct play_table){0};
}

static bool build(struct play_table *table, struct play_request *request,
                  bool many_tasks, char *error, size_t error_size)
{
    request->explore.build.many_tasks = many_tasks;
    *table = (struct play_table){0};
    if (!build_program(&request->explore.build, &table->build, error,
                       error_size))
        return false;
    table->names = names_open(table->build.program, error, error_size);
    table->play = (struct play){.program = table->build.program,
                                .arguments = request->explore.arguments,
                                .names = table->names,
                                .plan = request->explore.plan,
                                .grain = request->grain};
    return table->names != NULL;
}

// With the larger engine where the other one has too few threads.
static bool begin(struct play_table *table, struct play_request *request,
                  char *error, size_t error_size)
{
    if (!build(table, request, false, error, error_size))
        return false;
    if (play_begin(&table->play))
        return true;
    if (table->play.crowded) {
        unbuild(table);
        if (!build(table, request, true, error, error_size))
            return false;
        if (play_begin(&table->play))
            return true;
    }
    snprintf(error, error_size, "%s", table->play.error);
    return false;
}

// ---- Where it begins, and what for ------------------------------------------

static bool check_build(const struct play_table *table,
                        const struct schedule *schedule, char *error,
                        size_t error_size)
{
    if (schedule->build == table->build.hash)
        return true;
    snprintf(error, error_size,
             M("the schedule is for another program, or for an earlier form of "
               "this one (%016lx; this is %016lx)",
               "el plan es de otro programa, o de una forma anterior de este "
               "(%016lx; este es %016lx)"),
             (unsigned long)schedule->build, (unsigned long)table->build.hash);
    return false;
}

static bool enter_schedule(struct play_table *table, const char *text,
                           char *error, size_t error_size)
{
    struct schedule schedule;
    bool done;

    if (!text)
        return true;
    if (!schedule_parse(text, &schedule, error, error_size))
        return false;
    done = check_build(table, &schedule, error, error_size);
    if (done && !play_enter(&table->play, schedule.steps)) {
        snprintf(error, error_size, "%s", table->play.error);
        done = false;
    }
    schedule_free(&schedule);
    return done;
}

// A goal that can be reached takes about a second to find.
static bool find_goal(struct play_table *table, const char *word, char *error,
                      size_t error_size)
{
    bool done;

    if (word && goal_named(word, &table->game.goal))
        return true;
    if (!terminal.plain)
        fputs(M("What can go wrong in it?\r", "¿Qué puede salir mal en él?\r"),
              stderr);
    done = hinter_goal(&table->hinter, &table->play, &table->game.goal, error,
                       error_size);
    if (!terminal.plain)
        fputs("\033[K", stderr);
    return done;
}

static void set_game(struct play_table *table,
                     const struct play_request *request)
{
    struct game *game = &table->game;

    table->before = command_files(&request->files, &request->explore.build);
    table->arguments = command_arguments(&request->arguments);
    game->play = &table->play;
    game->hinter = &table->hinter;
    game->hash = table->build.hash;
    game->name = request->files.words[0];
    game->before = table->before;
    game->arguments = table->arguments;
}

bool play_table_set(struct play_table *table, struct play_request *request,
                    char *error, size_t error_size)
{
    *table = (struct play_table){0};
    if (!find_sources(request, error, error_size) ||
        !begin(table, request, error, error_size))
        return false;
    table->hinter.request = &request->explore;
    set_game(table, request);
    return enter_schedule(table, request->schedule, error, error_size) &&
           find_goal(table, request->goal, error, error_size);
}

void play_table_clear(struct play_table *table)
{
    free(table->before);
    free(table->arguments);
    hinter_free(&table->hinter);
    unbuild(table);
}
