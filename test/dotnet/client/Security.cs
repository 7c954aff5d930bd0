// SPDX-License-Identifier: MIT
// The services impersonate their callers:
// https://learn.microsoft.com/windows/win32/bits/setting-the-client-s-security-level. Without this
// call they may not, and they refuse.

using System;
using System.Runtime.InteropServices;

namespace Client;

internal static class Security
{
    private const uint AuthenticationLevelPrivacy = 6;
    private const uint ImpersonationLevelImpersonate = 3;
    private const uint StaticCloaking = 0x20;

    public static void Initialize()
    {
        Marshal.ThrowExceptionForHR(CoInitializeSecurity(
            IntPtr.Zero,
            -1,
            IntPtr.Zero,
            IntPtr.Zero,
            AuthenticationLevelPrivacy,
            ImpersonationLevelImpersonate,
            IntPtr.Zero,
            StaticCloaking,
            IntPtr.Zero));
    }

    [DllImport("ole32.dll")]
    private static extern int CoInitializeSecurity(
        IntPtr descriptor,
        int services,
        IntPtr service,
        IntPtr reserved,
        uint authenticationLevel,
        uint impersonationLevel,
        IntPtr list,
        uint capabilities,
        IntPtr moreReserved);
}
