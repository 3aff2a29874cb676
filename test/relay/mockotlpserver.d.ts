declare module '@elastic/mockotlpserver' {
  /** Attributes as one object; 64-bit numbers are decimal strings, enums their names. */
  interface OtlpSpan {
    readonly name: string;
    readonly kind: string;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly startTimeUnixNano: string;
    readonly endTimeUnixNano: string;
  }
  interface OtlpMetric {
    readonly name: string;
    readonly histogram: { readonly dataPoints: readonly { readonly attributes: Readonly<Record<string, unknown>> }[] };
  }
  export class MockOtlpServer {
    constructor(options: {
      readonly services: readonly 'http'[];
      readonly logLevel: string;
      readonly httpHostname: string;
      readonly httpPort: number;
      readonly onTrace: (request: object) => void;
      readonly onMetrics: (request: object) => void;
    });
    readonly httpUrl: URL;
    start(): Promise<void>;
    close(): Promise<void>;
  }
  export function normalizeTrace(request: object): {
    readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[];
  };
  export function normalizeMetrics(request: object): {
    readonly resourceMetrics: readonly {
      readonly scopeMetrics: readonly { readonly metrics: readonly OtlpMetric[] }[];
    }[];
  };
}
