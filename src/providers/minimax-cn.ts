import { minimaxProvider } from './minimax-provider.ts';

/** MiniMax, Chinese site. Its keys are not valid on the international one. */
export const minimaxCn = minimaxProvider({
  id: 'minimax-cn',
  name: 'MiniMax (China)',
  upstream: 'https://api.minimaxi.com',
  prices: {},
});
