// SPDX-License-Identifier: MIT
// The benchmark's .NET peer: runs the commands on its stdin, as bench/raw does. `state COUNT` reads
// the job's state COUNT times on this thread; `await COUNT` does so on a thread of the pool and
// awaits each call, as a program with a window does. The answer is `NANOSECONDS CPU-NANOSECONDS
// UNITS`.

using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Client;

internal static class Bench
{
    public static async Task Serve(IBackgroundCopyJob job)
    {
        Console.WriteLine("ready");
        for (var line = Console.ReadLine(); line != null; line = Console.ReadLine())
        {
            var words = line.Split(' ');
            var (awaited, count) = (words[0] == "await", int.Parse(words[1]));
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var start = Stopwatch.GetTimestamp();
            for (var at = 0; at < count; ++at)
            {
                if (awaited) await Task.Run(() => Ask(job));
                else Ask(job);
            }
            var elapsed = Stopwatch.GetElapsedTime(start);
            process.Refresh();
            var used = process.TotalProcessorTime - before;
            Console.WriteLine($"{elapsed.TotalNanoseconds:F0} {used.TotalNanoseconds:F0} {count}");
        }
    }

    private static void Ask(IBackgroundCopyJob job) =>
        Marshal.ThrowExceptionForHR(job.GetState(out _));
}
