/** What has to be undone when a script ends, in reverse order, once. */
export interface CleanUp {
  add(step: () => Promise<unknown> | void): void;
  run(): Promise<void>;
}

/** A step that fails is told and does not keep the others from running. */
export function createCleanUp(): CleanUp {
  const steps: (() => Promise<unknown> | void)[] = [];
  let running: Promise<void> | undefined;
  const undo = async (): Promise<void> => {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        console.error(`clean-up: ${String(error)}`);
      }
    }
  };
  return {
    add: (step) => void steps.push(step),
    run: () => (running ??= undo()),
  };
}
