#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared *shared;

/* The file is written by the agent's own answers, and so may be longer than a pipe holds. */
struct ending end_of(void (*body)(void)) {
  struct ending ending = {0};
  FILE *said = tmpfile();
  int status = -1;
  fflush(stdout);
  pid_t pid = said == NULL ? -1 : fork();
  if (pid == 0) {
    shared = calloc(1, sizeof(*shared));
    answer_to(fileno(said));
    alarm(20);
    body();
    flush_answers();
    _exit(0);
  }
  if (pid < 0 || waitpid(pid, &status, 0) != pid) {
    perror("cannot run a case");
    exit(2);
  }
  rewind(said);
  ending.said[fread(ending.said, 1, sizeof(ending.said) - 1, said)] = '\0';
  fclose(said);
  ending.status = WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
  return ending;
}

void expect(int holds, const char *what, int line) {
  if (!holds) {
    fail("test", "line %d: %s", line, what);
  }
}

static void report(const char *name, int holds, const struct ending *ending) {
  if (holds) {
    printf("ok %s\n", name);
    return;
  }
  printf("not ok %s: status %d, said ", name, ending->status);
  for (const char *at = ending->said; *at != '\0'; at++) {
    putchar(*at == '\n' ? '|' : *at);
  }
  putchar('\n');
}

void passes(const char *name, void (*body)(void)) {
  struct ending ending = end_of(body);
  report(name, ending.status == 0, &ending);
}

void says(const char *name, void (*body)(void), const char *said) {
  struct ending ending = end_of(body);
  report(name, ending.status == 0 && strcmp(ending.said, said) == 0, &ending);
}

void refuses(const char *name, void (*body)(void), const char *words) {
  static const char begin[] = "\nfail harness ";
  struct ending ending = end_of(body);
  const char *sentence = strstr(ending.said, begin);
  const char *end = sentence == NULL ? NULL : strchr(sentence + 1, '\n');
  int is_one = end != NULL && end[1] == '\0';
  report(name, ending.status == FAILED_HERE && is_one && strstr(sentence, words) != NULL, &ending);
}
