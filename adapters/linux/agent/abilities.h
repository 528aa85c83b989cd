/*
 * What the supervisor of a run can do on this machine, and a run may have to do without:
 *
 *   ids    list objects and open them by id; without, nobody knows which objects are alive
 *   tree   a private mount namespace, a root of its own, a bpffs; without, no call may take a path:
 *          it would reach the machine's files
 *   views  take the root of a process for its own, to see its paths
 */
#ifndef ABILITIES_H
#define ABILITIES_H

#include "command.h"

enum ability { IDS, TREE, VIEWS, ABILITIES };

/* By its name; ends the agent if there is none of that name. */
void do_without(const char *name);
int is_able(enum ability ability);
/* Ends the agent, and thereby the run, if a command takes what there is not. */
void require_abilities(const struct command *command);

/* The first capability of root that calls about owners and modes need and that is not there, or NULL. */
const char *missing_capability(void);

#endif
