/* struct linux_dirent64, which no header has. */
struct entry {
  uint64_t inode;
  int64_t next;
  uint16_t length;
  uint8_t type;
  char name[];
};

/* As strace writes strings: octal where there is no letter, with as few digits as can be read back. */
static void add_quoted(FILE *text, const char *name) {
  fputc('"', text);
  for (const unsigned char *at = (const unsigned char *)name; *at != 0; at++) {
    if (*at == '"' || *at == '\\') {
      fprintf(text, "\\%c", *at);
    } else if (*at >= '\t' && *at <= '\r') {
      fprintf(text, "\\%c", "tnvfr"[*at - '\t']);
    } else if (*at >= ' ' && *at <= '~') {
      fputc(*at, text);
    } else {
      fprintf(text, at[1] >= '0' && at[1] <= '7' ? "\\%03o" : "\\%o", *at);
    }
  }
  fputc('"', text);
}

static int by_bytes(const void *one, const void *other) {
  return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* What one reading gave. A name with a dot is the kernel's own. */
static long names_in(const char *entries, long size, const char **names) {
  long count = 0;
  for (long at = 0; at < size;) {
    const struct entry *entry = (const struct entry *)(const void *)(entries + at);
    if (strchr(entry->name, '.') == NULL) {
      names[count++] = entry->name;
    }
    at += entry->length;
  }
  return count;
}

/* Raw: libc takes a directory that was removed for an empty one. */
__attribute__((unused)) static void list_names(const char *path) {
  static char entries[1 << 16] __attribute__((aligned(8)));
  static const char *names[sizeof(entries) / sizeof(struct entry)];
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
  if (plain(fd)) {
    return;
  }
  long size = syscall(SYS_getdents64, fd, entries, sizeof(entries));
  if (!plain(size)) {
    long count = names_in(entries, size, names);
    qsort(names, (size_t)count, sizeof(names[0]), by_bytes);
    FILE *text = fmemopen(answer.text, sizeof(answer.text), "w");
    fprintf(text, "%ld (names=[", count);
    for (long i = 0; i < count; i++) {
      fputs(i == 0 ? "" : ", ", text);
      add_quoted(text, names[i]);
    }
    fputs("])", text);
    fclose(text);
  }
  syscall(SYS_close, fd);
}
