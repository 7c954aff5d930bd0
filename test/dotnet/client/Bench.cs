// SPDX-License-Identifier: MIT
// The benchmark's peer: carries out the lines of its stdin, as bench/raw does. `state COUNT` asks for
// the job's state so often, and is answered by `NANOSECONDS CPU-NANOSECONDS UNITS`.

using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Client;

internal static class Bench
{
    public static void Serve(IBackgroundCopyJob job)
    {
        Console.WriteLine("ready");
        for (var line = Console.ReadLine(); line != null; line = Console.ReadLine())
        {
            var count = int.Parse(line.Split(' ')[1]);
            var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var start = Stopwatch.GetTimestamp();
            for (var at = 0; at < count; ++at) Marshal.ThrowExceptionForHR(job.GetState(out _));
            var elapsed = Stopwatch.GetElapsedTime(start);
            process.Refresh();
            var used = process.TotalProcessorTime - before;
            Console.WriteLine($"{elapsed.TotalNanoseconds:F0} {used.TotalNanoseconds:F0} {count}");
        }
    }
}
