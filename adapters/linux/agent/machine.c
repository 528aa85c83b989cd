/* What is told of the machine on which a plan is played (play.c). */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

int64_t ask_probe(char *said, size_t room) {
  int ends[2];
  struct progress none = {0, 0};
  int status = 0;
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return -errno;
  }
  pid_t pid = fork();
  if (pid == 0) {
    dup2(ends[1], 1);
    probe();
    fflush(stdout);
    _exit(0);
  }
  close(ends[1]);
  int broke = pid < 0 ? -1 : watch(pid, &none, &status);
  /* All of it fits into the pipe. */
  ssize_t got = broke != 0 ? -1 : read(ends[0], said, room - 1);
  close(ends[0]);
  said[got < 0 ? 0 : got] = '\0';
  return got < 0 ? -ETIMEDOUT : 0;
}

/* As a number: -1 where there is none. */
static int unprivileged_bpf(void) {
  int setting = -1;
  FILE *file = fopen("/proc/sys/kernel/unprivileged_bpf_disabled", "re");
  if (file != NULL) {
    if (fscanf(file, "%d", &setting) != 1) {
      setting = -1;
    }
    fclose(file);
  }
  return setting;
}

/* By what the probe says of it (probe.c). A plan's runs were drawn before anybody knew who plays them. */
static const struct {
  const char *line;
  const char *what;
} needs[] = {
    {"missing memory ", "share memory between processes"},
    {"missing files ", "open the 128 files that it needs"},
    {"missing proc ", "read a /proc that shows these processes"},
    {"missing map ", "create eBPF maps"},
    {"missing program ", "load eBPF programs"},
    {"missing info ", "ask what is behind a descriptor"},
    {"without ids ", "list eBPF objects"},
    {"without tree ", "have a mount namespace and a bpf file system of its own"},
    {"without views ", "change its root"},
    {"without permissions ", "act as root with all capabilities"},
};

/* The error is the last number of a line. */
static int error_in(const char *line) {
  const char *end = strchrnul(line, '\n');
  while (end > line && end[-1] != ' ') {
    end--;
  }
  return atoi(end);
}

const char *refused_to_play(const char *said, int *error) {
  for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
    const char *line = strstr(said, needs[i].line);
    if (line != NULL) {
      *error = error_in(line);
      return needs[i].what;
    }
  }
  return NULL;
}

const char *mend_of(int error) {
  return error == EPERM || error == EACCES
             ? ": run it as root, with all capabilities and in no user namespace"
             : "";
}

int put_head(int output, const struct plan *plan, const char *lacks) {
  struct utsname machine;
  uname(&machine);
  return dprintf(output, "pinproof-answers/1\n%.*skernel %s\nunprivileged-bpf %d\n%s", (int)plan->head_length,
                 plan->head, machine.release, unprivileged_bpf(), lacks);
}
