/* Writing answers to the driver. */
#include "agent.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Ours may wait for each other, but the driver takes a long silence for a failure. */
#define LONGEST_SILENCE_NS 200000000

static int output = -1;
/* Nowhere, unless we are told. */
static int complaints = -1;
static char out[65536];
static size_t length;
static uint64_t last_told;

/* What is told behind a failure of the implementation. */
static void (*last_words)(void);

void answer_to(int fd) { output = fd; }

void complain_to(int fd) { complaints = fd; }

void tell_after_failure(void (*words)(void)) { last_words = words; }

void flush_answers(void) {
  size_t done = 0;
  while (done < length) {
    ssize_t written = write(output, out + done, length - done);
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      dprintf(complaints, "agent: cannot write the answers: %s.\n", strerror(errno));
      run_abandon();
      _exit(FAILED_HERE);
    }
    done += (size_t)written;
  }
  length = 0;
  last_told = clock_now();
}

void tell_in_time(void) {
  if (clock_now() - last_told > LONGEST_SILENCE_NS) {
    flush_answers();
  }
}

void put_number(int64_t number) {
  if (length + 32 > sizeof(out)) {
    flush_answers();
  }
  length += (size_t)snprintf(out + length, 32, "%lld ", (long long)number);
}

void put_text(const char *text) {
  size_t size = strlen(text);
  if (length + size > sizeof(out)) {
    flush_answers();
  }
  memcpy(out + length, text, size);
  length += size;
}

void end_line(void) { out[length - 1] = '\n'; }

void fail(const char *blame, const char *why, ...) {
  char sentence[512];
  va_list arguments;
  va_start(arguments, why);
  vsnprintf(sentence, sizeof(sentence), why, arguments);
  va_end(arguments);
  for (char *at = sentence; *at != '\0'; at++) {
    *at = *at == '\n' || *at == '\r' ? '?' : *at;
  }
  /* A line that was begun would swallow this one. */
  while (length > 0 && out[length - 1] != '\n') {
    length--;
  }
  flush_answers();
  length = (size_t)snprintf(out, sizeof(out), "\nfail %s %s\n", blame, sentence);
  run_abandon();
  flush_answers();
  int is_ours = strcmp(blame, "harness") == 0;
  if (is_ours) {
    dprintf(complaints, "agent: %s.\n", sentence);
  } else if (last_words != NULL) {
    /* What fails in them is another failure, of which they say nothing more. */
    void (*words)(void) = last_words;
    last_words = NULL;
    words();
    flush_answers();
  }
  _exit(is_ours ? FAILED_HERE : FAILED_THERE);
}
