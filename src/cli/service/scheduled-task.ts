import { escapeXml } from './launch-agent.ts';
import type { ServiceKind } from './service-kind.ts';

const TASK = 'Planward relay';

/** A task of the Windows scheduler, at log-on of this user, without a window of its own and without a time limit. */
export const scheduledTask: ServiceKind = {
  name: 'scheduled task',
  encoding: 'utf16le',
  file: (_places, home) => `${home}/planward-task.xml`,
  write: ({ runtime, script, home, port }) => `\uFEFF<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Hidden>true</Hidden>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>10</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeXml(runtime)}</Command>
      <Arguments>${escapeXml(`"${script}" --home "${home}" --port ${port}`)}</Arguments>
    </Exec>
  </Actions>
</Task>
`,
  start: (file) => [
    ['schtasks', '/Create', '/F', '/TN', TASK, '/XML', file],
    ['schtasks', '/Run', '/TN', TASK],
  ],
  stop: () => [['schtasks', '/Delete', '/F', '/TN', TASK]],
  status: () => ['schtasks', '/Query', '/TN', TASK],
};
