import { window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { HoldAnswer, HoldView } from '../../core/scope-mode.ts';
import { nameAgent } from '../present/exchange-words.ts';
import { nameHeld, presentAnswers, sayCountdown, sayHold } from '../present/hold-words.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Answers a held request: `id/answer` from a link, an id from a row, or chosen from a list that counts down. */
export async function answerHold(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, controls } = deps;
  const { t } = voice;
  const [named, told] = (subjectOf(argument) ?? '').split('/');
  const hold = await pickHold(deps, named);
  if (hold === undefined) return;
  const answer = isAnswer(told) ? told : await askFor(deps, hold);
  if (answer === undefined) return;
  const done = await controls.answerHold(hold.id, answer);
  if (!done.ok) return sayFailure(deps, t('The request is still held. {0}', done.message));
  if (!done.value) return sayDone(t('This request is not held any more.'));
  sayDone(
    {
      send: t('Sent. The request went out as it came.'),
      stop: t('Stopped. Nothing was sent, and the agent says why.'),
      coding: t('Sent as coding. Prompts like it are not held or flagged any more.'),
    }[answer],
  );
}

function isAnswer(word: string | undefined): word is HoldAnswer {
  return word === 'send' || word === 'stop' || word === 'coding';
}

async function pickHold({ voice, state }: CommandDeps, named: string | undefined): Promise<HoldView | undefined> {
  const { t } = voice;
  const { snapshot } = state.current();
  const holds = snapshot?.holds ?? [];
  if (named !== undefined && named !== '') {
    const hold = holds.find(({ id }) => id === named);
    if (hold === undefined) sayDone(t('This request is not held any more.'));
    return hold;
  }
  if (snapshot === undefined || holds.length === 0) {
    sayDone(t('No request is held.'));
    return undefined;
  }
  if (holds.length === 1) return holds[0];
  const rows = holds.map((hold) => ({
    label: nameHeld(voice, hold),
    description: nameAgent(snapshot, hold.agentId) ?? t('Unrecognised agent'),
    hold,
  }));
  return (await window.showQuickPick(rows, { title: t('Planward: held requests') }))?.hold;
}

/** A list that counts down in its title and closes by itself when the hold is over. */
function askFor({ voice, state }: CommandDeps, hold: HoldView): Promise<HoldAnswer | undefined> {
  const list = window.createQuickPick<QuickPickItem & { readonly answer: HoldAnswer }>();
  list.items = [...presentAnswers(voice, hold)];
  list.placeholder = sayHold(voice, state.current().snapshot, hold);
  list.ignoreFocusOut = true;
  const tick = (): void => {
    const there = state.current().snapshot?.holds?.some(({ id }) => id === hold.id);
    if (there === true) list.title = voice.t('Planward: {0}', sayCountdown(voice, hold, Date.now()));
    else list.hide();
  };
  tick();
  const timer = setInterval(tick, 500);
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.activeItems[0]?.answer);
      list.hide();
    });
    list.onDidHide(() => {
      clearInterval(timer);
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}
