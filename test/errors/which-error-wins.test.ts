import { describe, expect, it } from 'vitest';
import { createLinux } from '../../adapters/linux/index.ts';
import { createReference } from '../../adapters/reference/index.ts';
import { profileNames, type ProfileName } from '../../model/index.ts';
import { differences, failingCalls } from './failing-calls.test-data.ts';
import { host, type Setting, type State } from './full-world.test-data.ts';

const setup = { host, watch: [], descriptors: 13 };

/** One message of the agent's protocol holds so many steps with ease. */
const batch = 500;

describe('of two errors that a call on names could answer', () => {
  it.each(
    profileNames.flatMap((profile) =>
      (['disabled', 'allowed'] as const).map((setting): [ProfileName, Setting] => [
        profile,
        setting,
      ]),
    ),
  )('the model and the reference choose the same under %s, bpf(2) %s', agree);

  it.each(profileNames)('the same where much is read-only, under %s', (profile) => {
    agree(profile, 'disabled', 'read-only');
  });

  function agree(profile: ProfileName, setting: Setting, state: State = 'writable'): void {
    const failing = failingCalls(profile, setting, state);
    const reference = createReference(profile);
    reference.reset({ ...setup, unprivilegedBpf: setting });
    reference.play(failing.before, 'none');
    expect(differences(failing, reference.play(failing.steps, 'none'))).toEqual([]);
    expect(failing.steps.length).toBeGreaterThan(10_000);
  }

  it.for(['writable', 'read-only'] as const)(
    'the model chooses what the running kernel chooses, in a world that is %s',
    async (state, context) => {
      const started = await createLinux();
      if ('missing' in started) {
        context.skip(started.missing);
        return;
      }
      const { adapter } = started;
      try {
        if (!adapter.hello.version.startsWith('6.18.')) context.skip('this kernel is no 6.18');
        const failing = failingCalls(
          'linux-6.18',
          adapter.hello.unprivilegedBpf ?? 'disabled',
          state,
        );
        await adapter.reset(setup);
        await adapter.play(failing.before, 'none');
        const answers = [];
        for (let at = 0; at < failing.steps.length; at += batch) {
          answers.push(...(await adapter.play(failing.steps.slice(at, at + batch), 'none')));
        }
        expect(differences(failing, answers)).toEqual([]);
      } finally {
        await adapter.close();
      }
    },
  );
});
