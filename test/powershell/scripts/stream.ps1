# SPDX-License-Identifier: MIT
# Streams a file into another file, and into a program.
param($Service, $Url, $File)
. "$PSScriptRoot/begin.ps1"

& $node "$programs/stream.mjs" $Service $Url > $File
$statuses = @($LASTEXITCODE)
$hash = & $node "$programs/stream.mjs" $Service $Url | & $node "$programs/hash.mjs"
$statuses += $LASTEXITCODE

ConvertTo-Json @{
  statuses = $statuses
  hashes = (Get-FileHash -LiteralPath $File).Hash.ToLower(), $hash
}
