/** The sizes of attributes, as a table. */
import { layoutOf } from '../../model/profiles/index.ts';
import { switches } from '../../model/index.ts';
import { bpfCommandNumbers as numbers } from '../../model/vocabulary/index.ts';

export function attributesTable(): string {
  const titles = ['value', 'sizeof', 'commands', 'types of maps'];
  const ends = ['create ends at', 'look-up', 'pin, get'];
  const rows = switches.attributes.values.map((value) => {
    const layout = layoutOf(value);
    const end = (command: number): string => `${layout.ends.get(command) ?? ''}`;
    return [
      ...[`\`${value}\``, `${layout.size}`, `to ${layout.lastCommand}`, `to ${layout.lastMapType}`],
      ...[end(numbers.BPF_MAP_CREATE), end(numbers.BPF_MAP_LOOKUP_ELEM), end(numbers.BPF_OBJ_PIN)],
    ];
  });
  const head = [...titles, ...ends];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
