/** Waits until a condition holds, asking ten times a second; rejects after `timeoutMs`. */
export async function until(condition: () => Promise<boolean> | boolean, timeoutMs: number): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${timeoutMs / 1000} s in vain`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
