# SPDX-License-Identifier: MIT
# Compiles functions, and has .NET free them.
foreach ($round in 1..3) {
  foreach ($number in 1..40) {
    $function = [Reflection.Emit.DynamicMethod]::new("f$number", [int], @())
    $code = $function.GetILGenerator()
    $code.Emit([Reflection.Emit.OpCodes]::Ldc_I4_1)
    $code.Emit([Reflection.Emit.OpCodes]::Ret)
    $null = $function.Invoke($null, @())
  }
  [GC]::Collect()
  [GC]::WaitForPendingFinalizers()
}
"PowerShell $($PSVersionTable.PSVersion.Major) goes on"
