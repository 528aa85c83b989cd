/** Puts together what the parts that follow a log share. */
import type { Explanation } from './explanation.types.ts';
import { releaseFile } from './follow-descriptors.ts';
import { makeObject } from './follow-objects.ts';
import type { Following } from './following.types.ts';
import type { LogPlan } from './log-plan.types.ts';
import { createJudging } from './judging.ts';
import { createLives } from './lives.ts';
import { otherSlot } from './log-processes.ts';
import type { LentWorld } from './log-worlds.ts';
import { createPlaces } from './places.ts';

/** Errors by which a descriptor may turn out to be no object. */
const ofNoObject: ReadonlySet<string> = new Set(['EINVAL', 'EBADF']);

/** Assumptions and remarks that are kept of a log, however long it is. */
const mostNotes = 200;

export function createFollowing(
  { specification, world }: LentWorld,
  { targets, pins }: Pick<LogPlan, 'targets' | 'pins'>,
): { readonly following: Following; readonly finish: () => Explanation } {
  const assumptions: { line: number; text: string }[] = [];
  const remarks: { line: number; text: string }[] = [];
  const keep =
    (list: { line: number; text: string }[]) =>
    (line: number, text: string): void => {
      if (list.length < mostNotes) list.push({ line, text });
    };
  const assume = keep(assumptions);
  const remark = keep(remarks);
  const host = new Set(world.host.map((path) => path.replace(/\/$/, '')));
  const judging = createJudging(specification, world, remark);
  const lives = createLives();
  const places = createPlaces(judging, { host, pins }, assume, (process, path, { line, by }) => {
    const made = makeObject(following, process, 'map', '');
    if (made === null) return;
    judging.make(process.model, { call: 'BPF_OBJ_PIN', path, fd: made.model });
    const origin = `there before the log, pinned at ${path}`;
    const name = `at ${path}`;
    lives.enter(made.object, { sort: 'map', type: '', name, origin }, { line, by });
    judging.make(process.model, { call: 'close', fd: made.model });
    assume(line, `an object is pinned at ${path}; it is taken for a map`);
  });

  const following: Following = {
    judging,
    places,
    lives,
    processes: new Map(),
    host,
    targets,
    mounts: [],
    assume,
    remark,
    put(process, fd, slot) {
      following.drop(process, fd);
      if (slot.file !== null) slot.file.users++;
      process.table.fds.set(fd, slot);
    },
    drop(process, fd) {
      const slot = process.table.fds.get(fd);
      if (slot === undefined) return;
      process.table.fds.delete(fd);
      if (slot.model !== null) judging.make(process.model, { call: 'close', fd: slot.model });
      if (slot.file !== null) releaseFile(following, slot.file);
    },
    objectAt({ process, place, result }, { fd, shown }) {
      const slot = process.table.fds.get(fd);
      if (slot?.kind === 'object') return slot;
      // What is known to be no object has no place in the model.
      if (!result.ok && (slot !== undefined || ofNoObject.has(result.errno))) return null;
      const sort = shown?.includes('bpf-prog') === true ? 'program' : 'map';
      const made = makeObject(following, process, sort, '');
      if (made === null) return null;
      const name = `behind descriptor ${fd} of process ${process.pid}`;
      lives.enter(made.object, { sort, type: '', name, origin: 'there before the log' }, place);
      assume(place.line, `${sort} ${name} was there before`);
      const revealed = { ...otherSlot(1), model: made.model, kind: 'object' } as const;
      following.put(process, fd, revealed);
      return revealed;
    },
    objectOf(pid, fd) {
      return judging.objectBehind(pid, fd);
    },
  };
  return {
    following,
    finish: () => ({
      profile: specification.profile,
      verdict: judging.verdict(),
      judged: judging.judged(),
      ...lives.finish(),
      mounts: following.mounts.map(({ path, mounted, unmounted }) => ({
        path,
        mounted,
        unmounted,
      })),
      assumptions,
      remarks,
    }),
  };
}
