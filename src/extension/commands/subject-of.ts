/** What a command was started on: a row of a tree, or the text a link or button gave it; undefined from the palette. */
export function subjectOf(argument: unknown): string | undefined {
  if (typeof argument === 'string' && argument !== '') return argument;
  const subject =
    typeof argument === 'object' && argument !== null && 'subject' in argument ? argument.subject : undefined;
  return typeof subject === 'string' && subject !== '' ? subject : undefined;
}
