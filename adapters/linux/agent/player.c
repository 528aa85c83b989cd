/* Plays the runs of a plan, in a supervisor that reads its requests from there. */
#include "agent.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* By what a machine may be without (probe.c): the calls that cannot be played then. */
static const struct {
  const char *need;
  const char *calls[8];
} needs[] = {
    {"without execve ", {"execve"}},
    {"without network ", {"RTM_NEWTFILTER", "RTM_DELTFILTER", "RTM_DELQDISC"}},
    {"cookies asked",
     {"BPF_OBJ_GET_INFO_BY_FD", "BPF_MAP_GET_FD_BY_ID", "BPF_PROG_GET_FD_BY_ID", "BPF_LINK_GET_FD_BY_ID",
      "BPF_MAP_GET_NEXT_ID", "BPF_PROG_GET_NEXT_ID", "BPF_LINK_GET_NEXT_ID"}},
    {"without users ", {"unshare-user"}},
    {"without cgroups ", {"BPF_PROG_ATTACH", "BPF_PROG_DETACH", "BPF_LINK_CREATE"}},
};

static int is_lacking(const char *call, const char *lacks) {
  for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
    for (const char *const *one = needs[i].calls; strstr(lacks, needs[i].need) != NULL && *one != NULL; one++) {
      if (strcmp(call, *one) == 0) {
        return 1;
      }
    }
  }
  return 0;
}

/* The third field of "step SIGHT PID CALL ...". */
static int cannot_play(const char *line, const char *lacks) {
  char call[64] = "";
  return sscanf(line, "step %*s %*s %63s", call) == 1 && is_lacking(call, lacks);
}

/* A line of the plan, which is mapped for reading only, as a string of our own. */
static char *copy_line(const char *at, const char *end) {
  static char *line;
  static size_t room;
  size_t size = (size_t)(end - at);
  if (size >= room) {
    room = size + 4096;
    line = realloc(line, room);
    if (line == NULL) {
      fail("harness", "out of memory");
    }
  }
  memcpy(line, at, size);
  line[size] = '\0';
  return line;
}

/* The first line of a run says its number and is its own answer. */
static void play_run(const char *at, const char *end, const char *lacks, struct progress *progress) {
  int is_first = 1;
  int is_cut = 0;
  uint64_t since = clock_now();
  while (at < end && !is_cut) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    char *line = copy_line(at, stop);
    is_cut = cannot_play(line, lacks);
    if (is_cut) {
      put_text("cut\n");
    } else if (is_first) {
      put_text(line);
      put_text("\n");
    } else {
      serve_line(line, (size_t)(stop - at));
    }
    __atomic_add_fetch(&progress->requests, 1, __ATOMIC_SEQ_CST);
    is_first = 0;
    at = stop + 1;
  }
  flush_answers();
  count_part(WHOLE, since);
}

/* Objects of the runs that nothing holds any more, and that are alive all the same. */
static void put_late_objects(void) {
  const uint64_t *objects;
  uint32_t count = late_objects(&objects);
  put_text("survivors ");
  put_number(count);
  for (uint32_t i = 0; i < count; i++) {
    put_number((int64_t)objects[i]);
  }
  end_line();
  flush_answers();
}

static void put_survivors(void) {
  run_end();
  wait_for_late_objects();
  put_late_objects();
}

/* A process that hangs in the kernel may hold them; nobody knows then. */
static void put_survivors_of_broken_runs(void) {
  int has_children = waitpid(-1, NULL, WNOHANG) >= 0 || errno != ECHILD;
  forget_broken_run();
  if (!has_children && wait_for_late_objects() > 0) {
    put_late_objects();
  }
}

void play_runs(const struct plan *plan, uint32_t from, const char *lacks, struct progress *progress) {
  tell_after_failure(put_survivors_of_broken_runs);
  for (uint32_t i = from; i < plan->runs; i++) {
    __atomic_store_n(&progress->run, i, __ATOMIC_SEQ_CST);
    play_run(plan->run[i], plan->run[i + 1], lacks, progress);
  }
  __atomic_store_n(&progress->run, plan->runs, __ATOMIC_SEQ_CST);
  put_survivors();
  leave_hierarchy();
  end_janitor();
  _exit(0);
}
