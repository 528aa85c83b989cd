/*
 * The agent: `agent probe`, `agent supervise PARENT-PID CALL-DEADLINE-MS LACKING...` (abilities.h),
 * `agent --play FILE` (play.c) or, from itself, `agent resume SEGMENT PROCESS`.
 */
#include "agent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

struct shared *shared;

int main(int count, char **arguments) {
  prctl(PR_SET_NAME, "pinproof-agent");
  if (count == 2 && strcmp(arguments[1], "probe") == 0) {
    probe();
    return 0;
  }
  if (count >= 4 && strcmp(arguments[1], "supervise") == 0) {
    serve(start_supervisor(atoi(arguments[2]), 1, atoi(arguments[3]), arguments + 4));
    return 0;
  }
  if (count == 4 && strcmp(arguments[1], "resume") == 0) {
    resume(atoi(arguments[2]), (uint32_t)atoi(arguments[3]));
  }
  if (count >= 2 && strncmp(arguments[1], "--", 2) == 0) {
    return play(arguments + 1);
  }
  fprintf(stderr,
          "usage: agent --play FILE [--answers FILE] [--times FILE] [--cookies] [--power-off] |\n"
          "       agent probe | agent supervise PARENT-PID CALL-DEADLINE-MS LACKING...\n");
  return 2;
}
