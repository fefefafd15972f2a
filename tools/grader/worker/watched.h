// watched.h - nothing of the student's is out of the sanitizers' sight
//
// Included before each of the student's files: these attributes would leave a
// function out. What is poisoned stays so.
#ifndef TELAR_WATCHED_H
#define TELAR_WATCHED_H

#pragma GCC poison no_sanitize __no_sanitize__
#pragma GCC poison no_sanitize_address __no_sanitize_address__
#pragma GCC poison no_sanitize_undefined __no_sanitize_undefined__
#pragma GCC poison no_sanitize_memory __no_sanitize_memory__
#pragma GCC poison no_address_safety_analysis __no_address_safety_analysis__
#pragma GCC poison disable_sanitizer_instrumentation

#endif
