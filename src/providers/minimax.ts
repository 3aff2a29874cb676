import { minimaxProvider } from './minimax-provider.ts';

/** MiniMax, international site. */
export const minimax = minimaxProvider({
  id: 'minimax',
  name: 'MiniMax',
  upstream: 'https://api.minimax.io',
  usageOrigin: 'https://www.minimax.io',
  prices: { Plus: 20, Max: 50, Ultra: 120 },
});
