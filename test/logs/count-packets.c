/* A traffic filter that counts packets in a map, which its loader is asked to pin by its name. */
#include <linux/bpf.h>

#define SECTION(name) __attribute__((section(name), used))

struct {
  int (*type)[BPF_MAP_TYPE_ARRAY];
  __u32 *key;
  __u64 *value;
  int (*max_entries)[1];
  int (*pinning)[1];
} packets SECTION(".maps");

/* How gcc is told of a function of the kernel: by its number. */
void *look_up(void *map, const void *key) __attribute__((kernel_helper(BPF_FUNC_map_lookup_elem)));

SECTION("tc") int count(struct __sk_buff *packet)
{
  __u32 key = 0;
  __u64 *value = look_up(&packets, &key);
  if (value)
    __sync_fetch_and_add(value, 1);
  return 0;
}

char terms[] SECTION("license") = "GPL";
