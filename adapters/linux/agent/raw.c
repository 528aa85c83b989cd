/* bpf(2) in its raw form: any command, any size, attributes byte by byte. */
#include "agent.h"

#include <errno.h>
#include <linux/bpf.h>
#include <string.h>

/*
 * The attributes, and what each field points to: whatever the kernel is made to write there, it
 * writes over nothing of ours. Made when first needed: most runs do without, and every fork would
 * have to copy the mappings.
 */
static char *attributes;
static char *pointed[MAX_FIELDS];

static int make_room(void) {
  if (attributes != NULL) {
    return 0;
  }
  attributes = guarded_buffer();
  for (int i = 0; attributes != NULL && i < MAX_FIELDS; i++) {
    pointed[i] = guarded_buffer();
    if (pointed[i] == NULL) {
      return -errno;
    }
  }
  return attributes == NULL ? -errno : 0;
}

static void place(char *at, uint32_t width, uint64_t value) {
  uint32_t word = (uint32_t)value;
  switch (width) {
  case 1:
    *at = (char)value;
    return;
  case 4:
    memcpy(at, &word, sizeof(word));
    return;
  default:
    memcpy(at, &value, sizeof(value));
  }
}

static uint64_t field_value(const struct command *command, uint32_t which) {
  const struct field *field = &command->fields[which];
  char *area = pointed[which];
  if (field->meaning == MEANS_NUMBER) {
    return field->value;
  }
  memset(area, 0, PATH_ROOM);
  if (field->meaning == MEANS_WORD) {
    memcpy(area, &field->value, sizeof(field->value));
  } else {
    strcpy(area, command->path[field->value]);
  }
  return address(area);
}

/* The fields of BPF_MAP_GET_NEXT_KEY. */
struct next_key {
  uint32_t fd;
  uint64_t key;
  uint64_t next;
};

/* A key that no call of a run is to find (cookies.c): what comes behind it is asked for instead. */
static int64_t past_cookie(const struct command *command, int64_t result) {
  struct next_key *attr = (void *)attributes;
  if (command->number[2] == 0 || command->number[0] != BPF_MAP_GET_NEXT_KEY || result < 0) {
    return result;
  }
  for (uint32_t i = 0; i < command->field_count; i++) {
    uint32_t found;
    memcpy(&found, pointed[i], sizeof(found));
    if (attr->next == address(pointed[i]) && is_cookie_key(found)) {
      attr->key = attr->next;
      return bpf_of((int)command->number[0], attributes, (uint32_t)command->number[1]);
    }
  }
  return result;
}

/* The numbers: command, size, 1 if there are attributes, and else the address to pass. */
int64_t raw_bpf(const struct command *command) {
  const int64_t *number = command->number;
  uint64_t at = (uint64_t)number[3];
  if (number[2] != 0) {
    int made = make_room();
    if (made < 0) {
      return lack("map memory", made);
    }
    memset(attributes, 0, ATTR_ROOM); /* the kernel may have written there */
    for (uint32_t i = 0; i < command->field_count; i++) {
      const struct field *field = &command->fields[i];
      place(attributes + field->offset, field->width, field_value(command, i));
    }
    at = address(attributes);
  }
  return past_cookie(command, bpf_of((int)number[0], (const void *)(uintptr_t)at, (uint32_t)number[1]));
}
