// play.h - a person is the scheduler: a game is a schedule that grows
//
// Where the game stands is a replay of the schedule so far; a move is a longer
// schedule, undo a shorter one. So nothing can get out of step with the engine.
//
// Interface: struct play, play_begin, play_end, play_move, play_finish,
// play_undo, play_undo_to, play_restart, play_enter, play_look, play_look_out,
// play_steps, play_preemptions, play_count, play_is_event, is_counted,
// steps_length, steps_of, steps_behind.
// Threads: one at a time. Ownership: a game owns all but the strings it was
// begun with.
// Errors: false, with one line in error: what cannot be done, and why. The game
// then stands where it stood.
#ifndef TELAR_PLAY_H
#define TELAR_PLAY_H

#include "tools/explorer/names.h"
#include "tools/explorer/plan.h"
#include "tools/explorer/play_shared.h"
#include "tools/explorer/report.h"

// Up to where a move goes: the next event of the thread, which is ...
enum grain {
    GRAIN_SHARED, // an access to shared memory, or synchronisation
    GRAIN_EVERY,  // any access that is counted, or synchronisation
    GRAIN_SYNC    // synchronisation, or an atomic update
};

struct move {
    char *steps; // the schedule behind it
    int task;    // that moved, -1: the beginning
    bool preempts;
};

// What could happen besides the threads' next operations.
struct chance {
    int task;
    int alternative; // of enum alternative
    int woken;       // of a signal: the task it wakes, -1: nobody
};

// What a thread that is about to access memory will read or write there.
struct outlook {
    bool has_value;
    uint32_t size_bytes;
    uint64_t value;
};

enum { PLAY_TASKS = 128, CHANCE_LIMIT = 26 };

struct play {
    const char *program; // build.program
    char *const *arguments;
    struct names *names;
    struct plan plan; // plan.spurious: so many wakeups without a reason
    enum grain grain;
    struct shared shared;
    struct move *moves; // the first is the beginning
    size_t move_count;
    struct replay now;  // every step told, numbered as those of the explorer,
                        // who leaves some out; who only chance could run cannot
    struct replay race; // its failure: a data race so far, or none
    bool is_over;       // nobody can go on: now shows how it ends
    unsigned looks;     // counts how often now was made anew
    struct outlook outlook[PLAY_TASKS];
    struct chance chances[CHANCE_LIMIT];
    size_t chance_count;
    bool crowded; // play_begin failed for too many threads
    char error[600];
};

// Fields up to plan and grain are the caller's, all else is 0. Runs the program
// up to where there is a choice.
bool play_begin(struct play *play);
void play_end(struct play *play);

// The task does its next operation (alternative: GO or one of chances) and goes
// on up to the next event.
bool play_move(struct play *play, int task, int alternative);

// Everybody goes on to the end, with nobody preempted: one move.
bool play_finish(struct play *play);

// Takes back so many moves; false when there are not so many.
bool play_undo(struct play *play, size_t moves);
bool play_restart(struct play *play);

// Takes back all that came behind the first count steps of the schedule; what
// is left of a move that went beyond them is a move as well.
bool play_undo_to(struct play *play, uint64_t count);

// Enters a schedule (STEPS of protocol.h), cut into moves, from the beginning.
bool play_enter(struct play *play, const char *steps);

// Replays steps and tells all of them. The caller frees the replay, whatever
// comes back.
bool play_look(struct play *play, const char *steps, bool finish,
               struct replay *replay);

// What each thread (of PLAY_TASKS; of some, where there are many) is about to
// read or write behind steps, whose replay this is.
void play_look_out(struct play *play, const char *steps,
                   const struct replay *replay, struct outlook *outlook);

const char *play_steps(const struct play *play);
int play_preemptions(const struct play *play);
size_t play_count(const struct play *play); // moves of the person

// Is the step one that ends a move?
bool play_is_event(const struct play *play, const struct step *step);

// Every step but those of the schedule's own notes is counted in a schedule.
bool is_counted(const struct step *step);

// How many steps a schedule has; the schedule of the first count steps of it,
// which the caller frees; the index behind the first count of them.
uint64_t steps_length(const char *steps);
char *steps_of(const struct replay *replay, uint64_t count);
size_t steps_behind(const struct replay *replay, uint64_t count);

#endif
