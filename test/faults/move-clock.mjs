// Preloaded into a relay (--import): its clock, in every thread, is PLANWARD_TEST_HOURS ahead, and SIGUSR2
// moves that of the first thread by the next of PLANWARD_TEST_JUMPS, in hours too.
const jumps = (process.env['PLANWARD_TEST_JUMPS'] ?? '').split(',').map(Number);
const RealDate = Date;
let offset = Number(process.env['PLANWARD_TEST_HOURS'] ?? 0) * 3_600_000;
const now = () => RealDate.now() + offset;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
};
process.on('SIGUSR2', () => {
  offset += (jumps.shift() ?? 0) * 3_600_000;
});
