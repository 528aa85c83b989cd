/** Asks the model about one call after another, and keeps the verdict. */
import type { Holds, World } from '../../model/index.ts';
import type { Call, Outcome } from '../../model/vocabulary/index.ts';
import { isErrno, succeed } from '../../model/vocabulary/index.ts';
import type { LogResult } from '../../traces/index.ts';
import { clauseOf, withSources } from '../finding.ts';
import { createOracle, stateLimit } from '../oracle.ts';
import type { Allowed } from '../oracle.types.ts';
import type { Specification } from '../specification.types.ts';
import type { LogPlace, LogVerdict } from './explanation.types.ts';

export interface Judging {
  /**
   * Holds an answer of the log against the model: what the model answers, in its own numbers; null if
   * the call had no effect, or the log can be followed no further.
   */
  judge(place: LogPlace, text: string, pid: number, call: Call, answer: LogResult): number | null;
  /** Makes a call that the log does not show: what the model answers, or null if it fails. */
  make(pid: number, call: Call): number | null;
  /** From here on, what deviates may come of something that the log did not let us follow. */
  lose(line: number, reason: string): void;
  /** Ends the judging: nothing behind this line can be followed. */
  stop(line: number, reason: string): void;
  readonly isOver: () => boolean;
  readonly holds: () => Holds;
  /** The object behind a descriptor of the model's, or 0. */
  readonly objectBehind: (pid: number, fd: number) => number;
  readonly verdict: () => LogVerdict;
  readonly judged: () => number;
}

/** Errors that tell of the machine and not of the objects: whoever meets one has done nothing. */
const ofTheMachine: ReadonlySet<string> = new Set([
  ...['EINTR', 'ENOMEM', 'EMFILE', 'ENFILE', 'EAGAIN', 'ENOSPC', 'ENOSYS', 'EDQUOT', 'E2BIG'],
  ...['EFAULT', 'ERESTARTSYS', 'EIO', 'ETIMEDOUT'],
]);
/** Errors that may come of rights, or of users of a mount, that no log shows. */
const ofWhatIsNotShown: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY', 'EROFS']);

/** Calls after which what is gone is forgotten. */
const forgetAfter = 100;

/** A state tells 65,535 names and paths apart; one call brings along 4,096 at most. */
const mostNames = 60_000;
const tooManyNames = 'more names than the model can tell apart';

/**
 * @param world one for itself.
 * @param remark told what is taken as it is.
 */
export function createJudging(
  specification: Pick<Specification, 'rows'>,
  world: World,
  remark: (line: number, text: string) => void,
): Judging {
  let told: Outcome = succeed(0);
  let matching: 'as-answered' | 'any' = 'as-answered';
  const oracle = createOracle(world, stateLimit, (_, predicted, answered) => {
    const isSame = answered.ok ? predicted.ok : !predicted.ok && predicted.errno === answered.errno;
    if (!isSame && matching !== 'any') return false;
    told = predicted;
    return true;
  });
  oracle.reset();
  let verdict: LogVerdict = { verdict: 'conforms' };
  let lost: string | null = null;
  let holds: Holds | null = null;
  let judged = 0;
  let steps = 0;

  const isOver = (): boolean => verdict.verdict !== 'conforms';

  function step(pid: number, call: Call, answered: Outcome): ReturnType<typeof oracle.step> {
    holds = null;
    steps++;
    if (steps % forgetAfter === 0) {
      // What was put off for so long has taken place; no call that is followed asks when.
      oracle.quiesce();
      oracle.forget();
    }
    return oracle.step(pid, call, answered);
  }

  function refuse(
    place: LogPlace,
    text: string,
    pid: number,
    call: Call,
    answer: Outcome,
    allowed: readonly Allowed[],
  ): void {
    if (lost !== null) {
      verdict = { verdict: 'inconclusive', line: place.line, reason: lost };
      return;
    }
    const rows = new Map(specification.rows.map((row) => [row.id, row]));
    verdict = {
      verdict: 'deviates',
      place,
      call: text,
      answer: answer.ok ? 'success' : answer.errno,
      allowed: withSources(allowed, rows).map(({ outcome, row, source = null }) => ({
        answer: outcome.ok ? 'success' : outcome.errno,
        clause: row,
        source,
      })),
      clause: clauseOf({ pid, call }, allowed, answer),
    };
  }

  function judge(
    place: LogPlace,
    text: string,
    pid: number,
    call: Call,
    result: LogResult,
  ): number | null {
    if (isOver()) return null;
    if (world.interned() > mostNames) {
      verdict = { verdict: 'inconclusive', line: place.line, reason: tooManyNames };
      return null;
    }
    if (!result.ok && (ofTheMachine.has(result.errno) || !isErrno(result.errno))) return null;
    const answer: Outcome = result.ok
      ? succeed(0)
      : { ok: false, errno: isErrno(result.errno) ? result.errno : 'EIO' };
    if (!result.ok && ofWhatIsNotShown.has(result.errno)) {
      const allowed = oracle.allowed(pid, call);
      const isKnown = allowed.some(({ outcome }) => !outcome.ok && outcome.errno === result.errno);
      if (!isKnown && allowed.length > 0) {
        remark(
          place.line,
          `${text}: the profile allows ${allowed.map(({ outcome }) => (outcome.ok ? 'success' : outcome.errno)).join(' or ')}; ${result.errno} may come of rights or users that the log does not show, so it is taken as it is`,
        );
        return null;
      }
    }
    const found = step(pid, call, answer);
    if (found.kind === 'inconclusive') {
      verdict = { verdict: 'inconclusive', line: place.line, reason: found.reason };
      return null;
    }
    judged++;
    if (found.kind === 'deviation') {
      refuse(place, text, pid, call, answer, found.allowed);
      return null;
    }
    return told.ok ? told.value : null;
  }

  return {
    judge,
    make(pid, call) {
      if (isOver()) return null;
      matching = 'any';
      const found = step(pid, call, succeed(0));
      matching = 'as-answered';
      if (found.kind === 'consistent') return told.ok ? told.value : null;
      const reason = found.kind === 'inconclusive' ? found.reason : 'a call that was assumed';
      verdict = { verdict: 'inconclusive', line: 0, reason };
      return null;
    },
    lose(_, reason) {
      lost ??= reason;
    },
    stop(line, reason) {
      if (!isOver()) verdict = { verdict: 'inconclusive', line, reason };
    },
    isOver,
    holds: () => (holds ??= oracle.world.holds()),
    objectBehind: (pid, fd) => oracle.world.objectBehind(pid, fd),
    verdict: () => verdict,
    judged: () => judged,
  };
}
