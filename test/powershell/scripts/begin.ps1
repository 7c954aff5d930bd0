# SPDX-License-Identifier: MIT
# What every script does first.

# PowerShell reads and writes text in the console's encoding, and Node writes UTF-8.
[Console]::OutputEncoding = [Text.Encoding]::UTF8
# By its path: under Wine, PowerShell finds no program on the PATH.
$node = $env:DOSVC_TEST_NODE
$programs = "$PSScriptRoot/../programs"
