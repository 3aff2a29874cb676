/** What is said of an export as a whole. */
export interface ExportAbout {
  readonly version: string;
  /** When it was made, ms since epoch. */
  readonly at: number;
  readonly since: number;
  readonly until: number;
  /** False where the span holds more than is here. */
  readonly complete: boolean;
}
