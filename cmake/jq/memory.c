/* In place of libjq's jv_alloc.c: all memory, and failed assertions, by way of the hooks. */
#include <stdlib.h>
#include <string.h>

#include "assert.h"
#include "celldrift_jq.h"
#include "jv_alloc.h"

struct celldrift_jq_hooks celldrift_jq;

void celldrift_jq_fail(const char *what) {
  celldrift_jq.fail(what);
  abort();
}

void jv_nomem_handler(jv_nomem_handler_f handler, void *data) {
  (void)handler; /* the hooks do not return without memory */
  (void)data;
}

void *jv_mem_alloc(size_t size) {
  return celldrift_jq.allocate(size);
}

void *jv_mem_alloc_unguarded(size_t size) {
  return jv_mem_alloc(size);
}

void *jv_mem_calloc(size_t count, size_t size) {
  if (size != 0 && count > (size_t)-1 / size) {
    return celldrift_jq.allocate((size_t)-1);
  }
  return memset(celldrift_jq.allocate(count * size), 0, count * size);
}

void *jv_mem_calloc_unguarded(size_t count, size_t size) {
  return jv_mem_calloc(count, size);
}

char *jv_mem_strdup(const char *text) {
  const size_t size = strlen(text) + 1;
  return memcpy(celldrift_jq.allocate(size), text, size);
}

char *jv_mem_strdup_unguarded(const char *text) {
  return jv_mem_strdup(text);
}

void jv_mem_free(void *memory) {
  celldrift_jq.release(memory);
}

void *jv_mem_realloc(void *memory, size_t size) {
  return celldrift_jq.reallocate(memory, size);
}
