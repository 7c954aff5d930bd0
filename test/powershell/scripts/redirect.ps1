# SPDX-License-Identifier: MIT
# Looks at a job with a program whose output goes where scripts send it.
param($Service, $Id, $Folder)
. "$PSScriptRoot/begin.ps1"
$look = "$PSScriptRoot/../../processes/programs/look.mjs"

# The library's debug output is on stderr.
$env:NODE_DEBUG = 'dosvc'
$log = Join-Path $Folder 'log.txt'
$apart = & $node $look $Id $Service 2> $log | ConvertFrom-Json
$errors, $lines = (& $node $look $Id $Service 2>&1).Where(
  { $_ -is [Management.Automation.ErrorRecord] }, 'Split')
$env:NODE_DEBUG = $null

$file = Join-Path $Folder 'output.json'
$process = Start-Process $node -ArgumentList $look, $Id, $Service -NoNewWindow -Wait -PassThru `
  -RedirectStandardOutput $file

$several = 1..3 | ForEach-Object -Parallel {
  & $using:node $using:look $using:Id $using:Service | ConvertFrom-Json
}

ConvertTo-Json @{
  debugged = (Select-String -LiteralPath $log -SimpleMatch 'IBackgroundCopyJob::GetState').Count
  errors = @($errors -match 'IBackgroundCopyJob::GetState').Count
  status = $process.ExitCode
  states = @(
    $apart.state
    ($lines | ConvertFrom-Json).state
    (Get-Content -LiteralPath $file | ConvertFrom-Json).state
    $several.state
  )
}
