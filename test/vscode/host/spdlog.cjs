// In place of @vscode/spdlog, which is C++ and not compiled here: VS Code writes every log file and log channel through it.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #file;
  #level = 2;
  #bare = false;

  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.#append('');
  }
  trace = (message) => this.#log(0, message);
  debug = (message) => this.#log(1, message);
  info = (message) => this.#log(2, message);
  warn = (message) => this.#log(3, message);
  error = (message) => this.#log(4, message);
  critical = (message) => this.#log(5, message);
  getLevel = () => this.#level;
  setLevel = (level) => {
    this.#level = level;
  };
  clearFormatters = () => {
    this.#bare = true;
  };
  setPattern = () => undefined;
  flush = () => undefined;
  drop = () => undefined;

  #log(level, message) {
    if (level < this.#level) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    this.#append(this.#bare ? String(message) : `${stamp} [${LEVELS[level]}] ${message}\n`);
  }
  #append(text) {
    try {
      appendFileSync(this.#file, text);
    } catch {
      // The log folder goes first when a test tears its VS Code down.
    }
  }
}

const createLogger = async (_name, file) => new Logger(file);

// Assigned one by one: VS Code imports this as an ES module, and Node finds no names in an object literal with values.
exports.version = 11100;
exports.LogLevel = { Trace: 0, Debug: 1, Info: 2, Warning: 3, Error: 4, Critical: 5, Off: 6 };
exports.Logger = class extends Logger {
  constructor(_type, _name, file) {
    super(file);
  }
};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.shutdown = () => undefined;
