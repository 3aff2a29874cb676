// In place of @vscode/native-watchdog, which is C++ and not compiled here. The extension host also looks after its parent by itself.
exports.start = () => undefined;
exports.exit = (code) => process.exit(code ?? 0);
