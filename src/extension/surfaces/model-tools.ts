import { Disposable, LanguageModelTextPart, LanguageModelToolResult, lm } from 'vscode';

/** The read-only tools, for chats and agents in this window, by their names in package.json. They are loaded with the first call. */
export function createModelTools(names: readonly string[]): Disposable {
  return Disposable.from(
    ...names.map((name) =>
      lm.registerTool<Readonly<Record<string, unknown>>>(name, {
        async invoke({ input }) {
          const { answerTool } = await import('../answer-tool.ts');
          return new LanguageModelToolResult([new LanguageModelTextPart(await answerTool(name, input))]);
        },
      }),
    ),
  );
}
