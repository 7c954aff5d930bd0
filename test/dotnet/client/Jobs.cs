// SPDX-License-Identifier: MIT
// The client's commands for jobs, of either service.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Client;

internal sealed class Jobs(string clsid)
{
    private readonly IBackgroundCopyManager manager = (IBackgroundCopyManager)Program.Activate(clsid);

    public object Create(string name, string description, string priority, string url, string path)
    {
        manager.CreateJob(name, JobType.Download, out _, out var job);
        // Delivery Optimization documents only this way; BITS does not have the interface.
        if (job is IDeliveryOptimizationJob further)
        {
            var fileId = Guid.NewGuid().ToString();
            further.AddFileWithRanges(fileId, url, path, 0, null, ulong.MaxValue);
        }
        else
        {
            job.AddFile(url, path);
        }
        // Delivery Optimization does not implement descriptions.
        Ask(() => Described(job, description));
        job.SetPriority(Enum.Parse<JobPriority>(priority, ignoreCase: true));
        return Look(job);
    }

    public object Read(string id) => Look(Find(id));

    public object List()
    {
        var jobs = manager.EnumJobs(0);
        var ids = new List<string>();
        while (jobs.Next(1, out var job, out _) == 0) ids.Add(job!.GetId().ToString());
        return ids;
    }

    // Resumes a job and waits for the callback. Returns the callback's name, the job at that
    // moment, and what Complete returned.
    public object Transfer(string id)
    {
        var job = Find(id);
        var callback = new Callback();
        job.SetNotifyFlags(3);
        job.SetNotifyInterface(callback);
        job.Resume();
        var told = callback.Wait();
        var seen = Look(job);
        job.SetNotifyInterface(null);
        int? code = told == "JobTransferred" ? job.Complete() : null;
        return new { told, seen, code };
    }

    public object Cancel(string id)
    {
        Find(id).Cancel();
        return true;
    }

    public IBackgroundCopyJob Find(string id) => manager.GetJob(Guid.Parse(id));

    // Null if the service does not have it.
    private static T? Ask<T>(Func<T> ask)
        where T : class
    {
        try
        {
            return ask();
        }
        catch (Exception error) when (error is COMException or NotImplementedException)
        {
            return null;
        }
    }

    private static string Described(IBackgroundCopyJob job, string description)
    {
        job.SetDescription(description);
        return description;
    }

    private static object Look(IBackgroundCopyJob job)
    {
        Marshal.ThrowExceptionForHR(job.GetState(out var state));
        var progress = job.GetProgress();
        return new
        {
            id = job.GetId(),
            name = job.GetDisplayName(),
            description = Ask(job.GetDescription),
            type = job.GetType_().ToString(),
            priority = Ask(() => job.GetPriority().ToString()),
            state = state.ToString(),
            bytesTotal = progress.BytesTotal.ToString(),
            bytesTransferred = progress.BytesTransferred,
            filesTotal = progress.FilesTotal,
            filesTransferred = progress.FilesTransferred,
            files = Files(job),
            error = Ask(() => Error(job)),
        };
    }

    private static List<object> Files(IBackgroundCopyJob job)
    {
        var files = job.EnumFiles();
        var found = new List<object>();
        while (files.Next(1, out var file, out _) == 0)
        {
            found.Add(new { remote = file!.GetRemoteName(), local = file.GetLocalName() });
        }
        return found;
    }

    private static object Error(IBackgroundCopyJob job)
    {
        job.GetError().GetError(out var context, out var code);
        return new { context = context.ToString(), code = (uint)code };
    }

    [ComVisible(true)]
    private sealed class Callback : IBackgroundCopyCallback
    {
        private readonly ManualResetEventSlim called = new();
        private string name = "nobody";

        public string Wait()
        {
            called.Wait(TimeSpan.FromSeconds(50));
            return name;
        }

        public void JobTransferred(IBackgroundCopyJob job) => Tell(nameof(JobTransferred));

        public void JobError(IBackgroundCopyJob job, IBackgroundCopyError error) => Tell(nameof(JobError));

        public void JobModification(IBackgroundCopyJob job, uint reserved) => Tell(nameof(JobModification));

        private void Tell(string what)
        {
            name = what;
            called.Set();
        }
    }
}
