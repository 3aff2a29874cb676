import type { Voice } from './voice.ts';

/** What it takes to send prompts that a plan does not cover through an API key: an explanation, nothing is changed. Markdown. */
export function otherProviderPage({ t }: Voice, plan: string): string {
  return [
    `# ${t('Send it through an API key instead')}`,
    '',
    t(
      'The terms of {0} speak of coding. A pay-as-you-go API key is under other terms, which as a rule do not name tasks: what a plan does not cover can be asked there. Planward changes nothing by itself; this page says what to do.',
      plan,
    ),
    '',
    `1. ${t('Get an API key: of the same vendor (its pay-as-you-go platform, not the plan), or of another provider. Read its terms; they are not the plan’s.')}`,
    `2. ${t('Add it to your agent as a second provider or profile, with the provider’s own address. Most agents keep several; keep the plan’s key for coding.')}`,
    `3. ${t('Choose that profile before you ask for such a thing, or give it to the agent, the heartbeat or the cron job that does nothing else.')}`,
    `4. ${t('To see its use and cost here as well, connect that profile with “Planward: Connect an Agent…”.')}`,
    '',
    `**${t('What it costs.')}** ${t('An API key is billed by tokens. A short chat costs cents; an agent that works by itself can cost a lot more. Set a limit in the vendor’s console.')}`,
    '',
    `**${t('What not to do.')}** ${t('Do not rotate plan keys, share them, or reword prompts so that they look like coding: terms forbid that, and Planward does not help with it.')}`,
    '',
  ].join('\n');
}
