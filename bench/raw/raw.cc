// SPDX-License-Identifier: MIT
//
// The client that the package is measured against: plain C++ for the same service. It fetches one
// job and carries out the lines of its stdin, `COMMAND COUNT`, one call after another: `state`
// reads the job's state, `snapshot` reads everything about the job, `list` lists the service's jobs
// with their ids. It answers each line with `NANOSECONDS CPU-NANOSECONDS UNITS`, where the units
// are calls, snapshots or jobs. The first line of its stdout is `ready`.

#include <windows.h>

#include <bits.h>
#include <objbase.h>

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

#include "drain.h"
#include "snapshot.h"

namespace {

struct Client {
  IBackgroundCopyManager* manager = nullptr;
  IBackgroundCopyJob* job = nullptr;
  // Released after the batch, as on the package's side.
  std::vector<IUnknown*> kept;
};

int Fail(const char* what, HRESULT hr) {
  std::fprintf(stderr, "%s: 0x%08lX\n", what, static_cast<unsigned long>(hr));
  return 1;
}

std::int64_t Nanoseconds() {
  LARGE_INTEGER frequency;
  LARGE_INTEGER now;
  QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&now);
  const auto whole = now.QuadPart / frequency.QuadPart;
  const auto rest = now.QuadPart % frequency.QuadPart;
  return whole * 1'000'000'000 + rest * 1'000'000'000 / frequency.QuadPart;
}

std::int64_t Ticks(const FILETIME& time) {
  return static_cast<std::int64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
}

std::int64_t CpuNanoseconds() {
  FILETIME created;
  FILETIME exited;
  FILETIME kernel;
  FILETIME user;
  GetProcessTimes(GetCurrentProcess(), &created, &exited, &kernel, &user);
  return (Ticks(kernel) + Ticks(user)) * 100;
}

HRESULT AskState(Client& client, long* units) {
  BG_JOB_STATE state;
  ++*units;
  return client.job->GetState(&state);
}

HRESULT Snapshot(Client& client, long* units) {
  ++*units;
  return TakeSnapshot(client.job);
}

HRESULT List(Client& client, long* units) {
  IEnumBackgroundCopyJobs* enumerator = nullptr;
  const HRESULT hr = client.manager->EnumJobs(0, &enumerator);
  if (FAILED(hr)) return hr;
  for (auto* const job : Drain<IBackgroundCopyJob>(enumerator)) {
    GUID id;
    job->GetId(&id);
    client.kept.push_back(job);
    ++*units;
  }
  return S_OK;
}

struct Command {
  const char* name;
  HRESULT (*run)(Client& client, long* units);
};

constexpr Command kCommands[] = {{"state", AskState}, {"snapshot", Snapshot}, {"list", List}};

const Command* Find(const char* name) {
  for (const auto& command : kCommands) {
    if (std::strcmp(command.name, name) == 0) return &command;
  }
  return nullptr;
}

int Serve(Client& client) {
  std::puts("ready");
  std::fflush(stdout);
  char name[16];
  long count = 0;
  while (std::scanf("%15s %ld", name, &count) == 2) {
    const auto* const command = Find(name);
    if (command == nullptr) return Fail(name, E_INVALIDARG);
    long units = 0;
    const auto cpu = CpuNanoseconds();
    const auto start = Nanoseconds();
    for (long i = 0; i < count; ++i) {
      const HRESULT hr = command->run(client, &units);
      if (FAILED(hr)) return Fail(name, hr);
    }
    const auto elapsed = Nanoseconds() - start;
    const auto used = CpuNanoseconds() - cpu;
    for (auto* const object : client.kept) object->Release();
    client.kept.clear();
    std::printf("%" PRId64 " %" PRId64 " %ld\n", elapsed, used, units);
    std::fflush(stdout);
  }
  return 0;
}

int Run(const wchar_t* id) {
  GUID guid;
  HRESULT hr = CLSIDFromString(id, &guid);
  if (FAILED(hr)) return Fail("CLSIDFromString", hr);
  Client client;
  hr = CoCreateInstance(__uuidof(BackgroundCopyManager),
                        nullptr,
                        CLSCTX_LOCAL_SERVER,
                        __uuidof(IBackgroundCopyManager),
                        reinterpret_cast<void**>(&client.manager));
  if (FAILED(hr)) return Fail("CoCreateInstance", hr);
  hr = client.manager->GetJob(guid, &client.job);
  if (FAILED(hr)) return Fail("GetJob", hr);
  const int status = Serve(client);
  client.job->Release();
  client.manager->Release();
  return status;
}

}  // namespace

int wmain(int argc, wchar_t** argv) {
  if (argc != 2) return 2;
  const HRESULT hr = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  if (FAILED(hr)) return Fail("CoInitializeEx", hr);
  const int status = Run(argv[1]);
  CoUninitialize();
  return status;
}
