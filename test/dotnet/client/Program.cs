// SPDX-License-Identifier: MIT
// client.exe CLSID COMMAND [ARG …]: runs one command against the service of that class. The result
// is one line of JSON on stdout; a failure is a message on stderr.

using System;
using System.Runtime.Versioning;
using System.Text.Json;

[assembly: SupportedOSPlatform("windows")]

namespace Client;

internal static class Program
{
    [MTAThread]
    private static int Main(string[] args)
    {
        try
        {
            Security.Initialize();
            var (clsid, rest) = (args[0], args[2..]);
            if (args[1] == "bench")
            {
                Bench.Serve(new Jobs(clsid).Find(rest[0])).GetAwaiter().GetResult();
                return 0;
            }
            Console.WriteLine(JsonSerializer.Serialize(Run(clsid, args[1], rest)));
            return 0;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"0x{error.HResult:X8} {error}");
            return 1;
        }
    }

    public static object Activate(string clsid)
    {
        var type = Type.GetTypeFromCLSID(Guid.Parse(clsid), throwOnError: true);
        return Activator.CreateInstance(type!)!;
    }

    private static object Run(string clsid, string command, string[] args) => command switch
    {
        "create" => new Jobs(clsid).Create(args[0], args[1], args[2], args[3], args[4]),
        "read" => new Jobs(clsid).Read(args[0]),
        "list" => new Jobs(clsid).List(),
        "transfer" => new Jobs(clsid).Transfer(args[0]),
        "cancel" => new Jobs(clsid).Cancel(args[0]),
        "download" => new Downloads(clsid).Download(args[0], args[1], args[2]),
        "find" => new Downloads(clsid).Find(args[0]),
        _ => throw new ArgumentException($"there is no command {command}"),
    };
}
