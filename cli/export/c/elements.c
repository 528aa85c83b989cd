/* A key or a value behind its pointer. */
#define WORD(number) (&(const uint32_t){number})

/* More than any map of a trace has, and nothing behind it, so that a larger word ends in EFAULT. */
static char *word_buffer(int which, const uint32_t *word) {
  enum { ROOM = 65536 };
  static char *buffers[2];
  if (buffers[which] == NULL) {
    char *area = mmap(NULL, 2 * ROOM, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED || mprotect(area, ROOM, PROT_READ | PROT_WRITE) != 0) {
      _exit(3);
    }
    buffers[which] = area;
  }
  memset(buffers[which], 0, 64);
  if (word != NULL) {
    memcpy(buffers[which], word, sizeof(*word));
  }
  return word == NULL ? NULL : buffers[which];
}

static long element(int command, int fd, const uint32_t *key, const uint32_t *value, uint64_t flags,
                    uint32_t *found) {
  union bpf_attr attr = {.map_fd = (uint32_t)fd, .flags = flags};
  attr.key = address(word_buffer(0, key));
  char *room = word_buffer(1, value);
  attr.value = address(room);
  long result = bpf(command, &attr);
  if (found != NULL) {
    memcpy(found, room, sizeof(*found));
  }
  return result;
}

__attribute__((unused)) static void map_update(int fd, const uint32_t *key, const uint32_t *value, uint64_t flags) {
  plain(element(BPF_MAP_UPDATE_ELEM, fd, key, value, flags, NULL));
}

/* In a map that holds objects a lookup finds ids, which no two runs share: 0 is shown. */
__attribute__((unused)) static void map_lookup(int fd, const uint32_t *key) {
  uint32_t found = 0;
  long result = element(BPF_MAP_LOOKUP_ELEM, fd, key, WORD(0), 0, &found);
  if (result == 0) {
    uint32_t type = map_type_behind(fd);
    int holds_words = type != BPF_MAP_TYPE_PROG_ARRAY && type != BPF_MAP_TYPE_ARRAY_OF_MAPS &&
                      type != BPF_MAP_TYPE_HASH_OF_MAPS;
    found = holds_words ? found : 0;
  }
  shown(result, "0 (value=%u)", found);
}

__attribute__((unused)) static void map_delete(int fd, const uint32_t *key) {
  plain(element(BPF_MAP_DELETE_ELEM, fd, key, NULL, 0, NULL));
}

__attribute__((unused)) static void map_next_key(int fd, const uint32_t *key) {
  uint32_t found = 0;
  long result = element(BPF_MAP_GET_NEXT_KEY, fd, key, WORD(0), 0, &found);
  shown(result, "0 (next_key=%u)", found);
}
