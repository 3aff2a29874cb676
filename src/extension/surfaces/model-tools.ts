import { Disposable, LanguageModelTextPart, LanguageModelToolResult, lm } from 'vscode';
import { shownText } from '../../core/shown-text.ts';
import { tools } from '../../tools/list.ts';
import { readPlace } from '../settings.ts';

/** The read-only tools, for chats and agents in this window; package.json names them `planward_<name>`. */
export function createModelTools(): Disposable {
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return Disposable.from(
    ...tools.map(({ name, input, answer }) =>
      lm.registerTool<Readonly<Record<string, unknown>>>(`planward_${name}`, {
        async invoke({ input: given }) {
          const parsed = input.safeParse(given ?? {});
          const said = parsed.success
            ? await answer(parsed.data, { home: readPlace().home, now: Date.now, timeZone })
            : `The input does not fit: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
          return new LanguageModelToolResult([new LanguageModelTextPart(shownText(said))]);
        },
      }),
    ),
  );
}
