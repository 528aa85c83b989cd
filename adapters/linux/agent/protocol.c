/*
 * The protocol between the driver and the supervisor: lines of fields separated by one space.
 * Every request is answered by one line, in order; answers are numbers only. Paths are hexadecimal
 * after an equals sign, "-" is a NULL pointer; before either there may be "@FD", the descriptor of the
 * directory in which the path starts.
 *
 *   reset DESCRIPTORS N HOST-PATH*N M WATCH-PATH*M       0
 *   step WANTED PID CALL NUMBER... PATH...               RESULT OBJECT N DETAIL*N
 *                                                        N LIVE-OBJECT*N [TIME] [sight]
 *   settle                                               sight
 *   await N NUMBER*N                                     sight
 *   alive N OBJECT*N                                     N LIVE-OBJECT*N
 *   gone N OBJECT*N                                      N TIME*N
 *
 * WANTED is 1 if a sight is wanted after the step, 2 if the TIME at which the call had returned, 3 for both.
 * Times are in microseconds, from some moment on; that at which an object was seen to be gone is 0 if it was
 * not, or too long ago. CALL and its arguments: see `calls` in
 * requests.c. RESULT is a value, or an error number below 0; DETAIL is what more the call returned:
 * two descriptors of pipe2 and socketpair; of recvmsg the bytes, 1 if descriptors were dropped, and
 * the descriptors; of readdir the bytes of each name and a 0 behind them; of stat 1 for a directory and
 * 0 for all else, and its st_nlink; of statx the same, its permission bits, and the user and group that has
 * it, or -1 if these differ; of
 * BPF_OBJ_GET_INFO_BY_FD 0 for a map, 1 for a program, 2 for a link, 3 for what is none of them, its
 * type as the kernel numbers it, and the map's entries, the number of maps that the program uses, or 1
 * if the link is attached and 0 if not. An object is known by 4 * ID + 0, 1 or 2, its kind in that order;
 * 0 is none.
 * `await` settles no longer than it takes these objects of the run to be gone. An id, in a call or as its
 * result, is as NUMBER the number of the object in the run (ids.c), not the kernel's.
 *
 *   sight    N process*N N object*N
 *   process  PID NAMESPACE N (FD OBJECT)*N N (WATCH-INDEX KIND INSTANCE OBJECT)*N
 *            KIND: 0 directory, 1 map, 2 program, 3 link
 *   object   OBJECT N VALUE*N N SLOT*N
 *            of the keys 0 and 1: values, -1 where there is none; objects held, 0 where there is none
 *
 * Instead of an answer, and then nothing more:  fail implementation|harness SENTENCE
 * So it is for a request that is none of these, or too long, or goes on after its last field. The end of
 * the input ends the run and the supervisor, which fails if anything is left of the runs.
 */
#include "agent.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1 << 26 };

/* What is wanted after a step. */
enum { SIGHT = 1, TIME = 2 };

static struct setup setup;

static void serve_reset(void) {
  run_end();
  setup.descriptors = next_count(MAX_DESCRIPTORS);
  setup.host = next_paths(setup.host, setup.host_count, &setup.host_count);
  setup.watch = next_paths(setup.watch, setup.watch_count, &setup.watch_count);
  end_request();
  run_start(&setup);
  put_number(0);
}

static void put_live_objects(void) {
  const uint64_t *objects;
  uint64_t since = clock_now();
  uint32_t count = live_objects(&objects);
  count_part(LIVENESS, since);
  put_number(count);
  for (uint32_t i = 0; i < count; i++) {
    put_number((int64_t)objects[i]);
  }
}

static int64_t detail_at(uint32_t i) {
  const struct answer *answer = &shared->answer;
  return shared->command.op == OP_READDIR ? (unsigned char)answer->listing[i] : answer->detail[i];
}

static void show_all(void) {
  uint64_t since = clock_now();
  put_sight(&setup);
  count_part(SIGHTS, since);
}

static void settle(void) {
  uint64_t since = clock_now();
  settle_objects();
  count_part(SETTLE, since);
  show_all();
}

static void put_time(uint64_t ns) { put_number((int64_t)(ns / 1000)); }

static void await_gone(void) {
  static uint64_t objects[MAX_MADE];
  uint32_t count = next_count(MAX_MADE);
  for (uint32_t i = 0; i < count; i++) {
    objects[i] = object_numbered(next_number());
  }
  end_request();
  uint64_t since = clock_now();
  settle_until_gone(objects, count);
  count_part(SETTLE, since);
  show_all();
}

static void serve_step(void) {
  uint32_t wanted = next_count(SIGHT | TIME);
  int64_t pid = next_number();
  read_call(&shared->command);
  end_request();
  uint64_t since = clock_now();
  int64_t result = run_step(pid < 1 || pid > MAX_PROCESSES ? 0 : (uint32_t)pid);
  count_call(shared->command.op, since);
  uint64_t returned = clock_now();
  put_number(result);
  put_number((int64_t)shared->answer.object);
  put_number(shared->answer.details);
  for (uint32_t i = 0; i < shared->answer.details; i++) {
    put_number(detail_at(i));
  }
  put_live_objects();
  if (wanted & TIME) {
    put_time(returned);
  }
  if (wanted & SIGHT) {
    show_all();
  }
}

static void serve_alive(void) {
  uint32_t count = next_count(1 << 24);
  uint64_t *live = calloc(count + 1, sizeof(*live));
  uint32_t found = 0;
  for (uint32_t i = 0; live != NULL && i < count; i++) {
    uint64_t object = (uint64_t)next_number();
    if (is_listed(object)) {
      live[found++] = object;
    }
  }
  end_request();
  put_number(found);
  for (uint32_t i = 0; i < found; i++) {
    put_number((int64_t)live[i]);
  }
  free(live);
}

static void serve_gone(void) {
  uint32_t count = next_count(1 << 16);
  put_number(count);
  for (uint32_t i = 0; i < count; i++) {
    put_time(gone_since((uint64_t)next_number()));
  }
  end_request();
}

void serve_line(char *line, size_t length) {
  if (strlen(line) != length) {
    fail("harness", "the agent got a request with a NUL in it");
  }
  begin_line(line);
  const char *verb = next_field();
  if (strcmp(verb, "step") == 0) {
    serve_step();
  } else if (strcmp(verb, "reset") == 0) {
    serve_reset();
  } else if (strcmp(verb, "settle") == 0) {
    end_request();
    settle();
  } else if (strcmp(verb, "await") == 0) {
    await_gone();
  } else if (strcmp(verb, "alive") == 0) {
    serve_alive();
  } else if (strcmp(verb, "gone") == 0) {
    serve_gone();
  } else {
    fail("harness", "the agent does not know the request %.40s", verb);
  }
  end_line();
}

/* What has come of the driver's requests, up to a part of one. */
static struct {
  char *bytes;
  size_t length;
  size_t room;
} got;

static void make_room(void) {
  if (got.length < got.room) {
    return;
  }
  if (got.room >= LINE_MAX_BYTES) {
    fail("harness", "the agent got a request of more than %d bytes", LINE_MAX_BYTES);
  }
  got.room = got.room == 0 ? 1 << 16 : got.room * 2;
  got.bytes = realloc(got.bytes, got.room);
  if (got.bytes == NULL) {
    fail("harness", "out of memory");
  }
}

/* Whether there was more. */
static int get_more(int input) {
  ssize_t more;
  make_room();
  do {
    more = read(input, got.bytes + got.length, got.room - got.length);
  } while (more < 0 && errno == EINTR);
  got.length += more > 0 ? (size_t)more : 0;
  return more > 0;
}

/* A request that the end of the input cuts short is not played: its driver has died. */
static void serve_whole_lines(void) {
  char *from = got.bytes;
  char *end;
  while ((end = memchr(from, '\n', (size_t)(got.bytes + got.length - from))) != NULL) {
    *end = '\0';
    serve_line(from, (size_t)(end - from));
    tell_in_time();
    from = end + 1;
  }
  flush_answers();
  got.length -= (size_t)(from - got.bytes);
  memmove(got.bytes, from, got.length);
}

void serve(int input) {
  while (get_more(input)) {
    serve_whole_lines();
  }
  run_end();
  leave_hierarchy();
  uint32_t late = wait_for_late_objects();
  end_janitor();
  if (late > 0) {
    fail("harness", "%u objects that runs have made are still there, seconds after all has ended", late);
  }
  if (waitpid(-1, NULL, WNOHANG) >= 0 || errno != ECHILD) {
    fail("harness", "a process is left after all runs have ended");
  }
}
