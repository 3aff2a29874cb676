import { shownText } from '../core/shown-text.ts';
import { tools } from '../tools/list.ts';
import { readPlace } from './settings.ts';

/** What a tool of package.json (`planward_<name>`) says to an input, in words; also where the input does not fit. */
export async function answerTool(name: string, given: unknown): Promise<string> {
  const tool = tools.find((each) => `planward_${each.name}` === name);
  if (tool === undefined) throw new Error(`${name} is no tool of Planward's`);
  const parsed = tool.input.safeParse(given ?? {});
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return shownText(`The input does not fit: ${issues.join('; ')}`);
  }
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return shownText(await tool.answer(parsed.data, { home: readPlace().home, now: Date.now, timeZone }));
}
