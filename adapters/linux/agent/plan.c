/*
 * The file of a plan, of which `pinproof plan` is the author:
 *
 *   pinproof-plan/1 RUNS CHECKSUM     CRC-32 of all that follows, in hexadecimal
 *   QUESTION                          one line, which only `pinproof judge` reads
 *   run 1                             and so on, up to RUNS; then the requests of the run, as the
 *   reset ...                         protocol has them (protocol.c)
 *   step ...
 *
 * It is mapped, not read: a fork copies no tables of a file's pages.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMAT "pinproof-plan/"
#define VERSION "1"

enum { MOST_RUNS = 100000000, HEAD_ROOM = 64 };

/* CRC-32 as of IEEE 802.3, bits reversed: what zlib computes. */
static uint32_t checksum(const char *bytes, size_t size) {
  static uint32_t table[256];
  uint32_t sum = ~0U;
  for (uint32_t i = 0; i < 256; i++) {
    table[i] = i;
    for (int bit = 0; bit < 8; bit++) {
      table[i] = (table[i] >> 1) ^ ((table[i] & 1) != 0 ? 0xedb88320U : 0);
    }
  }
  for (size_t i = 0; i < size; i++) {
    sum = table[(sum ^ (unsigned char)bytes[i]) & 0xff] ^ (sum >> 8);
  }
  return ~sum;
}

static const char *map_file(const char *file, const char **bytes, size_t *size) {
  struct stat found;
  int fd = open(file, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &found) != 0) {
    return strerror(errno);
  }
  *size = (size_t)found.st_size;
  if (!S_ISREG(found.st_mode)) {
    return "it is no regular file";
  }
  *bytes = *size == 0 ? "" : mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
  close(fd);
  return *bytes == MAP_FAILED ? strerror(errno) : NULL;
}

static const char *line_after(const char *at, const char *end) {
  const char *stop = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
  return stop == NULL ? NULL : stop + 1;
}

/* The runs are numbered from 1, each behind a line of its own. */
static int find_runs(struct plan *plan, const char *at, const char *end) {
  uint32_t found = 0;
  plan->run = calloc(plan->runs + 1, sizeof(*plan->run));
  while (plan->run != NULL && at != NULL && at < end) {
    if (end - at > 4 && memcmp(at, "run ", 4) == 0) {
      if (found == plan->runs) {
        return 0;
      }
      plan->run[found++] = at;
    }
    at = line_after(at, end);
  }
  if (plan->run == NULL || at == NULL || found != plan->runs) {
    return 0;
  }
  plan->run[plan->runs] = end;
  return 1;
}

const char *read_plan(const char *file, struct plan *plan) {
  char first[HEAD_ROOM] = "";
  size_t size = 0;
  unsigned sum = 0;
  const char *bytes = NULL;
  const char *wrong = map_file(file, &bytes, &size);
  if (wrong != NULL) {
    return wrong;
  }
  memcpy(first, bytes, size < sizeof(first) - 1 ? size : sizeof(first) - 1);
  if (strncmp(first, FORMAT, strlen(FORMAT)) != 0) {
    return size == 0 ? "it is empty" : "it is no plan of pinproof";
  }
  if (strncmp(first, FORMAT VERSION " ", strlen(FORMAT VERSION " ")) != 0) {
    return "it is a plan of another version: take the agent that came with it";
  }
  const char *end = bytes + size;
  const char *question = line_after(bytes, end);
  const char *runs = question == NULL ? NULL : line_after(question, end);
  int got = sscanf(first, FORMAT VERSION " %u %8x", &plan->runs, &sum);
  if (runs == NULL || got != 2 || plan->runs > MOST_RUNS ||
      checksum(question, (size_t)(end - question)) != sum || !find_runs(plan, runs, end)) {
    return "it is torn or damaged: copy it again";
  }
  plan->head = bytes;
  plan->head_length = (size_t)(runs - bytes);
  return NULL;
}
