// trace_story.h - traces that the tests of the trace room write and read
//
// Interface: story_path, story_task, story_say, story_open.
// Threads: one at a time. Ownership: paths stay until the test process ends.
#ifndef TELAR_TRACE_STORY_H
#define TELAR_TRACE_STORY_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/temporary.h"
#include "tools/trace/model.h"
#include "tools/trace/writer.h"

static char story_name[TEMPORARY_SIZE];

static inline void story_remove(void)
{
    unlink(story_name);
}

// A path of this process's own, empty and removed at its end.
static inline const char *story_path(void)
{
    char name[32];

    snprintf(name, sizeof name, "%d.trace", (int)getpid());
    temporary_path(story_name, name);
    unlink(story_name);
    atexit(story_remove);
    return story_name;
}

// A small trace whose clock counts steps.
static inline void story_create(struct writer *writer, const char *path)
{
    const struct writer_options options = {.clock = TRACE_STEPS,
                                           .chunk_bytes = 1024,
                                           .chunk_count = 64,
                                           .task_count = 16,
                                           .name_count = 16,
                                           .text_bytes = 256};

    ck_assert_int_eq(writer_create(writer, path, &options), 0);
}

// One step, in which task does that.
static inline void story_say(struct writer_task *task, uint16_t kind,
                             uint64_t object, uint64_t value)
{
    task->writer->step++;
    writer_event(task, kind, object, value);
}

static inline void story_open(struct reader *reader, const char *path)
{
    bool opened = reader_open(reader, path);

    ck_assert_msg(opened, "%s", reader->error);
}

static inline int story_run(Suite *suite, TCase *tests)
{
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#endif
