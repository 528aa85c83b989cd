/*
 * The protocol between the driver and the supervisor: lines of fields separated by one space.
 * Every request is answered by one line, in order; answers are numbers only. Paths are hexadecimal
 * after an equals sign, "-" is a NULL pointer.
 *
 *   reset DESCRIPTORS N HOST-PATH*N M WATCH-PATH*M       0
 *   step SIGHT PID CALL NUMBER... PATH...                RESULT OBJECT N LIVE-OBJECT*N [sight]
 *   settle                                               sight
 *   alive N OBJECT*N                                     N LIVE-OBJECT*N
 *
 * SIGHT is 1 if a sight is wanted after the step. CALL and its arguments: see `calls` below. RESULT
 * is a value, or an error number below 0.
 *
 *   sight    N process*N N object*N
 *   process  PID NAMESPACE N (FD OBJECT)*N N (WATCH-INDEX KIND INSTANCE OBJECT)*N
 *            KIND: 0 directory, 1 map, 2 program
 *   object   OBJECT N VALUE*N       values of the keys 0 and 1, -1 where there is none
 *
 * Instead of an answer, and then nothing more:  fail implementation|harness SENTENCE
 * The end of the input ends the run and the supervisor.
 */
#include "agent.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1 << 26 };

/* How many numbers and paths a call takes; the numbers come first. In the order of `operation`. */
static const struct {
  const char *name;
  int numbers;
  int paths;
} calls[] = {
    {"BPF_MAP_CREATE", 4, 0},      /* type, key size, value size, max entries */
    {"BPF_MAP_UPDATE_ELEM", 4, 0}, /* fd, key, value, flags */
    {"BPF_MAP_LOOKUP_ELEM", 2, 0}, /* fd, key */
    {"BPF_PROG_LOAD", 2, 0},       /* 1 if it uses a map, fd */
    {"BPF_OBJ_PIN", 1, 1},         /* fd, path */
    {"BPF_OBJ_GET", 0, 1},
    {"close", 1, 0},
    {"dup", 1, 0},
    {"fork", 0, 0},
    {"exit_group", 0, 0},
    {"kill", 1, 0},
    {"mkdir", 0, 1},
    {"rmdir", 0, 1},
    {"unlink", 0, 1},
    {"mount", 0, 1},
    {"bind", 0, 2},    /* source, target */
    {"umount2", 1, 1}, /* 1 for MNT_DETACH, target */
    {"unshare", 0, 0},
};

static struct setup setup;
/* What is left of the line being read. */
static char *rest;

static char *next_field(void) {
  char *field = strsep(&rest, " ");
  if (field == NULL || *field == '\0') {
    fail("harness", "the agent got a request that ends early");
  }
  return field;
}

static int64_t next_number(void) {
  char *field = next_field();
  char *end;
  errno = 0;
  int64_t number = strtoll(field, &end, 10);
  if (*end != '\0' || errno != 0) {
    fail("harness", "the agent got \"%.40s\" for a number", field);
  }
  return number;
}

static uint32_t next_count(uint32_t most) {
  int64_t count = next_number();
  if (count < 0 || count > most) {
    fail("harness", "the agent got %lld, more than it can take", (long long)count);
  }
  return (uint32_t)count;
}

static int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/* Returns 0 for a NULL pointer. What does not fit is cut: the kernel would not read it. */
static int next_path(char *path, size_t room) {
  const char *field = next_field();
  size_t length = 0;
  if (*field++ != '=') {
    return 0;
  }
  for (; field[0] != '\0' && field[1] != '\0' && length < room - 1; field += 2) {
    path[length++] = (char)(digit(field[0]) * 16 + digit(field[1]));
  }
  path[length] = '\0';
  return 1;
}

static char **next_paths(char **old, uint32_t old_count, uint32_t *count) {
  for (uint32_t i = 0; i < old_count; i++) {
    free(old[i]);
  }
  free(old);
  *count = next_count(1 << 20);
  char **paths = calloc(*count + 1, sizeof(*paths));
  for (uint32_t i = 0; paths != NULL && i < *count; i++) {
    char path[PATH_ROOM] = "";
    next_path(path, sizeof(path));
    paths[i] = strdup(path);
  }
  return paths;
}

static void serve_reset(void) {
  run_end();
  setup.descriptors = next_count(MAX_DESCRIPTORS);
  setup.host = next_paths(setup.host, setup.host_count, &setup.host_count);
  setup.watch = next_paths(setup.watch, setup.watch_count, &setup.watch_count);
  run_start(&setup);
  put_number(0);
}

static void put_live_objects(void) {
  const uint64_t *objects;
  uint32_t count = live_objects(&objects);
  put_number(count);
  for (uint32_t i = 0; i < count; i++) {
    put_number((int64_t)objects[i]);
  }
}

static void read_call(struct command *command) {
  const char *name = next_field();
  unsigned call = 0;
  while (call < sizeof(calls) / sizeof(calls[0]) && strcmp(calls[call].name, name) != 0) {
    call++;
  }
  if (call == sizeof(calls) / sizeof(calls[0])) {
    fail("harness", "the agent does not know the call %.40s", name);
  }
  command->op = (enum operation)call;
  for (int i = 0; i < calls[call].numbers; i++) {
    command->number[i] = next_number();
  }
  for (int i = 0; i < calls[call].paths; i++) {
    command->is_null[i] = !next_path(command->path[i], PATH_ROOM);
  }
}

static void serve_step(void) {
  int wants_sight = next_number() != 0;
  int64_t pid = next_number();
  read_call(&shared->command);
  int64_t result = run_step(pid < 1 || pid > MAX_PROCESSES ? 0 : (uint32_t)pid);
  put_number(result);
  put_number((int64_t)shared->answer.object);
  put_live_objects();
  if (wants_sight) {
    put_sight(&setup);
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
  put_number(found);
  for (uint32_t i = 0; i < found; i++) {
    put_number((int64_t)live[i]);
  }
  free(live);
}

static void serve_line(char *line) {
  rest = line;
  const char *verb = next_field();
  if (strcmp(verb, "step") == 0) {
    serve_step();
  } else if (strcmp(verb, "reset") == 0) {
    serve_reset();
  } else if (strcmp(verb, "settle") == 0) {
    wait_for_releases();
    put_sight(&setup);
  } else if (strcmp(verb, "alive") == 0) {
    serve_alive();
  } else {
    fail("harness", "the agent does not know the request %.40s", verb);
  }
  end_line();
}

void serve(int input) {
  size_t room = 1 << 16;
  size_t length = 0;
  char *buffer = malloc(room);
  for (;;) {
    if (length == room && room < LINE_MAX_BYTES) {
      room *= 2;
      buffer = realloc(buffer, room);
    }
    ssize_t got = buffer == NULL || length == room ? -1 : read(input, buffer + length, room - length);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      break;
    }
    length += (size_t)got;
    char *from = buffer;
    char *end;
    while ((end = memchr(from, '\n', (size_t)(buffer + length - from))) != NULL) {
      *end = '\0';
      serve_line(from);
      from = end + 1;
    }
    flush_answers();
    length -= (size_t)(from - buffer);
    memmove(buffer, from, length);
  }
  run_end();
  wait_for_late_objects();
}
