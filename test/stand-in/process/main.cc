// SPDX-License-Identifier: MIT
//
// The stand-in for the Delivery Optimization service: a COM server in a process of its own.
//
//   dosvc-stand-in install --class {…} --store FOLDER [--proxies DLL …]
//   dosvc-stand-in stop
//   dosvc-stand-in uninstall --class {…} [--proxies DLL …]
//   dosvc-stand-in --class {…} --store FOLDER          run by the service manager
//   dosvc-stand-in work --store FOLDER [--gather N]    run by that service

#include <windows.h>

#include <cstdio>

#include "stand-in/process/installation.h"
#include "stand-in/process/options.h"
#include "stand-in/process/service_main.h"
#include "stand-in/process/worker.h"

namespace {

int Told(const wchar_t* command, long result) {
  if (result == 0) return 0;
  std::fwprintf(stderr, L"%ls: 0x%08lX\n", command, static_cast<unsigned long>(result));
  return 1;
}

}  // namespace

int wmain(int count, wchar_t** arguments) {
  using namespace dosvc_stand_in;
  Options options;
  if (!Options::Parse(count, arguments, options)) return 2;
  if (options.command.empty()) return RunService(options);
  if (options.command == L"work") return RunWorker(options.store, options.gather);
  if (options.command == L"install") return Told(L"install", InstallService(options));
  if (options.command == L"stop") return Told(L"stop", StopService());
  if (options.command == L"uninstall") return Told(L"uninstall", UninstallService(options));
  return 2;
}
