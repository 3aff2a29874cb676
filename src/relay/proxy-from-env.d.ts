declare module 'proxy-from-env' {
  /** The proxy for a URL by the usual environment variables; an empty string for none. */
  export function getProxyForUrl(url: string): string;
}
