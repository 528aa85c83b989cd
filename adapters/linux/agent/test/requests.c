/* The fields of a request, good and bad (requests.c, fields.c). */
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 400, LONGEST = 300 };

static struct command command;

static void read_line(const char *text) {
  static char line[1 << 17];
  snprintf(line, sizeof(line), "%s", text);
  begin_line(line);
  read_call(&command);
  end_request();
}

static void numbers(void) {
  read_line("BPF_MAP_CREATE 1 4 8 -1 0 9223372036854775807");
  EXPECT(command.op == OP_MAP_CREATE && command.path_count == 0);
  EXPECT(command.number[0] == 1 && command.number[2] == 8 && command.number[3] == -1);
  EXPECT(command.number[5] == INT64_MAX);
}

static void no_arguments(void) {
  read_line("fork");
  EXPECT(command.op == OP_FORK && command.path_count == 0);
}

static void paths(void) {
  read_line("rename =2f61 @7=62");
  EXPECT(command.op == OP_RENAME && command.path_count == 2);
  EXPECT(strcmp(command.path[0], "/a") == 0 && command.start[0] == AT_FDCWD);
  EXPECT(strcmp(command.path[1], "b") == 0 && command.start[1] == 7);
}

static void null_path(void) {
  read_line("mkdir -");
  EXPECT(command.is_null[0] && path_argument(&command, 0) == NULL);
  read_line("mkdir @3-");
  EXPECT(command.is_null[0] && command.start[0] == 3);
}

static void empty_path(void) {
  read_line("mkdir =");
  EXPECT(!command.is_null[0] && command.path[0][0] == '\0');
}

/* The kernel reads 4096 bytes, and what it answers to more it answers to what is cut here, too. */
static void long_path(void) {
  static char line[6 + 40000 + 1] = "mkdir =";
  for (int i = 0; i < 16000; i++) {
    memcpy(line + 7 + 2 * i, "61", 2);
  }
  read_line(line);
  EXPECT(strlen(command.path[0]) == PATH_ROOM - 1);
}

static void fields(void) {
  read_line("bpf 0 72 1 0 3 0 4 1 8 8 @5 16 8 =2f61");
  EXPECT(command.field_count == 3);
  EXPECT(command.fields[0].meaning == MEANS_NUMBER && command.fields[0].value == 1);
  EXPECT(command.fields[1].meaning == MEANS_WORD && command.fields[1].value == 5);
  EXPECT(command.fields[2].meaning == MEANS_STRING && command.fields[2].offset == 16);
  EXPECT(strcmp(command.path[command.fields[2].value], "/a") == 0);
}

/* Each is a request that must be refused, and words of the refusal. */
static const struct {
  const char *name, *line, *words;
} bad[] = {
    {"a call that there is not", "mkdri =61", "does not know the call mkdri"},
    {"no call", "", "ends early"},
    {"two spaces", "close  3", "ends early"},
    {"a call without its number", "close", "ends early"},
    {"a call with half of its numbers", "dup2 3", "ends early"},
    {"a call without its path", "mkdir", "ends early"},
    {"a call with one path of two", "rename =61", "ends early"},
    {"a number too many", "close 3 4", "goes on after its end: 4"},
    {"a path too many", "mkdir =61 =62", "goes on after its end: =62"},
    {"a word for a number", "close x", "got \"x\" for a number"},
    {"a number with a tail", "close 3x", "got \"3x\" for a number"},
    {"a number beyond 64 bits", "close 9223372036854775808", "for a number"},
    {"a number with a point", "close 3.0", "for a number"},
    {"a path that is a number", "mkdir 61", "got \"61\" for a path"},
    {"a path that is no hexadecimal", "mkdir =6g", "got \"=6g\" for a path"},
    {"a path in capitals", "mkdir =6A", "for a path"},
    {"a path that ends in the middle of a byte", "mkdir =616", "for a path"},
    {"a path with a tail behind NULL", "mkdir -61", "for a path"},
    {"a start that is no number", "mkdir @=61", "got \"@=61\" for a path"},
    {"a start without a path", "mkdir @3", "got \"\" for a path"},
    {"a kind of open that there is not", "open 7 =61", "7 for a number of open, which ends at 6"},
    {"a kind of open below 0", "open -1 =61", "-1 for a number of open"},
    {"a node that there is not", "mknod 3 =61", "number of mknod"},
    {"more descriptors than a message has", "sendmsg 3 3 4 5", "number of sendmsg"},
    {"a count of descriptors below 0", "sendmsg 3 -1 4 5", "number of sendmsg"},
    {"room for more descriptors than a message has", "recvmsg 3 1000000 0", "number of recvmsg"},
    {"a flag of recvmsg that there is not", "recvmsg 3 0 3", "number of recvmsg"},
    {"attributes that end early", "bpf 0 72 1 0 1 0 4", "ends early"},
    {"more attributes than there are", "bpf 0 72 1 0 9", "9, more than it can take"},
    {"fewer attributes than none", "bpf 0 72 1 0 -1", "-1, more than it can take"},
    {"an attribute of three bytes", "bpf 0 72 1 0 1 0 3 1", "for 3 bytes of attributes at 0"},
    {"an attribute below its place", "bpf 0 72 1 0 1 -4 4 1", "attributes at -4"},
    {"an attribute beyond its place", "bpf 0 72 1 0 1 8189 4 1", "attributes at 8189"},
    {"a pointer of four bytes", "bpf 0 72 1 0 1 0 4 @1", "for 4 bytes of attributes"},
    {"three strings", "bpf 0 72 1 0 3 0 8 =61 8 8 =62 16 8 =63", "more strings"},
    {"a string that is no hexadecimal", "bpf 0 72 1 0 1 0 8 =xx", "for a path"},
    {"a word that is none", "bpf 0 72 1 0 1 0 8 @", "for a number"},
};

static unsigned which;

static void bad_line(void) { read_line(bad[which].line); }

static uint32_t seed = 1;

static uint32_t draw(uint32_t below) {
  seed = seed * 1664525 + 1013904223;
  return (seed >> 8) % below;
}

/* Some begin like a request, so that what comes after a good beginning is garbled, too. */
static void garbage(void) {
  static const char *const begins[] = {"", "bpf 0 72 1 0 ", "rename =2f @", "sendmsg 3 ", "open "};
  static const char alphabet[] = "0123456789abcdef -=@x\t\377\001";
  char line[LONGEST] = "";
  strcpy(line, begins[draw(5)]);
  size_t length = strlen(line);
  for (size_t end = length + draw(LONGEST - 20); length < end; length++) {
    line[length] = alphabet[draw(sizeof(alphabet) - 1)];
  }
  line[length] = '\0';
  read_line(line);
}

/* Nothing but a call that was read, or one sentence. */
static int is_answered(const struct ending *ending) {
  return ending->status == 0 ||
         (ending->status == FAILED_HERE && strncmp(ending->said, "\nfail harness the agent ", 24) == 0);
}

static void try_garbage(void) {
  for (uint32_t round = 1; round <= ROUNDS; round++) {
    seed = round;
    struct ending ending = end_of(garbage);
    if (!is_answered(&ending)) {
      printf("not ok garbage, seed %u: status %d\n", round, ending.status);
      return;
    }
  }
  printf("ok garbage is read, or refused by one sentence\n");
}

int main(void) {
  passes("the numbers of a call", numbers);
  passes("a call without arguments", no_arguments);
  passes("paths, and the directories in which they start", paths);
  passes("a path that is NULL", null_path);
  passes("an empty path", empty_path);
  passes("a path of which no kernel reads the end is cut", long_path);
  passes("the attributes of a raw call", fields);
  for (which = 0; which < sizeof(bad) / sizeof(bad[0]); which++) {
    char name[100];
    snprintf(name, sizeof(name), "refuses %s", bad[which].name);
    refuses(name, bad_line, bad[which].words);
  }
  try_garbage();
  return 0;
}
