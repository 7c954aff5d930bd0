# SPDX-License-Identifier: MIT
# Runs blocks of docs/powershell.md, and prints what a last line makes of them.
param([string] $File)
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
. $File
