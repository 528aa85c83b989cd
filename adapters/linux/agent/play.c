/*
 * `agent --play FILE`: plays a plan alone, with nothing that drives it, and writes the answers:
 *
 *   pinproof-answers/1
 *   pinproof-plan/1 ...               the first two lines of the plan, as they are
 *   QUESTION
 *   kernel RELEASE                    of uname(2)
 *   unprivileged-bpf N                kernel.unprivileged_bpf_disabled, -1 where there is none
 *   without ...                       what the machine lacks, as the probe says (probe.c)
 *   run 1                             and then an answer to each request of the run; "cut" instead
 *   ...                               where the next call is one that the machine cannot play, or
 *                                     "fail implementation SENTENCE" where the kernel broke off
 *   survivors N OBJECT*N              what is alive although its run is over; at the end, and behind a
 *                                     run that was broken off, of this run and those before, if there is any
 *   end RUNS                          or "given-up": too many runs were broken off
 *
 * With --times it also tells where the time went (times.c), without that of the start and the end.
 * With --cookies the agent does as on a kernel without ids (cookies.c).
 * The runs are played by a child, which can be killed, and be replaced for the runs that are left.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  CALL_MS = 5000,
  /* For one request: every call that it makes has its own, shorter one. */
  REQUEST_MS = 30000,
  LOOK_MS = 50,
  LAST_MS = 12000, /* as long as a janitor may take (cycles.c) */
  MOST_BROKEN = 16,
  BAD_INPUT = 2,
};

struct options {
  const char *file;
  const char *answers;
  const char *times;
  int power_off;
};

__attribute__((format(printf, 2, 3))) static int complain(int code, const char *why, ...) {
  va_list arguments;
  va_start(arguments, why);
  fprintf(stderr, "agent: ");
  vfprintf(stderr, why, arguments);
  fprintf(stderr, ".\n");
  va_end(arguments);
  return code;
}

static int read_options(char **arguments, struct options *options) {
  for (char **at = arguments; *at != NULL; at++) {
    if (strcmp(*at, "--power-off") == 0) {
      options->power_off = 1;
    } else if (strcmp(*at, "--cookies") == 0) {
      use_cookies();
    } else if (strcmp(*at, "--play") == 0 && at[1] != NULL) {
      options->file = *++at;
    } else if (strcmp(*at, "--answers") == 0 && at[1] != NULL) {
      options->answers = *++at;
    } else if (strcmp(*at, "--times") == 0 && at[1] != NULL) {
      options->times = *++at;
    } else {
      return complain(BAD_INPUT, "%s is not understood; give --play FILE, --answers FILE, --times FILE, --cookies or --power-off", *at);
    }
  }
  if (options->file == NULL) {
    return complain(BAD_INPUT, "there is no plan to play: give --play FILE");
  }
  /* In the first namespace of pids that would be the end of a machine that others use. */
  if (options->power_off && getpid() != 1) {
    return complain(BAD_INPUT, "--power-off is for the first process of a machine only");
  }
  return 0;
}

static int pause_ms(long ms) {
  struct timespec time = {ms / 1000, (ms % 1000) * 1000000L};
  return nanosleep(&time, NULL);
}

/* Reaps whatever has ended, also what was left to us. Whether `pid` has, and how. */
static int has_ended(pid_t pid, int *status) {
  int ended = 0;
  for (;;) {
    int how = 0;
    pid_t found = waitpid(-1, &how, WNOHANG);
    if (found <= 0) {
      return ended || (found < 0 && errno == ECHILD);
    }
    if (found == pid) {
      *status = how;
      ended = 1;
    }
  }
}

int watch(pid_t pid, const struct progress *progress, int *status) {
  uint32_t seen = 0;
  for (long still = 0; !has_ended(pid, status); still += LOOK_MS) {
    uint32_t now = __atomic_load_n(&progress->requests, __ATOMIC_SEQ_CST);
    still = now == seen ? still : 0;
    seen = now;
    if (still >= REQUEST_MS) {
      kill(pid, SIGKILL);
      for (int ms = 0; ms < CALL_MS && !has_ended(pid, status); ms += LOOK_MS) {
        pause_ms(LOOK_MS);
      }
      return -1;
    }
    pause_ms(LOOK_MS);
  }
  return 0;
}

/* Until all are played, or one of our own failed. Returns what to exit with. */
static int play_all(const struct plan *plan, int output, const char *lacks, struct progress *progress) {
  pid_t self = getpid();
  int broken = 0;
  for (uint32_t from = 0; from <= plan->runs && broken < MOST_BROKEN; from = progress->run + 1) {
    int status = 0;
    progress->run = from;
    pid_t pid = fork();
    if (pid == 0) {
      complain_to(fcntl(2, F_DUPFD_CLOEXEC, 64));
      start_supervisor(self, output, CALL_MS, (char *[]){NULL});
      play_runs(plan, from, lacks, progress);
    }
    if (pid < 0) {
      return complain(FAILED_HERE, "cannot fork: %s", strerror(errno));
    }
    if (watch(pid, progress, &status) != 0) {
      dprintf(output, "\nfail implementation a request did not end within %d ms\n", REQUEST_MS);
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
      return dprintf(output, "end %u\n", plan->runs) > 0 ? 0 : complain(FAILED_HERE, "cannot write the answers");
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == FAILED_HERE) {
      return FAILED_HERE; /* it has complained */
    } else if (!WIFEXITED(status) || WEXITSTATUS(status) != FAILED_THERE) {
      return complain(FAILED_HERE, "run %u could not be played to its end", progress->run + 1);
    }
    broken++;
  }
  dprintf(output, "given-up\n");
  return complain(FAILED_HERE, "%d runs were broken off by the kernel, so the others were not played", broken);
}

/* Those that tidy up after a supervisor end with us if we are the first process of a namespace. */
static void wait_for_others(void) {
  int status;
  for (int ms = 0; ms < LAST_MS && !(has_ended(-1, &status)); ms += LOOK_MS) {
    pause_ms(LOOK_MS);
  }
}

/* Before the root changes. What is in it stays until there is something to write: see empty(). */
static int create(const char *file) { return open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0644); }

/* What is no regular file, as a console, has nothing to lose. */
static int empty(int fd) {
  struct stat found;
  return fstat(fd, &found) == 0 && S_ISREG(found.st_mode) ? ftruncate(fd, 0) : 0;
}

static int play_plan(const struct plan *plan, const struct options *options, int output) {
  char lacks[4096];
  const char *stage = "";
  int error = 0;
  int result = find_place(&stage);
  if (result < 0) {
    return complain(FAILED_HERE, "cannot %s: %s%s", stage, strerror(-result), mend_of(-result));
  }
  open_standard();
  struct progress *progress =
      mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (progress == MAP_FAILED || share_times() < 0) {
    return complain(FAILED_HERE, "cannot map memory: %s", strerror(errno));
  }
  int64_t asked = ask_probe(lacks, sizeof(lacks));
  const char *refused = asked < 0 ? NULL : refused_to_play(lacks, &error);
  if (refused != NULL) {
    return complain(FAILED_HERE, "this machine does not let the agent %s (%s)%s", refused, strerror(error),
                    mend_of(error));
  }
  if (asked < 0 || strncmp(lacks, "ok\n", 3) != 0) {
    return complain(FAILED_HERE, "the machine could not be probed");
  }
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if ((options->answers != NULL && empty(output) < 0) || put_head(output, plan, lacks + 3) < 0) {
    return complain(FAILED_HERE, "cannot write the answers: %s", strerror(errno));
  }
  int code = play_all(plan, output, lacks, progress);
  wait_for_others();
  return code;
}

static int end(const struct options *options, int code) {
  if (options->power_off) {
    sync();
    reboot(RB_POWER_OFF);
  }
  return code;
}

int play(char **arguments) {
  struct options options = {0};
  struct plan plan = {0};
  int code = read_options(arguments, &options);
  if (code != 0) {
    return code;
  }
  const char *wrong = read_plan(options.file, &plan);
  if (wrong != NULL) {
    return end(&options, complain(BAD_INPUT, "the plan %s cannot be played: %s", options.file, wrong));
  }
  int output = options.answers == NULL ? 1 : create(options.answers);
  int times = options.times == NULL ? -1 : create(options.times);
  if (output < 0) {
    code = complain(BAD_INPUT, "the answers cannot be written to %s: %s", options.answers, strerror(errno));
  } else if (options.times != NULL && times < 0) {
    code = complain(BAD_INPUT, "the times cannot be written to %s: %s", options.times, strerror(errno));
  } else if (fcntl(output, F_GETFD) < 0) {
    code = complain(BAD_INPUT, "there is nowhere to write the answers to: give --answers FILE");
  } else {
    code = play_plan(&plan, &options, output);
    leave_place();
    fsync(output);
    if (code == 0 && times >= 0 && (empty(times) < 0 || write_times(times) < 0)) {
      code = complain(FAILED_HERE, "the times cannot be written to %s: %s", options.times, strerror(errno));
    }
  }
  return end(&options, code);
}
