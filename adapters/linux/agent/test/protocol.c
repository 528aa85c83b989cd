/* What comes through the pipe of the driver, whole or not, and what goes back (protocol.c, answer.c). */
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Serves what a driver wrote before it went away. */
static void serve_bytes(const char *bytes, size_t length) {
  FILE *input = tmpfile();
  EXPECT(input != NULL && fwrite(bytes, 1, length, input) == length);
  rewind(input);
  serve(fileno(input));
}

static void serve_text(const char *text) { serve_bytes(text, strlen(text)); }

static void nothing(void) { serve_text(""); }
static void one(void) { serve_text("alive 0\n"); }
static void three(void) { serve_text("alive 0\nalive 1 0\nalive 2 0 0\n"); }
static void unended(void) { serve_text("alive 0\nalive 0"); }
static void empty_line(void) { serve_text("\n"); }
static void unknown(void) { serve_text("resett 3 0 0\n"); }
static void after_refusal(void) { serve_text("alive 0\nnonsense\nalive 0\n"); }
static void too_many(void) { serve_text("alive 0 8\n"); }
static void too_few(void) { serve_text("alive 2 8\n"); }
static void count_below(void) { serve_text("alive -1\n"); }
static void count_beyond(void) { serve_text("alive 16777217\n"); }
static void settle_more(void) { serve_text("settle 1\n"); }
static void no_run(void) { serve_text("step 0 1 fork\n"); }
static void unknown_gone(void) { serve_text("gone 2 4 8\n"); }
static void no_number(void) { serve_text("await 2 1\n"); }
static void unknown_wish(void) { serve_text("step 4 1 fork\n"); }
static void no_process(void) { serve_text("step 0 -1 fork\nstep 0 4097 fork\n"); }
static void windows_line(void) { serve_text("alive 0\r\n"); }
static void reset_short(void) { serve_text("reset 16 2 =2f61\n"); }
static void reset_more(void) { serve_text("reset 16 0 0 0\n"); }
static void reset_many(void) { serve_text("reset 65537 0 0\n"); }
static void reset_paths(void) { serve_text("reset 16 1048577\n"); }
static void with_nul(void) { serve_bytes("alive 0\0 junk\n", 14); }
static void only_nul(void) { serve_bytes("\0\n", 2); }
static void binary(void) { serve_bytes("\x7f" "ELF\x02\x01\x01\n", 8); }

/*
 * Serves what another process writes, slowly or at length. It is nobody's child here, since the agent
 * makes sure at its end that it has none.
 */
static void serve_writer(void (*write_to)(int fd)) {
  int ends[2];
  int status;
  EXPECT(pipe(ends) == 0);
  pid_t pid = fork();
  if (pid == 0) {
    if (fork() == 0) {
      close(ends[0]);
      signal(SIGPIPE, SIG_DFL);
      write_to(ends[1]);
    }
    _exit(0);
  }
  EXPECT(waitpid(pid, &status, 0) == pid);
  close(ends[1]);
  serve(ends[0]);
}

/* Byte by byte, as a slow pipe may deliver it. */
static void write_bytes(int fd) {
  static const char text[] = "alive 0\nalive 1 0\n";
  for (size_t i = 0; i < sizeof(text) - 1; i++) {
    EXPECT(write(fd, text + i, 1) == 1);
    usleep(200);
  }
}

static void write_for_ever(int fd) {
  static char zeros[1 << 20];
  memset(zeros, '0', sizeof(zeros));
  while (write(fd, zeros, sizeof(zeros)) > 0) {
  }
}

static void piecemeal(void) { serve_writer(write_bytes); }

/* A request of as many bytes as are taken, and one that never ends. */
static void endless(void) { serve_writer(write_for_ever); }

static void long_line(void) {
  enum { OBJECTS = 100000 };
  char *text = malloc(OBJECTS * 2 + 32);
  size_t length = (size_t)sprintf(text, "alive %d", OBJECTS);
  for (int i = 0; i < OBJECTS; i++) {
    memcpy(text + length, " 0", 2);
    length += 2;
  }
  text[length++] = '\n';
  serve_bytes(text, length);
}

/* More than the buffer of answers holds. */
static void long_answer(void) {
  for (int i = 0; i < 40000; i++) {
    put_number(1);
  }
  end_line();
  flush_answers();
}

static void broken_line(void) {
  put_number(1);
  end_line();
  put_number(2);
  fail("implementation", "it\nhung\r");
}

static void no_reader(void) {
  int ends[2];
  EXPECT(pipe(ends) == 0);
  close(ends[0]);
  signal(SIGPIPE, SIG_IGN);
  answer_to(ends[1]);
  put_number(1);
  end_line();
  flush_answers();
}

static void tell_after(unsigned microseconds) {
  flush_answers();
  put_number(1);
  end_line();
  usleep(microseconds);
  tell_in_time();
  _exit(0);
}

static void soon(void) { tell_after(0); }
static void late(void) { tell_after(250000); }

static void ends(const char *name, void (*body)(void), int status, const char *said) {
  struct ending ending = end_of(body);
  int holds = ending.status == status && strcmp(ending.said, said) == 0;
  printf("%s %s\n", holds ? "ok" : "not ok", name);
}

static void numbers_at_length(void) {
  struct ending ending = end_of(long_answer);
  size_t length = strlen(ending.said);
  printf("%s\n", ending.status == 0 && length == sizeof(ending.said) - 1
                     ? "ok an answer longer than the buffer"
                     : "not ok an answer longer than the buffer");
}

int main(void) {
  says("no request, no answer", nothing, "");
  says("one request", one, "0\n");
  says("three requests at once, answered in order", three, "0\n0\n0\n");
  says("requests byte by byte", piecemeal, "0\n0\n");
  says("a request that the end of the input cuts short is none", unended, "0\n");
  says("a request of 200,000 bytes", long_line, "0\n");
  says("a step where there is no run is ESRCH", no_run, "-3 0 0 0\n");
  says("a step of a process that cannot be is ESRCH", no_process, "-3 0 0 0\n-3 0 0 0\n");
  says("what never was, was not seen to be gone", unknown_gone, "2 0 0\n");
  says("an answer may wait for others", soon, "");
  says("an answer does not wait for long", late, "1\n");
  numbers_at_length();

  refuses("refuses an empty line", empty_line, "ends early");
  refuses("refuses a request that there is not", unknown, "does not know the request resett");
  refuses("refuses a field too many", too_many, "goes on after its end: 8");
  refuses("refuses a field too few", too_few, "ends early");
  refuses("refuses a count below 0", count_below, "-1, more than it can take");
  refuses("refuses a count beyond all use", count_beyond, "16777217, more than it can take");
  refuses("refuses a settle with a field", settle_more, "goes on after its end: 1");
  refuses("refuses a line that ends as on Windows", windows_line, "for a number");
  refuses("refuses a reset without its paths", reset_short, "ends early");
  refuses("refuses a reset with a field too many", reset_more, "goes on after its end: 0");
  refuses("refuses a reset with too many descriptors", reset_many, "65537, more than it can take");
  refuses("refuses a reset with too many paths", reset_paths, "1048577, more than it can take");
  refuses("refuses a request with a NUL in it", with_nul, "with a NUL in it");
  refuses("refuses a NUL alone", only_nul, "with a NUL in it");
  refuses("refuses to wait for an object without its number", no_number, "");
  refuses("refuses to say what it does not know", unknown_wish, "");
  refuses("refuses a program instead of requests", binary, "does not know the request");
  refuses("refuses a request that never ends", endless, "of more than 67108864 bytes");

  ends("answers nothing after it has refused", after_refusal, FAILED_HERE,
       "0\n\nfail harness the agent does not know the request nonsense\n");
  ends("a failure takes the place of the answer that was begun, in one line", broken_line, FAILED_THERE,
       "1\n\nfail implementation it?hung?\n");
  ends("ends where nobody reads the answers", no_reader, FAILED_HERE, "");
  return 0;
}
