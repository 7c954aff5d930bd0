// SPDX-License-Identifier: MIT
// The job API, declared from its documentation:
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager and
// https://learn.microsoft.com/windows/win32/api/bits/nn-bits-ibackgroundcopymanager.

using System;
using System.Runtime.InteropServices;

namespace Client;

public enum JobType { Download, Upload, UploadReply }

public enum JobPriority { Foreground, High, Normal, Low }

public enum JobState
{
    Queued,
    Connecting,
    Transferring,
    Suspended,
    Error,
    TransientError,
    Transferred,
    Acknowledged,
    Cancelled,
}

public enum ErrorContext
{
    None,
    Unknown,
    GeneralQueueManager,
    QueueManagerNotification,
    LocalFile,
    RemoteFile,
    GeneralTransport,
    RemoteApplication,
}

[StructLayout(LayoutKind.Sequential)]
public struct JobProgress
{
    public ulong BytesTotal;
    public ulong BytesTransferred;
    public uint FilesTotal;
    public uint FilesTransferred;
}

[StructLayout(LayoutKind.Sequential)]
public struct FileProgress
{
    public ulong BytesTotal;
    public ulong BytesTransferred;
    public int Completed;
}

[StructLayout(LayoutKind.Sequential)]
public struct FileRange
{
    public ulong InitialOffset;
    public ulong Length;
}

[ComImport, Guid("5CE34C0D-0DC9-4C1F-897C-DAA1B78CEE7C")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IBackgroundCopyManager
{
    void CreateJob(
        [MarshalAs(UnmanagedType.LPWStr)] string displayName,
        JobType type,
        out Guid id,
        out IBackgroundCopyJob job);
    IBackgroundCopyJob GetJob(in Guid id);
    IEnumBackgroundCopyJobs EnumJobs(uint flags);
    [return: MarshalAs(UnmanagedType.LPWStr)]
    string GetErrorDescription(int hresult, uint languageId);
}

[ComImport, Guid("1AF4F612-3B71-466F-8F58-7B6F73AC57AD")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IEnumBackgroundCopyJobs
{
    [PreserveSig]
    int Next(uint count, out IBackgroundCopyJob? job, out uint fetched);
    void Skip(uint count);
    void Reset();
    IEnumBackgroundCopyJobs Clone();
    uint GetCount();
}

[ComImport, Guid("37668D37-507E-4160-9316-26306D150B12")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IBackgroundCopyJob
{
    void AddFileSet(uint count, IntPtr files);
    void AddFile(
        [MarshalAs(UnmanagedType.LPWStr)] string remoteUrl,
        [MarshalAs(UnmanagedType.LPWStr)] string localName);
    IEnumBackgroundCopyFiles EnumFiles();
    void Suspend();
    void Resume();
    void Cancel();
    [PreserveSig]
    int Complete();
    Guid GetId();
    JobType GetType_();
    JobProgress GetProgress();
    void GetTimes(IntPtr times);
    [PreserveSig]
    int GetState(out JobState state);
    IBackgroundCopyError GetError();
    [return: MarshalAs(UnmanagedType.LPWStr)]
    string GetOwner();
    void SetDisplayName([MarshalAs(UnmanagedType.LPWStr)] string name);
    [return: MarshalAs(UnmanagedType.LPWStr)]
    string GetDisplayName();
    void SetDescription([MarshalAs(UnmanagedType.LPWStr)] string description);
    [return: MarshalAs(UnmanagedType.LPWStr)]
    string GetDescription();
    void SetPriority(JobPriority priority);
    JobPriority GetPriority();
    void SetNotifyFlags(uint flags);
    uint GetNotifyFlags();
    void SetNotifyInterface([MarshalAs(UnmanagedType.IUnknown)] object? callback);
    [return: MarshalAs(UnmanagedType.IUnknown)]
    object GetNotifyInterface();
    void SetMinimumRetryDelay(uint seconds);
    uint GetMinimumRetryDelay();
    void SetNoProgressTimeout(uint seconds);
    uint GetNoProgressTimeout();
    uint GetErrorCount();
}

[ComImport, Guid("EE2584CF-A69C-4848-B633-2649962B3EF7")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IDeliveryOptimizationJob
{
    void AddFileWithRanges(
        [MarshalAs(UnmanagedType.LPWStr)] string fileId,
        [MarshalAs(UnmanagedType.LPWStr)] string remoteUrl,
        [MarshalAs(UnmanagedType.LPWStr)] string localName,
        uint rangeCount,
        [MarshalAs(UnmanagedType.LPArray)] FileRange[]? ranges,
        ulong fileSize);
}

[ComImport, Guid("CA51E165-C365-424C-8D41-24AAA4FF3C40")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IEnumBackgroundCopyFiles
{
    [PreserveSig]
    int Next(uint count, out IBackgroundCopyFile? file, out uint fetched);
    void Skip(uint count);
    void Reset();
    IEnumBackgroundCopyFiles Clone();
    uint GetCount();
}

[ComImport, Guid("01B7BD23-FB88-4A77-8490-5891D3E4653A")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IBackgroundCopyFile
{
    [return: MarshalAs(UnmanagedType.LPWStr)]
    string GetRemoteName();
    [return: MarshalAs(UnmanagedType.LPWStr)]
    string GetLocalName();
    FileProgress GetProgress();
}

[ComImport, Guid("19C613A0-FCB8-4F28-81AE-897C3D078F81")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IBackgroundCopyError
{
    void GetError(out ErrorContext context, out int code);
    IBackgroundCopyFile GetFile();
}

[ComImport, Guid("97EA99C7-0186-4AD4-8DF9-C5B4E0ED6B22")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IBackgroundCopyCallback
{
    void JobTransferred(IBackgroundCopyJob job);
    void JobError(IBackgroundCopyJob job, IBackgroundCopyError error);
    void JobModification(IBackgroundCopyJob job, uint reserved);
}
