// play_scene.h - what is to be seen of a game, in words: made when something
// changed, drawn as often as you like
//
// Interface: struct play_scene, play_scene_make, play_scene_free,
// play_scene_thread, play_scene_source.
// Threads: one. Ownership: a scene owns its texts; paths are those of the names
// of the game.
#ifndef TELAR_PLAY_SCENE_H
#define TELAR_PLAY_SCENE_H

#include "tools/explorer/play_game.h"
#include "viz/grid.h"

struct scene_thread {
    int number; // the key that runs it
    bool has_ended, can_go, waits, has_failed;
    char name[80];    // "thread 1 add"
    char stands[600]; // "is about to read total: 0"
    const char *path; // of its source; NULL: not known
    const char *file; // without folders
    int line;
};

struct scene_note {
    enum look look;
    char mark[8];     // in front of it: "wa"
    uint64_t address; // of a lock
    char text[600];
};

enum scene_part {
    SCENE_CHANCES,
    SCENE_VALUES, // of what threads share, and who touched it last
    SCENE_LOCKS,
    SCENE_OUTPUT,
    SCENE_STEPS, // the latest ones, in their order
    SCENE_SAID,  // about the latest command
    SCENE_PARTS
};

// A source file, in lines.
struct scene_source {
    char *path, *text;
    char **lines;
    int count;
};

enum { SCENE_SOURCES = 16 };

struct play_scene {
    struct scene_thread *threads;
    size_t thread_count;
    struct {
        struct scene_note *notes;
        size_t count;
    } parts[SCENE_PARTS];
    struct scene_source sources[SCENE_SOURCES]; // kept from one to the next
    size_t source_count;
};

// Makes it anew, of the play as it stands (of a game, or a look at its past)
// and what the game said.
void play_scene_make(struct play_scene *scene, struct play *play,
                     const struct game *game);
void play_scene_free(struct play_scene *scene);

// NULL: there is no thread of that number.
const struct scene_thread *play_scene_thread(const struct play_scene *scene,
                                             int number);

// The file, or NULL where it cannot be read.
const struct scene_source *play_scene_source(const struct play_scene *scene,
                                             const char *path);

#endif
