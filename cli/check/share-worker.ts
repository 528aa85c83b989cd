/** A process that plays a share of the runs on a target of its own. */
import { AdapterFailure } from '../../adapters/contract/index.ts';
import { playShare, specify } from '../../conformance/index.ts';
import { messageOf, stackOf } from '../bad-input.ts';
import { responsive } from './responsive.ts';
import { openTarget } from './targets.ts';
import type { ShareJob, WorkerMessage, WorkerOrder } from './worker.types.ts';

let stopped = false;

function tell(message: WorkerMessage): void {
  if (process.connected) process.send?.(message);
}

async function play({ target, profile, options, share, deadline }: ShareJob): Promise<void> {
  const opened = await openTarget(target, profile);
  if ('missing' in opened) throw new AdapterFailure('harness', opened.missing);
  const stop = (): boolean => stopped || (deadline !== null && Date.now() >= deadline);
  try {
    const specification = specify(profile.base, profile);
    await playShare(responsive(opened.adapter), specification, { ...options, stop }, share, tell);
  } finally {
    await opened.adapter.close();
  }
}

function explain(failure: unknown): WorkerMessage {
  const stack = failure instanceof AdapterFailure ? null : stackOf(failure);
  return { kind: 'broke', text: messageOf(failure), stack };
}

// The terminal sends it to the whole group; the parent says when to end.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  stopped = true;
});
process.on('message', (order: WorkerOrder) => {
  if (order.kind === 'stop') stopped = true;
  else {
    void play(order.job)
      .catch((failure: unknown) => {
        tell(explain(failure));
      })
      .finally(() => {
        if (process.connected) process.disconnect();
      });
  }
});
