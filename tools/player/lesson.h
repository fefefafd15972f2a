// lesson.h - the format of a lesson, and a lesson read into memory
//
// A lesson is lessons/NN_topic/lesson.es.md and lesson.en.md: Markdown with the
// same steps and the same directives in the same order; only text differs.
//
//     # 02 · Pipes
//     What you will be able to do, and how long it takes.
//
//     <!-- telar: step id=capacity -->
//     ## How much fits into a pipe
//     <!-- telar: time minutes=8 -->
//     Text, and then:
//     <!-- telar: show file=fill.c mark=loop -->
//     <!-- telar: ask id=bytes type=number answer=stdout_bytes within=10 -->
//     How many bytes fit?
//     <!-- telar: end -->
//     <!-- telar: run program=fill stdio=pipe timeout=5 -->
//
// A directive stands on a line of its own, outside code fences. A value with
// spaces stands in double quotes; in them \" is a quote, \\ a backslash and \n
// the end of a line. Other comments are left out; "###" headings are free,
// "##" is the title of a step. Before the first step only text and notes stand.
//
//   step id=NAME                 the next line of text is its title, "## ..."
//   time minutes=N               planned for the step
//   show file=F [mark=M] [lines=N | to=M2]
//                                code: F, in the lesson's folder or in one below
//                                it (file=data/words.txt): all of it, or from
//                                mark M on. That is from the line that
//                                ends in the comment "// [M]" to the next blank
//                                line or the end of its block; or N lines; or
//                                through the line marked M2
//   ask id=NAME type=choice a=COND b=COND ... end
//   ask id=NAME type=number answer=FACT [within=PERCENT] ... end
//   ask id=NAME type=order a="line of the output" b=... ... end
//                                stands before the run that answers it; the
//                                options are list items "- a) text" (of an
//                                order they may be left out). Right is the
//                                first option whose condition holds
//   run program=P [args="..."] [stdio=pipe|tty|file] [order=yes|no] [as=NAME]
//       [record=yes|no] [timeout=S] [status=N] [input="..."]
//                                args are parted by spaces, 'single quotes'
//                                keep some together; status is 128 + signal for
//                                a program that a signal ends. Without status=
//                                the program must end with 0, unless the step
//                                asks for exit_status or signal; and in time
//                                (10 s), unless it asks for timed_out.
//                                Recording the order of the writes costs 10 to
//                                30 us each: order=no for a program that times
//                                its own (then no ask type=order, no view).
//                                With record=yes its scheduling and its calls
//                                of libraries are recorded as by "telar run"
//                                (what that costs a program: make bench), and
//                                a person can look at it in the visualizer
//   claim id=NAME source=000 [true=COND] [partly=COND] [false=COND]
//       [figure="{FACT} of 100 answers came from another core"] ... end
//                                put to the test by the experiments before it
//                                in its step. figure says what decided, with
//                                the facts in it; its words are of one
//                                language, its facts are the same in both
//   note ... end                 for the teacher
//   view run=NAME [at=MOMENT] [view=timeline|locks|factory|pipes|heap|source|
//       statistics|charts]
//                                the trace of the run or explore with as=NAME,
//                                for a person in the visualizer, else in words.
//                                MOMENT is what "telar view --at" takes: 12ms,
//                                12 (of an exploration: a step), #EVENT, end,
//                                or wrong: where the first thing goes wrong
//   explore program=P [args="..."] [as=NAME] [verdict=proved|sampled|failed]
//       [brief=yes]
//       [points=auto|sync|races|accesses] [keep_going=yes] [check=LIST]
//       [strategy=S] [spurious=N] [max=N] [seconds=S] [seed=K]
//                                every interleaving of P: the keys of the
//                                last two lines are options of "telar explore".
//                                It answers questions (but none for an order)
//                                as a run does. With brief=yes its report is
//                                one line. Another verdict than verdict= is a
//                                mistake of the lesson
//   play program=P [args="..."] [points=...] [spurious=N] [goal=WORD]
//                                the person schedules P. Left out, with the
//                                command to type, where nobody can; says no
//                                facts
//   plot chart=NAME [as=NAME]
//                                NAME.gp (tools/course/chart.h) is measured and
//                                drawn: in full for a person, quickly else
//
// COND is in condition.h. Facts: what the program says with fact(), and
// exit_status (-1 by signal), signal (0: none), timed_out, stdout_bytes,
// stderr_bytes, stdout_lines, stderr_lines; of a run with record=yes also
// cpu_us (somebody had a CPU) and cpu_together_us (two or more had), where the
// recorder saw that; with as=first also first.NAME. Of an exploration:
// explore.executions, explore.failing, the number of the explore.first_failure
// (0: none), and as 1 or 0 explore.exhausted, explore.proved, explore.sampled,
// explore.failed and explore.KIND, a word of tools/explorer/kinds.h
// (explore.deadlock); with as=broken also broken.executions and so on. Of a
// plot: what its program says, and of its summary median.MEASURE.SERIES.X,
// low., high., count. and x. (X: a number, first, last, lowest or highest, as
// in tools/course/figure.h), rounded; in thousandths with .milli behind it.
// Facts live until the step ends. Where this build has no explorer, the
// questions of the step stay open.
//
// Interface: lesson_read, lesson_parse, lesson_free, item_value, item_number,
// item_option, item_records_order, item_is_recorded, lesson_step_named,
// verb_name.
// Threads: no shared state. Ownership: a lesson owns its text; all the strings
// in it point into that text and live as long as the lesson.
#ifndef TELAR_LESSON_H
#define TELAR_LESSON_H

#include <stdbool.h>
#include <stddef.h>

enum {
    LESSON_LIMIT_BYTES = 1 << 20,
    STEP_LIMIT = 100,
    ITEM_LIMIT = 400, // in a step
    ATTRIBUTE_LIMIT = 16,
    OPTION_LIMIT = 9, // a to i
    ID_LIMIT = 40,    // characters of an id
};

enum verb {
    VERB_TEXT, // Markdown between directives
    VERB_SHOW,
    VERB_ASK,
    VERB_RUN,
    VERB_CLAIM,
    VERB_NOTE,
    VERB_VIEW,
    VERB_EXPLORE,
    VERB_PLAY,
    VERB_PLOT,
    VERB_STEP, // these three leave no item behind
    VERB_TIME,
    VERB_END,
};

struct attribute {
    char *key, *value;
};

struct item {
    enum verb verb;
    int line; // in the file, from 1
    struct attribute attributes[ATTRIBUTE_LIMIT];
    size_t attribute_count;
    char *body; // Markdown: a text itself; up to the end of ask, claim, note
    int body_line;
};

struct step {
    char *id;    // "" for the introduction
    char *title; // of the introduction: of the lesson
    int line;
    int minutes; // 0: not said
    struct item *items;
    size_t item_count;
};

struct lesson {
    char *path;
    char *text;
    struct step *steps; // [0] is the introduction; the person's step 1 is [1]
    size_t step_count;  // with the introduction
};

// Reads the file. Returns false with "FILE:LINE: what is wrong" in error (FILE
// without the root of the course), and *lesson then needs no lesson_free.
bool lesson_read(const char *path, struct lesson *lesson, char *error,
                 size_t error_size);

// The same of text, which it copies; path is for messages.
bool lesson_parse(const char *path, const char *text, size_t size,
                  struct lesson *lesson, char *error, size_t error_size);

void lesson_free(struct lesson *lesson);

// The value of a key, NULL when the directive has none.
const char *item_value(const struct item *item, const char *key);
long item_number(const struct item *item, const char *key, long otherwise);

// The value of option number n (0 is a), NULL when there are not so many.
const char *item_option(const struct item *item, size_t n);

// Of a run: without order=no.
bool item_records_order(const struct item *item);

// Of a run: with record=yes.
bool item_is_recorded(const struct item *item);

// The index in steps of a number ("3") or an id; 0 when there is none.
size_t lesson_step_named(const struct lesson *lesson, const char *name);

const char *verb_name(enum verb verb);

#endif
