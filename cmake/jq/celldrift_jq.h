/* What libjq asks of whoever runs it: memory, a say at each step, and regular expressions. To be
 * set before libjq is first called, once, for all threads. */
#ifndef CELLDRIFT_JQ_H
#define CELLDRIFT_JQ_H

#include <stddef.h>

#include "jv.h"

#ifdef __cplusplus
extern "C" {
#endif

struct celldrift_jq_hooks {
  void *(*allocate)(size_t size);
  void *(*reallocate)(void *memory, size_t size);
  void (*release)(void *memory);
  /* Called often: at each instruction, and for each value let go. May throw a C++ exception, as
   * allocate and reallocate may; what libjq holds then leaks, and its jq_state is of no more use. */
  void (*step)(void);
  /* An assertion failed. Must throw. */
  void (*fail)(const char *what);
  /* What "match" and "test" give: jq's list of matches; true or false where `testing` is true.
   * Takes its arguments' references, as libjq's own functions do. */
  jv (*match)(jv text, jv pattern, jv flags, jv testing);
};

extern struct celldrift_jq_hooks celldrift_jq;

#ifdef __cplusplus
}
#endif

#endif
