// chart_number.c - a number as a person reads it
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "viz/chart_number.h"

// What stands between groups of three digits; in Spanish a space that no line
// is broken at.
static const char *separator(void)
{
    return M(",", "\xc2\xa0");
}

// Copies number ("-12345.67") with its decimal sign and, from five digits on,
// its groups.
static void dress(char text[NUMBER_SIZE], const char *number)
{
    size_t sign = *number == '-', whole = strcspn(number + sign, ".");
    size_t used = 0;

    if (sign)
        text[used++] = '-';
    number += sign;
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && whole > 4 && (whole - i) % 3 == 0)
            used += (size_t)sprintf(text + used, "%s", separator());
        text[used++] = number[i];
    }
    text[used] = '\0';
    if (number[whole])
        sprintf(text + used, "%s%s", M(".", ","), number + whole + 1);
}

// The power of ten of the first digit, once rounded to so many digits.
static int exponent_of(double value, int digits)
{
    char text[32];
    int exponent = 0;

    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    sscanf(strchr(text, 'e') + 1, "%d", &exponent);
    return exponent;
}

// Far from every measurement: as the C library writes it.
static bool is_extreme(double value)
{
    return value != 0 && (fabs(value) >= 1e15 || fabs(value) < 1e-9);
}

// Counted, not measured: no digit of it is in doubt.
static bool is_count(double value)
{
    return fabs(value) < 1e7 && value == floor(value);
}

void chart_number(char text[NUMBER_SIZE], double value, int digits)
{
    int exponent = exponent_of(value, digits);
    char number[NUMBER_SIZE / 2];
    double unit;

    if (is_extreme(value)) {
        snprintf(text, NUMBER_SIZE, "%.*g", digits, value);
        return;
    }
    if (is_count(value)) {
        chart_integer(text, value);
        return;
    }
    if (exponent >= digits) {
        unit = pow(10, exponent - digits + 1);
        snprintf(number, sizeof number, "%.0f", round(value / unit) * unit);
    } else {
        snprintf(number, sizeof number, "%.*f", digits - 1 - exponent, value);
    }
    dress(text, number);
}

void chart_integer(char text[NUMBER_SIZE], double value)
{
    char number[NUMBER_SIZE / 2];

    if (is_extreme(value)) {
        snprintf(text, NUMBER_SIZE, "%.15g", value);
        return;
    }
    snprintf(number, sizeof number, "%.15g", value);
    if (strchr(number, 'e'))
        snprintf(number, sizeof number, "%.9f", value);
    dress(text, number);
}
