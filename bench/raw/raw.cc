// SPDX-License-Identifier: MIT
//
// The client that the package is measured against: what one writes in C++ for the same service. It
// fetches one job and, for each line `COUNT` on its stdin, asks that many times for the job's
// state, one call after another, and answers `NANOSECONDS CPU-NANOSECONDS`. The first line of its
// stdout is `ready`.

#include <windows.h>

#include <bits.h>
#include <objbase.h>

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

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

int Serve(IBackgroundCopyJob* job) {
  std::puts("ready");
  std::fflush(stdout);
  char line[32];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    const long count = std::strtol(line, nullptr, 10);
    const auto cpu = CpuNanoseconds();
    const auto start = Nanoseconds();
    for (long i = 0; i < count; ++i) {
      BG_JOB_STATE state;
      const HRESULT hr = job->GetState(&state);
      if (FAILED(hr)) return Fail("GetState", hr);
    }
    const auto elapsed = Nanoseconds() - start;
    std::printf("%" PRId64 " %" PRId64 "\n", elapsed, CpuNanoseconds() - cpu);
    std::fflush(stdout);
  }
  return 0;
}

int Run(const wchar_t* id) {
  GUID guid;
  HRESULT hr = CLSIDFromString(id, &guid);
  if (FAILED(hr)) return Fail("CLSIDFromString", hr);
  IBackgroundCopyManager* manager = nullptr;
  hr = CoCreateInstance(__uuidof(BackgroundCopyManager),
                        nullptr,
                        CLSCTX_LOCAL_SERVER,
                        __uuidof(IBackgroundCopyManager),
                        reinterpret_cast<void**>(&manager));
  if (FAILED(hr)) return Fail("CoCreateInstance", hr);
  IBackgroundCopyJob* job = nullptr;
  hr = manager->GetJob(guid, &job);
  manager->Release();
  if (FAILED(hr)) return Fail("GetJob", hr);
  const int status = Serve(job);
  job->Release();
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
