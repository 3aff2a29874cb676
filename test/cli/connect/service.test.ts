import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launchAgent } from '../../../src/cli/service/launch-agent.ts';
import { scheduledTask } from '../../../src/cli/service/scheduled-task.ts';
import { systemdUnit } from '../../../src/cli/service/systemd-unit.ts';
import { openCommandLine, type CommandLine } from './command-line.ts';

const PROGRAM = {
  runtime: '/opt/my node/bin/node',
  script: '/home/a "b" & <c>/100%/relay.cjs',
  home: '/home/$x',
  port: 7526,
};

/** A `systemctl` that writes its words down, and fails for a word if asked to. */
function fakeSystemctl(line: CommandLine, failing = ''): Readonly<Record<string, string>> {
  const file = line.put(
    'bin/systemctl',
    `#!/bin/sh\necho "$*" >> "${line.userHome}/calls"\ncase "$*" in *${failing || 'never'}*) echo "no bus" >&2; exit 1;; esac\necho active\n`,
  );
  chmodSync(file, 0o755);
  return { PATH: `${join(line.userHome, 'bin')}:${process.env['PATH']}`, XDG_CONFIG_HOME: join(line.userHome, 'xdg') };
}

describe.runIf(process.platform === 'linux')('the service of a Linux user', () => {
  const unit = (line: CommandLine) => join(line.userHome, 'xdg/systemd/user/planward.service');
  const calls = (line: CommandLine) => readFileSync(join(line.userHome, 'calls'), 'utf8').trim().split('\n');

  test('is installed, told of, and removed without a trace', async () => {
    const line = openCommandLine();
    const env = fakeSystemctl(line);
    const installed = await line.run(['service', 'install', '--port', '7999'], env);
    expect(installed).toMatchObject({ code: 0, err: '' });
    const text = readFileSync(unit(line), 'utf8');
    const [, script] = /ExecStart="[^"]+" "([^"]+)" --home "[^"]+" --port 7999/.exec(text) ?? [];
    expect(script).toContain(line.home);
    expect(existsSync(script!)).toBe(true);
    expect(calls(line)).toEqual(['--user daemon-reload', '--user enable --now planward.service']);
    expect((await line.run(['service', 'status'], env)).out).toContain('active');
    expect((await line.run(['doctor'], env)).out).toContain('started at login');
    expect(await line.run(['service', 'remove'], env)).toMatchObject({ code: 0, err: '' });
    expect(existsSync(unit(line))).toBe(false);
    expect(calls(line).at(-1)).toBe('--user disable --now planward.service');
    expect((await line.run(['service', 'remove'], env)).out).toContain('There was no service.');
  });

  test('leaves no file behind where systemd refuses it', async () => {
    const line = openCommandLine();
    const ran = await line.run(['service', 'install'], fakeSystemctl(line, 'enable'));
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('no bus');
    expect(existsSync(unit(line))).toBe(false);
  });
});

test('the systemd unit quotes what its syntax would take apart', () => {
  expect(systemdUnit.write(PROGRAM)).toContain(
    'ExecStart="/opt/my node/bin/node" "/home/a \\"b\\" & <c>/100%%/relay.cjs" --home "/home/$$x" --port 7526\n',
  );
});

test('the launchd agent and the scheduled task write their words as XML', () => {
  expect(launchAgent.write(PROGRAM)).toContain('<string>/home/a &quot;b&quot; &amp; &lt;c&gt;/100%/relay.cjs</string>');
  expect(scheduledTask.write(PROGRAM)).toContain('<Command>/opt/my node/bin/node</Command>');
  expect(scheduledTask.write(PROGRAM)).toContain('&quot; --port 7526</Arguments>');
});

/** Names of the elements in their order, with the text of those that hold nothing else; throws where the XML is not well-formed. */
function readXml(text: string): readonly (readonly [name: string, value: string])[] {
  const found: [string, string][] = [];
  const open: string[] = [];
  const body = text.replace(/^\uFEFF?<\?xml[^?]*\?>\s*(<!DOCTYPE[^>]*>)?/, '');
  let last = '';
  for (const [, end, name, attributes, empty, words] of body.matchAll(
    /<(\/?)([\w]+)((?:\s[^<>]*?)?)(\/?)>|([^<>]+)/g,
  )) {
    if (words !== undefined) {
      if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(words)) throw new Error(`a bare & in ${words}`);
      last = words;
    } else if (end === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
      if (found.at(-1)?.[0] === name) found.at(-1)![1] = last;
    } else {
      if (/"[^"]*$/.test((attributes ?? '').replace(/"[^"]*"/g, '')))
        throw new Error(`<${name}> has a broken attribute`);
      found.push([name!, '']);
      last = '';
      if (empty !== '/') open.push(name!);
    }
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is left open`);
  return found;
}

test('the launchd agent is well-formed and has the keys that launchd.plist(5) wants', () => {
  const xml = readXml(launchAgent.write(PROGRAM));
  const keys = xml.flatMap(([name, value]) => (name === 'key' ? [value] : []));
  expect(keys).toEqual(expect.arrayContaining(['Label', 'ProgramArguments', 'RunAtLoad', 'KeepAlive']));
  expect(new Set(keys).size).toBe(keys.length);
  expect(xml[0]![0]).toBe('plist');
});

test('the scheduled task is well-formed and has no element beyond the scheduler’s schema', () => {
  const names = readXml(scheduledTask.write(PROGRAM)).map(([name]) => name);
  // Task Scheduler schema 1.2, https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
  const schema = (
    'Task Triggers LogonTrigger Enabled Principals Principal LogonType RunLevel Settings MultipleInstancesPolicy ' +
    'DisallowStartIfOnBatteries StopIfGoingOnBatteries ExecutionTimeLimit Hidden RestartOnFailure Interval Count Actions Exec Command Arguments'
  ).split(' ');
  expect(names.filter((name) => !schema.includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(['LogonTrigger', 'Exec', 'Command']));
});

test('XML that is broken is told by the reader of these tests', () => {
  for (const broken of ['<a><b></a></b>', '<a>', '<a>x & y</a>']) expect(() => readXml(broken)).toThrow();
});
