/** The page of errors: every check of every call, in its order, with the profiles that have it. */
import { profileNames, profiles, rowsOf, type ProfileName } from '../../model/index.ts';

interface Check {
  readonly id: string;
  readonly errno: string;
  readonly source: string;
  readonly profiles: readonly ProfileName[];
}

/** The checks of one call, in an order that is each profile's own: new ones stand behind their neighbours. */
function checksOf(call: string): readonly Check[] {
  const found: Check[] = [];
  for (const profile of profileNames) {
    const rows = rowsOf(profiles[profile]).find((one) => one.call === call)?.rows ?? [];
    let at = -1;
    for (const { id, kind, errno = '', source } of rows) {
      if (kind !== 'clause') continue;
      const known = found.findIndex(
        (check, k) => k > at && check.id === id && check.errno === errno,
      );
      if (known >= 0) {
        at = known;
        const check = found[at];
        if (check !== undefined) found[at] = { ...check, profiles: [...check.profiles, profile] };
      } else {
        at++;
        found.splice(at, 0, { id, errno, source, profiles: [profile] });
      }
    }
  }
  return found;
}

function namesOf(own: readonly ProfileName[]): string {
  if (own.length === profileNames.length) return 'all';
  const [first] = own;
  const isLast = own.at(-1) === profileNames.at(-1);
  const from = profileNames.indexOf(first ?? 'seed-2015');
  const isRow = own.every((name, k) => profileNames[from + k] === name);
  if (isRow && isLast) return `from ${first ?? ''}`;
  return isRow && from === 0 ? `to ${own.at(-1) ?? ''}` : own.join(', ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');

function tableOf(call: string): string {
  const rows = checksOf(call).map(
    ({ id, errno, source, profiles: own }) =>
      `| \`${id}\` | ${errno} | ${namesOf(own)} | ${cell(source)} |`,
  );
  const head = '| check | error | profiles | source |\n| --- | --- | --- | --- |';
  return `## ${call}\n\n${rows.length === 0 ? 'Never fails.' : [head, ...rows].join('\n')}\n`;
}

/** The page as Markdown. */
export function errorsPage(): string {
  const calls = rowsOf(profiles['linux-6.18']).map(({ call }) => call);
  const intro = `# Errors, in their order

The first check that applies is the answer. A check stands twice where a call makes it twice, of its two
paths or of maps of two types, and where kernels make it in different places or answer different errors.
What a path has wrong with it (\`path.\`, \`walk.\`, \`last.\`) is the same for all calls.

This page is made from the tables in \`model/calls/\`: do not edit it, but renew it with
\`UPDATE_GOLDEN=1 npx vitest run test/errors/errors-page.test.ts\`.
`;
  return [intro, ...calls.map(tableOf)].join('\n');
}
