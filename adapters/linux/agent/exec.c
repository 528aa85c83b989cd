/*
 * Execs of modelled processes. The file to exec is put into the root of the process for just that
 * moment: it needs no descriptor, which would take a number in a table that may be full or shared.
 * What the processes share with the supervisor is a segment of System V, which the new program finds
 * without a descriptor or a path; it is marked for destruction from the start and so ends with the
 * last process that uses it, however that dies.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROGRAM "pinproof-agent.exec"

static int own_segment = -1;
static int program = -1;

/* Without System V's memory everything but exec works. */
int map_shared(void) {
  own_segment = shmget(IPC_PRIVATE, sizeof(*shared), IPC_CREAT | 0600);
  if (own_segment >= 0) {
    void *memory = shmat(own_segment, NULL, 0);
    shmctl(own_segment, IPC_RMID, NULL);
    if (memory != (void *)-1) {
      shared = memory;
      return 0;
    }
    own_segment = -1;
  }
  shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return shared == MAP_FAILED ? -errno : 0;
}

/* For a process that lives on without it. What is no segment stays, to be read by is_shared. */
void leave_shared(void) { shmdt(shared); }

/* Without a segment, which ends with its last user, the processes themselves have to be asked for. */
static int any_runs(void) {
  for (uint32_t i = 1; i <= MAX_PROCESSES; i++) {
    if (shared->pids[i] > 0 && kill(shared->pids[i], 0) == 0) {
      return 1;
    }
  }
  return 0;
}

/* Whether any modelled process still uses it, for one that has left it when the supervisor is gone. */
int is_shared(void) {
  struct shmid_ds status;
  return own_segment >= 0 ? shmctl(own_segment, IPC_STAT, &status) == 0 : any_runs();
}

/* There is no linker in the root of a run, so a program that is run there must do without. */
int is_static(void) { return getauxval(AT_BASE) == 0; }

int can_exec(void) { return own_segment >= 0 && is_static(); }

/* Must come before enter_home, in which there is no /proc. */
void keep_program(void) {
  program = open_high("/proc/self/exe", O_RDONLY);
  if (program < 0) {
    fail("harness", "cannot open the agent's own file: %s", strerror(errno));
  }
}

static int copy_program(int target) {
  off_t done = 0;
  struct stat file;
  if (fstat(program, &file) != 0) {
    return -1;
  }
  while (done < file.st_size) {
    if (sendfile(target, program, &done, (size_t)(file.st_size - done)) <= 0) {
      return -1;
    }
  }
  return 0;
}

static int give_segment(uid_t user) {
  struct shmid_ds status;
  if (shmctl(own_segment, IPC_STAT, &status) != 0) {
    return -1;
  }
  status.shm_perm.uid = user;
  return shmctl(own_segment, IPC_SET, &status);
}

/* The new program attaches the segment anew, as the user that it is. */
static int lend_segment(pid_t pid) {
  char path[64];
  struct stat found;
  snprintf(path, sizeof(path), "%d", pid);
  return stat_in_proc(path, &found) == 0 ? give_segment(found.st_uid) : -1;
}

void place_program(pid_t pid) {
  if (!can_exec()) {
    fail("harness", "this machine does not let the agent exec (see `agent probe`)");
  }
  int root = open_root_of(pid);
  int target = openat(root, PROGRAM, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0755);
  if (target < 0 || fchmod(target, 0755) != 0 || copy_program(target) != 0 || lend_segment(pid) != 0) {
    fail("harness", "cannot put the agent where a process could exec it: %s", strerror(errno));
  }
  close(target);
  close(root);
}

void remove_program(pid_t pid) {
  int root = open_root_of(pid);
  if (unlinkat(root, PROGRAM, 0) != 0) {
    fail("harness", "cannot remove the agent from the root of a process: %s", strerror(errno));
  }
  close(root);
  if (give_segment(0) != 0) {
    fail("harness", "cannot take back the memory of an exec: %s", strerror(errno));
  }
}

/* Returns only if it fails. */
int64_t exec_program(uint32_t number) {
  char segment[16];
  char self[16];
  snprintf(segment, sizeof(segment), "%d", own_segment);
  snprintf(self, sizeof(self), "%u", number);
  char *arguments[] = {"pinproof-agent", "resume", segment, self, NULL};
  char *environment[] = {NULL};
  execve("/" PROGRAM, arguments, environment);
  return -errno;
}

void resume(int segment, uint32_t number) {
  void *memory = shmat(segment, NULL, 0);
  if (memory == (void *)-1) {
    _exit(1);
  }
  own_segment = segment;
  shared = memory;
  int made = make_buffers();
  process_resume(number, made < 0 ? lack("map memory", made) : 0);
}
