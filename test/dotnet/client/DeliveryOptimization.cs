// SPDX-License-Identifier: MIT
// The newer API of Delivery Optimization, declared from its documentation:
// https://learn.microsoft.com/windows/win32/api/deliveryoptimization/.

using System;
using System.Runtime.InteropServices;

namespace Client;

public enum DownloadState { Created, Transferring, Transferred, Finalized, Aborted, Paused }

public enum DownloadProperty
{
    Id = 0,
    Uri = 1,
    DisplayName = 3,
    LocalPath = 4,
    CallbackInterface = 13,
}

[StructLayout(LayoutKind.Sequential)]
public struct DownloadStatus
{
    public ulong BytesTotal;
    public ulong BytesTransferred;
    public DownloadState State;
    public int Error;
    public int ExtendedError;
}

// A count of 0 means the whole file. The first range is part of the structure, used or not.
[StructLayout(LayoutKind.Sequential)]
public struct DownloadRanges
{
    public uint Count;
    public ulong Offset;
    public ulong Length;
}

[StructLayout(LayoutKind.Sequential)]
public struct DownloadCategory
{
    public DownloadProperty Property;
    [MarshalAs(UnmanagedType.LPWStr)]
    public string Value;
}

[ComImport, Guid("400E2D4A-1431-4C1A-A748-39CA472CFDB1")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IDOManager
{
    IDODownload CreateDownload();
    IEnumUnknown EnumDownloads(in DownloadCategory category);
}

[ComImport, Guid("00000100-0000-0000-C000-000000000046")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IEnumUnknown
{
    [PreserveSig]
    int Next(uint count, [MarshalAs(UnmanagedType.IUnknown)] out object? element, out uint fetched);
}

[ComImport, Guid("FBBD7FC0-C147-4727-A38D-827EF071EE77")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IDODownload
{
    void Start(in DownloadRanges ranges);
    void Pause();
    void Abort();
    void Finalize_();
    DownloadStatus GetStatus();
    void GetProperty(DownloadProperty id, [MarshalAs(UnmanagedType.Struct)] out object value);
    void SetProperty(DownloadProperty id, [MarshalAs(UnmanagedType.Struct)] in object value);
}

[ComImport, Guid("D166E8E3-A90E-4392-8E87-05E996D3747D")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IDODownloadStatusCallback
{
    void OnStatusChange(IDODownload download, in DownloadStatus status);
}
