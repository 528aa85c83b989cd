/* Reading the attributes of bpf(2): N (OFFSET WIDTH VALUE)*N, VALUE a number, @WORD or =STRING. */
#include "agent.h"

static int is_room(int64_t offset, int64_t width) {
  return (width == 1 || width == 4 || width == 8) && offset >= 0 && offset <= ATTR_ROOM - width;
}

static uint32_t next_string(struct command *command, const char *hex, uint32_t strings) {
  if (strings == sizeof(command->path) / sizeof(command->path[0])) {
    fail("harness", "the agent got more strings for one call than it can take");
  }
  read_path(hex, command->path[strings], PATH_ROOM);
  command->is_null[strings] = 0;
  command->path_count = (int)strings + 1;
  return strings;
}

static struct field next_attribute(struct command *command, uint32_t *strings) {
  int64_t offset = next_number();
  int64_t width = next_number();
  const char *value = next_field();
  struct field field = {(uint32_t)offset, (uint32_t)width, MEANS_NUMBER, 0};
  if (!is_room(offset, width) || (width != 8 && (*value == '@' || *value == '='))) {
    fail("harness", "the agent got %.40s for %lld bytes of attributes at %lld", value,
         (long long)width, (long long)offset);
  }
  if (*value == '=') {
    field.meaning = MEANS_STRING;
    field.value = next_string(command, value, (*strings)++);
  } else {
    field.meaning = *value == '@' ? MEANS_WORD : MEANS_NUMBER;
    field.value = (uint32_t)to_number(value + (*value == '@'));
  }
  return field;
}

void read_fields(struct command *command) {
  uint32_t strings = 0;
  command->field_count = next_count(MAX_FIELDS);
  for (uint32_t i = 0; i < command->field_count; i++) {
    command->fields[i] = next_attribute(command, &strings);
  }
}
