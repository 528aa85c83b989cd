/* A modelled process: it waits for its bell, makes one call, answers, and waits again. */
#include "agent.h"

#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* How far a list of descriptors looks beyond the highest one that a call has returned. */
enum { BEYOND = 64 };

static uint32_t self;

void futex_wait(uint32_t *word, uint32_t value, int ms) {
  struct timespec time = {ms / 1000, (ms % 1000) * 1000000L};
  syscall(SYS_futex, word, FUTEX_WAIT, value, ms < 0 ? NULL : &time, NULL, 0);
}

void futex_wake(uint32_t *word) { syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0); }

static void answer(int64_t result) {
  shared->answer.result = result;
  __atomic_store_n(&shared->answered, 1, __ATOMIC_SEQ_CST);
  futex_wake(&shared->answered);
}

void die_with_supervisor(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != shared->supervisor) {
    _exit(1);
  }
}

static void list_descriptors(void) {
  struct answer *list = &shared->answer;
  list->count = 0;
  for (int64_t fd = 0; fd < shared->limit && fd <= shared->highest + BEYOND; fd++) {
    uint64_t object = object_behind((int)fd);
    if (object != 0) {
      list->descriptors[list->count++] = (struct descriptor){(uint32_t)fd, object};
    }
  }
  answer(0);
}

/*
 * The child has the parent of its parent, so that the supervisor can wait for every process. Nothing
 * of ours is a descriptor, so that it may share the table of these (`sharing`: CLONE_FILES).
 */
static void fork_process(uint32_t child, unsigned long sharing) {
  long pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD | sharing, NULL, NULL, NULL, NULL);
  if (pid == 0) {
    self = child;
    die_with_supervisor();
    return;
  }
  answer(pid < 0 ? -errno : pid);
}

void note_descriptor(int64_t fd) {
  shared->highest = fd > shared->highest ? fd : shared->highest;
}

static void make_call(const struct command *command) {
  struct answer *made = &shared->answer;
  int is_in_proc = leads_through_proc(command);
  if (is_in_proc && show_proc() != 0) {
    answer(lack("mount /proc", -errno));
    return;
  }
  int64_t result = call_kernel(command, made);
  if (is_in_proc) {
    hide_proc();
  }
  int64_t fd = returned_descriptor(command, result);
  if (fd >= 0) {
    note_descriptor(fd);
    made->object = object_behind((int)fd);
  }
  answer(result);
}

static void obey(const struct command *command) {
  shared->answer.object = 0;
  shared->answer.details = 0;
  switch (command->op) {
  case OP_FORK:
    fork_process(command->child, 0);
    return;
  case OP_CLONE:
    fork_process(command->child, CLONE_FILES);
    return;
  case OP_EXECVE:
    answer(exec_program(self));
    return;
  case OP_EXIT:
    syscall(SYS_exit_group, 0);
    return;
  case OP_LIST:
    list_descriptors();
    return;
  default:
    make_call(command);
  }
}

__attribute__((noreturn)) static void wait_and_obey(void) {
  for (;;) {
    uint32_t *bell = &shared->bell[self];
    while (__atomic_load_n(bell, __ATOMIC_SEQ_CST) == 0) {
      futex_wait(bell, 0, -1);
    }
    __atomic_store_n(bell, 0, __ATOMIC_SEQ_CST);
    obey(&shared->command);
  }
}

int close_from(unsigned first) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) {
    return 0;
  }
#endif
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return -errno;
  }
  for (rlim_t fd = first; fd < files.rlim_cur; fd++) {
    close((int)fd);
  }
  return 0;
}

/* The hard limit is seen by no call, and is room for what is ours (network.c). */
static int limit_descriptors(uint32_t count) {
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return -1;
  }
  files.rlim_cur = count;
  files.rlim_max = files.rlim_max < count ? count : files.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &files);
}

/* Process 1. Its descriptors 0, 1 and 2 are those of the supervisor: /dev/null. */
void process_main(const struct setup *setup) {
  self = 1;
  die_with_supervisor();
  umask(022);
  uint64_t since = clock_now();
  int result = is_able(TREE) ? enter_host_tree(setup) : 0;
  note_namespace(since);
  if (result == 0) {
    strcpy(shared->answer.stage, "close descriptors");
    result = close_from(3);
  }
  if (result == 0 && limit_descriptors(setup->descriptors) != 0) {
    strcpy(shared->answer.stage, "limit the number of descriptors");
    result = -errno;
  }
  answer(result);
  wait_and_obey();
}

int64_t lack(const char *what, int64_t error) {
  strcpy(shared->answer.stage, what);
  return error;
}

/* What the old program answers if its exec fails, the new one answers if it did not. */
void process_resume(uint32_t number, int64_t result) {
  self = number;
  die_with_supervisor();
  answer(result);
  wait_and_obey();
}
