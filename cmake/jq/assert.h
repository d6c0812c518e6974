/* In place of the C library's: what libjq holds for impossible, hostile expressions bring about
 * (["a"] | implode), and it must not end the process. */
#ifndef CELLDRIFT_JQ_ASSERT_H
#define CELLDRIFT_JQ_ASSERT_H

_Noreturn void celldrift_jq_fail(const char *what);

#endif

#undef assert
#define assert(condition) ((condition) ? (void)0 : celldrift_jq_fail(#condition))
