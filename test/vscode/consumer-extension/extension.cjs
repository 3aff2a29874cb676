// Another extension, as its author would write it: no import of Planward's, only what VS Code hands out.
const vscode = require('vscode');

exports.activate = async (context) => {
  const planward = await vscode.extensions.getExtension('planward.planward').activate();
  let changes = 0;
  context.subscriptions.push(
    planward.onDidChange(() => {
      changes += 1;
    }),
    vscode.commands.registerCommand('consumer.tell', () => {
      const snapshot = planward.snapshot();
      // What it was handed is its own: this must change nothing anybody else sees.
      if (snapshot !== undefined) snapshot.accounts.length = 0;
      return {
        version: planward.version,
        frozen: Object.isFrozen(planward),
        changes,
        schema: planward.snapshot()?.schema,
        plans: planward.plans().length,
        members: Object.keys(planward).toSorted(),
      };
    }),
  );
};
