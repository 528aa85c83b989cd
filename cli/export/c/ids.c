/*
 * Objects by id. The trace numbers objects of all kinds together, as they are made; the kernel numbers each
 * kind for itself, whoever on the machine makes them.
 */

/* 0, which no object has, for what the trace did not make. */
static uint32_t id_numbered(enum kind kind, uint32_t number) {
  int is_made = number >= 1 && number <= object_count && objects[number - 1].kind == kind;
  return is_made ? objects[number - 1].id : 0;
}

static uint32_t number_of(enum kind kind, uint32_t id) {
  for (uint32_t number = 1; number <= object_count; number++) {
    if (id_numbered(kind, number) == id) {
      return number;
    }
  }
  return 0;
}

__attribute__((unused)) static void open_by_id(enum kind kind, uint32_t number, uint32_t flags) {
  static const int commands[] = {
      [MAP] = BPF_MAP_GET_FD_BY_ID, [PROGRAM] = BPF_PROG_GET_FD_BY_ID, [LINK] = 30 /* BPF_LINK_GET_FD_BY_ID */};
  union bpf_attr attr = {.map_id = id_numbered(kind, number), .open_flags = flags};
  plain(bpf(commands[kind], &attr));
}

/* Ids grow as objects are made. What others on the machine have made is passed over. */
__attribute__((unused)) static void next_by_id(enum kind kind, uint32_t number) {
  static const int commands[] = {
      [MAP] = BPF_MAP_GET_NEXT_ID, [PROGRAM] = BPF_PROG_GET_NEXT_ID, [LINK] = 31 /* BPF_LINK_GET_NEXT_ID */};
  union bpf_attr attr = {0};
  for (; number > 0 && attr.next_id == 0; number--) {
    attr.next_id = id_numbered(kind, number);
  }
  long result;
  do {
    attr.start_id = attr.next_id;
    result = bpf(commands[kind], &attr);
  } while (result == 0 && number_of(kind, attr.next_id) == 0);
  shown(result, "0 (next_id=%u)", number_of(kind, attr.next_id));
}
