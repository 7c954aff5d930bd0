# SPDX-License-Identifier: MIT
# Waits for a job that fails, first as scripts usually do, and then with a program's failure as an error
# of PowerShell. Exits with the program's status.
param($Service, $Id, $File)
. "$PSScriptRoot/begin.ps1"

$output = & $node "$programs/finish.mjs" $Service $Id 2> $File
$succeeded, $status = $?, $LASTEXITCODE
$failure = Get-Content -LiteralPath $File | Select-Object -Last 1 | ConvertFrom-Json

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
try {
  & $node "$programs/finish.mjs" $Service $Id 2> $null
  $thrown = $null
} catch [Management.Automation.NativeCommandExitException] {
  $thrown = $_.Exception.ExitCode
}

ConvertTo-Json @{
  output = $output
  succeeded = $succeeded
  status = $status
  code = $failure.code
  httpStatus = $failure.httpStatus
  thrown = $thrown
}
exit $status
