// inks.c - Okabe and Ito on a dark ground and on a light one
#include "viz/inks.h"

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, BRIGHT = 8 };

static const struct ink dark[LOOK_COUNT] = {
    [LOOK_PLAIN] = {-1, -1, -1, false, false},
    [LOOK_TITLE] = {74, BRIGHT + CYAN, CYAN, true, false},
    [LOOK_STRONG] = {-1, -1, -1, true, false},
    [LOOK_QUIET] = {245, -1, -1, false, true},
    [LOOK_GOOD] = {36, GREEN, GREEN, false, false},
    [LOOK_WARNING] = {214, BRIGHT + YELLOW, YELLOW, true, false},
    [LOOK_BAD] = {166, BRIGHT + RED, RED, true, false},
    [LOOK_RUNNING] = {36, GREEN, GREEN, false, false},
    [LOOK_READY] = {227, BRIGHT + YELLOW, YELLOW, false, false},
    [LOOK_BLOCKED] = {166, BRIGHT + RED, RED, false, false},
    [LOOK_SLEEPING] = {74, BRIGHT + CYAN, CYAN, false, false},
    [LOOK_HELD] = {175, BRIGHT + MAGENTA, MAGENTA, false, false},
    [LOOK_MARK] = {214, BRIGHT + YELLOW, YELLOW, true, false},
};
static const struct ink light[LOOK_COUNT] = {
    [LOOK_PLAIN] = {-1, -1, -1, false, false},
    [LOOK_TITLE] = {25, BLUE, BLUE, true, false},
    [LOOK_STRONG] = {-1, -1, -1, true, false},
    [LOOK_QUIET] = {240, -1, -1, false, false},
    [LOOK_GOOD] = {29, GREEN, GREEN, false, false},
    [LOOK_WARNING] = {130, RED, RED, true, false},
    [LOOK_BAD] = {124, RED, RED, true, false},
    [LOOK_RUNNING] = {29, GREEN, GREEN, false, false},
    [LOOK_READY] = {136, YELLOW, YELLOW, false, false},
    [LOOK_BLOCKED] = {124, RED, RED, false, false},
    [LOOK_SLEEPING] = {25, BLUE, BLUE, false, false},
    [LOOK_HELD] = {90, MAGENTA, MAGENTA, false, false},
    [LOOK_MARK] = {130, RED, RED, true, false},
};

struct ink ink_of(enum theme theme, enum look look, bool large)
{
    struct ink ink = theme == THEME_LIGHT ? light[look] : dark[look];

    if (theme == THEME_NONE)
        ink.many = ink.some = ink.few = -1;
    if (large) {
        ink.is_bold = true;
        ink.is_dim = false;
    }
    if (large && look == LOOK_QUIET) // gray is gone on a projector
        ink.many = ink.some = ink.few = -1;
    return ink;
}

short ink_number(struct ink ink, int colours)
{
    return colours >= 256  ? ink.many
           : colours >= 16 ? ink.some
           : colours >= 8  ? ink.few
                           : -1;
}

static uint32_t level(int sixth)
{
    return sixth == 0 ? 0 : (uint32_t)(55 + 40 * sixth);
}

uint32_t ink_rgb(int number)
{
    static const uint32_t first[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00,
                                       0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
                                       0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                       0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};

    if (number < 16)
        return first[number];
    if (number >= 232)
        return (uint32_t)(8 + 10 * (number - 232)) * 0x010101u;
    number -= 16;
    return level(number / 36) << 16 | level(number / 6 % 6) << 8 |
           level(number % 6);
}

uint32_t ink_text(enum theme theme)
{
    return theme == THEME_LIGHT ? 0x1c1c1c : 0xe4e4e4;
}

uint32_t ink_ground(enum theme theme)
{
    return theme == THEME_LIGHT ? 0xffffff : 0x121212;
}
