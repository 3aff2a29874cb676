/**
 * A model's id without what does not change the model: the vendor before a slash, a context mark (`[1m]`), a date, `-latest`
 * or `-preview` at its end; lower case, and `4-5` for `4.5`, since vendors and gateways write both. Pure; never throws.
 */
export function modelStem(model: string): string {
  const name = model
    .trim()
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/\[[^\]]*\]$/, '')
    .replaceAll(/(?<=\d)\.(?=\d)/g, '-');
  return name.replace(/(?:[-@](?:20\d{6}|20\d\d-\d\d-\d\d|[01]\d[0-3]\d|latest|preview(?:-\d\d-\d{2,4})?))+$/, '');
}

/**
 * True where another model answered than the one asked for. A dated or prefixed id of the same model is none, nor is an id
 * that leaves the choice to the provider (`auto`, `…-latest`).
 */
export function isRerouted(requested: string, served: string): boolean {
  const asked = requested.trim().toLowerCase();
  if (/(?:^|[-/])(?:auto|default|latest)$/.test(asked)) return false;
  return modelStem(requested) !== modelStem(served);
}
