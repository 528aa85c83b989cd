import { describe, expect, it } from 'vitest';
import { chooseProfile, switchSetting } from '../selection.ts';
import { openTarget, ownProfile, readTarget } from './targets.ts';

describe('targets', () => {
  it('are read with everything behind the first colon', () => {
    expect(readTarget('exec:env A=b:c ./x')).toEqual({
      kind: 'exec',
      name: 'exec:env A=b:c ./x',
      command: 'env A=b:c ./x',
    });
    expect(() => readTarget('referense')).toThrow(
      'no target is called "referense"; did you mean reference?',
    );
  });

  it('have a profile of their own if they are built as one', () => {
    expect(ownProfile(readTarget('reference'))).toBe('linux-6.18');
    expect(ownProfile(readTarget('mutant:second-mount-new-instance'))).toBe('linux-4.4');
    expect(ownProfile({ kind: 'mutant', name: 'mutant:x', id: 'x' })).toBe('linux-6.18');
    expect(ownProfile(readTarget('linux'))).toBeNull();
    expect(ownProfile(readTarget('exec:true'))).toBeNull();
  });

  it('may say what the reference is built as, whatever it is compared with', async () => {
    const target = readTarget('reference@linux-4.6');
    expect(ownProfile(target)).toBe('linux-4.6');
    const opened = await openTarget(target, chooseProfile('linux-6.18', []));
    expect('adapter' in opened && opened.adapter.hello.version).toBe('linux-4.6');
    expect(() => readTarget('reference@')).toThrow('no profile is called ""');
  });

  it('open as adapters that name themselves', async () => {
    const names = ['reference', 'mutant:exit-drops-pins'].map(async (text) => {
      const opened = await openTarget(readTarget(text), chooseProfile('linux-4.4', []));
      return 'adapter' in opened ? opened.adapter.hello.name : opened.missing;
    });
    expect(await Promise.all(names)).toEqual(['reference', 'mutant:exit-drops-pins']);
    const unknown = { kind: 'mutant', name: 'mutant:x', id: 'x' } as const;
    expect(await openTarget(unknown, chooseProfile('linux-4.4', []))).toEqual({
      missing: 'no mutant is called x',
    });
  });

  it('say in what the reference cannot be changed alone', async () => {
    const reference = readTarget('reference');
    const built = (setting: string) =>
      openTarget(reference, chooseProfile('linux-4.4', [switchSetting(setting)]));
    expect(await built('refLimit=3')).toHaveProperty('adapter');
    expect(await built('ids=built-in')).toEqual({
      missing: 'the reference cannot be built as linux-4.4 with ids=built-in',
    });
  });
});
