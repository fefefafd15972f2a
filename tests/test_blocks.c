// test_blocks.c - which blocks live when, and the holes between them
#include <unistd.h>

#include "runtime/message.h"
#include "tests/trace_story.h"
#include "tools/trace/blocks.h"
#include "viz/heap_words.h"

static struct writer writer;
static struct writer_task *a, *b;
static struct reader reader;
static struct blocks blocks;

static void begin(void)
{
    story_create(&writer, story_path());
    a = writer_task_begin(&writer, "A", 0, 1, 1);
    b = writer_task_begin(&writer, "B", 0, 2, 2);
}

static void look(void)
{
    writer_close(&writer);
    story_open(&reader, story_name);
    ck_assert(blocks_build(&blocks, &reader));
}

static void end(void)
{
    blocks_free(&blocks);
    reader_close(&reader);
}

static struct heap_cut cut_at(size_t position, int parts)
{
    struct heap_cut cuts[HEAP_CUTS] = {{0}};

    ck_assert_int_eq(blocks_cut(&blocks, 1, position, cuts), parts);
    return cuts[0];
}

START_TEST(a_freed_block_leaves_a_hole)
{
    struct heap_cut cut;

    begin();
    story_say(a, TRACE_ALLOC, 0x1000, 0x100);
    story_say(a, TRACE_ALLOC, 0x1100, 0x200);
    story_say(a, TRACE_ALLOC, 0x1300, 0x100);
    story_say(a, TRACE_FREE, 0x1100, 0x200);
    look();
    cut = cut_at(reader.count - 1, 1);
    ck_assert_uint_eq(cut.holes, 0);
    ck_assert_uint_eq(cut.used_bytes, 0x400);
    cut = cut_at(reader.count, 1);
    ck_assert_uint_eq(cut.blocks, 2);
    ck_assert_uint_eq(cut.holes, 1);
    ck_assert_uint_eq(cut.largest_hole_bytes, 0x200);
    end();
}
END_TEST

static void words_are(size_t position, const char *wanted)
{
    char text[300];

    ck_assert_str_eq(heap_words(&blocks, 1, position, text, sizeof text),
                     wanted);
}

// What came and went in all is no state of a heap.
START_TEST(a_heap_is_said_as_it_is_then)
{
    begin();
    story_say(a, TRACE_ALLOC, 0x1000, 0x100);
    story_say(a, TRACE_ALLOC, 0x1100, 0x200);
    story_say(a, TRACE_ALLOC, 0x1300, 0x800);
    story_say(a, TRACE_FREE, 0x1100, 0); // of what size, nobody said
    look();
    lang_set("es");
    words_are(0, "montón del proceso 1: ningún bloque ahora");
    words_are(reader.count - 3,
              "montón del proceso 1: 1 bloque, 256 B; sin huecos entre ellos");
    words_are(reader.count,
              "montón del proceso 1: 2 bloques, 2,2 KiB; 1 hueco: 512 B "
              "libres");
    end();
}
END_TEST

START_TEST(an_address_may_live_again)
{
    begin();
    story_say(a, TRACE_ALLOC, 0x1000, 0x100);
    story_say(a, TRACE_FREE, 0x1000, 0);
    story_say(a, TRACE_ALLOC, 0x1000, 0x80);
    look();
    ck_assert_uint_eq(cut_at(3, 1).used_bytes, 0x100);
    cut_at(4, 0);
    ck_assert_uint_eq(cut_at(5, 1).used_bytes, 0x80);
    end();
}
END_TEST

START_TEST(processes_have_heaps_of_their_own)
{
    begin();
    story_say(a, TRACE_ALLOC, 0x1000, 0x100);
    story_say(b, TRACE_ALLOC, 0x1000, 0x300);
    story_say(b, TRACE_FREE, 0x1000, 0x300);
    look();
    ck_assert_uint_eq(cut_at(reader.count, 1).used_bytes, 0x100);
    end();
}
END_TEST

START_TEST(what_lies_far_apart_is_no_hole)
{
    begin();
    story_say(a, TRACE_ALLOC, 0x1000, 0x100);
    story_say(a, TRACE_ALLOC, 0x1100, 0x100);
    story_say(a, TRACE_ALLOC, 0x7f0000000000, 0x100000);
    look();
    ck_assert_uint_eq(cut_at(reader.count, 2).blocks, 2);
    end();
}
END_TEST

START_TEST(a_free_of_nothing_is_counted)
{
    begin();
    story_say(a, TRACE_FREE, 0x1000, 0x100);
    look();
    ck_assert_uint_eq(blocks.stray, 1);
    cut_at(reader.count, 0);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("blocks");
    TCase *tcase = tcase_create("blocks");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, a_freed_block_leaves_a_hole);
    tcase_add_test(tcase, a_heap_is_said_as_it_is_then);
    tcase_add_test(tcase, an_address_may_live_again);
    tcase_add_test(tcase, processes_have_heaps_of_their_own);
    tcase_add_test(tcase, what_lies_far_apart_is_no_hole);
    tcase_add_test(tcase, a_free_of_nothing_is_counted);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
