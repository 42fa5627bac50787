import type { Schedule } from './schedule.ts';

/** A property list for launchd. XML allows no two hyphens in a row in the comment. */
export function renderLaunchdPlist({ command, everyMinutes, logPath }: Schedule): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!--
  Save this as ~/Library/LaunchAgents/audit-extract.plist, then:
    launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/audit-extract.plist
  To end it:
    launchctl bootout gui/$(id -u)/audit-extract
-->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>audit-extract</string>
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    <string>${xmlText(word)}</string>`).join('\n')}
  </array>
  <key>StartInterval</key>
  <integer>${everyMinutes * 60}</integer>
  <key>ProcessType</key>
  <string>Background</string>
  <key>StandardOutPath</key>
  <string>${xmlText(logPath)}</string>
  <key>StandardErrorPath</key>
  <string>${xmlText(logPath)}</string>
</dict>
</plist>
`;
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
