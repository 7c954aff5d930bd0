# SPDX-License-Identifier: MIT
# Waits for a job, and notes in a file that it could clean up.
param($Service, $Id, $OnInterrupt, $File)
. "$PSScriptRoot/begin.ps1"
try {
  & $node "$programs/finish.mjs" $Service $Id $OnInterrupt
} finally {
  Set-Content -LiteralPath $File -Value "cleaned up after $LASTEXITCODE"
}
'the script went on'
