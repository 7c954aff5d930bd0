// SPDX-License-Identifier: MIT
// The client's commands for downloads of Delivery Optimization's newer API.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Client;

internal sealed class Downloads(string clsid)
{
    private readonly IDOManager manager = (IDOManager)Program.Activate(clsid);

    // Runs a download until it is transferred or fails. Returns the download at that moment, its
    // state after Finalize, and the states that the callback received. A failed download is left as
    // it is.
    public object Download(string uri, string path, string name)
    {
        var download = manager.CreateDownload();
        var callback = new Callback();
        Set(download, DownloadProperty.Uri, uri);
        Set(download, DownloadProperty.LocalPath, path);
        Set(download, DownloadProperty.DisplayName, name);
        Set(download, DownloadProperty.CallbackInterface, new UnknownWrapper(callback));
        download.Start(new DownloadRanges());
        callback.Wait();
        var found = Look(download);
        if (download.GetStatus().Error == 0) download.Finalize_();
        return new
        {
            found,
            after = download.GetStatus().State.ToString(),
            told = callback.States,
        };
    }

    public object Find(string uri)
    {
        var downloads = manager.EnumDownloads(
            new DownloadCategory { Property = DownloadProperty.Uri, Value = uri });
        var found = new List<object>();
        while (downloads.Next(1, out var download, out _) == 0) found.Add(Look((IDODownload)download!));
        return found;
    }

    private static void Set(IDODownload download, DownloadProperty id, object value) =>
        download.SetProperty(id, value);

    private static object Get(IDODownload download, DownloadProperty id)
    {
        download.GetProperty(id, out var value);
        return value;
    }

    private static object Look(IDODownload download)
    {
        var status = download.GetStatus();
        return new
        {
            id = Get(download, DownloadProperty.Id),
            uri = Get(download, DownloadProperty.Uri),
            path = Get(download, DownloadProperty.LocalPath),
            name = Get(download, DownloadProperty.DisplayName),
            state = status.State.ToString(),
            bytesTotal = status.BytesTotal,
            bytesTransferred = status.BytesTransferred,
            error = (uint)status.Error,
        };
    }

    [ComVisible(true)]
    private sealed class Callback : IDODownloadStatusCallback
    {
        private readonly ManualResetEventSlim over = new();
        private readonly List<string> states = [];

        public List<string> States
        {
            get
            {
                lock (states) return [.. states];
            }
        }

        public void Wait() => over.Wait(TimeSpan.FromSeconds(50));

        public void OnStatusChange(IDODownload download, in DownloadStatus status)
        {
            lock (states) states.Add(status.State.ToString());
            if (status.State is DownloadState.Transferred or DownloadState.Paused) over.Set();
        }
    }
}
