# SPDX-License-Identifier: MIT
# Begins a job with one program and finishes it with another. Prints what PowerShell reads of both.
param($Service, $Name, $Url, $Path)
. "$PSScriptRoot/begin.ps1"
$ErrorActionPreference = 'Stop'

$begun = ConvertTo-Json -AsArray @{ url = $Url; path = $Path } |
  & $node "$programs/begin.mjs" $Service $Name | ConvertFrom-Json
$began = $LASTEXITCODE
$done = & $node "$programs/finish.mjs" $Service $begun.id 2> $null | ConvertFrom-Json

ConvertTo-Json @{
  statuses = $began, $LASTEXITCODE
  begun = @{
    id = $begun.id
    displayName = $begun.displayName
    sameName = $begun.displayName -ceq $Name
    error = $begun.error
    times = $begun.times.creationTime -is [DateTime]
  }
  done = @{
    id = $done.id
    state = $done.state
    bytes = $done.progress.bytesTransferred
    path = $done.files[0].localName
  }
  sha256 = (Get-FileHash -LiteralPath $done.files[0].localName).Hash
}
